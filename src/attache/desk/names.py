"""Completes names as they are typed: beginnings of words first, then aliases and damaged spellings of the same name."""

from __future__ import annotations

import threading
import time
from bisect import bisect_left
from dataclasses import dataclass

from rapidfuzz import fuzz, process
from sqlalchemy import func, select

from attache.knowledge import builtin, fold
from attache.record import Record
from attache.record import tables as t

_REFRESH = 5.0
_LIKE = 76.0
"""How alike (per cent) each word of a name must be to be offered for a misspelt one."""
_COUNTED = 1000


@dataclass(frozen=True)
class Named:
    """An actor offered for what was typed: `why` says how the name was come by."""

    id: int
    code: str
    name: str
    kind: str
    country: str | None
    events: int = 0
    why: str = "name"


class Names:
    """The names of a record's actors, kept in memory and brought up to date as the record grows."""

    def __init__(self, record: Record) -> None:
        self._record = record
        self._lock = threading.Lock()
        self._checked = 0.0
        self._last = 0
        self._rows: dict[int, Named] = {}
        self._folded: dict[int, str] = {}
        self._words: list[tuple[str, int]] = []
        self._spelt_by: dict[str, list[int]] = {}
        self._spelt: list[str] = []

    def complete(self, typed: str, limit: int = 10) -> tuple[Named, ...]:
        """Actors whose name may be meant, the most told of first; those found by likeness come last."""
        plain = fold(typed.strip())[:80]
        if not plain:
            return ()
        self._refresh()
        direct = self._counted(self._beginning(plain)[:60])
        found = sorted(direct, key=lambda one: (not fold(one.name).startswith(plain), -one.events, one.name))
        if len(found) < limit and len(plain) >= 4:
            known = {one.id for one in found}
            found += [one for one in self._counted(self._alike(typed.strip()[:80], plain)) if one.id not in known]
        return tuple(found[:limit])

    def _refresh(self) -> None:
        with self._lock:
            if time.monotonic() - self._checked < _REFRESH and self._checked:
                return
            with self._record.reading() as connection:
                a = t.actors.c
                rows = connection.execute(select(a.id, a.code, a.name, a.kind, a.country).where(a.id > self._last).order_by(a.id)).all()
            for row in rows:
                self._rows[row.id] = Named(row.id, row.code, row.name, row.kind, row.country)
                self._folded[row.id] = fold(row.name)
            if rows:
                self._last = rows[-1].id
                self._words = sorted((word, key) for key, name in self._folded.items() for word in name.split())
                self._spelt_by = {}
                for word, key in self._words:
                    self._spelt_by.setdefault(word, []).append(key)
                self._spelt = list(self._spelt_by)
            self._checked = time.monotonic()

    def _beginning(self, plain: str) -> list[Named]:
        """Those with a word that begins like each word typed."""
        first, *others = sorted(plain.split(), key=len, reverse=True)
        at = bisect_left(self._words, (first, 0))
        found: dict[int, None] = {}
        while at < len(self._words) and self._words[at][0].startswith(first) and len(found) < 2000:
            found[self._words[at][1]] = None
            at += 1
        keep = (key for key in found if all(any(w.startswith(o) for w in self._folded[key].split()) for o in others))
        return [self._rows[key] for key in keep]

    def _alike(self, typed: str, plain: str) -> list[Named]:
        """Those known by such an alias, or with a name like this one."""
        by_code = {row.code: row for row in self._rows.values()}
        base = builtin()
        people = [*base.people_named(typed), *base.people_surnamed(typed), *(c.person for c in base.similar(typed, 8, floor=0.72))]
        found = {by_code[p.id].id: Named(**{**vars(by_code[p.id]), "why": "variant"}) for p in people if p.id in by_code}
        near: set[int] | None = None
        for word in plain.split():
            ids = {key for like, _, _ in process.extract(word, self._spelt, scorer=fuzz.ratio, score_cutoff=_LIKE, limit=20)
                   for key in self._spelt_by[like]}  # fmt: skip
            near = ids if near is None else near & ids
        for key in sorted(near or ())[:30]:
            found.setdefault(key, Named(**{**vars(self._rows[key]), "why": "spelling"}))
        return list(found.values())

    def _counted(self, found: list[Named]) -> list[Named]:
        """The same with the number of their events, counted up to a thousand."""
        x = t.event_actors.c
        with self._record.reading() as connection:
            counts = {}
            for one in found:
                some = select(x.event_id).where(x.actor_id == one.id).limit(_COUNTED).subquery()
                counts[one.id] = int(connection.execute(select(func.count()).select_from(some)).scalar() or 0)
        return [Named(**{**vars(one), "events": counts[one.id]}) for one in found]
