"""A weekday is when, not who: in "lawmakers Tuesday endorsed the pact" the network now and then takes the day for the subject."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from attache.language.lemmas import DATA

Numbers = NDArray[np.int64]
SUBJECTS = frozenset({"nsubj", "nsubj:pass"})
WHEN = "obl:unmarked"
"""A time without a preposition."""


@cache
def weekdays() -> frozenset[str]:
    """The days of the week, lower case."""
    return frozenset((DATA / "weekdays.txt").read_text(encoding="utf-8").split())


@dataclass(frozen=True)
class Weekdays:
    """The numbers of the labels that matter here; ``when`` is None where a network does not have it."""

    subjects: frozenset[int]
    when: int | None

    @classmethod
    def of(cls, labels: Mapping[str, Sequence[str]]) -> Weekdays:
        """By a network's label list."""
        relations = list(labels["rel"])
        subjects = frozenset(n for n, label in enumerate(relations) if label in SUBJECTS)
        return cls(subjects, relations.index(WHEN) if WHEN in relations else None)

    def unseated(self, words: Sequence[str], heads: Numbers, relations: Numbers) -> None:
        """Make the word before such a day the subject, in place, where it hangs on the day; the day tells the verb when."""
        if self.when is None:
            return
        for at in np.flatnonzero(np.isin(relations, list(self.subjects))).tolist():
            noun, verb = at - 1, int(heads[at])
            if verb > at > 0 and int(heads[noun]) == at and words[at].lower() in weekdays() and words[noun][0].isalpha():
                heads[heads == at] = noun
                heads[noun], relations[noun], relations[at] = verb, relations[at], self.when
