"""The filters of questions about events, as SQL conditions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, Literal, TypedDict

from sqlalchemy import ColumnElement, Connection, Select, UnaryExpression, false, func, select
from sqlalchemy.sql.operators import custom_op

from attache.errors import UsageError
from attache.knowledge import builtin, fold
from attache.record import tables as t
from attache.record.searching import texts_with

Order = Literal["newest", "oldest", "sources", "reported"]
LONGEST = 400
"""Days of the longest interval that `since` looks into."""
_MOST_ACTORS = 200
_MANY = 2_000


class EventFilters(TypedDict, total=False):
    """What events are asked by; all that are given must hold.

    `actor`, `other`: id, name or part of a name of a party (`other`: of a second one beside it). `kind`, `status`: one or several.
    `since`, `until`: days that the event's days must touch (unknown days fit none). `place`: a place's name, a country's name or its
    ISO 3166 alpha-3 code. `about`: an actor or agreement it is about. `outlet`: told by a page of this host. `page`, `story`:
    told there. `min_sources`: independent sources. `text`: words of the sentence. `rejected`: with events that a
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
        w, words = t.name_words.c, list(dict.fromkeys(plain.split()))
        having = select(w.actor_id).where(w.word.in_(words)).group_by(w.actor_id).having(func.count() == len(words))
        found = list(connection.execute(having.order_by(w.actor_id).limit(_MOST_ACTORS)).scalars())
    return found


def choice(connection: Connection, filters: EventFilters, order: Order) -> Select[Any] | None:
    """A question for the ids of the events that fit, in order; None where none can.

    Where an actor is asked for, the table of actors answers, which has events in the order of days and most filters beside them;
    else the table of events. Unknown days come last among the newest and first among the oldest.
    """
    asked = {key: _meant(connection, filters, key) for key in ("actor", "other", "about") if filters.get(key)}
    if any(not ids for ids in asked.values()):
        return None
    e, x = t.events, t.event_actors.alias("x")
    # The rarest of several leads; counting takes time, and there is nothing to choose where only one is asked for.
    drivers = sorted(asked, key=lambda key: _often(connection, asked[key])) if len(asked) > 1 else list(asked)
    base: Any = x if drivers and order in ("newest", "oldest") else e
    key = x.c.event_id if base is x else e.c.id
    wanted: list[ColumnElement[bool]] = [] if filters.get("rejected") else [base.c.rejected == 0]
    for name in drivers:
        if base is x and name == drivers[0]:
            wanted += [x.c.actor_id.in_(asked[name]), x.c.role.in_(_ROLES[name])]
        else:
            wanted.append(_party(key, base.c.day, asked[name], _ROLES[name]))
    wanted += _plain(base, filters) + _told(connection, key, filters)
    rest = _rest(connection, filters)
    query = select(key.label("id"), base.c.day.label("day")).where(*wanted, *rest)
    if base is x:
        query = query.select_from(x.join(e, e.c.id == x.c.event_id) if rest else x).distinct()
    return _ordered(query, base, key, order)


_ROLES = {"actor": ("source", "target"), "other": ("source", "target"), "about": ("about",)}


def _meant(connection: Connection, filters: EventFilters, key: str) -> list[int]:
    return actors_meant(connection, str(filters.get(key)))


def _often(connection: Connection, ids: Sequence[int]) -> int:
    """In how many events some actors are, up to a limit that makes no difference."""
    some = select(t.event_actors.c.event_id).where(t.event_actors.c.actor_id.in_(ids)).limit(10 * _MANY).subquery()
    return int(connection.execute(select(func.count()).select_from(some)).scalar() or 0)


def _party(key: Any, day: Any, ids: Sequence[int], roles: Sequence[str]) -> ColumnElement[bool]:
    y = t.event_actors.alias().c
    # By actor and day, which lie together for events asked for in the order of days: each event's own row would be anywhere on the disk.
    # The plus keeps SQLite from going by the event.
    same = UnaryExpression(y.event_id, operator=custom_op("+")) == key
    return select(y.event_id).where(y.actor_id.in_(ids), y.day == day, same, y.role.in_(roles)).exists()


def _plain(base: Any, filters: EventFilters) -> list[ColumnElement[bool]]:
    """Conditions on what events and their actors both have."""
    c = base.c
    found = [_one_of(c[key], filters.get(key)) for key in ("kind", "status") if filters.get(key)]
    since, until = filters.get("since"), filters.get("until")
    if since:
        # Where an interval is longer than that, it does not tell when; and the index needs an end.
        found += [c.last >= since, c.day >= (_date(since) - timedelta(LONGEST)).isoformat()]
    if until:
        found += [c.day <= until, c.day > ""]
    if place := filters.get("place"):
        country = builtin().country_named(place)
        code = country.iso3 if country else place if len(place) == 3 and place.isupper() else None
        if code:
            found.append(c.country == code)
    if filters.get("min_sources"):
        found.append(c.sources >= filters.get("min_sources"))
    return found


def _date(value: str) -> date:
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise UsageError(f"{value!r} is not a day; write it as 2021-03-23") from None


def _rest(connection: Connection, filters: EventFilters) -> list[ColumnElement[bool]]:
    """Conditions that need the event itself."""
    e = t.events.c
    found: list[ColumnElement[bool]] = []
    place = filters.get("place")
    if place and not builtin().country_named(place) and not (len(place) == 3 and place.isupper()):
        found.append(func.lower(e.place) == place.lower())
    if filters.get("min_confidence") is not None:
        found.append(e.confidence >= filters.get("min_confidence"))
    return found + _worded(connection, str(filters.get("text") or ""))


def _told(connection: Connection, key: Any, filters: EventFilters) -> list[ColumnElement[bool]]:
    """Conditions on the pages that tell of an event."""
    r, p = t.reports.c, t.pages.c
    found: list[ColumnElement[bool]] = []
    told = select(r.event_id).join(t.pages, p.id == r.page_id)
    for column, value in ((p.id, filters.get("page")), (p.story_id, filters.get("story"))):
        if value is not None:
            found.append(key.in_(told.where(column == value)))
    if outlet := filters.get("outlet"):
        some = select(p.id).where(p.outlet == outlet).limit(_MANY).subquery()
        many = connection.execute(select(func.count()).select_from(some)).scalar() == _MANY
        # Of a great outlet the newest events are soon found by looking; a small one's are all fetched.
        there = told.where(p.outlet == outlet)
        found.append(there.where(r.event_id == key).exists() if many else key.in_(there))
    return found


def _worded(connection: Connection, words: str) -> list[ColumnElement[bool]]:
    """Conditions on the words of the sentence; rare words are looked up in the full-text index first."""
    e, r, p = t.events.c, t.reports.c, t.pages.c
    found = [func.lower(e.words).contains(word.lower(), autoescape=True) for word in words.split()]
    texts = texts_with(connection, words, _MANY) if words else None
    if texts == []:
        return [false()]
    if texts is not None:
        found.append(e.id.in_(select(r.event_id).join(t.pages, p.id == r.page_id).where(p.text_id.in_(texts))))
    return found


def _one_of(column: ColumnElement[Any], value: object) -> ColumnElement[bool]:
    values = [value] if isinstance(value, str) else list(value)  # type: ignore[call-overload]
    return column == values[0] if len(values) == 1 else column.in_(values)


def _ordered(query: Select[Any], base: Any, key: Any, order: Order) -> Select[Any]:
    if order == "newest":
        return query.order_by(base.c.day.desc(), key.desc())
    if order == "oldest":
        return query.order_by(base.c.day, key)
    columns = {"sources": t.events.c.sources, "reported": t.events.c.last_reported}
    if order not in columns:
        raise UsageError(f"{order!r} is no order; choose from newest, oldest, sources, reported")
    return query.order_by(columns[order].desc(), key.desc())
