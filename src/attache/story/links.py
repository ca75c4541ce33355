"""Links between two texts: what kind, how strong, and why.

Three kinds: ``same-text`` (the same clean text), ``copy`` (one was made from the other or both from a third: cut, framed, edited,
translated there and back, words exchanged), ``same-story`` (other words on the same news).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

LinkKind = Literal["same-text", "copy", "same-story"]


@dataclass(frozen=True)
class Link:
    """Why two texts belong together. `first` and `second` are ids, the lower first; `score` is 0..1; `reason` says it in words."""

    first: int
    second: int
    kind: LinkKind
    score: float
    reason: str

    @classmethod
    def between(cls, one: int, other: int, kind: LinkKind, score: float, reason: str) -> Link:
        """With the lower id first."""
        return cls(min(one, other), max(one, other), kind, round(score, 4), reason)
