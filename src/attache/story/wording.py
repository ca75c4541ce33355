"""The wording of a text as grouping looks at it: its telling word pairs, in order, as numbers that are the same on every machine.

A pair is two neighbouring words, case and punctuation aside. Pairs of two short words ("of the") stand in every text and are left
out; of the rest a page keeps a good part even where every second noun has been exchanged for a synonym, and two pages written
apart share next to none.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

import numpy as np
import numpy.typing as npt
from rapidfuzz.utils import default_process

TELLING = 8
"""Fewest letters of a pair's two words together. Of pairs with 7 twice as many unrelated pages would have to be looked at, with 9
fewer spun copies would be found; docs/measured.md has the figures."""
_LENGTH = np.uint64(0x3F)
_FIGURE = np.uint64(0x40)
_REMEMBERED = 1_000_000
_FACTOR = np.uint64(0x9E3779B97F4A7C15)


@dataclass(frozen=True, eq=False)
class Wording:
    """A text's telling pairs in order, repeated ones included, and those of its words that are figures, as numbers."""

    pairs: npt.NDArray[np.uint64]
    marked: npt.NDArray[np.uint64]

    @cached_property
    def figures(self) -> frozenset[int]:
        """The distinct figures."""
        return frozenset(self.marked.tolist())


class _Numbers(dict[str, int]):
    """Words as numbers: a hash, with the length in the lowest six bits and whether it is a figure in the seventh.

    Most words of a page have been met before, so that looking them up is three times as fast as making strings of pairs.
    """

    def __missing__(self, word: str) -> int:
        if len(self) >= _REMEMBERED:
            self.clear()
        digest = int.from_bytes(hashlib.blake2b(word.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big")
        number = digest & ~0x7F | 0x40 * word.isdigit() | min(len(word), 0x3F)
        self[word] = number
        return number


_numbers = _Numbers()


def words_of(text: str) -> list[str]:
    """The words of a text in lower case, without punctuation."""
    return default_process(text).split()


def wording_of(words: Sequence[str]) -> Wording:
    """The wording of some words."""
    return wordings_of([words])[0]


def wordings_of(texts: Sequence[Sequence[str]]) -> list[Wording]:
    """The wordings of many texts, each given as its words; a text without a telling pair has its words as one."""
    ends = np.cumsum([len(words) for words in texts])
    total = int(ends[-1]) if texts else 0
    numbers = np.fromiter(map(_numbers.__getitem__, chain.from_iterable(texts)), np.uint64, total)
    lengths = numbers & _LENGTH
    telling = np.zeros(total, bool)
    telling[:-1] = lengths[:-1] + lengths[1:] >= TELLING
    # The last word of one text and the first of the next are no pair.
    telling[ends[ends > 0] - 1] = False
    pairs = numbers * _FACTOR
    pairs[:-1] += numbers[1:]
    figures = numbers & _FIGURE != 0
    pair_ends, figure_ends = (np.concatenate(([0], np.cumsum(marks)))[ends].tolist() for marks in (telling, figures))
    pairs, numbers = pairs[telling], numbers[figures]
    found, pair, figure = [], 0, 0
    for words, pair_end, figure_end in zip(texts, pair_ends, figure_ends, strict=True):
        one = pairs[pair:pair_end] if pair_end > pair or not words else np.array([_numbers[" ".join(words)]], np.uint64)
        found.append(Wording(one, numbers[figure:figure_end]))
        pair, figure = pair_end, figure_end
    return found
