"""The wording of a text as grouping looks at it: its telling word pairs, in order.

A pair is two neighbouring words, case and punctuation aside. Pairs of two short words ("of the") stand in every text and are left
out; of the rest a page keeps most of its own even where every second noun has been exchanged for a synonym, and two pages written
apart share next to none.
"""

from __future__ import annotations

from collections.abc import Sequence

from rapidfuzz.utils import default_process

TELLING = 8
"""Fewest letters of a pair's two words together. Of pairs with 7 twice as many unrelated pages would have to be looked at, with 9
fewer spun copies would be found; docs/measured.md has the figures."""


def words_of(text: str) -> list[str]:
    """The words of a text in lower case, without punctuation."""
    return default_process(text).split()


def pairs_of(words: Sequence[str]) -> list[str]:
    """The telling pairs in order, repeated ones included; of a text without any, its words as one."""
    found = [pair for pair in map(" ".join, zip(words, words[1:], strict=False)) if len(pair) > TELLING]
    return found or ([" ".join(words)] if words else [])
