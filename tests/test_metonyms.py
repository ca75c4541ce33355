"""Capitals and seats: the government or the place, by what stands beside them (``passages/metonyms.tsv``)."""

from __future__ import annotations

from pathlib import Path

import attache
from attache.reading import reading_of

FLOOR = 0.95
ROWS = [
    line.split("\t")
    for line in (Path(__file__).parent / "passages" / "metonyms.tsv").read_text("utf-8").splitlines()
    if line and not line.startswith("#")
]


def test_capitals_and_seats_by_context() -> None:
    assert len(ROWS) >= 60
    nlp, wrong = attache.load(), []
    for meant, word, text in ROWS:
        reading = reading_of(nlp(text))
        links = [link for link in reading.linked if word in link.mention.text and link.kind in {"metonym", "country", "organisation"}]
        of = [reading.actors[link.actor].country or link.actor for link in links]
        if of != ([] if meant == "place" else [meant]):
            wrong.append((meant, text, [link.actor for link in links]))
    print(len(ROWS) - len(wrong), "of", len(ROWS), wrong)
    assert 1 - len(wrong) / len(ROWS) >= FLOOR, wrong
