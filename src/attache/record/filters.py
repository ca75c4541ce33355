"""The filters of questions about events, as SQL conditions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal, TypedDict

from sqlalchemy import ColumnElement, Connection, Select, and_, func, select

from attache.errors import UsageError
from attache.knowledge import builtin, fold
from attache.record import tables as t

Order = Literal["newest", "oldest", "sources", "reported"]
_MOST_ACTORS = 200


class EventFilters(TypedDict, total=False):
    """What events are asked by; all that are given must hold.

    `actor`, `other`: id, name or part of a name of a party (`other`: of a second one beside it). `kind`, `status`: one or several.
    `since`, `until`: days that the event's days must touch (unknown days fit none). `place`: a place's name, a country's name or its
    ISO 3166 alpha-3 code. `about`: an actor or agreement it is about. `outlet`: told by a page of this host. `page`, `story`:
    told there. `min_sources`: independent sources. `text`: words of the sentence, by prefix. `rejected`: with events that a
    person rejected, which are left out else.
    """

    actor: str | None
    other: str | None
    kind: str | Sequence[str] | None
    status: str | Sequence[str] | None
    since: str | None
    until: str | None
    place: str | None
    about: str | None
    outlet: str | None
    page: int | None
    story: int | None
    min_sources: int | None
    min_confidence: float | None
    text: str | None
    rejected: bool


def actors_meant(connection: Connection, name: str) -> list[int]:
    """The ids of the actors that a name may mean: by code, else whole name, else all words of the name in theirs."""
    a = t.actors.c
    found = list(connection.execute(select(a.id).where(a.code == name)).scalars())
    plain = fold(name)
    if not found and plain:
        found = list(connection.execute(select(a.id).where(a.folded == plain).limit(_MOST_ACTORS)).scalars())
    if not found and plain:
        padded = " " + a.folded + " "
        words = [padded.contains(f" {word} ", autoescape=True) for word in plain.split()]
        found = list(connection.execute(select(a.id).where(and_(*words)).order_by(a.id).limit(_MOST_ACTORS)).scalars())
    return found


def conditions(connection: Connection, filters: EventFilters) -> list[ColumnElement[bool]] | None:
    """The SQL conditions on the table of events; None where nothing can fit."""
    e = t.events.c
    found: list[ColumnElement[bool]] = [] if filters.get("rejected") else [e.rejected == 0]
    for key, roles in (("actor", ("source", "target")), ("other", ("source", "target")), ("about", ("about",))):
        name = filters.get(key)
        if name:
            ids = actors_meant(connection, str(name))
            if not ids:
                return None
            found.append(_party(ids, roles))
    found += [_one_of(e[key], filters.get(key)) for key in ("kind", "status") if filters.get(key)]
    since, until = filters.get("since"), filters.get("until")
    if since:
        found.append(e.last >= since)
    if until:
        found.append(and_(e.first <= until, e.first.is_not(None)))
    if place := filters.get("place"):
        found.append(_place(place))
    for key in ("min_sources", "min_confidence"):
        if filters.get(key) is not None:
            found.append(e[key.removeprefix("min_")] >= filters.get(key))
    return found + _told(filters)


def _told(filters: EventFilters) -> list[ColumnElement[bool]]:
    """Conditions on the pages that tell of an event."""
    e, p = t.events.c, t.pages.c
    found: list[ColumnElement[bool]] = []
    if outlet := filters.get("outlet"):
        found.append(_reported(p.outlet == outlet))
    if filters.get("page") is not None:
        found.append(_reported(p.id == filters.get("page")))
    if filters.get("story") is not None:
        found.append(_reported(p.story_id == filters.get("story")))
    for word in str(filters.get("text") or "").split():
        found.append(func.lower(e.words).contains(word.lower(), autoescape=True))
    return found


def _reported(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    """Whether a page for which the condition holds tells of the event."""
    r, p = t.reports.c, t.pages.c
    return t.events.c.id.in_(select(r.event_id).join(t.pages, p.id == r.page_id).where(condition))


def _party(ids: Sequence[int], roles: Sequence[str]) -> ColumnElement[bool]:
    x = t.event_actors.c
    return t.events.c.id.in_(select(x.event_id).where(x.actor_id.in_(ids), x.role.in_(roles)))


def _one_of(column: ColumnElement[Any], value: object) -> ColumnElement[bool]:
    values = [value] if isinstance(value, str) else list(value)  # type: ignore[call-overload]
    return column == values[0] if len(values) == 1 else column.in_(values)


def _place(place: str) -> ColumnElement[bool]:
    e = t.events.c
    country = builtin().country_named(place)
    code = country.iso3 if country else place if len(place) == 3 and place.isupper() else None
    return e.country == code if code else func.lower(e.place) == place.lower()


def ordered(query: Select[Any], order: Order) -> Select[Any]:
    """The question with its answers in order; unknown days come last."""
    e = t.events.c
    orders: dict[str, tuple[ColumnElement[Any], ...]] = {
        "newest": (func.coalesce(e.first, "").desc(), e.id.desc()),
        "oldest": (func.coalesce(e.first, "9999").asc(), e.id.asc()),
        "sources": (e.sources.desc(), e.id.desc()),
        "reported": (func.coalesce(e.last_reported, "").desc(), e.id.desc()),
    }
    if order not in orders:
        raise UsageError(f"{order!r} is no order; choose from {', '.join(orders)}")
    return query.order_by(*orders[order])
