"""The wording of a text as grouping looks at it: its telling word pairs, in order, as numbers that are the same on every machine.

A pair is two neighbouring words, case and punctuation aside. Pairs of two short words ("of the") stand in every text and are left
out; of the rest a page keeps a good part even where every second noun has been exchanged for a synonym, and two pages written
apart share next to none.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
import numpy.typing as npt
from rapidfuzz.utils import default_process

Numbers = npt.NDArray[np.uint64]
TELLING = 8
"""Fewest letters of a pair's two words together. Of pairs with 7 twice as many unrelated pages would have to be looked at, with 9
fewer spun copies would be found; docs/measured.md has the figures."""
_BLANK = 32
_BASE = 0x100000001B3
_FACTOR = np.uint64(0x9E3779B97F4A7C15)


@dataclass(frozen=True, eq=False)
class Wording:
    """A text's telling pairs in order, repeated ones included, and those of its words that are figures, as numbers."""

    pairs: Numbers
    marked: Numbers

    @cached_property
    def figures(self) -> frozenset[int]:
        """The distinct figures."""
        return frozenset(self.marked.tolist())


def wording_of(text: str) -> Wording:
    """The wording of a text; of one without a telling pair all words together are one."""
    letters = np.frombuffer(default_process(text).encode("utf-32-le", "surrogatepass"), "<u4")
    if not len(letters):
        return Wording(np.zeros(0, np.uint64), np.zeros(0, np.uint64))
    starts, ends = _words(letters)
    numbers = _numbered(letters, starts, ends)
    figures = numbers[_digit(letters[starts]) & _digit(letters[ends - 1])]
    pairs = numbers * _FACTOR
    pairs[:-1] += numbers[1:]
    lengths = ends - starts
    telling = pairs[:-1][lengths[:-1] + lengths[1:] >= TELLING]
    return Wording(telling if len(telling) else _numbered(letters, starts[:1], ends[-1:]), figures)


def _words(letters: npt.NDArray[np.uint32]) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Where the words begin and end; the text begins and ends with one."""
    blank = letters == _BLANK
    edges = np.flatnonzero(blank[1:] != blank[:-1]) + 1
    return np.concatenate(([0], edges[1::2])), np.concatenate((edges[0::2], [len(letters)]))


def _numbered(letters: npt.NDArray[np.uint32], starts: npt.NDArray[np.int64], ends: npt.NDArray[np.int64]) -> Numbers:
    """Each word as a number: a polynomial of its letters, mixed (splitmix64), since a polynomial's low bits say little.

    All words at once, so that no string is made of any: half the work of looking each word up. Blanks count nothing, and the
    powers by which a word stands further on in the text are taken off again.
    """
    powers, inverses = _powers(len(letters).bit_length())
    sums = np.add.reduceat((letters - np.uint32(_BLANK)) * powers[: len(letters)], starts) * inverses[starts]
    mixed = sums + (ends - starts).astype(np.uint64)
    for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):
        mixed = (mixed ^ (mixed >> np.uint64(shift))) * np.uint64(factor)
    return mixed ^ (mixed >> np.uint64(31))


@lru_cache
def _powers(bits: int) -> tuple[Numbers, Numbers]:
    """The powers of the polynomial's base and of its inverse, for a text of so many bits of length."""
    up, down = (np.full(1 << bits, base, np.uint64) for base in (_BASE, pow(_BASE, -1, 2**64)))
    up[0] = down[0] = 1
    return np.cumprod(up), np.cumprod(down)


def _digit(letters: npt.NDArray[np.uint32]) -> npt.NDArray[np.bool_]:
    return letters - np.uint32(ord("0")) < 10
