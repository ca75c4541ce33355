"""The spaCy component ``attache_events``: reads events off a page whose actors, times and places are known."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from spacy.language import Language
from spacy.tokens import Doc, Token
from spacy.tokens import Span as Sentence

from attache.dossier import Event, Role, RoleName, Span, Status
from attache.reading import Reading, offer, reading_of
from attache.what.circumstances import Circumstances, event_time
from attache.what.codes import Stance, Will, coding, governing, loosely
from attache.what.embedding import governor_among
from attache.what.matching import matches
from attache.what.merging import merged, reported
from attache.what.parties import Parties
from attache.what.party import Party
from attache.what.statements import Statements
from attache.what.status import is_purpose, status_of, wills
from attache.what.tellings import tellings
from attache.what.triggers import Match

_SCENIC = {"meet"}
_SPEECH = {"say"}
_TALKS = {"meet", "visit", "negotiate", "mediate"}
_OFFERS = {"would", "'d", "’d"}


class Events:
    """Adds events to the reading of a document, plain statements among them."""

    def __call__(self, doc: Doc) -> Doc:
        reading = reading_of(doc)
        reading.events.extend(PageEvents(doc, reading).events())
        return doc


@Language.factory("attache_events")
def make_events(nlp: Language, name: str) -> Events:
    """The component, for ``nlp.add_pipe("attache_events")``; it needs a parse, and reads what ``attache_who`` and others have found."""
    offer()
    return Events()


class PageEvents:
    """One page being read."""

    def __init__(self, doc: Doc, reading: Reading) -> None:
        self.doc, self.reading = doc, reading
        self.parties = Parties(doc, reading)
        self.statements = Statements(doc)
        self.circumstances = Circumstances(doc, reading)

    def events(self) -> list[Event]:
        """All events in order of their triggers, duplicates merged, numbered; actors that only unused readings had are dropped."""
        found: list[Event] = []
        for sentence in self.doc.sents:
            told = list(self._of(sentence))
            found += told
            self.parties.numbers.events = found
            found += self.statements.said(sentence, self._triggers(told), self.parties)
        kept = reported(merged(found, self._sentence_of, self.parties.numbers.camps))
        self.parties.unnamed.keep({actor for event in kept for actor in [*event.source, *event.target]})
        return [event.model_copy(update={"id": f"e{number}"}) for number, event in enumerate(kept, 1)]

    def _triggers(self, events: list[Event]) -> set[int]:
        """The tokens of the triggers of events."""
        spans = (self.doc.char_span(e.trigger.start, e.trigger.end, alignment_mode="expand") for e in events)
        return {t.i for span in spans if span is not None for t in span}

    def _sentence_of(self, at: int) -> int:
        span = self.doc.char_span(at, at + 1, alignment_mode="expand")
        return int(span.sent.start) if span is not None and len(span) else -1

    def _of(self, sentence: Sentence) -> Iterator[Event]:
        asked = list(tellings(sentence, self.parties))
        found = [part for match in [*matches(sentence, self.parties), *asked] for part in match.apart()]
        stances = self._stances(found, {m.trigger.i for m in asked})
        for match, stance in zip(found, stances, strict=True):
            event = self._event(match, stance)
            if event is not None:
                yield self._continued(event, match)

    def _stances(self, found: list[Match], asked: set[int]) -> list[Stance]:
        """What governs what among the acts of one sentence; the content of what somebody is told to do is its own verb."""
        ruling = {m.trigger.i for m in found if m.frame.kind in governing()}
        loose = {m.trigger.i for m in found if m.frame.kind in loosely()}
        above = []
        for match in found:
            own = match.trigger.i in asked and "told" not in match.frame.lemmas
            above.append(match.trigger.i if own else governor_among(match.trigger, ruling, loose))
        content: dict[int, list[str]] = {}
        for match, at in zip(found, above, strict=True):
            if at is not None:
                content.setdefault(at, []).append(match.frame.kind)
        speech = {m.trigger.i: m for m in found if m.frame.kind in _SPEECH}
        return [
            Stance(_will(m, speech), at is not None, () if at is not None else tuple(content.get(m.trigger.i, ())))
            for m, at in zip(found, above, strict=True)
        ]

    def _continued(self, event: Event, match: Match) -> Event:
        """ "The three discussed": goes on with the meeting told before, so at its time and place."""
        if event.time is not None or not match.source or any(p.by != "number" for p in match.source):
            return event
        for earlier in self.parties.numbers.recent():
            if earlier.kind == event.kind == "meet" and len(earlier.source) > 1 and set(earlier.source) <= set(event.source):
                return event.model_copy(update={"time": earlier.time, "place": event.place or earlier.place})
        return event

    def _event(self, match: Match, stance: Stance) -> Event | None:
        frame, trigger = match.frame, match.trigger
        content = self.statements.content(trigger) if frame.statement else None
        match = replace(match, source=self.statements.speakers(trigger, self.parties) or match.source)
        if frame.kind in _SPEECH and (content is None or not any(p.by != "unnamed" for p in match.source)):
            return None
        time = self.circumstances.time_of(trigger)
        status = _status(match)
        if frame.kind in _SPEECH and status == "denied":
            return None  # "did not say whether": nothing was said
        place = self.circumstances.place_of(
            trigger, frame.kind in _SCENIC and status == "happened", frame.kind == "withdraw", frame.kind == "visit"
        )
        match = self._located(match, place.place.country if place else None)
        roles = [*self._roles("source", match.source), *self._roles("target", match.target), *self._roles("about", match.about)]
        roles.append(Role(role="cue", span=_span(trigger.i, trigger.i + 1, self.doc)))
        parts = _present(self.statements.parts(trigger) if content else [], time.span if time else None, place.span if place else None)
        roles += [Role(role=name, span=part) for name, part in parts]
        plover, cameo = coding(frame, self._context_words(trigger), stance)
        return Event(
            id="e0", kind=frame.kind, status=status, plover=plover, cameo=cameo,  # type: ignore[arg-type]
            source=[p.actor for p in match.source], target=[p.actor for p in match.target], about=[p.actor for p in match.about],
            time=event_time(time), place=place.place if place else None, content=content, roles=roles,
            trigger=_span(trigger.i, trigger.i + 1, self.doc), span=_extent(trigger, roles),
            rule=frame.rule + (":near" if match.fallback else ""), confidence=round(match.confidence, 3),
        )  # fmt: skip

    def _located(self, match: Match, country: str | None) -> Match:
        """Unnamed groups without a country of their own are taken to be of the country where the event takes place."""
        if country is None:
            return match
        return replace(match, source=self.parties.placed(match.source, country), target=self.parties.placed(match.target, country))

    def _roles(self, name: RoleName, parties: list[Party]) -> list[Role]:
        return [Role(role=name, span=_span(p.start, p.end, self.doc), actor=p.actor) for p in parties]

    def _context_words(self, trigger: Token) -> list[str]:
        return [form for t in trigger.sent for form in (t.lemma_.lower(), t.lower_)]


def _status(match: Match) -> Status:
    """The frame's own status, or that of its words."""
    own: Status | None = match.frame.status or None  # type: ignore[assignment]
    return own or status_of(match.trigger)


def _will(match: Match, speech: dict[int, Match]) -> Will:
    """How the act stands to its deed, for its code."""
    status = _status(match)
    if is_purpose(match.trigger) and match.frame.kind not in _TALKS:
        return "open"
    if status in {"happened", "ongoing"}:
        return "done"
    if status == "planned" and any(c.lower_ == "unless" for a in match.trigger.children for c in a.children):
        return "menaced"
    if status == "planned":
        teller = speech.get(governor_among(match.trigger, speech) or -1)
        own = teller is not None and {p.actor for p in teller.source} & {p.actor for p in match.source}
        return "offered" if own and any(c.lower_ in _OFFERS for c in match.trigger.children) else "planned"
    return "refused" if status == "denied" and wills(match.trigger) else "open"


def _present(content: list[Span], time: Span | None, place: Span | None) -> list[tuple[RoleName, Span]]:
    parts: list[tuple[RoleName, Span | None]] = [*(("content", part) for part in content), ("time", time), ("place", place)]
    return [(name, part) for name, part in parts if part is not None]


def _span(start: int, end: int, doc: Doc) -> Span:
    return Span(start=doc[start].idx, end=doc[end - 1].idx + len(doc[end - 1]))


def _extent(trigger: Token, roles: list[Role]) -> Span:
    """From the first to the last word that the event was read from, within its sentence where only the scene lies outside."""
    sentence = trigger.sent
    low, high = sentence.start_char, sentence.end_char
    near = [r.span for r in roles if r.role != "place" or low <= r.span.start < high]
    return Span(start=min(s.start for s in near), end=max(s.end for s in near))
