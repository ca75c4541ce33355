"""People and bodies that act without a name: "rebels", "the police", "thousands of Nigerian students", with their country where it is told.

They become actors only where an event has them for a party. ``groups.toml`` holds the words.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Collection, Iterator
from functools import cache
from pathlib import Path

from spacy.tokens import Doc, Token

from attache.dossier import Actor, ActorKind, Mention, Span
from attache.errors import DataError
from attache.knowledge import builtin, fold
from attache.reading import Linked, Reading
from attache.what.grammar import label, noun_forms, obliques, phrase
from attache.what.lexicon import words

_WHERE = {"in", "of", "from", "at", "near", "within", "inside", "throughout", "across"}
_PARTS_OF_NAMES = {"nmod:desc", "compound", "flat", "amod"}
_CONFIDENCE = 0.6


@cache
def groups() -> dict[str, ActorKind]:
    """Word -> the kind of actor that it makes without a name, checked."""
    data = _table()
    kinds: tuple[ActorKind, ...] = ("body", "group")
    return {word: kind for kind in kinds for those in data[kind].values() for word in those}


@cache
def counting() -> frozenset[str]:
    """Words that only count those named after "of"."""
    return frozenset(_table()["counting"]["counts"])


@cache
def _table() -> dict[str, dict[str, list[str]]]:
    data = tomllib.loads((Path(__file__).parent / "groups.toml").read_text(encoding="utf-8"))
    if set(data) != {"group", "body", "counting"} or not all(isinstance(those, list) for part in data.values() for those in part.values()):
        raise DataError("groups.toml: needs the parts group, body and counting, each of lists of words")
    return data


class Unnamed:
    """Makes actors of one page's unnamed groups; ``linked`` tells which tokens already mean somebody."""

    def __init__(self, doc: Doc, reading: Reading, linked: Callable[[int], Linked | None]) -> None:
        self.doc, self.reading, self.linked = doc, reading, linked
        self._made: set[str] = set()
        self._titles = {i for m in reading.linked if m.office_span for i in range(*m.office_span)}

    def kind(self, head: Token) -> ActorKind | None:
        """What kind of actor the noun makes, if any."""
        if head.pos_ not in {"NOUN", "PROPN", "ADJ"} or self.linked(head.i) is not None or head.i in self._titles:
            return None
        if label(head) in _PARTS_OF_NAMES and head.head.pos_ == "PROPN":
            return None
        if head.tag_ == "NN" and _bare(head) and head.i + 1 < len(self.doc) and self.doc[head.i + 1].lower_ == "with":
            return None  # "union with Greece" is no body
        known = groups()
        return next((known[form] for form in noun_forms(head) if form in known), None)

    def agent(self, head: Token) -> bool:
        """Whether a plural beside a country's name must mean people, where it is the one who acts: "Greek pensioners demanded"."""
        plural = head.tag_ in {"NNS", "NNPS"} and self.linked(head.i) is None
        return plural and (head.tag_ == "NNPS" or (self.country(head) is not None and label(head) in {"nsubj", "obl:agent"}))

    def actor(self, head: Token, scene: str | None = None) -> str | None:
        """The id of the actor that a noun phrase makes, with the country told in the phrase or else ``scene``; None where it makes none."""
        kind = self.kind(head) or ("group" if self.agent(head) else None)
        if kind is None:
            return None
        country = self.country(head) or scene
        start = self._first(head)
        wording = self.doc[start : head.i + 1].text
        key = "attache:" + fold(wording).replace(" ", "-") + (f"-{country.lower()}" if country else "")
        self.reading.actors.setdefault(key, Actor(id=key, name=wording, kind=kind, country=country))
        self._mention(key, start, head.i + 1)
        return key

    def country(self, head: Token) -> str | None:
        """The country told inside the noun phrase: "Afghan rebels", "rebels in Darfur"; ISO 3166 alpha-3."""
        start, end = phrase(head)
        for token in reversed(self.doc[start : head.i]):
            mention = self.linked(token.i)
            if mention is not None and mention.kind in {"demonym", "country", "metonym"}:
                return self._of(mention)
        for prep, inner in obliques(head):
            if prep in _WHERE and head.i < inner.i < end:
                found = self.place_country(*phrase(inner))
                if found:
                    return found
        return None

    def place_country(self, start: int, end: int) -> str | None:
        """The country of the first place or country named among tokens ``[start, end)``."""
        for token in self.doc[start:end]:
            mention = self.linked(token.i)
            if mention is not None and mention.kind in {"demonym", "country", "metonym"}:
                return self._of(mention)
            place = next((p for p in self.reading.places if p.span.start <= token.idx < p.span.end), None)
            if place is not None and place.place.country:
                return place.place.country
        return None

    def state(self, iso3: str, start: int, end: int) -> str | None:
        """The id of a country's actor, made where the page names only a place in it, at tokens ``[start, end)``."""
        named = next((a.id for a in self.reading.actors.values() if a.kind == "country" and a.country == iso3), None)
        country = builtin().countries.get(iso3)
        if named is not None or country is None:
            return named
        self.reading.actors[country.id] = Actor(id=country.id, name=country.name, kind="country", country=iso3)
        self._mention(country.id, start, end)
        return country.id

    def keep(self, wanted: Collection[str]) -> None:
        """Drop the actors made here that are not wanted after all."""
        for actor in self._made - set(wanted):
            self.reading.actors.pop(actor, None)

    def _mention(self, actor: str, start: int, end: int) -> None:
        words_ = self.doc[start:end]
        span = Span(start=words_.start_char, end=words_.end_char)
        self._made.add(actor)
        mentions = self.reading.actors[actor].mentions
        if all(mention.span != span for mention in mentions):
            mentions.append(Mention(span=span, text=words_.text, confidence=_CONFIDENCE, rule="what.unnamed"))

    def _of(self, mention: Linked) -> str | None:
        actor = self.reading.actors.get(mention.actor)
        return actor.country if actor is not None else None

    def _first(self, head: Token) -> int:
        """Where the wording begins: the modifiers of the noun, without articles and numbers."""
        kept = [t.i for t in _modifiers(head)]
        return min([head.i, *kept])


def _bare(head: Token) -> bool:
    """Whether a noun stands without article, number, owner or modifier."""
    return all(label(c) not in {"det", "amod", "compound", "nummod", "nmod:poss"} for c in head.children)


def _modifiers(head: Token) -> Iterator[Token]:
    """The run of adjectives and nouns right before a noun."""
    at = head.i - 1
    while at >= head.sent.start:
        token = head.doc[at]
        if token.pos_ not in {"ADJ", "NOUN", "PROPN"} or label(token) == "nmod:poss" or token.lower_ in words("vague"):
            return
        yield token
        at -= 1
