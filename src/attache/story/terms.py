"""A text's weighted terms: the words that it uses oftener than English does, names and matters rather than grammar."""

from __future__ import annotations

import csv
import math
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files

from attache.errors import DataError

MOST = 48
"""Terms kept of a text, the heaviest."""
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


def terms_of(words: Sequence[str]) -> dict[str, float]:
    """The heaviest terms of a text, their weights scaled to a vector of length one."""
    known = frequencies()
    counts = Counter(word for word in words if len(word) > 2 and not word.isdigit())
    weights = {word: (1 + math.log(count)) * math.log(1_000_000 / known.get(word, _RARE)) for word, count in counts.items()}
    # What English uses more than once in two thousand words says nothing of the matter, however often the page has it.
    weights = {word: weight for word, weight in weights.items() if known.get(word, _RARE) < 500}
    best = sorted(weights.items(), key=lambda term: (-term[1], term[0]))[:MOST]
    length = math.sqrt(sum(weight * weight for _, weight in best)) or 1.0
    return {word: round(weight / length, 4) for word, weight in best}


def cosine(first: Mapping[str, float], second: Mapping[str, float]) -> float:
    """How alike two term vectors are, 0..1."""
    return sum(weight * second[word] for word, weight in first.items() if word in second)
