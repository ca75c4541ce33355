"""Three hundred clean passages, each damaged in every kind at three strengths, and read: what is found, and what is found too much.

::

    python -m bench.damage ../shared/data BUILD [--every N] [--offset N] [--whole]      # rows, figures and errors in the folder BUILD

Passages: those of the tests that were written for this project (styles, undated pages, every fifth of the correct sentences with its
day), and news of the test and development parts of GUM and EWT. Each is damaged by one kind at a time, so that a kind has
figures of its own; the clean passages are read too.
"""

from __future__ import annotations

import json
import sys
import tomllib
from pathlib import Path
from typing import Any

from attache._read import load
from attache.evaluate.damage import score_damage
from attache.evaluate.forms import GoldFile
from attache.garble import KINDS, SHARES, garble

TESTS = Path(__file__).parent.parent / "tests"
WANTED = 300
LEAST_WORDS = 40


def passages(data: Path) -> list[dict[str, Any]]:
    """The clean passages: ``id``, ``text``, and ``date`` where it is known."""
    found = styles()  # the last of them, in `background`, tells dated facts
    for number, page in enumerate(tomllib.loads((TESTS / "passages" / "undated.toml").read_text("utf-8"))["page"]):
        found.append({"id": f"undated-{number}", "text": page["text"], "date": page["day"]})
    lines = [line.split(" ", 1) for line in (TESTS / "clean_sentences.txt").read_text("utf-8").splitlines() if line[:1].isdigit()]
    found += [{"id": f"sentence-{n}", "text": text.strip(), "date": day} for n, (day, text) in enumerate(lines[::5])]
    return [*found, *_treebanks(data / "language", WANTED - len(found))]


def styles() -> list[dict[str, Any]]:
    """The passages of ``tests/passages/styles``: ``id`` is the style and a number."""
    found = []
    for path in sorted((TESTS / "passages" / "styles").glob("*.txt")):
        for number, block in enumerate(path.read_text("utf-8").split("\n= ")[1:]):
            day, text = block.split("\n", 1)
            found.append({"id": f"{path.stem}-{number}", "text": text.strip(), "date": day.strip()})
    return found


def _treebanks(folder: Path, most: int) -> list[dict[str, Any]]:
    """Passages of some ten sentences of the parts that nothing was trained on."""
    from training.data import read_docs

    found = []
    for name in ("ud_gumnews_devtest", "ud_gum_test", "ud_ewt_test"):
        for number, doc in enumerate(read_docs(folder / f"{name}.spacy")):
            text = " ".join(doc.text.split())
            if LEAST_WORDS <= len(text.split()) <= 400 and _whole(text):
                found.append({"id": f"{name}-{number}", "text": text})
    return found[:most]


def _whole(text: str) -> bool:
    """Whether its quotations are: the treebanks cut documents in pieces, some of them within a quotation."""
    return text.count('"') % 2 == 0 and text.count("“") == text.count("”")


def rows_of(passage: dict[str, Any], number: int, whole: bool = False) -> list[dict[str, Any]]:
    """The passage clean, then by each kind, at one strength in turn or at all three; a kind that finds no place in it gives no row."""
    rows = [{**passage, "damages": [], "kind": "clean", "strength": "none"}]
    for turn, kind in enumerate(KINDS):
        for strength in SHARES if whole else [list(SHARES)[(number + turn) % len(SHARES)]]:
            made = garble(passage["text"], seed=number, strength=strength, kinds=[kind])
            if made.damages:
                rows.append({**passage, **made.as_row(), "kind": kind})
    return rows


def main() -> None:
    """Write the rows, their scores and the wrong findings."""
    data, build = Path(sys.argv[1]), Path(sys.argv[2])
    every = int(sys.argv[sys.argv.index("--every") + 1]) if "--every" in sys.argv else 1
    offset = int(sys.argv[sys.argv.index("--offset") + 1]) if "--offset" in sys.argv else 0
    whole = "--whole" in sys.argv
    build.mkdir(parents=True, exist_ok=True)
    rows = [row for number, passage in list(enumerate(passages(data)))[offset::every] for row in rows_of(passage, number, whole)]
    (build / "rows.jsonl").write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")
    score = score_damage(GoldFile(build / "rows.jsonl", rows), load())
    for measure in score.measures:
        figures = [f"{x:.3f}" if x is not None else "-" for x in (measure.recall, measure.precision)]
        print(f"{measure.name:45} recall {figures[0]} of {measure.wanted:5}  precision {figures[1]} of {measure.given or 0:5}", flush=True)
    told = {m.name: {"missed": m.missed, "extra": m.extra} for m in score.measures}
    (build / "errors.json").write_text(json.dumps(told, ensure_ascii=False, indent=1), "utf-8")


if __name__ == "__main__":
    main()
