"""Scores the finding of copies: texts of known stories, each as the original and as copies changed in known ways.

Each row: ``story``, ``kind`` (``orig``, or the way the copy was changed) and ``text``. A copy is found where it is linked with its
original; a link between two stories is wrong.
"""

from __future__ import annotations

from spacy.language import Language

from attache.evaluate.forms import Form, GoldFile, Row
from attache.evaluate.measures import Measure, Score
from attache.story import copies

ORIGINAL = "orig"


def score_copies(gold: GoldFile, nlp: Language) -> Score:
    """Recall a kind of copy, and of all links how many are within one story; the pipeline is not needed."""
    rows = gold.rows
    return score_links(gold.path.stem, rows, {(link.first, link.second) for link in copies([row["text"] for row in rows])})


def score_links(name: str, rows: list[Row], linked: set[tuple[int, int]]) -> Score:
    """The same of links however found: pairs of places of rows, the lower first."""
    originals = {row["story"]: place for place, row in enumerate(rows) if row["kind"] == ORIGINAL}
    kinds: dict[str, Measure] = {}
    for place, row in enumerate(rows):
        first = originals.get(row["story"])
        if row["kind"] == ORIGINAL or first is None:
            continue
        measure = kinds.setdefault(row["kind"], Measure(f"copies {row['kind']}"))
        found = (min(first, place), max(first, place)) in linked
        measure.wanted, measure.found = measure.wanted + 1, measure.found + found
        if not found:
            measure.missed.append(f"story {row['story']}: {' '.join(row['text'].split())[:80]}…")
    every = Measure("copies", sum(m.found for m in kinds.values()), sum(m.wanted for m in kinds.values()))
    wrong = [pair for pair in linked if rows[pair[0]]["story"] != rows[pair[1]]["story"]]
    every.right, every.given = len(linked) - len(wrong), len(linked)
    every.extra = [f"stories {rows[a]['story']} and {rows[b]['story']}" for a, b in sorted(wrong)]
    return Score(name, [every, *kinds.values()], form=FORM.name)


FORM = Form("copies", frozenset({"story", "kind", "text"}), score_copies)
