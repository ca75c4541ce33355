"""Under what a word of a name is found although it is damaged, and how much of a whole name is left.

Two words that one lost, added, changed or exchanged letter parts share a key, as in SymSpell (Garbe 2012): each leaves out one
letter in turn. The same is done with the sound of the word, so that a letter misheard and another one lost are found too. Nothing
outside the standard library is used, since the build of the package runs this.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from zlib import crc32

from attache.knowledge.sounds import by_ear
from attache.knowledge.spellings import bare, by_spelling, rules

LEAST_CONSONANTS = 3
_VOWELS = str.maketrans("", "", "aeiouy")
_LETTERS, _PAIRS = 26, 38


def words_of(folded: Sequence[str]) -> list[str]:
    """The words by which a name (folded) is told from others: no titles, articles or initials, unless there is nothing else."""
    words = bare(folded)
    return [word for word in words if len(word) > 1 and word not in rules().particles] or words


def word_keys(word: str) -> frozenset[int]:
    """What a folded word is stored and looked for by; 32 bits each, so that others may share a key and have to be compared."""
    return frozenset(crc32(key.encode()) for key in _keys(word))


def _keys(word: str) -> Iterator[str]:
    yield word
    yield from _one_less(word)
    sound = by_ear(word)
    yield f"~{sound}"
    yield from (f"~{less}" for less in _one_less(sound))
    yield f"={by_spelling(word)}"
    consonants = word.translate(_VOWELS)
    if len(consonants) >= LEAST_CONSONANTS:
        yield f"-{consonants}"


def _one_less(word: str) -> Iterator[str]:
    """The word without each of its letters in turn; of three letters and more, so that short words do not all meet."""
    if len(word) > 2:
        yield from (word[:i] + word[i + 1 :] for i in range(len(word)))


def exact_key(word: str) -> int:
    """The key of a word in just these letters."""
    return crc32(word.encode())


def signature(words: Sequence[str]) -> int:
    """64 bits that show which letters and pairs of letters a name has, in whatever order its words stand."""
    found = 0
    for word in words:
        found |= _signature(word)
    return found


@lru_cache(maxsize=1 << 16)
def _signature(word: str) -> int:
    found = 0
    for letter in word:
        found |= 1 << (ord(letter) - 97) % _LETTERS
    for first, second in zip(word, word[1:], strict=False):
        found |= 1 << _LETTERS + (31 * ord(first) + 7 * ord(second)) % _PAIRS
    return found
