"""Rows of a table by the words that a page must have for them: of hundreds of dated facts, a page has the words of a few."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence, Set
from typing import Generic, TypeVar

from attache.when.page import folded

T = TypeVar("T")


class Needed(Generic[T]):
    """An index of N rows, each of which needs one of the words of each of its groups."""

    def __init__(self, rows: Iterable[T], groups: Callable[[T], Sequence[Sequence[str]]]) -> None:
        self._rows = list(rows)
        self._by_word: dict[str, list[int]] = {}
        for number, row in enumerate(self._rows):
            for word in min((_first_words(group) for group in groups(row)), key=len, default=frozenset()):
                self._by_word.setdefault(word, []).append(number)

    def among(self, words: Set[str]) -> list[T]:
        """The rows that may apply to a page of these folded words, in the table's order."""
        found = {number for word in self._by_word.keys() & words for number in self._by_word[word]}
        return [self._rows[number] for number in sorted(found)]


def _first_words(group: Sequence[str]) -> frozenset[str]:
    return frozenset(folded(words).split(" ", 1)[0] for words in group)
