"""How often words stand side by side in clean English: the table behind the detector of spun pages.

``lexicon/collocations.txt.gz`` holds counts from openly licensed text, made by ``python -m training.garble.collocations``. A line is a
word, how often it was seen, and the words seen after it with their counts; the first line is the number of pairs in all.
"""

from __future__ import annotations

import csv
import gzip
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from attache.doubt.lexicon import FOLDER
from attache.errors import DataError

# Words in small letters with one blank between them: what is capitalised is mostly a name, and a mark ends a phrase.
RUNS = re.compile(r"(?<![\w’'-])[a-z]+(?: [a-z]+)+(?![\w’'-])")


@dataclass(frozen=True)
class Collocations:
    """Counts of words and of pairs (``"first second"``), and how many pairs were counted in all."""

    words: dict[str, int]
    pairs: dict[str, int]
    total: int

    def bond(self, first: str, second: str) -> float:
        """How far the two belong together, from -1 to 1: 0 where nothing can be said, below 0 where they would have been seen side by
        side if they went together."""
        seen = self.pairs.get(f"{first} {second}", 0)
        expected = self.words.get(first, 0) * self.words.get(second, 0) / self.total
        return (seen - expected) / (seen + expected + 1)


def runs_of(text: str) -> Iterator[list[str]]:
    """The runs of words in small letters of a text."""
    return (run.split(" ") for run in RUNS.findall(text))


@cache
def collocations() -> Collocations:
    """The shipped table."""
    path = FOLDER / "collocations.txt.gz"
    words: dict[str, int] = {}
    pairs: dict[str, int] = {}
    try:
        with gzip.open(path, "rt", encoding="ascii") as file:
            total = int(next(file))
            for line in file:
                first, count, *after = line.split()
                words[first] = int(count)
                pairs.update(zip([f"{first} {second}" for second in after[::2]], map(int, after[1::2]), strict=True))
    except (OSError, ValueError, StopIteration) as error:
        raise DataError(f"{path}: not a table of collocations ({error}); make it anew with training/garble/collocations.py") from error
    return Collocations(words, pairs, total)


@cache
def thesaurus() -> dict[str, tuple[str, ...]]:
    """``lexicon/synonyms.csv``: a word form, and what a careless thesaurus puts in its place (``training/garble/thesaurus.py``)."""
    with (FOLDER / "synonyms.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        if not row.get("word") or not row.get("others"):
            raise DataError(f"{FOLDER / 'synonyms.csv'}: a row needs a word and others: {row}")
    return {row["word"]: tuple(row["others"].split("|")) for row in rows}


@cache
def originals() -> dict[str, tuple[str, ...]]:
    """The same turned round: a word, and the commoner words for which it may stand."""
    turned: dict[str, list[str]] = defaultdict(list)
    known = collocations().words
    for word, others in thesaurus().items():
        for other in others:
            last = other.split(" ")[0]
            if known.get(word, 0) > known.get(last, 0):
                turned[last].append(word)
    return {other: tuple(words) for other, words in turned.items()}
