"""A person's life in the record: offices, meetings, statements, and in whose company."""

from __future__ import annotations

from sqlalchemy import Connection, func, select

from attache.record import asking
from attache.record import tables as t
from attache.record.filters import EventFilters, actors_meant
from attache.record.rows import ActorRow, Life, OfficeRow

MEETINGS = ("meet", "visit", "call", "negotiate")
STATEMENTS = ("say", "promise", "demand", "appeal", "praise", "accuse", "deny", "refuse", "threaten", "warn", "concede")
_COMPANY = 20
_NEWEST = 2_000
_SPELLINGS = 30


def people(connection: Connection, name: str, limit: int = 20) -> tuple[ActorRow, ...]:
    """Actors that a name may mean, those on most pages first."""
    rows = [_actor(connection, one) for one in actors_meant(connection, name)]
    return tuple(sorted(rows, key=lambda row: (-row.pages, -row.events, row.name))[:limit])


def person(connection: Connection, name: str, *, since: str | None, until: str | None, limit: int) -> Life | None:
    """The life of the actor that a name most likely means; None where nobody is called so."""
    meant = people(connection, name, 1)
    if not meant:
        return None
    actor = meant[0]
    asked: EventFilters = {"actor": actor.code, "since": since, "until": until}
    others = tuple(kind for kind in _kinds(connection, actor.id) if kind not in (*MEETINGS, *STATEMENTS))
    meetings = asking.events(connection, {**asked, "kind": MEETINGS}, limit, 0, "newest")
    statements = asking.events(connection, {**asked, "kind": STATEMENTS}, limit, 0, "newest")
    rest = asking.events(connection, {**asked, "kind": others or ("-",)}, limit, 0, "newest")
    return Life(
        actor, _offices(connection, actor.id), meetings, statements, rest, _spellings(connection, actor.id),
        _company(connection, actor.id),
    )  # fmt: skip


def _actor(connection: Connection, actor_id: int) -> ActorRow:
    a, m, x = t.actors.c, t.mentions.c, t.event_actors.c
    row = connection.execute(select(a.id, a.code, a.name, a.kind, a.country).where(a.id == actor_id)).one()
    pages = connection.execute(select(func.count(m.page_id.distinct())).where(m.actor_id == actor_id)).scalar() or 0
    events = connection.execute(select(func.count(x.event_id.distinct())).where(x.actor_id == actor_id)).scalar() or 0
    return ActorRow(**row._mapping, pages=pages, events=events)


def _kinds(connection: Connection, actor_id: int) -> list[str]:
    x = t.event_actors.c
    query = select(x.kind).distinct().where(x.actor_id == actor_id)
    return sorted(connection.execute(query).scalars())


def _offices(connection: Connection, actor_id: int) -> tuple[OfficeRow, ...]:
    o, p = t.offices.c, t.pages.c
    query = (
        select(o.office, o.affiliation, func.min(p.day).label("first"), func.max(p.day).label("last"), func.count().label("pages"))
        .join(t.pages, p.id == o.page_id)
        .where(o.actor_id == actor_id, o.office.is_not(None))
        .group_by(o.office, o.affiliation)
        .order_by(func.count().desc(), o.office)
    )
    return tuple(OfficeRow(**row._mapping) for row in connection.execute(query))


def _spellings(connection: Connection, actor_id: int) -> tuple[tuple[str, int, bool], ...]:
    """How the pages filed last write the name, each wording with its number."""
    m = t.mentions.c
    last = select(m.text, m.repaired).where(m.actor_id == actor_id).order_by(m.page_id.desc()).limit(_NEWEST).subquery().c
    often = func.count().label("often")
    query = select(last.text, often, func.max(last.repaired)).group_by(last.text)
    rows = connection.execute(query.order_by(often.desc(), last.text).limit(_SPELLINGS))
    return tuple((row[0], row[1], bool(row[2])) for row in rows)


def _company(connection: Connection, actor_id: int) -> tuple[tuple[ActorRow, int], ...]:
    """Whom the newest events name beside an actor: all events of a popular one would take too long to go through."""
    x, y, a = t.event_actors.c, t.event_actors.alias("y").c, t.actors.c
    parties = ("source", "target")
    newest = select(x.event_id).where(x.actor_id == actor_id, x.role.in_(parties)).order_by(x.day.desc(), x.event_id.desc()).limit(_NEWEST)
    often = func.count().label("often")
    beside = (
        select(y.actor_id, often)
        .where(y.event_id.in_(newest), y.role.in_(parties), y.actor_id != actor_id)
        .group_by(y.actor_id)
        .order_by(often.desc(), y.actor_id)
        .limit(_COMPANY)
        .subquery()
    )
    query = select(a.id, a.code, a.name, a.kind, a.country, beside.c.often).join(beside, beside.c.actor_id == a.id)
    rows = connection.execute(query.order_by(beside.c.often.desc(), a.name))
    return tuple((ActorRow(row.id, row.code, row.name, row.kind, row.country), row.often) for row in rows)
