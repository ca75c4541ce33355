"""Aligns two pages: which sentence of one is which of the other, and which words stand for which."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher
from itertools import chain

from attache.story.sentences import Sentence

LIKE = 0.3
"""Least likeness (Dice) of the telling words of two sentences; spun sentences keep about half of theirs."""

PART = 0.4
_SHARED = 3


def likeness(one: Sentence, other: Sentence) -> float:
    """How alike two sentences are, 0..1: twice the shared telling words over all."""
    both = len(one.telling) + len(other.telling)
    return 2 * len(one.telling & other.telling) / both if both else 0.0


def in_order(base: Sequence[Sentence], other: Sequence[Sentence]) -> dict[int, tuple[int, ...]]:
    """For sentences of the base those of a copy, in the same order; two of the copy where it cut one in two.

    The alignment with the greatest sum of likenesses (dynamic programming over both texts).
    """
    rows, columns = len(base), len(other)
    best = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    step = [[0] * (columns + 1) for _ in range(rows + 1)]
    alike = [[likeness(one, two) for two in other] for one in base]
    for r in range(rows - 1, -1, -1):
        for c in range(columns - 1, -1, -1):
            score = alike[r][c] if alike[r][c] >= LIKE else -1.0
            choices = [(best[r + 1][c], 1), (best[r][c + 1], 2)]
            if score > 0:
                choices.append((best[r + 1][c + 1] + score, 3))
            best[r][c], step[r][c] = max(choices)
    found: dict[int, tuple[int, ...]] = {}
    r = c = 0
    while r < rows and c < columns:
        if step[r][c] == 3:
            found[r] = (c,)
            r, c = r + 1, c + 1
        else:
            r, c = (r + 1, c) if step[r][c] == 1 else (r, c + 1)
    return _with_cut(base, other, found)


def _with_cut(base: Sequence[Sentence], other: Sequence[Sentence], found: dict[int, tuple[int, ...]]) -> dict[int, tuple[int, ...]]:
    """Adds a left-over neighbour whose telling words are mostly in the base sentence: the copy cut it in two."""
    taken = set(chain.from_iterable(found.values()))
    for row, (place,) in [(row, places) for row, places in found.items() if len(places) == 1]:
        for near in (place - 1, place + 1):
            if 0 <= near < len(other) and near not in taken:
                mine = other[near].telling
                if len(mine) >= 3 and 2 * len(mine & (base[row].telling - other[place].telling)) >= len(mine):
                    found[row] = tuple(sorted((place, near)))
                    taken.add(near)
                    break
    return found


def freely(base: Sequence[Sentence], other: Sequence[Sentence]) -> list[tuple[int, int]]:
    """Pairs of sentences of two pages in words of their own that may tell the same, in whatever order.

    Likeness is the share of the shorter one's telling words, since one reporter says in a clause what fills a sentence of another.
    """
    return [(r, c) for r, one in enumerate(base) for c, two in enumerate(other) if _share(one, two) >= PART]


def _share(one: Sentence, other: Sentence) -> float:
    shared, fewer = len(one.telling & other.telling), min(len(one.telling), len(other.telling))
    return shared / fewer if shared >= _SHARED else 0.0


class WordMap:
    """Which characters of a copy's sentences stand for which of the base's sentence."""

    def __init__(self, base: Sentence, others: Sequence[Sentence]) -> None:
        self._base = base.words
        self._other = [word for sentence in others for word in sentence.words]
        first, second = ([w.text.casefold() for w in words] for words in (self._base, self._other))
        self._blocks = SequenceMatcher(None, first, second, autojunk=False).get_opcodes()

    def span(self, start: int, end: int) -> tuple[int, int] | None:
        """The characters that stand for ``[start, end)`` of the base; None where the copy has nothing there."""
        wanted = {n for n, word in enumerate(self._base) if word.start < end and start < word.end}
        places: list[int] = []
        for kind, a, b, c, d in self._blocks:
            inside = [n for n in range(a, b) if n in wanted]
            if kind == "equal":
                places += [c + n - a for n in inside]
            elif kind == "replace" and inside:
                places += range(c + min(inside[0] - a, d - c), d if inside[-1] == b - 1 else min(d, c + inside[-1] - a + 1))
        if not places:
            return None
        return self._other[min(places)].start, self._other[max(places)].end
