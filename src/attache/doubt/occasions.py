"""Which nouns of a page mean one and the same thing: said with an article that points at it, and of no other of its kind.

A page that speaks of several attacks, of "another" or of "the first" one is not held to what it tells of "the attack".
"""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from itertools import pairwise

from spacy.tokens import Doc, Token

from attache.doubt.lexicon import words
from attache.reading import reading_of

POINTING = frozenset({"the", "this", "that"})
LOOSE = frozenset({"a", "an"})
MARKS = frozenset({"amod", "compound", "nmod", "nmod:poss", "nummod", "flat"})


class Occasions:
    """The nouns of a page by their dictionary form, with the words that tell them apart."""

    def __init__(self, doc: Doc) -> None:
        self._doc = doc
        self._single: dict[str, bool] = {}

    @cached_property
    def _nouns(self) -> dict[str, list[Token]]:
        found: dict[str, list[Token]] = defaultdict(list)
        for token in self._doc:
            if token.pos_ in ("NOUN", "PROPN"):
                found[token.lemma_.lower()].append(token)
        return found

    @cached_property
    def _timed(self) -> set[int]:
        times = reading_of(self._doc).times
        return {t.i for time in times for t in tokens_at(self._doc, time.span.start, time.span.end)}

    def one(self, token: Token) -> str | None:
        """The noun, where the page means one thing by it wherever it says it; else None."""
        noun = token.lemma_.lower()
        if noun not in self._single:
            self._single[noun] = self._means_one(self._nouns.get(noun, []))
        return noun if self._single[noun] and self._pointed(token) else None

    def _means_one(self, told: list[Token]) -> bool:
        if any(t.tag_ in {"NNS", "NNPS"} or _words(t) & words("others", "within") for t in told):
            return False
        if sum(bool(_words(t) & LOOSE) for t in told) > 1:
            return False
        # Of each two one must hold the other; a page may name a thing thousands of times, so neighbours by size are compared and no pairs.
        marks = sorted({self._marks(t) for t in told}, key=len)
        return all(fewer <= more for fewer, more in pairwise(marks))

    def _marks(self, token: Token) -> frozenset[str]:
        """Adjectives, names and places beside it: ``the Kabul blast``, ``the blast in Kabul``."""
        return frozenset(t.lemma_.lower() for t in token.children if t.dep_ in MARKS and t.i not in self._timed)

    def _pointed(self, token: Token) -> bool:
        return bool(_words(token) & POINTING) or any(t.dep_ == "nmod:poss" for t in token.children)


def _words(token: Token) -> set[str]:
    return {t.lower_ for t in token.children if t.dep_ in {"det", "amod", "nummod"}}


def tokens_at(doc: Doc, start: int, end: int) -> list[Token]:
    """The tokens that stand at characters ``[start, end)``."""
    span = doc.char_span(start, end, alignment_mode="expand")
    return list(span) if span is not None else []
