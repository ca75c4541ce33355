"""How far a finding's confidence can be believed: the share of right findings where so much confidence was claimed, kind by kind.

::

    python -m bench.calibration ROWS.jsonl... [--every N]      # rows as bench.damage writes them

Prints a reliability table in five steps of confidence, and the expected calibration error (the mean gap between claim and truth) of
each kind.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from datetime import date
from pathlib import Path

from attache._read import load, read_page
from attache.evaluate.damage import judged
from attache.page import page_from_text

STEPS = (0.0, 0.6, 0.7, 0.8, 0.9, 1.01)


def step_of(confidence: float) -> int:
    """The step that a confidence falls in."""
    return next(number for number, top in enumerate(STEPS[1:]) if confidence < top)


def expected_error(claims: list[tuple[float, bool]]) -> float:
    """The gap between mean confidence and share of right ones in each step, weighed by how many fall in it."""
    steps: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for claim in claims:
        steps[step_of(claim[0])].append(claim)
    gaps = [abs(sum(c for c, _ in held) - sum(right for _, right in held)) for held in steps.values()]
    return sum(gaps) / len(claims)


def main() -> None:
    """Read the rows and print."""
    every = int(sys.argv[sys.argv.index("--every") + 1]) if "--every" in sys.argv else 1
    paths = [Path(name) for name in sys.argv[1:] if name.endswith(".jsonl")]
    rows = [json.loads(line) for path in paths for line in path.read_text("utf-8").splitlines()][::every]
    nlp, claims = load(), defaultdict(list)
    for row in rows:
        day = date.fromisoformat(row["date"]) if row.get("date") else None
        for finding, right in judged(row, read_page(page_from_text(row["text"]), nlp, day)):
            claims[finding.kind].append((finding.confidence, right))
            claims["all"].append((finding.confidence, right))
    for kind, made in sorted(claims.items()):
        cells = []
        for number in range(len(STEPS) - 1):
            held = [claim for claim in made if step_of(claim[0]) == number]
            cells.append(f"{sum(r for _, r in held)}/{len(held)} ({sum(c for c, _ in held) / len(held):.2f})" if held else "-")
        print(f"{kind:18} ECE {expected_error(made):.3f}  " + "  ".join(cells), flush=True)


if __name__ == "__main__":
    main()
