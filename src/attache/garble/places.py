"""Where a clean text offers itself to damage: its sentences, names, dates and quotations, found by their form alone.

Nothing here asks the rooms that read a page: what they miss must not be spared by the damage that measures them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from attache.doubt.passages import Passage, sentences
from attache.garble.tables import listed
from attache.knowledge import builtin

CAPITAL = r"[A-ZÀ-ÖØ-ÞĀ-Ž][\w’'-]*"
PARTICLE = r"(?:de|del|da|di|der|den|von|van|al|el|bin|ben|la|le|dos|ter)"
NAMES = re.compile(rf"{CAPITAL}(?: (?:{PARTICLE} )*(?:[A-Z]\.|{CAPITAL}))+")
QUOTED = re.compile(r"“[^“”\n]{12,}”|(?<![\w\"])\"[^\"\n]{12,}\"")


class Place(NamedTuple):
    """Characters ``[start, end)`` and what stands there."""

    start: int
    end: int
    text: str


def paragraphs_of(text: str) -> Iterator[Place]:
    """The lines that hold words."""
    for match in re.finditer(r"[^\n]+", text):
        if match.group().strip():
            yield Place(match.start(), match.end(), match.group())


def sentences_of(text: str) -> Iterator[Place]:
    """Sentences, cut at their stops."""
    for line in paragraphs_of(text):
        for piece in sentences(Passage(line.start, line.end, line.text)):
            yield Place(piece.start, piece.end, piece.text)


def people_in(text: str) -> list[Place]:
    """Full names of people who held an office, and family names alone after them."""
    found: list[Place] = []
    families: dict[str, int] = {}
    for match in NAMES.finditer(text):
        words = list(re.finditer(r"\S+", match.group()))
        place = _known(match, words)
        if place is not None:
            found.append(place)
            families.setdefault(re.sub(r"[’']s?$", "", place.text.split(" ")[-1]), place.end)
    for family, since in families.items():
        for match in re.finditer(rf"(?<![\w-]){re.escape(family)}(?![\w-])", text[since:]):
            start, end = since + match.start(), since + match.end()
            if len(family) > 3 and not any(place.start < end and start < place.end for place in found):
                found.append(Place(start, end, text[start:end]))
    return sorted(found)


def _known(match: re.Match[str], words: list[re.Match[str]]) -> Place | None:
    """The longest run of the capitalised words that is somebody's name."""
    for size in range(min(5, len(words)), 1, -1):
        for first in range(len(words) - size + 1):
            if any(word.group() in listed("offices", "no_names") for word in words[first : first + size]):
                continue
            start, end = words[first].start(), words[first + size - 1].end()
            name = re.sub(r"[’']s?$", "", match.group()[start:end])
            if builtin().people_named(name):
                return Place(match.start() + start, match.start() + start + len(name), name)
    return None


def quotations_in(text: str) -> list[Place]:
    """Quotations of some words with both their marks, inside one paragraph."""
    return [Place(m.start(), m.end(), m.group()) for m in QUOTED.finditer(text) if " " in m.group()]


def outside_quotations(text: str) -> str:
    """The text with what is quoted blanked out, character for character."""
    return QUOTED.sub(lambda m: " " * len(m.group()), text)
