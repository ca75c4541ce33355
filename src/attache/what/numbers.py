"""Whom a number stands for: "the two", "both sides", "the three leaders"."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from spacy.tokens import Doc, Token

from attache.dossier import Event
from attache.reading import Linked, Reading
from attache.what.grammar import governor, phrase, subject
from attache.what.lexicon import words
from attache.what.party import Party

_NUMBERS = {"two": 2, "both": 2, "three": 3, "four": 4}
_TOGETHER = {"meet", "negotiate", "call", "agree", "sign", "cease-fire"}
_JOINING = {",", "and", "&", "the"}
_BACK = 200
"""So many events at most are looked back through: a page of thousands would otherwise take hours."""


@dataclass
class Numbers:
    """Numbers on one page; remembers the events found so far, whose parties they mean first of all."""

    doc: Doc
    reading: Reading
    linked: Callable[[int], Linked | None]
    events: list[Event] = field(default_factory=list)

    def of(self, head: Token, start: int) -> list[Party]:
        """The parties of the last event with so many, else those named together last, else the last named."""
        lead = [t for t in self.doc[start : head.i + 1] if t.lower_ in _NUMBERS]
        if not lead:
            return []
        noun = head.lemma_.lower()
        known = head.lower_ in _NUMBERS or noun in words("camps") or noun in words("companions")
        definite = any(t.lower_ in {"the", "both"} for t in self.doc[start : head.i + 1])
        if not known or not definite or any(self.linked(i) for i in range(start, head.i + 1)):
            return []
        size, as_camps = _NUMBERS[lead[0].lower_], noun in words("camps")
        before = self._camps_before if as_camps else self._people_before
        rivals = self._rivals(head, size) if as_camps else []
        actors = rivals or self._met(head, size, as_camps) or before(head, size)
        return [Party(a, head.i, head.i + 1, "number") for a in actors]

    def recent(self) -> Iterator[Event]:
        """The events found so far, the last first."""
        return reversed(self.events[-_BACK:])

    def camps(self, actors: Sequence[str]) -> list[str]:
        """The countries (or bodies) of actors, each once; none where one of them is not known."""
        by_code = {a.country: a.id for a in self.reading.actors.values() if a.kind == "country" and a.country}
        camps: list[str] = []
        for actor in actors:
            known = self.reading.actors.get(actor)
            if known is None:
                continue
            camp = by_code.get(known.country or "", "") if known.kind == "person" else known.id
            if not camp:
                return []  # someone whose country the page does not name: the camps cannot be counted
            if camp not in camps:
                camps.append(camp)
        return camps

    def _met(self, head: Token, size: int, as_camps: bool) -> Sequence[str]:
        """The parties of the last event that people or camps take part in together, where they are so many."""
        addressing = self._addressing(head)
        for event in self.recent():
            sides = self.camps(event.source) if as_camps else [a for a in event.source if self.reading.is_person(a)]
            rivals = event.kind == "cease-fire" and len(sides) == 1  # within one country
            sides = (sides or event.source) if not as_camps else event.source if rivals else sides
            if len(sides) == size and event.kind in _TOGETHER and addressing.isdisjoint(sides):
                return sides
        return []

    def _camps_before(self, head: Token, size: int) -> list[str]:
        """The last so many that were named in one breath ("Israel and Hamas"), else the last named; not who speaks of them."""
        outside = self._speakers(head)
        named = [m for m in self._named_before(head) if not self.reading.is_person(m.actor) and m.actor not in outside]
        for run in reversed(list(self._in_one_breath(named))):
            if len(run) == size:
                return run
        return _last(size, (m.actor for m in reversed(named)))

    def previous(self, head: Token) -> int:
        """The first token of the sentence before that of a phrase."""
        return int(self.doc[max(head.sent.start - 1, 0)].sent.start)

    def _rivals(self, head: Token, size: int) -> list[str]:
        """The people of one country whom the sentence before sets against each other, so many: "Burhan has dismissed Dagalo".

        Those who stand together ("Blinken and Austin") are one side, and where another country is named the sides are countries.
        """
        mentions = [m for i in range(self.previous(head), head.sent.start) if (m := self.linked(i)) is not None]
        people = {m.actor: self.doc[m.start : m.end].root for m in mentions if self.reading.is_person(m.actor)}
        countries = {self.reading.actors[m.actor].country for m in mentions if m.actor in self.reading.actors} - {None}
        joined = any(other in root.conjuncts for root in people.values() for other in people.values())
        return list(people) if len(people) == size and len(countries) == 1 and not joined else []

    def _in_one_breath(self, named: Sequence[Linked]) -> Iterator[list[str]]:
        """Mentions joined by commas and "and", as actors."""
        run: list[Linked] = []
        for mention in named:
            between = {t.lower_ for t in self.doc[run[-1].end : mention.start]} if run else set()
            if run and not (between and between <= _JOINING):
                yield list(dict.fromkeys(m.actor for m in run))
                run = []
            run.append(mention)
        yield list(dict.fromkeys(m.actor for m in run))

    def _addressing(self, head: Token) -> set[str]:
        """The actors in the subject of the verb whose object or complement a phrase is: who urges both leaders is neither."""
        above = governor(head)
        return self._doers(above, head) if above is not None else set()

    def _speakers(self, head: Token) -> set[str]:
        """The actors in the subjects of all verbs above a phrase."""
        found: set[str] = set()
        above = governor(head)
        while above is not None:
            found |= self._doers(above, head)
            above = governor(above)
        return found

    def _doers(self, verb: Token, head: Token) -> set[str]:
        doer = subject(verb)
        if doer is None or doer == head:
            return set()
        return {m.actor for i in range(*phrase(doer)) if (m := self.linked(i)) is not None}

    def _named_before(self, head: Token) -> list[Linked]:
        kept = [m for m in self.reading.linked if m.end <= head.i and m.kind not in {"agreement", "pronoun"}]
        return [m for m in kept if m.actor in self.reading.actors]

    def _people_before(self, head: Token, size: int) -> list[str]:
        """The people named in the nearest sentence that names just so many, else the last ones named; not who addresses them."""
        outside = self._addressing(head)
        for sentence in reversed([s for s in self.doc.sents if s.start < head.i]):
            mentions = (self.linked(i) for i in range(sentence.start, min(sentence.end, head.i)))
            people = dict.fromkeys(m.actor for m in mentions if m is not None and self.reading.is_person(m.actor))
            if len(people) == size and outside.isdisjoint(people):
                return list(people)
        named = (m.actor for m in reversed(self._named_before(head)) if self.reading.is_person(m.actor))
        return _last(size, (actor for actor in named if actor not in outside))


def _last(size: int, actors: Iterable[str]) -> list[str]:
    """So many different actors of those given, the last first, in their order on the page; none where there are fewer."""
    found = list(dict.fromkeys(actors))
    return found[:size][::-1] if len(found) >= size else []
