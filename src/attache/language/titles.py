"""One person where the trees have two: "met Chancellor Angela Merkel" with the title and the name both as objects of "met".

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

    @classmethod
    def of(cls, labels: Mapping[str, Sequence[str]]) -> Titles:
        """By a network's label lists."""
        relations, kinds = list(labels["rel"]), list(labels["pos"])
        described = relations.index("nmod:desc") if "nmod:desc" in relations else None
        shared = frozenset(n for n, label in enumerate(relations) if label in SHARED)
        name = frozenset(n for n, kind in enumerate(kinds) if kind == "PROPN")
        noun = name | {n for n, kind in enumerate(kinds) if kind == "NOUN"}
        loose, case = (frozenset(n for n, kind in enumerate(kinds) if kind in some) for some in (LOOSE, CASE))
        return cls(shared, described, name, noun, loose, case)

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
