"""The pages as they were kept: their lists, dossiers and sources."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row, Select, func, select

from attache.dossier import Dossier
from attache.record import tables as t
from attache.record.accounts import Verdict
from attache.record.judging import verdicts_on
from attache.record.packing import unpacked
from attache.record.rows import FindingRow, MentionRow, PageRow
from attache.record.slices import Slice


def pages(
    connection: Connection, *, day: tuple[str | None, str | None], outlet: str | None, state: str | None, story: int | None,
    finding: str | None, limit: int, offset: int,
) -> Slice[PageRow]:  # fmt: skip
    """Pages, the newest day first and those of unknown day last."""
    p = t.pages.c
    query = _pages().order_by(func.coalesce(p.day, "").desc(), p.id.desc()).limit(limit + 1).offset(offset)
    since, until = day
    if since:
        query = query.where(p.day >= since)
    if until:
        query = query.where(p.day <= until)
    for column, value in ((p.outlet, outlet), (p.state, state)):
        if value is not None:
            query = query.where(column == value)
    if story is not None:
        query = query.where(p.story_id == story)
    if finding:
        query = query.where(p.id.in_(select(t.findings.c.page_id).where(t.findings.c.kind == finding)))
    rows = connection.execute(query).all()
    return Slice(tuple(PageRow(**row._mapping) for row in rows[:limit]), limit, offset, len(rows) > limit)


def page(connection: Connection, key: int | str) -> PageRow | None:
    """One page by id, or by the sha256 of its bytes (the first filed of several)."""
    p = t.pages.c
    row = connection.execute(_pages().where(p.id == key if isinstance(key, int) else p.sha256 == key).order_by(p.id).limit(1)).first()
    return PageRow(**row._mapping) if row else None


def pages_of_story(connection: Connection, story: int) -> tuple[PageRow, ...]:
    """The pages of a story, the earliest first."""
    p = t.pages.c
    query = _pages().where(p.story_id == story).order_by(func.coalesce(p.day, "9999"), p.id)
    return tuple(PageRow(**row._mapping) for row in connection.execute(query))


def dossier(connection: Connection, key: int | str) -> Dossier | None:
    """The dossier of a page, by id or sha256."""
    p = t.pages.c
    query = select(t.texts.c.text, t.dossiers.c.packing, t.dossiers.c.data).select_from(
        t.pages.join(t.texts, t.texts.c.id == p.text_id).join(t.dossiers, t.dossiers.c.page_id == p.id)
    )
    row = connection.execute(query.where(p.id == key if isinstance(key, int) else p.sha256 == key).order_by(p.id).limit(1)).first()
    if row is None:
        return None
    return Dossier.model_validate({**json.loads(unpacked(row.data, row.packing)), "text": row.text})


def source(connection: Connection, key: int | str) -> bytes | None:
    """The bytes that a page was read from, where they were kept."""
    p, c = t.pages.c, t.contents.c
    query = select(c.data, c.packing).join(t.pages, p.sha256 == c.sha256).where(p.id == key if isinstance(key, int) else p.sha256 == key)
    row = connection.execute(query.limit(1)).first()
    return unpacked(row.data, row.packing) if row else None


def findings(
    connection: Connection, *, page_id: int | None, story: int | None, kind: str | None, severity: str | None, limit: int, offset: int
) -> Slice[FindingRow]:
    """Findings, those of newest pages first; of one page in the order of its text."""
    f = t.findings.c
    query = _findings()
    query = query.order_by(f.start, f.id) if page_id is not None else query.order_by(f.id.desc())
    for column, value in ((f.page_id, page_id), (f.story_id, story), (f.kind, kind), (f.severity, severity)):
        if value is not None:
            query = query.where(column == value)
    rows = connection.execute(query.limit(limit + 1).offset(offset)).all()
    verdicts = verdicts_on(connection, page_id, ("finding", "repair")) if page_id is not None else {}
    found = (_finding(row, verdicts.get((row.start, row.end))) for row in rows[:limit])
    return Slice(tuple(found), limit, offset, len(rows) > limit)


def findings_by_id(connection: Connection, ids: Sequence[int]) -> tuple[FindingRow, ...]:
    """Some findings, in the order of their ids as given."""
    rows = {row.id: row for row in connection.execute(_findings().where(t.findings.c.id.in_(ids)))}
    return tuple(_finding(rows[key], None) for key in ids if key in rows)


def _findings() -> Select[Any]:
    f, p = t.findings.c, t.pages.c
    plain = [c for c in f if c.name not in ("page_id", "story_id")]
    query = select(*plain, f.page_id.label("page"), f.story_id.label("story"), p.uri)
    return query.select_from(t.findings.outerjoin(t.pages, p.id == f.page_id))


def _finding(row: Row[Any], verdict: Verdict | None) -> FindingRow:
    return FindingRow(**{**row._mapping, "grounds": tuple(json.loads(row.grounds))}, verdict=verdict)


def mentions(connection: Connection, page_id: int) -> tuple[MentionRow, ...]:
    """Who is named on a page, in the order of its text."""
    m, a = t.mentions.c, t.actors.c
    plain = [c for c in m if c.name not in ("page_id", "actor_id", "repaired")]
    query = select(*plain, m.repaired, m.page_id.label("page"), a.code.label("actor"), a.name).join(t.actors, a.id == m.actor_id)
    verdicts = verdicts_on(connection, page_id, ("link", "repair"))
    rows = connection.execute(query.where(m.page_id == page_id).order_by(m.start, m.end))
    return tuple(MentionRow(**{**row._mapping, "repaired": bool(row.repaired)}, verdict=verdicts.get((row.start, row.end))) for row in rows)


def _pages() -> Select[Any]:
    p = t.pages.c
    left_out = ("text_id", "reading", "earliest", "latest", "media_type", "story_id", "wording_id", "run_id")
    return select(*[c for c in p if c.name not in left_out], p.story_id.label("story"), p.wording_id.label("wording"))
