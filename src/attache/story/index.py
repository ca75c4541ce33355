"""An index of copies in memory, for streams of plain texts: each text is told which earlier ones it is a copy of.

The record keeps the same keys in its own tables and groups with `grouping`; this one serves corpora that are not filed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice

import numpy as np

from attache.story.copying import judge
from attache.story.links import Link
from attache.story.overlap import Profile, overlap, profile_of
from attache.story.sketch import LEAST, SLOTS, Sketch, bands_of, sketches
from attache.story.wording import pairs_of, words_of

BATCH = 1_000


class CopyIndex:
    """Texts by number, from 0 in the order added; `most` limits how many likely copies of one text are compared, likeliest first."""

    def __init__(self, most: int = 50) -> None:
        self.most = most
        self._bands: dict[int, list[int]] = defaultdict(list)
        self._profiles: list[Profile] = []
        self._texts: dict[int, list[int]] = defaultdict(list)
        self._slots = np.zeros((0, SLOTS), np.uint32)

    def __len__(self) -> int:
        return len(self._profiles)

    def add(self, texts: Iterable[str]) -> Iterator[list[Link]]:
        """Add texts; for each, its links with earlier ones, best first. Texts are read in batches of `BATCH`."""
        left = iter(texts)
        while batch := list(islice(left, BATCH)):
            yield from self._batch(batch)

    def _batch(self, texts: Sequence[str]) -> Iterator[list[Link]]:
        words = [words_of(text) for text in texts]
        pairs = [pairs_of(one) for one in words]
        made = sketches(pairs)
        first = len(self._profiles)
        self._slots = np.concatenate([self._slots[:first], np.stack([one.slots for one in made])])
        for number, bands in enumerate(bands_of(made)):
            self._profiles.append(profile_of(words[number], pairs[number]))
            yield self._enter(first + number, made[number], bands, hash(texts[number]))

    def _enter(self, number: int, made: Sketch, bands: Sequence[int], text: int) -> list[Link]:
        equal = self._texts[text]
        links = [Link.between(number, one, "same-text", 1.0, "the same text") for one in equal[:1]]
        equal.append(number)
        near = [self._bands[band] for band in bands]
        if len(equal) == 1:
            for members in near:
                members.append(number)
        ids = np.fromiter(set(chain.from_iterable(near)) - {number, *equal}, np.int64)
        if len(ids) and not links:
            shared = (self._slots[ids] == made.slots).sum(axis=1)
            likely = [(int(shared[n]), int(ids[n])) for n in np.flatnonzero(shared >= LEAST)]
            mine = self._profiles[number]
            for _, other in sorted(likely, key=lambda one: (-one[0], one[1]))[: self.most]:
                found = judge(overlap(self._profiles[other], mine))
                if found.copy:
                    links.append(Link.between(number, other, "copy", found.score, found.reason))
        return links


def copies(texts: Iterable[str]) -> list[Link]:
    """Pairs of texts that are copies; of equal texts, each is linked with the first only."""
    return list(chain.from_iterable(CopyIndex().add(texts)))
