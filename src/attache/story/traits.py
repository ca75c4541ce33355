"""What a page is about, as far as it tells stories apart: its day, actors, events and weighted terms."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from attache.dossier import Dossier, Event
from attache.story.terms import Terms, terms_of

_ACTORS = 12
_EVENTS = 12
_KEYED = 5
"""Every name among so many of the heaviest makes a key with every word of the matter among so many."""
MUTUAL = frozenset({"meet", "negotiate", "agree", "sign", "call", "cooperate", "cease-fire"})


@dataclass(frozen=True)
class Deed:
    """An event as stories compare it: kind, parties (those of meetings and the like in no order), days and country."""

    kind: str
    parties: tuple[str, ...]
    first: str | None = None
    last: str | None = None
    country: str | None = None


@dataclass(frozen=True)
class Traits:
    """Of one page. `actors` maps ids to the number of mentions; `names` to what they are called; days are ISO 8601."""

    day: str | None = None
    actors: dict[str, int] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)
    deeds: tuple[Deed, ...] = ()
    terms: Terms = Terms()

    def packed(self) -> bytes:
        """As bytes for keeping (JSON)."""
        deeds = [[d.kind, d.parties, d.first, d.last, d.country] for d in self.deeds]
        return json.dumps(
            [self.day, self.actors, self.names, self.kinds, deeds, self.terms.names, self.terms.matter], separators=(",", ":")
        ).encode()

    @classmethod
    def unpacked(cls, data: bytes) -> Traits:
        """From such bytes."""
        day, actors, names, kinds, deeds, called, matter = json.loads(data)
        return cls(day, actors, names, kinds, tuple(Deed(k, tuple(p), f, e, c) for k, p, f, e, c in deeds), Terms(called, matter))

    @cached_property
    def keys(self) -> list[int]:
        """Signed 64-bit keys; pages that share none are not compared for their story."""
        return sorted({int.from_bytes(hashlib.blake2b(key.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big", signed=True)
                       for key in self._keys()})  # fmt: skip

    def _keys(self) -> Iterator[str]:
        for deed in self.deeds:
            if deed.first and deed.first == deed.last and len(deed.parties) > 1:
                yield f"deed|{deed.kind}|{'|'.join(deed.parties)}|{deed.first}"
        if self.day is None:
            return
        # Two-day buckets laid twice, so that pages of neighbouring days share one.
        number = date.fromisoformat(self.day).toordinal()
        for one in _heaviest(self.terms.names):
            for other in _heaviest(self.terms.matter):
                yield from (f"terms|{min(one, other)}|{max(one, other)}|{(number + n) // 2}" for n in (0, 1))


def _heaviest(terms: dict[str, float]) -> list[str]:
    return sorted(terms, key=lambda term: (-terms[term], term))[:_KEYED]


def traits_of(dossier: Dossier) -> Traits:
    """The traits of a page that has been read."""
    often = sorted(dossier.actors, key=lambda a: (-len(a.mentions), a.id))[:_ACTORS]
    return Traits(
        day=_day(dossier.date.published or dossier.date.best),
        actors={a.id: len(a.mentions) for a in often}, names={a.id: a.name for a in often}, kinds={a.id: a.kind for a in often},
        deeds=deeds_of(dossier), terms=terms_of(dossier.text),
    )  # fmt: skip


def deeds_of(dossier: Dossier) -> tuple[Deed, ...]:
    """The events of a page as stories compare them, each once."""
    return tuple(dict.fromkeys(map(_deed, dossier.events)))[:_EVENTS]


def _deed(event: Event) -> Deed:
    parties = (*event.source, *event.target)
    if event.kind in MUTUAL:
        parties = tuple(sorted(set(parties)))
    time, place = event.time, event.place
    return Deed(event.kind, parties, time.start if time else None, time.end if time else None, place.country if place else None)


def _day(value: str | None) -> str | None:
    try:
        return date.fromisoformat(value).isoformat() if value else None
    except ValueError:
        # A month or a year is no day.
        return None
