"""The spaCy component ``attache_what``: the whole room, events and statements."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from attache.reading import offer
from attache.what.events import Events


class What:
    """Adds events and statements to the reading of a document."""

    def __init__(self) -> None:
        self._events = Events()

    def __call__(self, doc: Doc) -> Doc:
        return self._events(doc)


@Language.factory("attache_what")
def make_what(nlp: Language, name: str) -> What:
    """The component, for ``nlp.add_pipe("attache_what")``."""
    offer()
    return What()
