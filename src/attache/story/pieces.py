"""A text as grouping sees it, how it is kept, and the shelf where the known ones lie."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

from attache.dossier import Dossier
from attache.story.sketch import ALGORITHM, SLOTS, Sketch, sketch
from attache.story.traits import Traits, traits_of
from attache.story.wording import Wording, wording_of

MADE_BY = (len(ALGORITHM) + 1 + 4 * SLOTS).to_bytes(4, "big") + ALGORITHM + b"\0"
"""How `Piece.data` begins; what begins otherwise was made by another algorithm."""


@dataclass(frozen=True, eq=False)
class Piece:
    """One distinct text with its sketch and the traits of the page it was read from; `rank` (such as its digest) settles ties
    between texts in a way that does not depend on ids."""

    id: int
    text: str
    sketch: Sketch
    traits: Traits
    rank: str = ""

    @classmethod
    def of(cls, number: int, dossier: Dossier) -> Piece:
        """Of a page that has been read (or skipped: then only its terms and day are known)."""
        return cls(number, dossier.text, sketch(dossier.text), traits_of(dossier), dossier.source.sha256)

    @classmethod
    def kept(cls, number: int, text: str, data: bytes, rank: str = "") -> Piece:
        """From what `data` gave; `UsageError` where another sketch algorithm made it."""
        size = int.from_bytes(data[:4], "big")
        return cls(number, text, Sketch.of(data[4 : 4 + size]), Traits.unpacked(data[4 + size :]), rank)

    @property
    def data(self) -> bytes:
        """Sketch and traits as bytes, to be kept beside the text."""
        made = self.sketch.data
        return len(made).to_bytes(4, "big") + made + self.traits.packed()

    @cached_property
    def keys(self) -> list[int]:
        """Signed 64-bit keys under which others find it: bands for copies, then those of the story."""
        return list(dict.fromkeys((*self.sketch.bands, *self.traits.keys)))

    @cached_property
    def wording(self) -> Wording:
        """What copies are compared by."""
        return wording_of(self.text)

    @property
    def order(self) -> tuple[str, int, str]:
        """Earlier days first, longer texts first: the first of a group is the likeliest origin."""
        return (self.traits.day or "9999", -len(self.text), self.rank)


class Shelf(Protocol):
    """Where known pieces lie: the tables of a record, or memory."""

    def holders(self, keys: Sequence[int]) -> Mapping[int, Collection[int]]:
        """Of each key the ids of the pieces that have it."""

    def pieces(self, ids: Sequence[int]) -> Sequence[Piece]:
        """The pieces of these ids."""


class Memory:
    """A shelf in memory."""

    def __init__(self) -> None:
        self._pieces: dict[int, Piece] = {}
        self._keys: dict[int, list[int]] = defaultdict(list)

    def add(self, pieces: Iterable[Piece]) -> None:
        """Put pieces on the shelf; a piece whose id is there already is left out."""
        for piece in pieces:
            if piece.id not in self._pieces:
                self._pieces[piece.id] = piece
                for key in piece.keys:
                    self._keys[key].append(piece.id)

    def holders(self, keys: Sequence[int]) -> dict[int, list[int]]:
        """See `Shelf`."""
        return {key: self._keys[key] for key in keys if key in self._keys}

    def pieces(self, ids: Sequence[int]) -> list[Piece]:
        """See `Shelf`."""
        return [self._pieces[one] for one in ids]

    def all(self) -> Mapping[int, Piece]:
        """Every piece by its id."""
        return self._pieces
