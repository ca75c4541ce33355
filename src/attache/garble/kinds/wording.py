"""Damage to the wording: synonyms, set phrases by way of another language, small words, persons."""

from __future__ import annotations

import random
import re
from collections.abc import Mapping
from functools import cache

from attache.garble.damage import Edit
from attache.garble.places import outside_quotations, sentences_of
from attache.garble.tables import listed, others, synonyms

SAYING = rf"(?:{'|'.join(listed('persons', 'saying'))}|told \w+)"


def swapped(text: str, rng: random.Random) -> list[Edit]:
    """Words replaced by what a thesaurus gives for them, right or not; names are left alone."""
    return swaps(text, rng, synonyms())


def swaps(text: str, rng: random.Random, thesaurus: Mapping[str, tuple[str, ...]]) -> list[Edit]:
    """The same by another thesaurus: a mapping from word forms to forms of the same kind."""
    found = []
    for match in re.finditer(r"(?<![\w’'-])[a-z]{3,}(?![\w’'-])", text):
        offered = thesaurus.get(match.group())
        if offered:
            found.append(Edit(match.start(), match.end(), rng.choice(offered), "synonym", match.span()))
    return found


def translated(text: str, rng: random.Random) -> list[Edit]:
    """Set phrases as they come back from another language."""
    phrases = others("phrases", "phrases")
    found = []
    for match in _phrase_pattern().finditer(text):
        other = rng.choice(phrases[match.group().lower()])
        if match.group()[0].isupper():
            other = other[0].upper() + other[1:]
        found.append(Edit(match.start(), match.end(), other, "translated there and back", match.span()))
    return found


def small_words(text: str, rng: random.Random) -> list[Edit]:
    """Articles lost, doubled or put where none stands; prepositions taken for others."""
    found = []
    articles, prepositions = others("small_words", "articles"), others("small_words", "prepositions")
    for match in re.finditer(r"(?<=[\w,] )(?:a|an|the|of|in|on|at|to|for|with|by|from|about|into|over|against|between)(?= [a-zA-Z])", text):
        word = match.group()
        other = rng.choice(articles.get(word) or prepositions.get(word) or ("",))
        end = match.end() + (other == "")  # with the blank after it
        found.append(Edit(match.start(), end, other, "article" if word in articles else "preposition", match.span()))
    return found


def persons(text: str, rng: random.Random) -> list[Edit]:
    """Reported speech turned to the first person without its marks: ``he said I would``."""
    plain, shifts = outside_quotations(text), others("persons", "shifts")
    found = []
    for sentence in sentences_of(plain):
        for match in re.finditer(rf"\b{SAYING}(?: that)? (he|she|they)\b", sentence.text):
            start, end = sentence.start + match.start(1), sentence.start + match.end(1)
            found.append(Edit(start, end, shifts[match.group(1)][0], "first person", (sentence.start, sentence.end)))
    return found


@cache
def _phrase_pattern() -> re.Pattern[str]:
    longest_first = sorted(others("phrases", "phrases"), key=len, reverse=True)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, longest_first))})(?![\w-])", re.IGNORECASE)
