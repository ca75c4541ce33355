"""The where room as a spaCy component."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from attache.reading import offer, reading_of
from attache.where.entities import make_entities  # noqa: F401  (registers the component)
from attache.where.finding import place_mentions


class WhereRoom:
    """Fills ``reading.places``."""

    def __call__(self, doc: Doc) -> Doc:
        reading = reading_of(doc)
        reading.places = place_mentions(doc, reading)
        return doc


@Language.factory("attache_where")
def make_where(nlp: Language, name: str) -> WhereRoom:
    """For ``nlp.add_pipe("attache_where")``."""
    offer()
    return WhereRoom()
