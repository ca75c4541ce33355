"""The when room as a spaCy component."""

from __future__ import annotations

from datetime import date

from spacy.language import Language
from spacy.tokens import Doc

from attache.dossier import Time
from attache.reading import Reading, offer, reading_of
from attache.when.dating import stated, work_out
from attache.when.page import PageView, day_or_none
from attache.when.timexes import timexes
from attache.when.uncertain import bounds, widened


class WhenRoom:
    """Fills ``reading.times`` and, where the page does not state it, ``reading.date``."""

    def __call__(self, doc: Doc) -> Doc:
        reading = reading_of(doc)
        if reading.published and (reading.published.first or reading.published.last):
            reading.date = stated(reading.published)
        elif day := day_or_none(reading.date.published):
            reading.date.best = reading.date.best or day.isoformat()
        else:
            reading.date = work_out(PageView(doc, reading, timexes(doc, None)))
        reading.times = times_of(doc, reading)
        return doc


def times_of(doc: Doc, reading: Reading) -> list[Time]:
    """The times of a page against its own day; where that is only known within bounds, no more precise than they allow."""
    times = timexes(doc, reference_day(reading))
    within = bounds(reading.date.earliest, reading.date.latest)
    return widened(times, timexes(doc, within[0]), timexes(doc, within[1])) if within else times


def reference_day(reading: Reading) -> date | None:
    """The day against which relative times are read."""
    return day_or_none(reading.date.best)


@Language.factory("attache_when")
def make_when(nlp: Language, name: str) -> WhenRoom:
    """For ``nlp.add_pipe("attache_when")``."""
    offer()
    return WhenRoom()
