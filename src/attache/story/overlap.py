"""How two wordings overlap, stretch by stretch: which parts of each have their like in the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from attache.story.wording import pairs_of, words_of

STRETCH = 16
"""Telling pairs in a stretch, some thirty words: long enough that chance does not fill it, short enough to be one thought."""
FOREIGN = 0.15
"""A stretch with fewer of its pairs in the other text than this was not copied from it. Spun stretches keep .2 to .5, unrelated ones .03."""


@dataclass(frozen=True, eq=False)
class Profile:
    """A text's pairs as numbers, in order and sorted, and its figures."""

    pairs: npt.NDArray[np.int64]
    known: npt.NDArray[np.int64]
    figures: frozenset[str]


@dataclass(frozen=True)
class Overlap:
    """Of the first and the second text: the share of stretches that the other lacks, and the share of pairs that it has."""

    foreign: tuple[float, float]
    common: tuple[float, float]
    opening: tuple[bool, bool]
    """Whether the other text lacks the text's first stretch."""
    figures: float | None
    """The share of the figures of the text with fewer that the other has too; None below three."""


def profile(text: str) -> Profile:
    """The profile of a text."""
    words = words_of(text)
    return profile_of(words, pairs_of(words))


def profile_of(words: Sequence[str], pairs: Sequence[str]) -> Profile:
    """The profile of a text whose words and pairs are known."""
    numbers = np.fromiter(map(hash, pairs), np.int64, len(pairs))
    return Profile(numbers, np.sort(numbers), frozenset(word for word in words if word.isdigit()))


def overlap(first: Profile, second: Profile) -> Overlap:
    """Compare two texts; a text without words overlaps with nothing."""
    one, other = _stretches(first, second), _stretches(second, first)
    fewer, more = sorted((first.figures, second.figures), key=len)
    figures = len(fewer & more) / len(fewer) if len(fewer) >= 3 else None
    return Overlap((one[0], other[0]), (one[1], other[1]), (one[2], other[2]), figures)


def _stretches(mine: Profile, theirs: Profile) -> tuple[float, float, bool]:
    if not len(mine.pairs) or not len(theirs.known):
        return 1.0, 0.0, True
    at = np.searchsorted(theirs.known, mine.pairs)
    hit = theirs.known[np.minimum(at, len(theirs.known) - 1)] == mine.pairs
    count = max(1, len(hit) // STRETCH)
    edges = np.arange(count) * len(hit) // count
    shares = np.add.reduceat(hit, edges) / np.diff(edges, append=len(hit))
    foreign = shares < FOREIGN
    return float(foreign.mean()), float(hit.mean()), bool(foreign[0])
