"""The frames a word may trigger, and a trigger with its parties found."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from spacy.tokens import Token

from attache.what.grammar import is_verb, label
from attache.what.lexicon import Frame, lexicon
from attache.what.party import Party


@dataclass
class Match:
    """A trigger with its frame and parties, not yet an event."""

    trigger: Token
    frame: Frame
    source: list[Party] = field(default_factory=list)
    target: list[Party] = field(default_factory=list)
    about: list[Party] = field(default_factory=list)
    confidence: float = 0.8
    fallback: bool = False
    owner: list[Party] = field(default_factory=list)

    def apart(self) -> list[Match]:
        """One match a person met, where an agenda lists those its owner meets ("his talks include a meeting between A and B")."""
        owners = {p.actor for p in self.owner}
        others = [p for p in self.source if p.actor not in owners]
        if not owners or len(others) < 2:
            return [self]
        return [replace(self, source=[*self.owner, other]) for other in others]


def candidates(token: Token) -> tuple[Frame, ...]:
    """The frames of a word, the most particular first."""
    book = lexicon()
    if label(token) == "amod" and token.i < token.head.i:
        return ()  # "the wounded Kenyans", "the occupied territories": described, not told
    if is_verb(token):
        table = book.verbs
    elif token.pos_ == "ADJ":
        return tuple(frame for frame in book.verbs.get(token.lower_, ()) if frame.stative)
    elif token.pos_ in {"NOUN", "PROPN"}:
        table = book.nouns
    else:
        return ()
    return next((table[form] for form in _forms(token) if form in table), ())


def _forms(token: Token) -> list[str]:
    """The lemma, and guesses for where the lemmatiser errs."""
    low = token.lower_
    forms = [token.lemma_.lower(), low]
    for ending in ("ed", "d", "s", "es", "ing"):
        if low.endswith(ending) and len(low) > len(ending) + 3:
            stem = low[: -len(ending)]
            forms += [stem, stem + "e", stem[:-1] if stem[-1] == stem[-2] else stem]
    return forms
