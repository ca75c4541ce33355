"""How two wordings overlap, stretch by stretch: which parts of each have their like in the other."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from attache.story.wording import Wording

STRETCH = 16
"""Telling pairs in a stretch, some thirty words: enough that chance does not fill it, short enough to be one thought."""
SHORT = 8
"""The same where it can be finer: in short texts, and in such as share most of their pairs,
since they share or lack a sentence wholly."""
FEW = 6 * STRETCH
"""Pairs of a short text."""
FOREIGN = 0.15
"""A stretch with fewer of its pairs in the other text than this was not copied from it. Spun stretches keep
.2 to .5, unrelated ones .03."""
RELATIVE = 0.35
"""Nor was one that keeps less than this part of what the text's better stretches keep: names alone are no copy beside a literal one."""
VERBATIM = 0.95
_OFTEN = 0.4
OPENING = 0.75
"""Where so many stretches are copied to the letter, the first one of a copy keeps at least this: an update tells its news in a sentence
that still has the names and set phrases of the old one."""
LITERAL = 0.6
"""From this share of common pairs on the wording was not spun."""
_ROOM = 64


@dataclass(frozen=True)
class Overlap:
    """Of the first and the second text: the share of stretches that the other lacks, and the share of pairs that it has."""

    foreign: tuple[float, float]
    common: tuple[float, float]
    opening: tuple[bool, bool]
    """Whether the other text has the rest to the letter and lacks the first stretch."""
    literal: tuple[float, float]
    """The share of stretches that the other has to the letter."""
    pairs: int
    """How many pairs the shorter has."""
    figures: float | None
    """The share of the figures of the text with fewer that the other has too; None below three."""


def overlap(first: Wording, second: Wording) -> Overlap:
    """Compare two texts; a text without words overlaps with nothing."""
    if not len(first.pairs) or not len(second.pairs):
        return Overlap((1.0, 1.0), (0.0, 0.0), (False, False), (0.0, 0.0), 0, None)
    one, other = _shares(first.pairs, second.pairs), _shares(second.pairs, first.pairs)
    fewer, more = sorted((first.figures, second.figures), key=len)
    figures = len(fewer & more) / len(fewer) if len(fewer) >= 3 else None
    pairs = min(len(first.pairs), len(second.pairs))
    return Overlap((one[0], other[0]), (one[1], other[1]), (one[2], other[2]), (one[3], other[3]), pairs, figures)


def _shares(mine: npt.NDArray[np.uint64], theirs: npt.NDArray[np.uint64]) -> tuple[float, float, bool, float]:
    """The share of foreign stretches, that of shared pairs, whether the first stretch is foreign, and the share of literal stretches."""
    # A table of marks, `_ROOM` for each pair of theirs, is five times as fast as sorting, and wrong for one pair in `_ROOM` at most.
    shift = np.uint64(64 - (_ROOM * len(theirs)).bit_length())
    marks = np.zeros(2 ** (_ROOM * len(theirs)).bit_length(), bool)
    marks[theirs >> shift] = True
    shared = marks[mine >> shift]
    common = int(np.count_nonzero(shared)) / len(mine)
    starts, sizes = _stretches(len(mine), SHORT if common >= LITERAL or len(mine) < FEW else STRETCH)
    counts = np.add.reduceat(shared, starts, dtype=np.int64).tolist()
    # Of twenty numbers Python is done before numpy has begun.
    shares = [count / size for count, size in zip(counts, sizes, strict=True)]
    least = max(FOREIGN, RELATIVE * sorted(shares)[len(shares) * 3 // 4])
    foreign = sum([share < least for share in shares])
    literal = sum([share >= VERBATIM for share in shares]) / len(shares)
    return foreign / len(shares), common, shares[0] < OPENING and literal >= _OFTEN, literal


@lru_cache(maxsize=4096)
def _stretches(pairs: int, size: int) -> tuple[npt.NDArray[np.int64], list[int]]:
    """Where the stretches of a text of so many pairs begin, and how many pairs each has."""
    count = max(1, pairs // size)
    edges = np.arange(count + 1, dtype=np.int64) * pairs // count
    return edges[:-1], np.diff(edges).tolist()
