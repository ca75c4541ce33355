"""Fit the model of damaged names: ``python -m training.likeness src/attache/who/lexicon/likeness.toml`` (a minute).

Positive pairs are a person's name and a damaged copy (:mod:`attache.garble`), a third of them the family name alone; negative pairs the
damaged copy of one person and the name of another of the same country. Names of every fifth person are kept for the report.
"""

from __future__ import annotations

import argparse
import random
from collections import defaultdict
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from attache.garble import damage_name
from attache.knowledge import builtin, fold, name_similarity
from attache.who.likeness import FEATURES, features

SEED = 11
PAIRS = 16_000
STEPS = 400


def pairs(rng: random.Random) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.bool_]]:
    """Features (N, F), answers (N,) and which rows are kept for the report (N,)."""
    by_country: dict[str, list[str]] = defaultdict(list)
    for person in builtin().people.values():
        if person.country and len(person.name.split()) > 1:
            by_country[person.country].append(person.name)
    countries = [c for c, names in by_country.items() if len(names) > 5]
    rows, answers, kept = [], [], []
    for number in range(PAIRS):
        names = by_country[rng.choice(countries)]
        name, *others = rng.sample(names, min(len(names), 30 if number % 2 else 2))
        written, _ = damage_name(name.split()[-1] if rng.random() < 0.33 else name, rng, rng.choice([1, 2, 2, 3, 4]))
        # Half of the others are the likest of thirty: relatives, namesakes, people of one given name.
        other = max((o for o in others if fold(o) != fold(name)), key=lambda o: name_similarity(written, o), default=others[0])
        rows += [features(written, name), features(written, other)]
        answers += [1.0, 0.0]
        kept += [number % 5 == 0] * 2
    return np.array(rows), np.array(answers), np.array(kept)


def fit(x: NDArray[np.float64], y: NDArray[np.float64]) -> NDArray[np.float64]:
    """Weights and intercept by Newton's method with a little shrinkage."""
    x = np.hstack([x, np.ones((len(x), 1))])
    w = np.zeros(x.shape[1])
    for _ in range(STEPS):
        p = 1 / (1 + np.exp(-x @ w))
        gradient = x.T @ (p - y) + 0.5 * w
        hessian = (x * (p * (1 - p))[:, None]).T @ x + 0.5 * np.eye(len(w))
        step = np.linalg.solve(hessian, gradient)
        w -= step
        if np.abs(step).max() < 1e-8:
            break
    return w


def main() -> None:
    """Fit, report on the kept pairs, write the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    options = parser.parse_args()
    x, y, kept = pairs(random.Random(SEED))
    w = fit(x[~kept], y[~kept])
    p = 1 / (1 + np.exp(-np.hstack([x[kept], np.ones((kept.sum(), 1))]) @ w))
    right = y[kept] == 1
    for bar in (0.2, 0.35, 0.5, 0.65, 0.8, 0.9):
        took, wrong = 100 * (p[right] >= bar).mean(), 100 * (p[~right] >= bar).mean()
        print(f"at {bar}: {took:.1f} % of damaged names kept, {wrong:.2f} % of others taken")
    for low in np.arange(0, 1, 0.1):
        inside = (p >= low) & (p < low + 0.1)
        share = 100 * right[inside].mean() if inside.any() else 0
        print(f"{low:.1f}–{low + 0.1:.1f}: {inside.sum():5d} pairs, {share:.0f} % damaged copies")
    lines = [
        "# Fitted by training/likeness.py; see attache/who/likeness.py for what each feature is.",
        f"intercept = {w[-1]:.4f}",
        "",
        "[weights]",
        *(f"{name} = {value:.4f}" for name, value in zip(FEATURES, w, strict=False)),
    ]
    options.out.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
