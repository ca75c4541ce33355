"""What came in last and what stands beside it: questions over a few pages or events, whose cost does not grow with the record."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, func, or_, select

from attache.record import tables as t
from attache.record.accounts import JudgementRow
from attache.record.asking import _event, _selected
from attache.record.judging import _selected as _judgements
from attache.record.keeping import _pages
from attache.record.rows import EventRow, MentionRow, PageRow, StoryRow
from attache.record.stories import SHOWN

_AT_ONCE = 500


@dataclass(frozen=True)
class Party:
    """Somebody's part in an event: `role` is source, target or about."""

    role: str
    code: str
    name: str
    kind: str


def newest_pages(connection: Connection, limit: int) -> tuple[PageRow, ...]:
    """The pages of the newest days; those of unknown day are left out unless there are no others."""
    p = t.pages.c
    dated = _pages().where(p.day.is_not(None)).order_by(p.day.desc(), p.id.desc()).limit(limit)
    rows = connection.execute(dated).all() or connection.execute(_pages().order_by(p.id.desc()).limit(limit)).all()
    return tuple(PageRow(**row._mapping) for row in rows)


def events_told(connection: Connection, pages: Sequence[int], limit: int) -> tuple[EventRow, ...]:
    """The events that some pages tell of, rejected ones left out, newest first."""
    r, e = t.reports.c, t.events.c
    told = select(r.event_id).where(r.page_id.in_(pages[:_AT_ONCE]))
    query = _selected().where(e.id.in_(told), e.rejected == 0).order_by(e.day.desc(), e.id.desc()).limit(limit)
    return tuple(map(_event, connection.execute(query)))


def parties(connection: Connection, events: Iterable[int]) -> dict[int, tuple[Party, ...]]:
    """Who takes part in each of some events."""
    x, a = t.event_actors.c, t.actors.c
    found: dict[int, list[Party]] = {}
    ids = list(events)
    for at in range(0, len(ids), _AT_ONCE):
        query = select(x.event_id, x.role, a.code, a.name, a.kind).join(t.actors, a.id == x.actor_id)
        for row in connection.execute(query.where(x.event_id.in_(ids[at : at + _AT_ONCE])).order_by(x.event_id, x.role.desc(), a.id)):
            found.setdefault(row.event_id, []).append(Party(row.role, row.code, row.name, row.kind))
    return {key: tuple(value) for key, value in found.items()}


def statuses(connection: Connection, events: Sequence[int]) -> dict[int, tuple[str, ...]]:
    """How each of some events was told from page to page, each run of equal statuses once; only those that changed."""
    r, p = t.reports.c, t.pages.c
    query = (
        select(r.event_id, r.status).join(t.pages, p.id == r.page_id).where(r.event_id.in_(events[:_AT_ONCE]))
        .order_by(r.event_id, func.coalesce(p.day, "9999"), p.id)
    )  # fmt: skip
    found: dict[int, list[str]] = {}
    for row in connection.execute(query):
        told = found.setdefault(row.event_id, [])
        if not told or told[-1] != row.status:
            told.append(row.status)
    return {key: tuple(value) for key, value in found.items() if len(value) > 1}


def contents(connection: Connection, events: Sequence[int]) -> dict[int, str]:
    """What was said, in the words of the first report that has them, for each of some events that is a statement."""
    r = t.reports.c
    query = select(r.event_id, r.content).where(r.event_id.in_(events[:_AT_ONCE]), r.content.is_not(None)).order_by(r.id)
    found: dict[int, str] = {}
    for row in connection.execute(query):
        found.setdefault(row.event_id, row.content)
    return found


def stories_by_id(connection: Connection, ids: Sequence[int]) -> dict[int, StoryRow]:
    """Some stories."""
    rows = connection.execute(select(*SHOWN).where(t.stories.c.id.in_(ids[:_AT_ONCE])))
    return {row.id: StoryRow(**row._mapping) for row in rows}


def texts_of(connection: Connection, pages: Sequence[int]) -> dict[int, tuple[str | None, str]]:
    """Title and clean text of some pages."""
    p, x = t.pages.c, t.texts.c
    query = select(p.id, p.title, x.text).join(t.texts, x.id == p.text_id).where(p.id.in_(pages[:_AT_ONCE]))
    return {row.id: (row.title, row.text) for row in connection.execute(query)}


def finding_counts(connection: Connection) -> dict[str, dict[str, int]]:
    """How many findings there are of each kind and severity."""
    f = t.findings.c
    found: dict[str, dict[str, int]] = {}
    for kind, severity, number in connection.execute(select(f.kind, f.severity, func.count()).group_by(f.kind, f.severity)):
        found.setdefault(kind, {})[severity] = number
    return found


def standing(connection: Connection, pages: Sequence[int]) -> tuple[JudgementRow, ...]:
    """The judgements on some pages that were not withdrawn, the newest first."""
    j = t.judgements.c
    query = _judgements().where(j.page_id.in_(pages[:_AT_ONCE]), j.withdrawn.is_(None)).order_by(j.id.desc())
    return tuple(JudgementRow(**row._mapping) for row in connection.execute(query))


def findings_of(connection: Connection, pages: Sequence[int], kinds: Sequence[str], limit: int) -> tuple[int, ...]:
    """The ids of findings of some kinds on some pages, or between the copies of their stories; the newest first."""
    f, p = t.findings.c, t.pages.c
    some = pages[:_AT_ONCE]
    stories = select(p.story_id).where(p.id.in_(some), p.story_id.is_not(None))
    query = select(f.id).where(f.kind.in_(kinds), or_(f.page_id.in_(some), f.story_id.in_(stories)))
    return tuple(connection.execute(query.order_by(f.id.desc()).limit(limit)).scalars())


def mentions_of(connection: Connection, actor_id: int, limit: int) -> tuple[MentionRow, ...]:
    """Where an actor is named, on the pages filed last; a wording that was repaired first."""
    m, a = t.mentions.c, t.actors.c
    last = select(m.page_id).where(m.actor_id == actor_id).order_by(m.page_id.desc()).limit(200).distinct()
    plain = [c for c in m if c.name not in ("page_id", "actor_id", "repaired")]
    query = select(*plain, m.repaired, m.page_id.label("page"), a.code.label("actor"), a.name).join(t.actors, a.id == m.actor_id)
    query = query.where(m.actor_id == actor_id, m.page_id.in_(last)).order_by(m.repaired.desc(), m.page_id.desc(), m.start)
    return tuple(MentionRow(**{**row._mapping, "repaired": bool(row.repaired)}) for row in connection.execute(query.limit(limit)))


def active(connection: Connection, events: int) -> tuple[tuple[Party, int], ...]:
    """The parties of the newest events, with how many of them each takes part in, most first."""
    e, x, a = t.events.c, t.event_actors.c, t.actors.c
    newest = select(e.id).where(e.rejected == 0).order_by(e.day.desc(), e.id.desc()).limit(events)
    often = func.count(x.event_id.distinct()).label("often")
    query = (
        select(a.code, a.name, a.kind, often).join(t.actors, a.id == x.actor_id).where(x.event_id.in_(newest), x.role != "about")
        .group_by(a.code, a.name, a.kind).order_by(often.desc(), a.name)
    )  # fmt: skip
    return tuple((Party("", row.code, row.name, row.kind), row.often) for row in connection.execute(query))
