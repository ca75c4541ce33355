"""Acts told by what is said of another: "Paris said that Iran must stop" is a demand, "that Iran was behind it" an accusation."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Span, Token

from attache.what.grammar import child, governor, is_verb, label, subject
from attache.what.lexicon import Frame, lexicon, words
from attache.what.parties import Parties
from attache.what.triggers import Match

_CONFIDENCE = 0.65
_TELLING = {"say", "warn", "demand"}


def tellings(sentence: Span, parties: Parties) -> Iterator[Match]:
    """The demands and accusations of a sentence worded as what another must do or has done; the trigger is the predicate."""
    if (words("obliged") | words("guilt") | words("obliging")).isdisjoint([t.lemma_.lower() for t in sentence]):
        return  # most sentences
    for token in sentence:
        kind = _kind(token)
        if kind is None:
            continue
        teller, addressed = _teller(token), subject(token)
        speaker = subject(teller) if teller is not None else None
        if speaker is None or addressed is None or speaker == addressed or addressed.lower_ in words("own_pronouns"):
            continue  # "we must" binds the speaker
        source = parties.of_phrase(speaker)
        target = [p for p in parties.of_phrase(addressed) if p.actor not in {s.actor for s in source}]
        if source and target:
            yield Match(token, _frame(kind), source, target, confidence=_CONFIDENCE)


def _kind(token: Token) -> str | None:
    if is_verb(token) and _obliged(token):
        return "demand"
    held = {token.lower_, *(c.lower_ for c in token.children if label(c) == "case")}
    return "accuse" if held & words("guilt") and child(token, "cop") is not None else None


def _obliged(verb: Token) -> bool:
    """Whether someone must do it: "must", "should", "has to", "needs to"; not a guess at what was ("must have left")."""
    helpers = {c.lower_ for c in verb.children if label(c) in {"aux", "aux:pass", "mark"}}
    if helpers & words("obliged"):
        return not helpers & {"have", "has"}
    return label(verb) == "xcomp" and verb.head.lemma_.lower() in words("obliging") and "to" in helpers


def _teller(token: Token) -> Token | None:
    """The verb of saying whose content the predicate is."""
    above = governor(token)
    if above is not None and label(token) == "xcomp":
        above = governor(above)
    known = lexicon().verbs.get(above.lemma_.lower(), ()) if above is not None else ()
    return above if any(frame.kind in _TELLING for frame in known) else None


def _frame(kind: str) -> Frame:
    plain = next(frame for frames in lexicon().verbs.values() for frame in frames if frame.kind == kind)
    return replace(plain, lemmas=("told",), status="happened", mode=None, cameo=None)
