"""Sketches: 128 numbers a text, of which two texts share about as many as their word pairs overlap (MinHash).

rensa computes them in Rust. gaoya was as fast but keeps its signatures to itself, so that an index could not be stored in the record
and would be built anew on each start. There is no second implementation to fall back to: other hashes would give other numbers, and a
record holding both would silently miss copies. rensa is MIT-licensed and has wheels for Linux, macOS and Windows; should it ever go
away, only this module changes, `ALGORITHM` changes with it, and sketches of another algorithm are refused and made anew.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import rensa

from attache.errors import UsageError
from attache.story.wording import Wording, wording_of

SLOTS = 128
ROWS = 2
"""Slots that have to agree in one band; 64 bands of 2 find texts that share a fifth of their pairs with a chance of 93 %."""
LEAST = 8
"""Fewest slots that two sketches share before the texts themselves are compared: one sixteenth."""
_SEED = 42
ALGORITHM = f"pairs-2-rensa-R{rensa.RMinHash.ALGORITHM_VERSION}-{SLOTS}-{_SEED}".encode()


@dataclass(frozen=True, eq=False)
class Sketch:
    """The sketch of one text: `SLOTS` unsigned 32-bit numbers; all zero for a text without words."""

    slots: npt.NDArray[np.uint32]

    @property
    def data(self) -> bytes:
        """As bytes for keeping: little-endian, with the algorithm's name before."""
        return ALGORITHM + b"\0" + self.slots.astype("<u4").tobytes()

    @classmethod
    def of(cls, data: bytes) -> Sketch:
        """From bytes; `UsageError` where another algorithm made them."""
        name, _, slots = data.partition(b"\0")
        if name != ALGORITHM or len(slots) != 4 * SLOTS:
            raise UsageError(f"a sketch of algorithm {name[:40]!r}, not {ALGORITHM!r} as made now; `attache settle` makes a record's anew")
        return cls(np.frombuffer(slots, "<u4").astype(np.uint32))

    @cached_property
    def bands(self) -> list[int]:
        """Signed 64-bit keys, one a band; texts that share none are not compared."""
        return bands_of([self])[0]

    def shared(self, other: Sketch) -> int:
        """How many slots agree, 0..128; 128 times the estimated overlap (Jaccard) of the texts' word pairs."""
        return int((self.slots == other.slots).sum()) if self.slots.any() else 0


def sketch(text: str) -> Sketch:
    """The sketch of one text."""
    return sketches([wording_of(text)])[0]


def sketches(wordings: Sequence[Wording]) -> list[Sketch]:
    """The sketches of many texts."""
    if not wordings:
        return []
    ends = np.cumsum([0, *(len(one.pairs) for one in wordings)]).astype(np.uint64)
    flat = np.concatenate([one.pairs for one in wordings])
    rows = rensa.RMinHash.digest_matrix_from_flat_token_hashes(flat, ends, SLOTS, _SEED).to_rows()
    table = np.array(rows, dtype=np.uint32)
    table[[n for n, one in enumerate(wordings) if not len(one.pairs)]] = 0
    return [Sketch(row) for row in table]


def bands_of(sketches: Sequence[Sketch]) -> list[list[int]]:
    """The bands of many sketches."""
    if not sketches:
        return []
    table = np.stack([one.slots for one in sketches])
    # Each band's slots and number as one number, mixed (splitmix64) so that the keys of different bands do not meet.
    wide = table.astype(np.uint64)
    number = np.arange(SLOTS // ROWS, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    mixed = ((wide[:, 0::ROWS] << np.uint64(32)) | wide[:, 1::ROWS]) + number
    for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):
        mixed = (mixed ^ (mixed >> np.uint64(shift))) * np.uint64(factor)
    rows: list[list[int]] = (mixed ^ (mixed >> np.uint64(31))).view(np.int64).tolist()
    return [row if table[n].any() else [] for n, row in enumerate(rows)]
