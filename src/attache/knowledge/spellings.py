"""One name in several spellings: a key that transliterations, nicknames and titles before a name do not change.

The rules are ``data/spellings.toml``. Nothing outside the standard library is used, since the build of the package runs this.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from attache.errors import DataError
from attache.knowledge.fold import fold

PATH = Path(__file__).parent / "data" / "spellings.toml"


@dataclass(frozen=True)
class Rules:
    """The file, checked. ``stands_for`` gives one spelling for each of a group."""

    honorifics: frozenset[str]
    particles: frozenset[str]
    generations: frozenset[str]
    peerages: frozenset[str]
    governments: frozenset[str]
    letters: tuple[tuple[re.Pattern[str], str], ...]
    stands_for: dict[str, str]


@cache
def rules() -> Rules:
    """The rules; a wrong pattern or a word in two groups raises ``DataError``."""
    table = tomllib.loads(PATH.read_text(encoding="utf-8"))
    try:
        letters = tuple((re.compile(pattern), to) for pattern, to in table["letters"])
        stands_for = _groups([*table["same"], *table["nicknames"]])
        words = [frozenset(table[key]) for key in ("honorifics", "particles", "generations", "peerages", "governments")]
    except (KeyError, ValueError, re.error) as error:
        raise DataError(f"knowledge/data/spellings.toml: {error}") from error
    odd = [word for word in (*stands_for, *(w for group in words for w in group)) if fold(word) != word]
    if odd:
        raise DataError(f"knowledge/data/spellings.toml: not folded (lower case, no marks): {', '.join(odd)}")
    return Rules(words[0], words[1], words[2], words[3], words[4], letters, stands_for)


def _groups(groups: list[list[str]]) -> dict[str, str]:
    """The first word of each group for all of it; groups that share a word are one."""
    found: dict[str, str] = {}
    for group in groups:
        first = next((found[word] for word in group if word in found), group[0])
        merged = {found[word] for word in group if word in found}
        found = {word: first if to in merged else to for word, to in found.items()} | dict.fromkeys(group, first)
    return found


@lru_cache(maxsize=1 << 18)
def by_spelling(word: str) -> str:
    """A folded word as all its transliterations come out: Lukashenka and Lukashenko, Zelensky and Zelenskyy."""
    table = rules()
    word = table.stands_for.get(word, word)
    for pattern, to in table.letters:
        word = pattern.sub((lambda found: found[0][0]) if to == "?" else to, word)
    return word


def skeleton(words: Sequence[str]) -> str:
    """Folded words of a name without articles and spaces, each by spelling."""
    particles = rules().particles
    return "".join([by_spelling(word) for word in words if word not in particles] or map(by_spelling, words))


def bare(words: Sequence[str]) -> list[str]:
    """Folded words of a name without the titles before it, and of a ruler's without the country: Abdullah II of Jordan."""
    honorifics = rules().honorifics
    start = next((i for i, word in enumerate(words) if word not in honorifics), len(words) - 1)
    end = next((i for i in range(start + 2, len(words)) if words[i] == "of" and not words[i - 1].strip("ivx")), len(words))
    return list(words[start:end])
