"""A party of an event: an actor and the words that named it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass
class Party:
    """An actor and the tokens ``[start, end)`` that named it; ``by`` says how: name, pronoun, number, place or unnamed."""

    actor: str
    start: int
    end: int
    by: str = "name"


def unique(parties: Sequence[Party]) -> list[Party]:
    """Each actor once, as first named."""
    kept: dict[str, Party] = {}
    for party in parties:
        kept.setdefault(party.actor, party)
    return list(kept.values())
