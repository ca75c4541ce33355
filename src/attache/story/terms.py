"""A text's weighted terms: the words that it uses oftener than English does, names and matters rather than grammar."""

from __future__ import annotations

import csv
import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from attache.errors import DataError

MOST = 40
"""Terms of each kind kept of a text, the heaviest."""
_EVERYDAY = 500.0
_WORD = re.compile(r"\w+")
_SMALL = re.compile(r"\b[a-z]\w*")
_CAPITAL = re.compile(r"\b[A-Z]\w*")
# A capital that no sentence begins with: after a small letter, a figure or a comma and a space.
_INSIDE = re.compile(r"(?<=[\w,;] )[A-Z]\w*")
_RARE = 20.0
"""Uses in a million taken for a word that the table lacks, somewhat below its last."""


@cache
def frequencies() -> Mapping[str, float]:
    """Uses in a million running words of the commonest English words; `DataError` where the table is not in order."""
    table: dict[str, float] = {}
    with files("attache.story").joinpath("data/frequencies.csv").open("r", encoding="utf-8") as lines:
        for number, row in enumerate(csv.DictReader(lines), 2):
            word, count = row.get("word"), row.get("per_million")
            if not word or word in table or not count or not count.isdigit():
                raise DataError(f"story/data/frequencies.csv:{number}: a word once, and its uses in a million as a number")
            table[word] = float(count)
    return table


@dataclass(frozen=True)
class Terms:
    """Weighted terms as two vectors of length one: words that the page writes with a capital, and words of the matter itself."""

    names: dict[str, float] = field(default_factory=dict)
    matter: dict[str, float] = field(default_factory=dict)


def terms_of(text: str) -> Terms:
    """The terms of a text. Of words met only at the beginning of sentences the capital says little: common ones belong to the matter."""
    capital = {word.casefold() for word in _INSIDE.findall(text)}
    capital |= {word.casefold() for word in _CAPITAL.findall(text)} - frequencies().keys()
    small = set(_SMALL.findall(text))
    words = [word.casefold() for word in _WORD.findall(text)]
    named = capital - small
    return Terms(_vector([w for w in words if w in named], False), _vector([w for w in words if w not in named], True))


def _vector(words: Sequence[str], common: bool) -> dict[str, float]:
    known = frequencies()
    counts = Counter(word for word in words if len(word) > 2 and not word.isdigit())
    # What English uses more than once in two thousand words says nothing of the matter, however often the page has it.
    weights = {
        word: (1 + math.log(count)) * math.log(1_000_000 / known.get(word, _RARE))
        for word, count in counts.items()
        if not common or known.get(word, _RARE) < _EVERYDAY
    }
    best = sorted(weights.items(), key=lambda term: (-term[1], term[0]))[:MOST]
    length = math.sqrt(sum(weight * weight for _, weight in best)) or 1.0
    return {word: round(weight / length, 4) for word, weight in best}


def cosine(first: Mapping[str, float], second: Mapping[str, float]) -> float:
    """How alike two term vectors are, 0..1."""
    return sum(weight * second[word] for word, weight in first.items() if word in second)
