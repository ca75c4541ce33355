"""Stories as the record keeps them: which pages belong together and why."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from sqlalchemy import Connection, bindparam, or_, select, update

from attache.record import tables as t
from attache.record.inserting import ignoring, inserted
from attache.record.keeping import findings, pages_of_story
from attache.record.rows import LinkRow, StoryDetail, StoryRow
from attache.record.slices import Slice

SHOWN = tuple(column for column in t.stories.c if column.name != "collated")
"""What a `StoryRow` has."""


def stories(
    connection: Connection, *, min_wordings: int, min_pages: int, since: str | None, until: str | None, limit: int, offset: int
) -> Slice[StoryRow]:
    """Stories, those with the newest pages first."""
    s = t.stories.c
    query = select(*SHOWN).where(s.wordings >= min_wordings, s.pages >= min_pages)
    if since:
        query = query.where(s.last_day >= since)
    if until:
        query = query.where(s.first_day <= until)
    rows = connection.execute(query.order_by(s.last_day.desc(), s.id.desc()).limit(limit + 1).offset(offset)).all()
    return Slice(tuple(StoryRow(**row._mapping) for row in rows[:limit]), limit, offset, len(rows) > limit)


def story(connection: Connection, story_id: int) -> StoryDetail | None:
    """A story with its pages, links and disputes."""
    row = connection.execute(select(*SHOWN).where(t.stories.c.id == story_id)).first()
    if row is None:
        return None
    pages = pages_of_story(connection, story_id)
    disputes = findings(connection, page_id=None, story=story_id, kind=None, severity=None, limit=1000, offset=0)
    return StoryDetail(StoryRow(**row._mapping), pages, links(connection, [p.id for p in pages]), disputes.rows)


def links(connection: Connection, pages: Sequence[int]) -> tuple[LinkRow, ...]:
    """The links that hold some pages together, best first."""
    k = t.links.c
    found: set[LinkRow] = set()
    for at in range(0, len(pages), 500):
        some = pages[at : at + 500]
        rows = connection.execute(select(t.links).where(or_(k.first_id.in_(some), k.second_id.in_(some))))
        found |= {LinkRow(row.first_id, row.second_id, row.kind, row.score, row.reason) for row in rows}
    return tuple(sorted(found, key=lambda link: (-link.score, link.first, link.second)))


def ungrouped(connection: Connection, size: int) -> Iterator[Sequence[int]]:
    """The ids of pages that belong to no story yet, in order, in batches."""
    p = t.pages.c
    after = 0
    while found := list(connection.execute(select(p.id).where(p.story_id.is_(None), p.id > after).order_by(p.id).limit(size)).scalars()):
        yield found
        after = found[-1]


def link(connection: Connection, found: Sequence[LinkRow]) -> None:
    """Write links down; the lower page id comes first."""

    rows = [
        {"first_id": min(k.first, k.second), "second_id": max(k.first, k.second), "kind": k.kind, "score": k.score, "reason": k.reason}
        for k in found
    ]
    if rows:
        connection.execute(ignoring(connection, t.links), rows)


def set_story(connection: Connection, pages: Sequence[int], wordings: Sequence[int], taken: Collection[int] = ()) -> int:
    """Make one story of some pages; `wordings[n]` is the lowest id of the pages that `pages[n]` is a copy of, itself included.

    The story has the lowest id that any of the pages had and that is not `taken` by another part of it, else a new one. Stories left
    empty are removed.
    """
    p, s = t.pages.c, t.stories.c
    rows = connection.execute(select(p.id, p.story_id, p.wording_id, p.day, p.title).where(p.id.in_(pages)).order_by(p.id)).all()
    before = sorted({row.story_id for row in rows if row.story_id is not None})
    free = [one for one in before if one not in taken]
    days = sorted(row.day for row in rows if row.day)
    titles = sorted((row.day or "9999", row.title) for row in rows if row.title)
    values = {
        "title": titles[0][1] if titles else None, "first_day": days[0] if days else None,
        "last_day": days[-1] if days else None, "pages": len(rows), "wordings": len(set(wordings)), "collated": 0,
    }  # fmt: skip
    if free:
        story_id = int(free[0])
        connection.execute(update(t.stories).where(s.id == story_id).values(values))
    else:
        story_id = inserted(connection, t.stories, values)
    marks = [{"b_id": page, "b_story": story_id, "b_wording": wording} for page, wording in zip(pages, wordings, strict=True)]
    changed = update(t.pages).where(p.id == bindparam("b_id")).values(story_id=bindparam("b_story"), wording_id=bindparam("b_wording"))
    connection.execute(changed, marks)
    belonged = {row.id: (row.story_id, row.wording_id) for row in rows}
    moved = [page for page, wording in zip(pages, wordings, strict=True) if belonged[page] != (story_id, wording)]
    connection.execute(update(t.reports).where(t.reports.c.page_id.in_(moved)).values(stale=1))
    for old in before:
        if old != story_id and connection.execute(select(p.id).where(p.story_id == old).limit(1)).first() is None:
            connection.execute(t.stories.delete().where(s.id == old))
    return story_id
