"""How far a finding's confidence can be believed, kind by kind; makes the table by which the doubt room corrects its checkers' claims.

::

    python -m bench.calibration ROWS.jsonl ../shared/data [--write]      # rows as bench.damage writes them

Three sets are read with the claims as the checkers make them: the generated rows; the hand-written passages of ``tests/passages``
(``damaged.toml``, ``clean.txt``); and the originals of ``copies/``, real pages whose findings were read and judged one by one
(``judged.csv``: story, first character, rule, right or not; a finding not listed there is left out). A claim of the others holds where it
meets a damage that may cause its kind, or the words named beside a hand-written passage. Texts without made damage are weighed so that
they count as much as the damaged ones: every second page is taken to be such. The shares are drawn towards the claims as by ``PRIOR``
more findings, and never fall where claims rise. Reliability is told on the half of the texts that the shares were not taken from, for
each half in turn; ``--write`` takes both and writes ``src/attache/doubt/lexicon/confidence.toml``.
"""

from __future__ import annotations

import csv
import gzip
import json
import sys
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from attache._read import load, read_page
from attache.doubt.confidence import Knots, read_off
from attache.evaluate.damage import claims_of
from attache.page import page_from_text

STEPS = (0.0, 0.6, 0.7, 0.8, 0.9, 1.01)
PRIOR = 5.0
MOST, LEAST = 0.99, 0.05
JUDGED = Path(__file__).with_name("judged.csv")
PASSAGES = Path("tests/passages")
TABLE = Path("src/attache/doubt/lexicon/confidence.toml")


class Claim(NamedTuple):
    """A finding's kind and claimed confidence, whether it is right, what it weighs, and which half its passage belongs to."""

    kind: str
    claimed: float
    right: bool
    weight: float
    half: int


def hand_written() -> list[dict[str, Any]]:
    """The passages of the tests as rows; of a damaged one the words that a finding must touch are the damage."""
    rows = []
    for section, entries in tomllib.loads((PASSAGES / "damaged.toml").read_text("utf-8")).items():
        for number, entry in enumerate(entries):
            start = entry["text"].index(entry["words"])
            within = [start, start + len(entry["words"])]
            rows.append({"id": f"{section}-{number}", "text": entry["text"], "damages": [{"kind": "any", "within": within}]})
    texts = (PASSAGES / "clean.txt").read_text("utf-8").split("\n", 2)[2].split("\n====\n")
    return rows + [{"id": f"clean-{n}", "text": text.split("\n", 1)[1].strip(), "damages": []} for n, text in enumerate(texts)]


def judged_pages(data: Path) -> list[dict[str, Any]]:
    """The originals of ``copies/`` as rows, with what was judged of their findings."""
    judged: dict[int, dict[tuple[int, str], bool]] = defaultdict(dict)
    with JUDGED.open(encoding="utf-8", newline="") as file:
        for line in csv.DictReader(file):
            judged[int(line["story"])][int(line["start"]), line["rule"]] = line["right"] == "1"
    with gzip.open(data / "copies" / "copies.jsonl.gz", "rt", encoding="utf-8") as file:
        pages = [json.loads(line) for line in file]
    return [
        {"id": f"story-{page['story']}", "text": page["text"], "damages": [], "judged": judged[page["story"]]}
        for page in pages
        if page["kind"] == "orig"
    ]


def claims(rows: list[dict[str, Any]]) -> Iterator[Claim]:
    """Everything that the checkers claim about words of the rows, before it is corrected."""
    nlp = load()
    nlp.get_pipe("attache_doubt").corrected = False  # type: ignore[attr-defined]
    damaged = sum(bool(row["damages"]) for row in rows)
    weights = {True: len(rows) / 2 / damaged, False: len(rows) / 2 / (len(rows) - damaged)}
    halves: dict[str, int] = {}
    for row in rows:
        day = date.fromisoformat(row["date"]) if row.get("date") else None
        half = halves.setdefault(row["id"], len(halves) % 2)
        for finding, fits in claims_of(row, read_page(page_from_text(row["text"]), nlp, day)):
            assert finding.span is not None
            right = row["judged"].get((finding.span.start, finding.rule)) if "judged" in row else fits
            if right is None:
                continue
            yield Claim(finding.kind, finding.confidence, right, weights[bool(row["damages"])], half)


def knots_of(made: list[Claim]) -> Knots:
    """The share of right ones at each claim, drawn towards it, made rising by joining neighbours that are not."""
    at: dict[float, list[float]] = {}
    for claim in made:
        right, weight = at.setdefault(claim.claimed, [PRIOR * claim.claimed, PRIOR])
        at[claim.claimed] = [right + claim.right * claim.weight, weight + claim.weight]
    joined: list[tuple[list[float], float, float]] = []
    for claimed, (right, weight) in sorted(at.items()):
        joined.append(([claimed], right, weight))
        while len(joined) > 1 and joined[-2][1] / joined[-2][2] >= joined[-1][1] / joined[-1][2]:
            (ones, a, b), (others, c, d) = joined[-2:]
            joined[-2:] = [([*ones, *others], a + c, b + d)]
    ends = [(claimed, right / weight) for held, right, weight in joined for claimed in dict.fromkeys((held[0], held[-1]))]
    return tuple((claimed, round(min(MOST, max(LEAST, share)), 3)) for claimed, share in ends)


def table_of(made: list[Claim]) -> dict[str, Knots]:
    """The knots of each kind."""
    kinds: dict[str, list[Claim]] = defaultdict(list)
    for claim in made:
        kinds[claim.kind].append(claim)
    return {kind: knots_of(held) for kind, held in sorted(kinds.items())}


def expected_error(made: list[Claim]) -> float:
    """The gap between mean confidence and share of right ones in each step, weighed by what falls in it."""
    steps: dict[int, list[Claim]] = defaultdict(list)
    for claim in made:
        steps[step_of(claim.claimed)].append(claim)
    gaps = [abs(sum(c.weight * (c.claimed - c.right) for c in held)) for held in steps.values()]
    return sum(gaps) / sum(claim.weight for claim in made)


def step_of(confidence: float) -> int:
    """The step that a confidence falls in."""
    return next(number for number, top in enumerate(STEPS[1:]) if confidence < top)


def told(made: list[Claim]) -> str:
    """Right of given in each step, with the mean confidence."""
    cells = []
    for number in range(len(STEPS) - 1):
        held = [claim for claim in made if step_of(claim.claimed) == number]
        cells.append(f"{sum(c.right for c in held)}/{len(held)} ({sum(c.claimed for c in held) / len(held):.2f})" if held else "-")
    return "  ".join(cells)


def main() -> None:
    """Read, print, and write the table where asked."""
    rows = [json.loads(line) for name in sys.argv[1:] if name.endswith(".jsonl") for line in Path(name).read_text("utf-8").splitlines()]
    data = next(Path(name) for name in sys.argv[1:] if Path(name).is_dir())
    made = list(claims([*rows, *hand_written(), *judged_pages(data)]))
    tables = [table_of([claim for claim in made if claim.half != half]) for half in (0, 1)]
    corrected = [
        claim._replace(claimed=read_off(tables[claim.half][claim.kind], claim.claimed)) if claim.kind in tables[claim.half] else claim
        for claim in made
    ]
    for kind in (*sorted({claim.kind for claim in made}), "all"):
        for name, held in (("claimed", made), ("corrected", corrected)):
            own = [claim for claim in held if kind in (claim.kind, "all")]
            print(f"{kind:18} {name:10} error {expected_error(own):.3f}  {told(own)}", flush=True)
    if "--write" in sys.argv:
        lines = [
            "# What the checkers' claims have earned, by kind (attache/doubt/confidence.py).",
            "# Made by `python -m bench.calibration ROWS.jsonl ../shared/data --write`.",
        ]
        for kind, knots in table_of(made).items():
            lines += ["", f"[{kind}]", f"claims = {[raw for raw, _ in knots]}", f"shares = {[share for _, share in knots]}"]
        TABLE.write_text("\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    main()
