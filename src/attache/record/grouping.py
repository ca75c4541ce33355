"""Groups new pages into stories: pages of one text are one wording; what else belongs together, the story room finds."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, select

from attache.record import tables as t
from attache.record.rows import LinkRow
from attache.record.stories import link, set_story

BATCH = 500


def group(connection: Connection, batch: int = BATCH) -> int:
    """Give some pages that have none a story; how many were looked at, 0 when all is done."""
    p = t.pages.c
    fresh = connection.execute(select(p.id, p.text_id).where(p.story_id.is_(None)).order_by(p.id).limit(batch)).all()
    for text_id in dict.fromkeys(row.text_id for row in fresh):
        _one_text(connection, text_id)
    return len(fresh)


def _one_text(connection: Connection, text_id: int) -> None:
    p = t.pages.c
    pages: Sequence[int] = list(connection.execute(select(p.id).where(p.text_id == text_id).order_by(p.id)).scalars())
    set_story(connection, pages, [pages[0]] * len(pages))
    link(connection, [LinkRow(pages[0], other, "same-text", 1.0, "the same clean text") for other in pages[1:]])
