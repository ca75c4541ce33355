"""Demands told by an obligation: "Paris said that Iran must stop" is a demand of Paris to Iran."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Span, Token

from attache.what.grammar import governor, is_verb, label, subject
from attache.what.lexicon import Frame, lexicon, words
from attache.what.parties import Parties
from attache.what.triggers import Match

_CONFIDENCE = 0.65


def obligations(sentence: Span, parties: Parties) -> Iterator[Match]:
    """The demands of a sentence that are worded as what another side must do; the trigger is the verb of what it must do."""
    for token in sentence:
        if not is_verb(token) or not _obliged(token):
            continue
        teller, addressed = _teller(token), subject(token)
        if teller is None or addressed is None:
            continue
        speaker = subject(teller)
        if speaker is None or speaker == addressed:
            continue
        source = parties.of_phrase(speaker)
        target = [p for p in parties.of_phrase(addressed) if p.actor not in {s.actor for s in source}]
        if source and target:
            yield Match(token, _frame(), source, target, confidence=_CONFIDENCE)


def _obliged(verb: Token) -> bool:
    """Whether someone must do it: "must", "should", "has to", "needs to"; not a question of what may be so ("must have left")."""
    helpers = {c.lower_ for c in verb.children if label(c) in {"aux", "aux:pass"}}
    bound = bool(helpers & words("obliged")) and not helpers & {"have", "has"}
    above = verb.head
    return bound or (label(verb) == "xcomp" and above.lemma_.lower() in words("obliging") and "to" in helpers | _marks(verb))


def _marks(verb: Token) -> set[str]:
    return {c.lower_ for c in verb.children if label(c) == "mark"}


def _teller(verb: Token) -> Token | None:
    """The verb of saying whose content the obligation is."""
    above = governor(verb)
    if above is not None and label(verb) == "xcomp":
        above = governor(above)
    known = lexicon().verbs.get(above.lemma_.lower(), ()) if above is not None else ()
    return above if any(frame.kind in {"say", "warn", "demand"} for frame in known) else None


def _frame() -> Frame:
    plain = next(frame for frame in lexicon().verbs["demand"] if frame.kind == "demand")
    return replace(plain, status="happened")
