"""Would a learned filter of events pay? ``python -m bench.event_filter ../shared/data/events/plover_gsr.jsonl``

Logistic regression over what the rooms know of an event (type, kind, status, part of speech and place of its trigger in the tree,
parties, confidence), to tell whether its PLOVER type is in the gold; cross-validated by sentence in five parts, ten times over.
Prints the type F1 without the filter and with it, for several strengths of the penalty and thresholds.
"""

from __future__ import annotations

import json
import random
import sys
from pathlib import Path
from typing import Any

import numpy as np

import attache
from attache.evaluate.events import by_text, plover_row

PARTS, TIMES = 5, 10


def features(event: Any, doc: Any, types: int) -> dict[str, float]:
    """What is known of an event, by name."""
    token = doc.char_span(event.trigger.start, event.trigger.end, alignment_mode="expand")[0]
    kind, place = f"kind {event.kind}", f"dep {token.dep_.split(':')[0]}"
    named = (f"type {event.plover.type}", kind, f"status {event.status}", f"pos {token.pos_}", place)
    depth = sum(1 for _ in token.ancestors)
    numbers = {"constant": 1, "confidence": event.confidence, "depth": depth / 5, "types": types / 5}
    facts = {"source": event.source, "target": event.target, "reported": event.reported_by, "near": "near" in event.rule}
    return {**dict.fromkeys(named, 1.0), **numbers, **{name: float(bool(fact)) for name, fact in facts.items()}}


def examples(path: Path) -> tuple[list[tuple[int, dict[str, float], bool]], int]:
    """(sentence, features, right) of the surest event of each type given; and how many types are wanted."""
    wanted = [plover_row(text, rows) for text, rows in by_text([json.loads(line) for line in path.read_text("utf-8").splitlines()])]
    found = []
    for number, (sentence, doc) in enumerate(zip(wanted, attache.load().pipe(w.text for w in wanted), strict=True)):
        best: dict[str, Any] = {}
        for event in sorted(doc._.attache.events, key=lambda e: e.confidence):
            if event.plover.type:
                best[event.plover.type] = event
        found += [(number, features(e, doc, len(best)), kind in sentence.types) for kind, e in best.items()]
    return found, sum(len(w.types) for w in wanted)


def fitted(x: Any, y: Any, penalty: float) -> Any:
    """Weights by Newton's method."""
    weights = np.zeros(x.shape[1])
    for _ in range(60):
        chance = 1 / (1 + np.exp(-x @ weights))
        curve = (x.T * (chance * (1 - chance) + 1e-6)) @ x + penalty * np.eye(len(weights))
        weights -= np.linalg.solve(curve, x.T @ (chance - y) + penalty * weights)
    return weights


def kept(x: Any, y: Any, sentences: Any, penalty: float, threshold: float, seed: int) -> Any:
    """Which events pass a filter that never saw their sentence."""
    order = sorted(set(sentences))
    random.Random(seed).shuffle(order)
    part = {sentence: i % PARTS for i, sentence in enumerate(order)}
    out = np.zeros(len(y), bool)
    for number in range(PARTS):
        test = np.array([part[sentence] == number for sentence in sentences])
        out[test] = 1 / (1 + np.exp(-x[test] @ fitted(x[~test], y[~test], penalty))) > threshold
    return out


def main() -> None:
    """Print the table."""
    found, total = examples(Path(sys.argv[1]))
    names = sorted({name for _, row, _ in found for name in row})
    x = np.array([[row.get(name, 0.0) for name in names] for _, row, _ in found])
    y, sentences = np.array([right for *_, right in found], float), [number for number, *_ in found]
    print(f"without: {2 * y.sum() / (total + len(y)):.3f} ({len(y)} given, {int(y.sum())} right, {total} wanted)")
    for penalty in (1, 5, 20):
        for threshold in (0.2, 0.35, 0.5, 0.65):
            passed = [kept(x, y, sentences, penalty, threshold, seed) for seed in range(TIMES)]
            scores = [2 * y[p].sum() / (total + p.sum()) for p in passed]
            print(f"penalty {penalty:2} threshold {threshold:.2f}: {np.mean(scores):.3f} ± {np.std(scores):.3f}")


if __name__ == "__main__":
    main()
