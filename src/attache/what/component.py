"""The spaCy component ``attache_what``: reads events and statements off a page whose actors, times and places are known."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from spacy.language import Language
from spacy.tokens import Doc, Token
from spacy.tokens import Span as Sentence

from attache.dossier import Event, Role, RoleName, Span
from attache.reading import Reading, reading_of
from attache.what.circumstances import Circumstances, event_time
from attache.what.codes import coding
from attache.what.matching import matches
from attache.what.merging import merged, reported
from attache.what.parties import Parties, Party
from attache.what.statements import Statements
from attache.what.status import status_of
from attache.what.triggers import Match

_SCENIC = {"meet"}
_SPEECH = {"say"}


class What:
    """Adds events to the reading of a document."""

    def __call__(self, doc: Doc) -> Doc:
        reading = reading_of(doc)
        if reading.linked:
            reading.events.extend(_Page(doc, reading).events())
        return doc


@Language.factory("attache_what")
def make_what(nlp: Language, name: str) -> What:
    """The component, for ``nlp.add_pipe("attache_what")``."""
    return What()


class _Page:
    """One page being read."""

    def __init__(self, doc: Doc, reading: Reading) -> None:
        self.doc, self.reading = doc, reading
        self.parties = Parties(doc, reading)
        self.statements = Statements(doc)
        self.circumstances = Circumstances(doc, reading)

    def events(self) -> list[Event]:
        """All events in order of their triggers, duplicates merged, numbered."""
        found: list[Event] = []
        for sentence in self.doc.sents:
            told = list(self._of(sentence))
            found += told
            self.parties.events = found
            found += self.statements.said(sentence, self._triggers(told), self.parties)
        kept = reported(merged(found, self._sentence_of, self.parties.camps))
        return [event.model_copy(update={"id": f"e{number}"}) for number, event in enumerate(kept, 1)]

    def _triggers(self, events: list[Event]) -> set[int]:
        """The tokens of the triggers of events."""
        spans = (self.doc.char_span(e.trigger.start, e.trigger.end, alignment_mode="expand") for e in events)
        return {t.i for span in spans if span is not None for t in span}

    def _sentence_of(self, at: int) -> int:
        span = self.doc.char_span(at, at + 1, alignment_mode="expand")
        return int(span.sent.start) if span is not None and len(span) else -1

    def _of(self, sentence: Sentence) -> Iterator[Event]:
        for match in matches(sentence, self.parties):
            for part in match.apart():
                event = self._event(part)
                if event is not None:
                    yield self._continued(event, part)

    def _continued(self, event: Event, match: Match) -> Event:
        """ "The three discussed": goes on with the meeting told before, so at its time and place."""
        if event.time is not None or not match.source or any(p.by != "number" for p in match.source):
            return event
        for earlier in reversed(self.parties.events):
            if earlier.kind == event.kind == "meet" and len(earlier.source) > 1 and set(earlier.source) <= set(event.source):
                return event.model_copy(update={"time": earlier.time, "place": event.place or earlier.place})
        return event

    def _event(self, match: Match) -> Event | None:
        frame, trigger = match.frame, match.trigger
        content = self.statements.content(trigger) if frame.statement else None
        match = replace(match, source=self.statements.speakers(trigger, self.parties) or match.source)
        if frame.kind in _SPEECH and (content is None or not match.source):
            return None
        time = self.circumstances.time_of(trigger)
        status = frame.status or status_of(trigger)
        place = self.circumstances.place_of(
            trigger, frame.kind in _SCENIC and status == "happened", frame.kind == "withdraw", frame.kind == "visit"
        )
        roles = [*self._roles("source", match.source), *self._roles("target", match.target), *self._roles("about", match.about)]
        roles.append(Role(role="cue", span=_span(trigger.i, trigger.i + 1, self.doc)))
        parts = _present(self.statements.parts(trigger) if content else [], time.span if time else None, place.span if place else None)
        roles += [Role(role=name, span=part) for name, part in parts]
        plover, cameo = coding(frame, self._context_words(trigger))
        return Event(
            id="e0", kind=frame.kind, status=status, plover=plover, cameo=cameo,  # type: ignore[arg-type]
            source=[p.actor for p in match.source], target=[p.actor for p in match.target], about=[p.actor for p in match.about],
            time=event_time(time), place=place.place if place else None, content=content, roles=roles,
            trigger=_span(trigger.i, trigger.i + 1, self.doc), span=_extent(trigger, roles),
            rule=frame.rule + (":near" if match.fallback else ""), confidence=round(match.confidence, 3),
        )  # fmt: skip

    def _roles(self, name: RoleName, parties: list[Party]) -> list[Role]:
        return [Role(role=name, span=_span(p.start, p.end, self.doc), actor=p.actor) for p in parties]

    def _context_words(self, trigger: Token) -> list[str]:
        return [form for t in trigger.sent for form in (t.lemma_.lower(), t.lower_)]


def _present(content: list[Span], time: Span | None, place: Span | None) -> list[tuple[RoleName, Span]]:
    parts: list[tuple[RoleName, Span | None]] = [*(("content", part) for part in content), ("time", time), ("place", place)]
    return [(name, part) for name, part in parts if part is not None]


def _span(start: int, end: int, doc: Doc) -> Span:
    return Span(start=doc[start].idx, end=doc[end - 1].idx + len(doc[end - 1]))


def _extent(trigger: Token, roles: list[Role]) -> Span:
    """From the first to the last word that the event was read from, within its sentence where only the scene lies outside."""
    near = [r.span for r in roles if r.role != "place" or trigger.sent.start_char <= r.span.start < trigger.sent.end_char]
    return Span(start=min(s.start for s in near), end=max(s.end for s in near))
