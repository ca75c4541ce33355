"""How two wordings overlap, stretch by stretch: which parts of each have their like in the other."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from attache.story.wording import Wording

STRETCH = 16
"""Telling pairs in a stretch, some thirty words: long enough that chance does not fill it, short enough to be one thought."""
FOREIGN = 0.15
"""A stretch with fewer of its pairs in the other text than this was not copied from it. Spun
stretches keep .2 to .5, unrelated ones .03."""


_ROOM = 64


@dataclass(frozen=True)
class Overlap:
    """Of the first and the second text: the share of stretches that the other lacks, and the share of pairs that it has."""

    foreign: tuple[float, float]
    common: tuple[float, float]
    opening: tuple[bool, bool]
    """Whether the other text lacks the text's first stretch."""
    figures: float | None
    """The share of the figures of the text with fewer that the other has too; None below three."""


def overlap(first: Wording, second: Wording) -> Overlap:
    """Compare two texts; a text without words overlaps with nothing."""
    if not len(first.pairs) or not len(second.pairs):
        return Overlap((1.0, 1.0), (0.0, 0.0), (True, True), None)
    one, other = _shares(first.pairs, second.pairs), _shares(second.pairs, first.pairs)
    fewer, more = sorted((first.figures, second.figures), key=len)
    figures = len(fewer & more) / len(fewer) if len(fewer) >= 3 else None
    return Overlap((one[0], other[0]), (one[1], other[1]), (one[2], other[2]), figures)


def _shares(mine: npt.NDArray[np.uint64], theirs: npt.NDArray[np.uint64]) -> tuple[float, float, bool]:
    """The share of foreign stretches, the share of shared pairs, and whether the first stretch is foreign."""
    # A table of marks, `_ROOM` for each pair of theirs, is five times as fast as sorting, and wrong for one pair in `_ROOM` at most.
    shift = np.uint64(64 - (_ROOM * len(theirs)).bit_length())
    marks = np.zeros(2 ** (_ROOM * len(theirs)).bit_length(), bool)
    marks[theirs >> shift] = True
    starts, least = _stretches(len(mine))
    shared = np.add.reduceat(marks[mine >> shift], starts, dtype=np.int64)
    foreign = shared < least
    return int(np.count_nonzero(foreign)) / len(starts), int(shared.sum()) / len(mine), bool(foreign[0])


@lru_cache(maxsize=4096)
def _stretches(pairs: int) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.float64]]:
    """Where the stretches of a text of so many pairs begin, and how many of each the other text must have for it not to be foreign."""
    count = max(1, pairs // STRETCH)
    edges = np.arange(count + 1, dtype=np.int64) * pairs // count
    return edges[:-1], (FOREIGN * (edges[1:] - edges[:-1])).astype(np.float64)
