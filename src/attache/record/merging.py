"""Merges the reports of different pages into events: one event, many witnesses.

Two reports mean the same event where they have the same kind, a common pair of parties (source and target; for meetings and
the like in either order; for events with one party, that party), places that do not contradict, contents that are alike, and

- the same day (for intervals up to a week: a common day), or
- pages of one story, whose days lie at most one day apart or are unknown (datelines, time zones and "Monday" read a week off
  make the days of copies differ), or
- the very same sentence.

Intervals of more than a week ("in March") join by story or sentence only, since two meetings may fit in them. The result does not
depend on the order in which pages were filed: all reports that are connected by such keys are sorted and clustered anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from attache.record import tables as t
from attache.record.judging import any_judged
from attache.record.likeness import Told, alike, keys_of
from attache.record.witnesses import write_event

BATCH = 1_000
MOST = 5_000
"""The largest set of connected reports that is clustered at once."""
_CHUNK = 500


def merge(connection: Connection, batch: int = BATCH) -> int:
    """Merge some reports that are new or whose story changed; how many were looked at, 0 when all is done."""
    r = t.reports.c
    stale = list(connection.execute(select(r.id).where(r.stale == 1).order_by(r.id).limit(batch)).scalars())
    if not stale:
        return 0
    told = {one.id: one for one in _load(connection, stale)}
    _write_keys(connection, told.values())
    judged = any_judged(connection)
    for members in _closures(connection, told):
        _settle(connection, members, judged)
    connection.execute(update(t.reports).where(r.id == bindparam("b_id")).values(stale=0), [{"b_id": one} for one in stale])
    return len(stale)


def _settle(connection: Connection, members: Sequence[Told], judged: bool) -> None:
    """Cluster connected reports, and write an event for each cluster; ids of events that stay are kept."""
    old = {one.event for one in members if one.event is not None}
    used: set[int] = set()
    for cluster in clustered(members):
        candidates = sorted({one.event for one in cluster if one.event is not None} - used)
        used.add(write_event(connection, cluster, candidates[0] if candidates else None, judged))
    gone = sorted(old - used)
    if gone:
        connection.execute(delete(t.events).where(t.events.c.id.in_(gone)))


def clustered(members: Iterable[Told]) -> list[list[Told]]:
    """Groups in which every two reports may mean the same; the most definite reports found the groups."""
    groups: list[_Group] = []
    for one in sorted(members, key=lambda told: told.rank):
        home = next((group for group in groups if group.takes(one)), None)
        if home is None:
            groups.append(home := _Group())
        home.members.append(one)
        home.pages.add(one.page)
        home.profiles.setdefault(one.profile, one)
    return [group.members for group in groups]


@dataclass
class _Group:
    """Reports of one event; those that copies tell in the same words are compared once."""

    members: list[Told] = field(default_factory=list)
    pages: set[int] = field(default_factory=set)
    profiles: dict[tuple[Any, ...], Told] = field(default_factory=dict)

    def takes(self, one: Told) -> bool:
        return one.page not in self.pages and all(alike(one, other) for other in self.profiles.values())


def _closures(connection: Connection, told: dict[int, Told]) -> Iterator[list[Told]]:
    """The sets of reports connected with the stale ones by keys or by an event that they were merged into before."""
    left, holders = set(told), _Holders(connection)
    holders.of({key for one in told.values() for key in keys_of(one)})
    while left:
        start = min(left)
        inside, border = {start: told[start]}, [told[start]]
        while border and len(inside) < MOST:
            near = _neighbours(connection, border, holders) - set(inside)
            border = _told(connection, near, told)
            inside.update({one.id: one for one in border})
        left -= set(inside)
        yield list(inside.values())


def _told(connection: Connection, near: set[int], told: dict[int, Told]) -> list[Told]:
    loaded = {one.id: one for one in _load(connection, sorted(near - set(told)))}
    return [told.get(n) or loaded[n] for n in sorted(near)]


class _Holders:
    """Which reports have a key; each key is asked for once, those of the stale reports all at a time."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._known: dict[int, list[int]] = {}

    def of(self, keys: set[int]) -> set[int]:
        """The reports that have one of the keys."""
        k = t.merge_keys.c
        for some in _chunks(sorted(keys - self._known.keys())):
            self._known.update((key, []) for key in some)
            for key, report in self._connection.execute(select(k.key, k.report_id).where(k.key.in_(some))):
                self._known[key].append(report)
        return {report for key in keys for report in self._known[key]}


def _neighbours(connection: Connection, border: Sequence[Told], holders: _Holders) -> set[int]:
    r = t.reports.c
    events = sorted({one.event for one in border if one.event is not None})
    found = holders.of({key for one in border for key in keys_of(one)})
    for some in _chunks(events):
        found.update(connection.execute(select(r.id).where(r.event_id.in_(some))).scalars())
    return found


def _write_keys(connection: Connection, told: Iterable[Told]) -> None:
    rows = [{"key": key, "report_id": one.id} for one in told for key in keys_of(one)]
    for some in _chunks([one.id for one in told]):
        connection.execute(delete(t.merge_keys).where(t.merge_keys.c.report_id.in_(some)))
    if rows:
        connection.execute(insert(t.merge_keys), rows)


def _load(connection: Connection, ids: Sequence[int]) -> list[Told]:
    r, p, x = t.reports.c, t.pages.c, t.report_actors.c
    parties: dict[int, list[tuple[str, int]]] = {one: [] for one in ids}
    found: list[Told] = []
    for some in _chunks(ids):
        for row in connection.execute(select(t.report_actors).where(x.report_id.in_(some)).order_by(x.report_id, x.role, x.place)):
            parties[row.report_id].append((row.role, row.actor_id))
        query = select(
            t.reports, p.day, p.uri, p.sha256, p.outlet, p.text_id, p.story_id.label("story"), p.wording_id.label("wording")
        ).join(t.pages, p.id == r.page_id)
        for row in connection.execute(query.where(r.id.in_(some))):
            found.append(Told.of(dict(row._mapping), parties[row.id]))
    return found


def _chunks(values: Sequence[int]) -> Iterator[Sequence[int]]:
    return (values[at : at + _CHUNK] for at in range(0, len(values), _CHUNK))
