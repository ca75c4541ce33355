"""When and where an event took place: the time and place expressions that belong to its clause."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TypeVar

from spacy.tokens import Doc, Token

from attache.dossier import EventTime, PlaceMention, Span, Time
from attache.reading import Reading
from attache.what.grammar import direct_object, is_verb, label

_Located = TypeVar("_Located", Time, PlaceMention)
_FAR = 25


class Circumstances:
    """Times and places of one page, by token."""

    def __init__(self, doc: Doc, reading: Reading) -> None:
        self.doc, self.reading = doc, reading
        dated = [found for found in reading.times if found.type in {"DATE", "TIME"}]
        self._times = [(t, found) for found in dated if (t := self._token(found.span)) is not None]
        calendar = {i for found in reading.times for i in range(found.span.start, found.span.end)}
        spots = [found for found in reading.places if found.span.start not in calendar]
        self._places = [(t, found) for found in spots if (t := self._token(found.span)) is not None]

    def time_of(self, trigger: Token) -> Time | None:
        """The time expression that the clause of a trigger holds; the nearest where there are several."""
        # A day without a year ("July 31" on an undated page) is known by its words alone, but it is the time all the same.
        known = [(t, found) for t, found in self._times if found.start or found.end or found.value.startswith("XXXX-")]
        return self._nearest(trigger, known) or self._of_antecedent(trigger, known)

    def _of_antecedent(self, trigger: Token, known: Sequence[tuple[Token, Time]]) -> Time | None:
        """ "The pact of March 2016, under which X promised": the pact's time."""
        first = next((t for t in trigger.subtree if not t.is_punct), trigger)
        opening = [t.lower_ for t in self.doc[first.i : first.i + 3]]
        if not label(trigger).startswith("acl") or "which" not in opening[1:]:
            return None
        return next((found for t, found in reversed(known) if 0 < first.i - t.i < 6 and t.i >= trigger.sent.start), None)

    def place_of(self, trigger: Token, scene: bool, leaving: bool = False, going: bool = False) -> PlaceMention | None:
        """The place of the clause, introduced by a preposition; with ``scene``, else the page's own scene;
        ``leaving`` takes "from" too, and ``going`` the object ("visited Ankara")."""
        if going and (goal := self._goal(trigger)) is not None:
            return goal
        near = [(t, found) for t, found in self._places if abs(t.i - trigger.i) <= _FAR]
        inside = [(t, found) for t, found in near if self._introduced(t, leaving) and not self._elsewhere(trigger, t)]
        found = self._nearest(trigger, inside)
        if found is not None or not scene:
            return found
        return next((p for _, p in self._places if p.role in {"dateline", "scene"}), None)

    def _goal(self, trigger: Token) -> PlaceMention | None:
        goal = direct_object(trigger)
        return next((found for t, found in self._places if goal is not None and t == goal), None)

    def _token(self, span: Span) -> Token | None:
        covered = self.doc.char_span(span.start, span.end, alignment_mode="expand")
        return covered.root if covered is not None and len(covered) else None

    def _elsewhere(self, trigger: Token, token: Token) -> bool:
        """Whether a place belongs to another verb than the trigger."""
        above = token.head
        while above.head != above and not is_verb(above):
            above = above.head
        return is_verb(trigger) and is_verb(above) and above != trigger and above.head != trigger

    def _introduced(self, token: Token, leaving: bool) -> bool:
        start = token.left_edge.i
        before = self.doc[max(start - 1, 0) : token.i + 1]
        return any(t.lower_ in {"in", "at", "to", "near", "into"} or (leaving and t.lower_ == "from") for t in before)

    def _nearest(self, trigger: Token, candidates: Sequence[tuple[Token, _Located]]) -> _Located | None:
        close = [(t, found) for t, found in candidates if abs(t.i - trigger.i) <= _FAR]
        near = [(t, found) for t, found in close if t.sent.start == trigger.sent.start]
        scored = [(self._distance(trigger, t), abs(t.i - trigger.i), i) for i, (t, _) in enumerate(near)]
        best = min((s for s in scored if s[0] < 3), default=None)
        return near[best[2]][1] if best is not None else None

    def _distance(self, trigger: Token, token: Token) -> int:
        """How many clauses lie between: 0 where the trigger governs it, 3 where another clause does."""
        if token.head.pos_ in {"NOUN", "PROPN"} and token.head != trigger and any(c.lower_ == "of" for c in token.children):
            return 3  # "the pact of March 2016" dates the pact
        noun = token.head
        before = self.doc[token.i : noun.i] if noun.pos_ == "NOUN" and noun != trigger else ()
        if any(re.fullmatch(r"(?:19|20)\d\d", t.text) for t in before):
            return 3  # "to scrap the 1953 armistice"
        above = token
        while above.head != above and above.i != trigger.i and not is_verb(above):
            above = above.head
        if above.i == trigger.i:
            return 0
        if not is_verb(trigger) and above in list(trigger.ancestors)[:4]:
            return 1
        if above.head.i == trigger.i and label(above) in {"xcomp", "acl"}:
            return 1
        between = self.doc[min(trigger.i, token.i) + 1 : max(trigger.i, token.i)]
        return 2 if not any(is_verb(t) or t.text in {",", ";"} for t in between) else 3


def event_time(found: Time | None) -> EventTime | None:
    """A time expression as the time of an event."""
    return EventTime(start=found.start, end=found.end, text=found.text) if found is not None else None
