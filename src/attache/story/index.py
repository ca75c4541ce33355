"""An index of copies in memory, for streams of plain texts: each text is told which earlier ones it is a copy of.

The record keeps the same keys in its own tables and groups with `grouping`; this one serves corpora that are not filed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

import numpy as np

from attache.story.copying import judge
from attache.story.links import Link
from attache.story.overlap import overlap
from attache.story.sketch import LEAST, SLOTS, Sketch, bands_of, sketches
from attache.story.wording import Wording, wordings_of, words_of

BATCH = 128
"""Texts made ready at once: more would not fit the processor's cache."""


class CopyIndex:
    """Texts by number, from 0 in the order added; `most` limits how many likely copies of one text are compared, likeliest first."""

    def __init__(self, most: int = 50) -> None:
        self.most = most
        # Most bands have one text, and a list for each would take most of the time and memory.
        self._alone: dict[int, int] = {}
        self._bands: dict[int, list[int]] = {}
        self._wordings: list[Wording] = []
        self._texts: dict[int, int] = {}
        self.founders: list[int] = []
        self._slots = np.zeros((0, SLOTS), np.uint32)

    def __len__(self) -> int:
        return len(self._wordings)

    def add(self, texts: Iterable[str]) -> Iterator[Link | None]:
        """Add texts, read in batches of `BATCH`.

        For each gives the link with the first text of the wording that it is a copy of, None where it is the first itself.
        """
        left = iter(texts)
        while batch := list(islice(left, BATCH)):
            yield from self._batch(batch)

    def _batch(self, texts: Sequence[str]) -> Iterator[Link | None]:
        wordings = wordings_of([words_of(text) for text in texts])
        made = sketches(wordings)
        first = len(self._wordings)
        self._slots = np.concatenate([self._slots[:first], np.stack([one.slots for one in made])])
        for number, bands in enumerate(bands_of(made)):
            self._wordings.append(wordings[number])
            yield self._enter(first + number, made[number], bands, hash(texts[number]))

    def _enter(self, number: int, made: Sketch, bands: Sequence[int], text: int) -> Link | None:
        equal = self._texts.setdefault(text, number)
        if equal != number:
            self.founders.append(self.founders[equal])
            return Link.between(equal, number, "same-text", 1.0, "the same text")
        near = self._near(bands)
        self._put(number, bands)
        link = self._best(number, made, near) if near else None
        self.founders.append(link.first if link else number)
        return link

    def _best(self, number: int, made: Sketch, near: set[int]) -> Link | None:
        """The link with the founder of the likeliest wording that the text is a copy of."""
        ids = np.fromiter(near, np.int64, len(near))
        shared = (self._slots[ids] == made.slots).sum(axis=1)
        likely = sorted(zip((-shared).tolist(), ids.tolist(), strict=True))
        founders = dict.fromkeys(self.founders[one] for less, one in likely if -less >= LEAST)
        for founder in list(founders)[: self.most]:
            found = judge(overlap(self._wordings[founder], self._wordings[number]))
            if found.copy:
                return Link.between(founder, number, "copy", found.score, found.reason)
        return None

    def _near(self, bands: Sequence[int]) -> set[int]:
        met = [band for band in bands if band in self._alone]
        found = {self._alone[band] for band in met}
        return found.union(*(self._bands[band] for band in met if band in self._bands))

    def _put(self, number: int, bands: Sequence[int]) -> None:
        for band in bands:
            first = self._alone.setdefault(band, number)
            if first != number:
                self._bands.setdefault(band, []).append(number)


def copies(texts: Iterable[str]) -> list[Link]:
    """Of each text that is a copy of an earlier one, the link with the first text of its wording."""
    return [link for link in CopyIndex().add(texts) if link]
