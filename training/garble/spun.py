"""Trains the detector of spun pages, and measures it on other text, other styles and another way of spinning.

::

    python -m training.garble.spun ../shared/data/language WORDNET/package MOBY/package/words.txt

Trained on the documents of the treebanks that the table of collocations was not counted from, and on every other passage of the styles in
``tests/passages/styles``; clean, and spun by WordNet's words, a seventh of Moby's, the phrase table and the small words at random
strengths. Measured on the test halves of the treebanks and the other passages, spun by another seventh of Moby's words and by WordNet's, at
strengths of their own. Writes ``src/attache/doubt/lexicon/spun.toml``.
"""

from __future__ import annotations

import random
import sys
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from attache.doubt.spun import SIGNALS, signals
from attache.doubt.wording import wording_of
from attache.garble.kinds.wording import small_words, swaps, translated
from attache.garble.tables import synonyms
from training.data import read_docs
from training.garble.collocations import kept_for_training
from training.garble.thesaurus import forms_of, moby, table

TARGET = Path("src/attache/doubt/lexicon/spun.toml")
STYLES = Path("tests/passages/styles")
MARGIN = 0.5  # of the way from the highest clean page to 1: other topics have rarer words than those of the training
LENGTHS = (60, 120, 250)


@dataclass(frozen=True)
class Sample:
    """A page: its style and text, and how it was spun (empty where it is clean)."""

    style: str
    text: str
    spun: str = ""


def pages(texts: Iterable[str], style: str, rng: random.Random) -> list[Sample]:
    """Consecutive texts joined to pages of some sixty words and more."""
    found, held, wanted = [], list[str](), rng.choice(LENGTHS)
    for text in texts:
        held.append(" ".join(text.split()))
        if sum(len(t.split()) for t in held) >= wanted:
            found.append(Sample(style, "\n\n".join(held)))
            held, wanted = [], rng.choice(LENGTHS)
    return found


def styles(odd: bool) -> list[Sample]:
    """Every other passage of each style, one by one and in threes."""
    found = []
    for path in sorted(STYLES.glob("*.txt")):
        texts = [block.split("\n", 1)[1].strip() for block in path.read_text("utf-8").split("\n= ")[1:]][odd::2]
        found += [Sample(path.stem, text) for text in texts]
        found += [Sample(path.stem, "\n\n".join(texts[at : at + 3])) for at in range(0, len(texts) - 2, 3)]
    return found


def spin(sample: Sample, thesaurus: dict[str, tuple[str, ...]], share: float, also: float, rng: random.Random) -> Sample:
    """Words swapped at a share of their places; set phrases and small words at another."""
    edits = [(edit, share) for edit in swaps(sample.text, rng, thesaurus)]
    edits += [(edit, also) for kind in (translated, small_words) for edit in kind(sample.text, rng)]
    rng.shuffle(edits)
    kept: list = []
    for edit, chance in edits:
        if rng.random() < chance and not any(edit.start < other.end and other.start < edit.end for other in kept):
            kept.append(edit)
    text = sample.text
    for edit in sorted(kept, key=lambda e: -e.start):
        text = text[: edit.start] + edit.after + text[edit.end :]
    return Sample(sample.style, text, f"{share:.0%} of words, {also:.0%} of small words and phrases")


def fitted(
    rows: NDArray[np.float64], answers: NDArray[np.float64], weights: NDArray[np.float64], ridge: float = 1.0
) -> NDArray[np.float64]:
    """Logistic regression by Newton's steps; the first column is constant and not held back."""
    middle, width = rows.mean(axis=0), rows.std(axis=0)
    middle[0], width[0] = 0.0, 1.0
    rows = (rows - middle) / width  # so that each signal is held back alike
    found = np.zeros(rows.shape[1])
    held = np.full(rows.shape[1], ridge)
    held[0] = 0.0
    for _ in range(30):
        chance = 1 / (1 + np.exp(-np.clip(rows @ found, -30, 30)))
        slope = rows.T @ (weights * (answers - chance)) - held * found
        bend = (rows * (weights * chance * (1 - chance))[:, None]).T @ rows + np.diag(held + 1e-9)
        found = found + np.linalg.solve(bend, slope)
    plain = found / width
    plain[0] = found[0] - float(np.sum(found[1:] * middle[1:] / width[1:]))
    return plain


def auc(scores: NDArray[np.float64], answers: NDArray[np.float64]) -> float:
    """The chance that a spun page has a higher score than a clean one."""
    order = np.argsort(np.argsort(scores, kind="stable"), kind="stable") + 1
    positive = int(answers.sum())
    return float((order[answers == 1].sum() - positive * (positive + 1) / 2) / (positive * (len(answers) - positive)))


def matrix(samples: list[Sample]) -> NDArray[np.float64]:
    """A row of signals a page, after a constant."""
    return np.array([[1.0, *signals(wording_of(sample.text))] for sample in samples])


def training_set(language: Path, thesauri: list[dict[str, tuple[str, ...]]], rng: random.Random) -> list[Sample]:
    """Clean pages and as many spun ones for each thesaurus."""
    docs = [doc.text for number, doc in enumerate(read_docs(language / "ud_train.spacy")) if kept_for_training(number)]
    clean = pages(docs, "treebanks", rng) + styles(odd=False) * 2
    spun = []
    for thesaurus in thesauri:
        for sample in clean:
            share = rng.choice((0.25, 0.5, 0.75, 0.0))
            spun.append(spin(sample, thesaurus, share, rng.choice((0.0, 0.05, 0.15)) if share else 0.3, rng))
    return clean + spun


def main() -> None:
    """Train, choose the threshold on clean training pages, write, measure."""
    language = Path(sys.argv[1])
    rng = random.Random(8)
    forms, loose = forms_of(language / "ud_train.spacy"), moby(Path(sys.argv[3]))
    samples = training_set(language, [synonyms(), table(forms, loose(0))], rng)
    rows, answers = matrix(samples), np.array([float(bool(s.spun)) for s in samples])
    weights = fitted(rows, answers, np.ones(len(samples)))
    clean = rows[answers == 0] @ weights
    highest = float(np.max(1 / (1 + np.exp(-clean))))
    threshold = highest + MARGIN * (1 - highest)
    lines = ["# The detector of spun pages (attache/doubt/spun.py), trained by `python -m training.garble.spun`.",
             f"intercept = {weights[0]:.4f}", f"threshold = {threshold:.3f}", "", "[weights]",
             *(f"{name} = {weight:.4f}" for name, weight in zip(SIGNALS, weights[1:], strict=True))]  # fmt: skip
    TARGET.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"trained on {len(samples)} pages; AUC there {auc(rows @ weights, answers):.4f}")
    measure(language, table(forms, loose(3)), weights, threshold, rng)


def measure(
    language: Path, thesaurus: dict[str, tuple[str, ...]], weights: NDArray[np.float64], threshold: float, rng: random.Random
) -> None:
    """AUC by setting, and false alarms by style, on pages and a thesaurus that the training did not see."""
    clean = styles(odd=True)
    for name in ("ud_gum_test", "ud_ewt_test", "ud_gumnews_devtest"):
        clean += pages((doc.text for doc in read_docs(language / f"{name}.spacy")), name, rng)
    logits = matrix(clean) @ weights
    alarms: dict[str, list[bool]] = defaultdict(list)
    for sample, logit in zip(clean, logits, strict=True):
        alarms[sample.style].append(bool(1 / (1 + np.exp(-logit)) >= threshold))
    for style, raised in sorted(alarms.items()):
        print(f"false alarms {style:20} {sum(raised):3} of {len(raised)}")
    for name, source in (("Moby, other words", thesaurus), ("WordNet", synonyms())):
        for share, also in ((0.3, 0.0), (0.6, 0.0), (0.6, 0.1), (0.9, 0.0), (0.0, 0.4)):
            spun = matrix([spin(sample, dict(source), share, also, rng) for sample in clean]) @ weights
            both, answers = np.concatenate([logits, spun]), np.repeat([0.0, 1.0], len(clean))
            found = float(np.mean(1 / (1 + np.exp(-spun)) >= threshold))
            long = np.array([len(sample.text.split()) >= 120 for sample in clean])
            both_long = np.concatenate([logits[long], spun[long]])
            print(f"of 120 words and more: AUC {auc(both_long, np.repeat([0.0, 1.0], int(long.sum()))):.4f}", end="  ")
            print(f"{name:18} {share:.0%} of words, {also:.0%} of small: AUC {auc(both, answers):.4f}, found {found:.3f}")


if __name__ == "__main__":
    main()
