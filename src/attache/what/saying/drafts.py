"""A statement before its content is laid out as stretches: cue, speaker and the tokens of what is said."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Token


@dataclass
class Draft:
    """One attribution as found; ``content`` holds token numbers, ``rule`` the construction and cue that made it."""

    cue: range
    speaker: Token | None
    content: set[int]
    rule: str
    speech: bool
    confidence: float
    key: Token | None = None
    """The word that carries the cue."""
