"""An index of copies in memory, for streams of plain texts: each text is told which earlier ones it is a copy of.

The record keeps the same keys in its own tables and groups with `grouping`; this one serves corpora that are not filed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

import numpy as np

from attache.story.copying import judge, kin
from attache.story.links import Link
from attache.story.overlap import overlap
from attache.story.sketch import LEAST, SLOTS, Sketch, bands_of, sketches
from attache.story.wording import Wording, wording_of

BATCH = 128
"""Texts made ready at once: more would not fit the processor's cache."""
MEMBERS = 3
"""How many members of a wording a text is compared with where its founder alone does not decide."""
FURTHER = 3
"""How many wordings beside its own are tried, in case the text shows that they are one."""


class CopyIndex:
    """Texts by number, from 0 in the order added; `most` limits how many likely copies of one text are compared, likeliest first."""

    def __init__(self, most: int = 50) -> None:
        self.most = most
        # Most bands have one text, and a list for each would take most of the time and memory.
        self._alone: dict[int, int] = {}
        self._bands: dict[int, list[int]] = {}
        self._wordings: list[Wording] = []
        self._texts: dict[int, int] = {}
        self._members: dict[int, list[int]] = {}
        self.founders: list[int] = []
        self._slots = np.zeros((0, SLOTS), np.uint32)

    def __len__(self) -> int:
        return len(self._wordings)

    def add(self, texts: Iterable[str]) -> Iterator[Link | None]:
        """Add texts, read in batches of `BATCH`.

        For each gives the link with the first text of the wording that it is a copy of, None where it is the first itself. A text may
        show that two wordings are one: then `founders` changes for those of the later.
        """
        left = iter(texts)
        while batch := list(islice(left, BATCH)):
            yield from self._batch(batch)

    def _batch(self, texts: Sequence[str]) -> Iterator[Link | None]:
        wordings = [wording_of(text) for text in texts]
        made = sketches(wordings)
        first = len(self._wordings)
        self._slots = np.concatenate([self._slots[:first], np.stack([one.slots for one in made])])
        for number, bands in enumerate(bands_of(made)):
            self._wordings.append(wordings[number])
            yield self._enter(first + number, made[number], bands, hash(texts[number]))

    def _enter(self, number: int, made: Sketch, bands: Sequence[int], text: int) -> Link | None:
        equal = self._texts.setdefault(text, number)
        if equal != number:
            self._put(number, self.founders[equal])
            return Link.between(equal, number, "same-text", 1.0, "the same text")
        near = self._near(bands)
        self._keep(number, bands)
        link = self._home(number, made, near) if near else None
        self._put(number, link.first if link else number)
        return link

    def _home(self, number: int, made: Sketch, near: set[int]) -> Link | None:
        """The link with the likeliest wording that the text is a copy of; wordings that it shows to be one are joined."""
        home: Link | None = None
        likely = self._likely(made, near)
        left = self.most
        for founder, members in likely.items():
            if not left:
                break
            left -= 1
            if (link := self._link(founder, members, number)) is None:
                continue
            if home is None:
                home, left = link, min(left, FURTHER)
            elif judge(found := overlap(self._wordings[home.first], self._wordings[founder])).copy or kin(found):
                self._join(*sorted((home.first, founder)))
                home = Link(min(home.first, founder), number, home.kind, home.score, home.reason)
        return home

    def _likely(self, made: Sketch, near: set[int]) -> dict[int, list[int]]:
        """The founders of wordings that the text may be a copy of, the likeliest first, each with those of its members."""
        ids = np.fromiter(near, np.int64, len(near))
        shared = (self._slots[ids] == made.slots).sum(axis=1)
        likely: dict[int, list[int]] = {}
        for less, one in sorted(zip((-shared).tolist(), ids.tolist(), strict=True)):
            if -less >= LEAST:
                likely.setdefault(self.founders[one], []).append(one)
        return likely

    def _link(self, founder: int, members: Sequence[int], number: int) -> Link | None:
        """The link with the founder of a wording: as its copy, or as that of a member where the founder is kin."""
        mine, found = self._wordings[number], overlap(self._wordings[founder], self._wordings[number])
        verdict = judge(found)
        if not verdict.copy and kin(found):
            tried = (judge(overlap(self._wordings[one], mine)) for one in members[:MEMBERS] if one != founder)
            verdict = next((one for one in tried if one.copy), verdict)
        return Link.between(founder, number, "copy", verdict.score, verdict.reason) if verdict.copy else None

    def _put(self, number: int, founder: int) -> None:
        self.founders.append(founder)
        if number != founder:
            self._members.setdefault(founder, [founder]).append(number)

    def _join(self, first: int, second: int) -> None:
        """Makes two wordings one, under the earlier founder."""
        moved = self._members.pop(second, [second])
        for one in moved:
            self.founders[one] = first
        self._members.setdefault(first, [first]).extend(moved)

    def _near(self, bands: Sequence[int]) -> set[int]:
        met = [band for band in bands if band in self._alone]
        found = {self._alone[band] for band in met}
        return found.union(*(self._bands[band] for band in met if band in self._bands))

    def _keep(self, number: int, bands: Sequence[int]) -> None:
        for band in bands:
            first = self._alone.setdefault(band, number)
            if first != number:
                self._bands.setdefault(band, []).append(number)


def copies(texts: Iterable[str]) -> list[Link]:
    """Of each text that is a copy of an earlier one, the link with the first text of its wording."""
    return [link for link in CopyIndex().add(texts) if link]
