"""Questions about events and the reports behind them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row, Select, func, select

from attache.record import tables as t
from attache.record.filters import EventFilters, Order, choice
from attache.record.judging import verdicts_of
from attache.record.rows import EventDetail, EventRow, ReportRow, StatusChange
from attache.record.slices import Slice

COUNTED = 10_000
"""Counts stop here: nobody pages further, and counting a million rows takes a second."""


def events(connection: Connection, filters: EventFilters, limit: int, offset: int, order: Order) -> Slice[EventRow]:
    """Events that fit every filter."""
    chosen = choice(connection, filters, order)
    if chosen is None:
        return Slice((), limit, offset, False)
    ids = [row.id for row in connection.execute(chosen.limit(limit + 1).offset(offset))]
    rows = {}
    for at in range(0, len(ids), 500):
        rows.update({row.id: row for row in connection.execute(_selected().where(t.events.c.id.in_(ids[at : at + 500])))})
    return Slice(tuple(_event(rows[one]) for one in ids[:limit]), limit, offset, len(ids) > limit)


def count_events(connection: Connection, filters: EventFilters) -> int:
    """How many events fit, up to `COUNTED`."""
    chosen = choice(connection, filters, "newest")
    if chosen is None:
        return 0
    some = chosen.order_by(None).limit(COUNTED).subquery()
    return int(connection.execute(select(func.count()).select_from(some)).scalar() or 0)


def event(connection: Connection, event_id: int) -> EventDetail | None:
    """One event with all that is told of it."""
    row = connection.execute(_selected().where(t.events.c.id == event_id)).first()
    if row is None:
        return None
    told = reports(connection, event_id=event_id)
    x, a = t.event_actors.c, t.actors.c
    parties = connection.execute(
        select(x.role, a.code, a.name).join(t.actors, a.id == x.actor_id).where(x.event_id == event_id).order_by(x.role, a.name)
    )
    return EventDetail(_event(row), told, _statuses(told), tuple((p.role, p.code, p.name) for p in parties))


def reports(connection: Connection, *, event_id: int | None = None, page_id: int | None = None) -> tuple[ReportRow, ...]:
    """The reports of an event (first told first) or of a page (in the order of its text)."""
    r, p = t.reports.c, t.pages.c
    columns = [r[c.name] for c in t.reports.c if c.name not in ("page_id", "event_id", "stale")]
    query = select(
        *columns, r.event_id.label("event"), r.page_id.label("page"), p.uri, p.outlet, p.title, p.day, p.reliability,
        p.story_id.label("story"), p.wording_id.label("wording"),
    ).join(t.pages, p.id == r.page_id)  # fmt: skip
    if event_id is not None:
        query = query.where(r.event_id == event_id).order_by(func.coalesce(p.day, "9999"), r.page_id, r.start)
    if page_id is not None:
        query = query.where(r.page_id == page_id).order_by(r.start, r.id)
    rows = connection.execute(query).all()
    verdicts = verdicts_of(connection, [row.id for row in rows])
    return tuple(ReportRow(**row._mapping, verdict=verdicts.get(row.id)) for row in rows)


def _selected() -> Select[Any]:
    e, r, p = t.events.c, t.reports.c, t.pages.c
    names = [c for c in e if c.name not in ("lead_id", "story_id", "rejected", "day")]
    joined = t.events.outerjoin(t.reports, r.id == e.lead_id).outerjoin(t.pages, p.id == r.page_id)
    return select(*names, e.story_id.label("story"), p.id.label("page"), p.uri).select_from(joined)


def _event(row: Row[Any]) -> EventRow:
    return EventRow(**row._mapping)


def _statuses(told: Sequence[ReportRow]) -> tuple[StatusChange, ...]:
    """Each run of equal statuses, in the order in which the pages appeared."""
    found: list[StatusChange] = []
    for report in told:
        if found and found[-1].status == report.status:
            last = found[-1]
            found[-1] = StatusChange(last.day, last.status, last.page, last.reports + 1)
        else:
            found.append(StatusChange(report.day, report.status, report.page, 1))
    return tuple(found)
