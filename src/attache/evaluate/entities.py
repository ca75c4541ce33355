"""Scores names found in text: sentences of words with BIO tags of PER, ORG and LOC, right where span and type are the same.

Each row: ``words``, ``spaces`` (whether a blank follows) and ``tags`` (``B-PER``, ``I-PER``, ``O``). The language part alone is asked, with
the gold's own words.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.language import Language
from spacy.tokens import Doc

from attache.evaluate.forms import Form, GoldFile, Row, language_of
from attache.evaluate.measures import Kinds, Measure, Score

SAME = {"PERSON": "PER", "GPE": "LOC", "FAC": "LOC"}
"""Other pipelines' labels for the same kinds."""
KINDS = frozenset({"PER", "ORG", "LOC"})

Name = tuple[int, int, str]
"""First token, the one after the last, kind."""


def score_entities(gold: GoldFile, nlp: Language) -> Score:
    """All names together, then each kind, with the kinds confused where the spans are the same."""
    every, kinds = Measure("names", right=0, given=0), Kinds("name")
    with language_of(nlp):
        docs = nlp.pipe(Doc(nlp.vocab, row["words"], spaces=row["spaces"]) for row in gold.rows)
        for row, doc in zip(gold.rows, docs, strict=True):
            found = [(e.start, e.end, kind) for e in doc.ents if (kind := SAME.get(e.label_, e.label_)) in KINDS]
            _compare(row, list(_names(row["tags"])), found, every, kinds)
    return Score(gold.path.stem, [every, *kinds.measures()], [kinds], FORM.name)


def _names(tags: list[str]) -> Iterator[Name]:
    start = 0
    for place, tag in enumerate([*tags, "O"]):
        if place and tags[place - 1] != "O" and not tag.startswith("I-"):
            yield start, place, tags[place - 1][2:]
        if tag.startswith("B-"):
            start = place


def _compare(row: Row, wanted: list[Name], found: list[Name], every: Measure, kinds: Kinds) -> None:
    spans = {(start, end): kind for start, end, kind in found}
    for start, end, kind in wanted:
        given = spans.pop((start, end), None)
        kinds.count(kind, given)
        every.wanted += 1
        every.found += given == kind
        if given != kind:
            every.missed.append(f"{kind} “{' '.join(row['words'][start:end])}”" + (f", taken for {given}" if given else ""))
    for (start, end), kind in spans.items():
        kinds.count(None, kind)
        every.extra.append(f"{kind} “{' '.join(row['words'][start:end])}”")
    every.right, every.given = every.found, (every.given or 0) + len(found)


FORM = Form("entities", frozenset({"words", "spaces", "tags"}), score_entities)
