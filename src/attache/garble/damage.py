"""What was damaged: the vocabulary of the corruption generator."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

SHARES = {"light": 0.15, "medium": 0.35, "heavy": 0.7}
"""The strengths, and which share of the places that offer themselves to a kind of damage is damaged, never less than one."""


@dataclass(frozen=True)
class Edit:
    """A change that could be made to a clean text: characters ``[start, end)`` become ``after``.

    ``within`` are the characters of the clean text over which the damage shows: the quotation that lost its mark, the sentence cut in
    two. ``way`` says how it was done, in a word or two.
    """

    start: int
    end: int
    after: str
    way: str
    within: tuple[int, int]


@dataclass(frozen=True)
class Damage:
    """A change that was made. ``start``/``end`` are characters of the damaged text, ``within`` those over which it shows there.

    ``before`` stood in the clean text from ``clean_start`` on; where words were only put in it is empty.
    """

    kind: str
    way: str
    start: int
    end: int
    within: tuple[int, int]
    clean_start: int
    before: str
    after: str


@dataclass(frozen=True)
class Garbled:
    """A damaged copy, and the list of what was done to it in the order of the text."""

    text: str
    seed: int
    strength: str
    damages: list[Damage] = field(default_factory=list)

    def as_row(self) -> dict[str, Any]:
        """As an object for a ``.jsonl``, which ``attache read`` and ``attache evaluate`` take."""
        damages = [{**asdict(damage), "within": list(damage.within)} for damage in self.damages]
        return {"text": self.text, "seed": self.seed, "strength": self.strength, "damages": damages}
