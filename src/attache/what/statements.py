"""Statements as events: what a cue word introduces, and the statements that no frame of the lexicon has filed."""

from __future__ import annotations

from collections.abc import Iterator, Set

from spacy.tokens import Doc, Token
from spacy.tokens import Span as Sentence

from attache.dossier import Event, Plover, Role, Span
from attache.reading import Statement, reading_of
from attache.what.codes import kinds
from attache.what.lexicon import words
from attache.what.parties import Parties
from attache.what.party import Party
from attache.what.saying.finding import statements
from attache.what.saying.speakers import second_verb

_WORDS = {"clause", "quote", "according", "line"}
"""Constructions that hand on words rather than an attitude ("criticized", "wants to")."""


class Statements:
    """The statements of one page, by cue word."""

    def __init__(self, doc: Doc) -> None:
        reading = reading_of(doc)
        if reading.statements is None:
            reading.statements = statements(doc)
        self.doc, self.found = doc, reading.statements
        self._by_cue = {i: statement for statement in reversed(self.found) for i in range(*statement.cue)}

    def content(self, cue: Token) -> Span | None:
        """From the first to the last character of what a cue verb or noun introduces; None where it introduces nothing."""
        statement = self._by_cue.get(cue.i)
        return self._whole(statement) if statement is not None else None

    def parts(self, cue: Token) -> list[Span]:
        """The stretches of what a cue introduces: several where the cue stands inside it."""
        statement = self._by_cue.get(cue.i)
        return self._parts(statement) if statement is not None else []

    def speakers(self, cue: Token, parties: Parties) -> list[Party]:
        """Who speaks, where the statement of a cue verb has its speaker from another clause than the parse gives the verb to.

        "X denied that Y had turned away and accused Z": the parse may have Y accuse.
        """
        first = second_verb(cue)
        statement = self._by_cue.get(cue.i)
        if first is None or statement is None or statement.speaker is None:
            return []
        return parties.of_phrase(self.doc[statement.speaker])

    def said(self, sentence: Sentence, taken: Set[int], parties: Parties) -> Iterator[Event]:
        """The statements whose cue lies in a sentence as ``say`` events, those left out that events with a trigger at ``taken`` tell.

        Of what is told inside another statement only words of a known actor are filed. A speaker who is no known actor ("officials",
        "a report") is given by the words alone.
        """
        for statement in self.found:
            if not sentence.start <= statement.cue[0] < sentence.end or statement.speaker is None:
                continue
            if any(i in taken for i in range(*statement.cue)) or self._withheld(statement):
                continue
            sources = parties.of_phrase(self.doc[statement.speaker])
            uttered = statement.speech or self._words(statement)
            if uttered and (statement.depth == 0 or (sources and self._words(statement))):
                yield self._event(statement, sources)

    def _withheld(self, statement: Statement) -> bool:
        """ "Declined to comment": a refusal, where it is an event at all, and no words."""
        _, form, lemma, *_ = statement.rule.split(":")
        return form == "infinitive" and lemma in words("denying")

    def _words(self, statement: Statement) -> bool:
        return statement.rule.split(":")[1] in _WORDS

    def _event(self, statement: Statement, sources: list[Party]) -> Event:
        cue, content = self._span(statement.cue), self._whole(statement)
        roles = [Role(role="source", span=self._span((p.start, p.end)), actor=p.actor) for p in sources]
        if not roles and statement.source is not None:
            roles = [Role(role="source", span=self._span(statement.source))]
        roles += [Role(role="cue", span=cue), *(Role(role="content", span=part) for part in self._parts(statement))]
        start, end = min(r.span.start for r in roles), max(r.span.end for r in roles)
        return Event(
            id="e0", kind="say", status="happened", plover=Plover(), cameo=self._cameo(statement, sources),
            source=[p.actor for p in sources], content=content, roles=roles, trigger=cue, span=Span(start=start, end=end),
            rule=statement.rule, confidence=statement.confidence,
        )  # fmt: skip

    def _cameo(self, statement: Statement, sources: list[Party]) -> str | None:
        """CAMEO codes what a known actor utters; thoughts, and words of nobody known, have no code."""
        known = any(party.by != "unnamed" for party in sources)
        return kinds()["say"].get("cameo") if known and statement.speech else None

    def _parts(self, statement: Statement) -> list[Span]:
        return [self._span(run) for run in statement.content]

    def _whole(self, statement: Statement) -> Span:
        parts = self._parts(statement)
        return Span(start=parts[0].start, end=parts[-1].end)

    def _span(self, run: tuple[int, int]) -> Span:
        last = self.doc[run[1] - 1]
        return Span(start=self.doc[run[0]].idx, end=last.idx + len(last))
