"""How alike two names are, for names misheard, mistyped or carried through another language and back."""

from __future__ import annotations

from functools import cache, lru_cache
from itertools import permutations

from rapidfuzz.distance import Indel, JaroWinkler

from attache.knowledge.fold import fold
from attache.knowledge.sounds import by_ear


@lru_cache(maxsize=65536)
def _word(a: str, b: str) -> float:
    if a == b:
        return 1.0
    letters = 0.5 * JaroWinkler.similarity(a, b) + 0.5 * Indel.normalized_similarity(a, b)
    ear_a, ear_b = by_ear(a), by_ear(b)
    sound = 0.5 * JaroWinkler.similarity(ear_a, ear_b) + 0.5 * Indel.normalized_similarity(ear_a, ear_b)
    return float(0.98 * max(letters, 0.55 * letters + 0.45 * sound))


def _surname(word: str, name: list[str]) -> float:
    """One word against a full name: most often the surname, or a run of words at its end."""
    whole = _word(word, "".join(name))
    tails = [_word(word, "".join(name[i:])) for i in range(1, len(name))]
    others = [0.94 * _word(word, part) for part in name[:-1]]
    return max([whole, *tails, *others])


def _aligned(a: list[str], b: list[str]) -> float:
    """Best pairing of the shorter name's words with words of the longer, weighted by length."""
    short, long = (a, b) if len(a) <= len(b) else (b, a)
    size = sum(map(len, short))
    if len(long) > 5:
        pairs = sum(max(_word(s, t) for t in long) * len(s) for s in short)
        return 0.95 * pairs / size
    rows = [[_word(s, t) * len(s) for t in long] for s in short]
    best = 0.0
    for chosen in _choices(len(long), len(short)):
        total = 0.0
        for row, i in zip(rows, chosen, strict=True):
            total += row[i]
        if total > best:
            best = max(best, total * (1.0 if _rising(chosen) else 0.96))
    return best / size * (1.0 if len(short) == len(long) else 0.97)


@cache
def _choices(of: int, take: int) -> tuple[tuple[int, ...], ...]:
    """Every way to give words of the shorter name their partners."""
    return tuple(permutations(range(of), take))


@cache
def _rising(chosen: tuple[int, ...]) -> bool:
    return all(x < y for x, y in zip(chosen, chosen[1:], strict=False))


def name_similarity(a: str, b: str) -> float:
    """0..1: 1 for the same name up to case, diacritics, hyphens and spaces; respellings by ear score high."""
    left, right = fold(a), fold(b)
    if left.replace(" ", "") == right.replace(" ", ""):
        return 1.0 if left else 0.0
    words_a, words_b = left.split(), right.split()
    if not words_a or not words_b:
        return 0.0
    if len(words_a) == 1 and len(words_b) > 1:
        return _surname(words_a[0], words_b)
    if len(words_b) == 1 and len(words_a) > 1:
        return _surname(words_b[0], words_a)
    return max(_aligned(words_a, words_b), 0.97 * _word("".join(words_a), "".join(words_b)))
