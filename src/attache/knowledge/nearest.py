"""Names that are like a damaged one, among a million: words that are alike, then the names that hold most of them.

A few thousand names at most are weighed for one question, whatever the size of the table, by the words they share with it and by
the letters and pairs of letters of the whole (:func:`attache.knowledge.damaged.signature`).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import process
from rapidfuzz.distance import OSA

from attache.knowledge.damaged import exact_key, signature, word_keys, words_of
from attache.knowledge.fold import fold

Ask = Callable[..., list[tuple[Any, ...]]]
MOST_WORDS = 24
"""Words of the table that are compared with one of the question."""
MOST_LISTED = 400
"""Names taken of one word's list; of a longer one those whose letters are most like the question's."""
LEAST_ALIKE = 0.55
CLOSE = 0.75
ENOUGH = 0.7
"""Share of the name's letters that a name found by its words must account for; else the letters of all names are looked at."""
BITS = 1.6
"""What the bits in which two names differ weigh against the words they share."""


class Nearest:
    """The fuzzy part of a knowledge database; ``ask`` puts a query to it."""

    def __init__(self, ask: Ask) -> None:
        self._ask = ask

    @cached_property
    def _signatures(self) -> NDArray[np.uint64]:
        return np.frombuffer(self._ask("SELECT value FROM meta WHERE key = 'signatures'")[0][0], dtype="<u8")

    def find(self, name: str, limit: int) -> list[tuple[int, float]]:
        """The numbers of the spellings that are most like a name, best first, each with a score that says nothing beyond this question."""
        words = words_of(fold(name).split())
        if not words or not len(self._signatures):
            return []
        asked = np.uint64(signature(words))
        numbers, shared = self._by_words(words, asked)
        if not len(shared) or shared.max() < ENOUGH:
            scanned = np.setdiff1d(self._scanned(asked, limit), numbers)
            numbers, shared = np.concatenate([numbers, scanned]), np.concatenate([shared, np.zeros(len(scanned))])
        scores = shared - BITS * self._apart(numbers, asked) / 64
        kept = min(limit, len(numbers))
        best = np.argpartition(-scores, kept - 1)[:kept]
        return sorted(((int(numbers[i]), float(scores[i])) for i in best), key=lambda row: (-row[1], row[0]))

    def _by_words(self, words: list[str], asked: np.uint64) -> tuple[NDArray[np.uint32], NDArray[np.float64]]:
        """The numbers of the names that hold words like those asked, and for what share of the asked letters these stand."""
        weights = self._alike(words)
        marks = ",".join("?" * len(weights))
        rows = self._ask(f"SELECT n, spellings FROM word WHERE n IN ({marks})", *weights)
        if not rows:
            return np.array([], dtype=np.uint32), np.array([])
        lists = [self._closest(np.frombuffer(found, dtype="<u4"), asked) for _, found in rows]
        numbers, inverse = np.unique(np.concatenate(lists), return_inverse=True)
        counted = np.repeat([weights[n] for n, _ in rows], [len(found) for found in lists])
        return numbers, np.minimum(np.bincount(inverse, weights=counted, minlength=len(numbers)), 1.0)

    def _apart(self, numbers: NDArray[np.uint32], asked: np.uint64) -> NDArray[np.uint8]:
        """In how many bits the letters of names differ from those asked."""
        found: NDArray[np.uint8] = np.bitwise_count(self._signatures[numbers] ^ asked)
        return found

    def _closest(self, numbers: NDArray[np.uint32], asked: np.uint64) -> NDArray[np.uint32]:
        if len(numbers) <= MOST_LISTED:
            return numbers
        return numbers[np.argpartition(self._apart(numbers, asked), MOST_LISTED - 1)[:MOST_LISTED]]

    def _scanned(self, asked: np.uint64, most: int) -> NDArray[np.uint32]:
        """The names of the whole table whose letters are most like those asked."""
        apart = np.bitwise_count(self._signatures ^ asked)
        sizes = np.cumsum(np.bincount(apart, minlength=65))
        within = int(np.searchsorted(sizes, min(most, len(apart))))
        return np.flatnonzero(apart <= within)[: 4 * most].astype(np.uint32)

    def _alike(self, words: list[str]) -> dict[int, float]:
        """The words of the table (their numbers) that are like those asked, each with the share of the name that it stands for."""
        found: dict[int, float] = {}
        size = sum(map(len, words))
        # words run together or parted are looked for only where a word as it stands is like none
        if min(self._take(word, size, found) for word in words) < CLOSE:
            for word in dict.fromkeys([*(a + b for a, b in zip(words, words[1:], strict=False)), *self._parted(words)]):
                self._take(word, size, found)
        return found

    def _take(self, word: str, size: int, found: dict[int, float]) -> float:
        """Add the words of the table that are like one to those found; how like the closest is."""
        keys = word_keys(word)
        marks = ",".join("?" * len(keys))
        rows = self._ask(f"SELECT n, word FROM word WHERE n IN (SELECT word FROM variant WHERE key IN ({marks}))", *keys)
        if not rows:
            return 0.0
        close = process.cdist([word], [row[1] for row in rows], scorer=OSA.normalized_similarity)[0]
        for i in np.argsort(-close, kind="stable")[:MOST_WORDS]:
            if close[i] >= LEAST_ALIKE:
                found[rows[i][0]] = max(found.get(rows[i][0], 0.0), float(close[i]) * len(word) / size)
        return float(close.max())

    def _parted(self, words: list[str]) -> list[str]:
        """The two words that one is made of, where the table has either as written: angela merkle of "angelamerkle"."""
        if len(words) > 1 or len(words[0]) < 7:
            return []
        word = words[0]
        pairs = [(word[:i], word[i:]) for i in range(3, len(word) - 2)]
        keys = {exact_key(part) for pair in pairs for part in pair}
        marks = ",".join("?" * len(keys))
        known = {row[0] for row in self._ask(f"SELECT word FROM word WHERE n IN (SELECT word FROM variant WHERE key IN ({marks}))", *keys)}
        return [part for pair in pairs if known & set(pair) for part in pair]
