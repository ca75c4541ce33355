"""Which mentions of a page can be parties, by token: no platform that something was posted on, no part of a word or of a title."""

from __future__ import annotations

from spacy.tokens import Doc

from attache.reading import Linked, Reading
from attache.what.lexicon import words


class Mentions:
    """The mentions of one page; ``at`` holds those at each token, ``titles`` the tokens that are only part of a named person's title."""

    def __init__(self, doc: Doc, reading: Reading) -> None:
        self.doc = doc
        self.at: dict[int, Linked] = {}
        self.titles: set[int] = set()
        for mention in reading.linked:
            if self._is_platform(mention) or self._is_hyphened(mention.end):
                continue
            self.at.update(dict.fromkeys(range(mention.start, mention.end), mention))
            if mention.office_span and mention.kind in {"name", "pronoun"}:
                self.titles.update(i for i in range(*mention.office_span) if not mention.start <= i < mention.end)

    def linked(self, token: int) -> Linked | None:
        """The mention at a token, unless it is only part of a title ("US" in "US President Biden")."""
        return None if token in self.titles else self.at.get(token)

    def _is_platform(self, mention: Linked) -> bool:
        before = self.doc[mention.start - 1].lower_ if mention.start else ""
        return before in {"on", "via"} and self.doc[mention.start : mention.end].text.lower() in words("platforms")

    def _is_hyphened(self, end: int) -> bool:
        """Whether a name is only part of a word for something else: "UN-recognised", "Iran-backed"; of "US-led" it is who leads."""
        if end + 1 >= len(self.doc) or self.doc[end].text != "-" or self.doc[end].whitespace_:
            return False
        return self.doc[end + 1].tag_ in {"VBN", "VBD"} and self.doc[end + 1].lower_ not in words("leading")
