"""Cuts clean text into sentences and words for laying copies side by side; the parser's own sentences are not kept in a dossier."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from typing import Any

from attache.errors import DataError

_END = re.compile(r"""(?<![.!?…])[.!?…]+["'”’»)\]]*(?=\s+["'“‘«(\[]*[A-Z0-9])|\n\s*\n""")
_WORD = re.compile(r"\d+(?:[.,]\d+)*|\w+(?:['’-]\w+)*")
_BEFORE = re.compile(r"(?:^|[\s(“\"])((?:[A-Za-z]\.)*[A-Za-z]+)$")


@dataclass(frozen=True)
class Word:
    """A word with its characters in the clean text."""

    text: str
    start: int
    end: int


@dataclass(frozen=True)
class Sentence:
    """Characters ``[start, end)`` of a page's clean text."""

    text: str
    start: int
    end: int

    @cached_property
    def words(self) -> tuple[Word, ...]:
        """Its words; figures with their commas and points are one."""
        return tuple(Word(m[0], self.start + m.start(), self.start + m.end()) for m in _WORD.finditer(self.text))

    @cached_property
    def telling(self) -> frozenset[str]:
        """Its longer words and its figures, in lower case."""
        return frozenset(w.text.casefold() for w in self.words if len(w.text) > 3 or w.text.isdigit())


def sentences_of(text: str) -> list[Sentence]:
    """The sentences of a clean text, without the space around them."""
    return [Sentence(text[a:b], a, b) for a, b in _spans(text)]


def _spans(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for end in (*(m.end() for m in _END.finditer(text) if not _abbreviated(text, m.start(), m[0])), len(text)):
        piece = text[start:end]
        if piece.strip():
            yield start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())
        start = end


def _abbreviated(text: str, at: int, mark: str) -> bool:
    if mark != ".":
        return False
    before = _BEFORE.search(text[max(0, at - 12) : at])
    return before is not None and (len(before[1].rpartition(".")[2]) == 1 or before[1] in lexicon()["abbreviations"])


@cache
def lexicon() -> Mapping[str, Any]:
    """The words of ``sentences.toml``; `DataError` where one is not in order."""
    table = tomllib.loads(files("attache.story").joinpath("data/sentences.toml").read_text("utf-8"))
    numbers = all(isinstance(n, int) and n > 0 for part in ("numbers", "scales") for n in table.get(part, {"": 0}).values())
    if not numbers or not all(isinstance(word, str) and word for word in table.get("abbreviations", [""])):
        raise DataError("story/data/sentences.toml: abbreviations are words; numbers and scales are whole numbers")
    return table
