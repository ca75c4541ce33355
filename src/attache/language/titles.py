"""One person where the trees have two, and two where they have one.

"Met Chancellor Angela Merkel" has the title and the name both as objects of "met"; in "Erdogan and Council President Charles Michel" the
second name now and then hangs on the first as a part of it.

The treebanks disagree on whether a title or the name after it heads the phrase, and the network sometimes follows both at once. The
later guideline is kept (Universal Dependencies 2.12 and GUM: the title describes the name, ``nmod:desc``).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int64]
SHARED = frozenset({"nsubj", "nsubj:pass", "obj", "iobj", "obl", "nmod", "nmod:poss", "conj"})
"""Parts of which a word has one at a time, or several with words between them."""
SINGLE = frozenset({"nsubj", "nsubj:pass", "obj"})
"""Parts of which a word has one."""
LOOSE = frozenset({"PUNCT", "CCONJ"})
"""Words that keep two apart."""

CASE = frozenset({"ADP", "SCONJ"})
"""Before the name they open a phrase of its own: "in Randers in Jutland"."""


@dataclass(frozen=True)
class Titles:
    """The numbers of the labels that matter here."""

    shared: frozenset[int]
    described: int | None
    name: frozenset[int]
    noun: frozenset[int]
    loose: frozenset[int]
    case: frozenset[int]
    single: frozenset[int]
    flat: int
    conj: int
    cc: int

    @classmethod
    def of(cls, labels: Mapping[str, Sequence[str]]) -> Titles:
        """By a network's label lists."""
        relations, kinds = list(labels["rel"]), list(labels["pos"])
        described = relations.index("nmod:desc") if "nmod:desc" in relations else None
        shared = frozenset(n for n, label in enumerate(relations) if label in SHARED)
        name = frozenset(n for n, kind in enumerate(kinds) if kind == "PROPN")
        noun = name | {n for n, kind in enumerate(kinds) if kind == "NOUN"}
        loose, case = (frozenset(n for n, kind in enumerate(kinds) if kind in some) for some in (LOOSE, CASE))
        flat, conj, cc = (relations.index(label) if label in relations else -1 for label in ("flat", "conj", "cc"))
        single = frozenset(n for n, label in enumerate(relations) if label in SINGLE)
        return cls(shared, described, name, noun, loose, case, single, flat, conj, cc)

    def parted(self, heads: Numbers, relations: Numbers) -> None:
        """Coordinate in place what an "and" parts: no name runs on over it, and no word has one subject or object before and one behind."""
        joints = np.flatnonzero(relations == self.cc)
        if self.conj < 0 or self.cc < 0 or not len(joints):
            return
        last: dict[tuple[int, int], int] = {}
        for at, (head, relation) in enumerate(zip(heads.tolist(), relations.tolist(), strict=True)):
            first = head if relation == self.flat and head < at else last.get((head, relation))
            between = joints[:0] if first is None else joints[(joints > first) & (joints < at)]
            if first is not None and len(between):
                heads[at], relations[at], heads[between[-1]] = first, self.conj, at
            elif relation in self.single:
                last[head, relation] = at

    def joined(self, heads: Numbers, relations: Numbers, pos: Numbers) -> None:
        """Hang a title on the name right behind it, in place, where both (N,) have the same head and relation."""
        if self.described is None or len(heads) < 3:
            return
        last: dict[tuple[int, int], int] = {}
        for at, (head, relation, kind) in enumerate(zip(heads.tolist(), relations.tolist(), pos.tolist(), strict=True)):
            if relation not in self.shared or head == at:
                continue
            title = last.get((head, relation))
            titled = title is not None and kind in self.name and int(pos[title]) in self.noun
            if title is not None and titled and self._beside(heads, pos, title, at):
                heads[title], relations[title] = at, self.described
            last[head, relation] = at

    def _beside(self, heads: Numbers, pos: Numbers, title: int, name: int) -> bool:
        """Whether all words between hang on the title or the name, and none keeps them apart."""
        between = range(title + 1, name)
        if any(int(pos[i]) in self.loose for i in between):
            return False
        return all(_under(heads, i, title) or (_under(heads, i, name) and int(pos[i]) not in self.case) for i in between)


def _under(heads: Numbers, at: int, top: int) -> bool:
    for _ in range(len(heads)):
        above = int(heads[at])
        if above == top:
            return True
        if above == at:
            return False
        at = above
    return False
