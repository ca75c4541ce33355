"""A story: its copies side by side, why they belong together, and where they differ."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import APIRouter, Depends, HTTPException

from attache.desk.asked import Number
from attache.desk.lines import EventLine, FindingLine, event_lines, finding_lines
from attache.desk.rendering import page
from attache.desk.state import Desk, the_desk
from attache.record import EventFilters, LinkRow, PageRow, StoryRow, asking, digest

router = APIRouter()
COPIES = 4
PER_PAGE = 40


@dataclass(frozen=True)
class Copy:
    """One page of a story with its text, shown in a column."""

    page: PageRow
    title: str | None
    paragraphs: tuple[str, ...]


@dataclass(frozen=True)
class StoryView:
    """A story: all its pages, some of them (`copies`) side by side, the links that hold it together, disputes and events."""

    story: StoryRow
    pages: tuple[PageRow, ...]
    copies: tuple[Copy, ...]
    links: tuple[LinkRow, ...]
    disputes: tuple[FindingLine, ...]
    events: tuple[EventLine, ...]


@dataclass(frozen=True)
class Stories:
    """Stories, those with the newest pages first."""

    stories: tuple[StoryRow, ...]
    min_wordings: int
    offset: int
    limit: int
    more: bool


def story_list(min_wordings: Number = 1, offset: Number = 0, desk: Desk = Depends(the_desk)) -> Stories:
    """Stories, those with the newest pages first."""
    start, least = min(max(0, offset or 0), 100_000), max(1, min_wordings or 1)
    found = desk.record.stories(min_wordings=least, limit=PER_PAGE, offset=start)
    return Stories(tuple(found), least, start, PER_PAGE, found.more)


def story_view(story_id: int, copies: str = "", desk: Desk = Depends(the_desk)) -> StoryView:
    """A story: copies side by side (``copies=3,7`` chooses them), links, disputes, events."""
    found = desk.record.story(story_id)
    if found is None:
        raise HTTPException(404, "There is no such story in the record.")
    wanted = [int(part) for part in copies.split(",") if part.strip().isdigit() and len(part) < 12]
    chosen = [p for p in found.pages if p.id in wanted] or _different(found.pages)
    filters: EventFilters = {"story": story_id}
    with desk.record.reading() as connection:
        texts = digest.texts_of(connection, [p.id for p in chosen[:COPIES]])
        disputes = finding_lines(connection, found.disputes)
        events = event_lines(connection, asking.events(connection, filters, 60, 0, "sources"), changes=True)
    columns = tuple(_copy(p, texts.get(p.id, (None, ""))) for p in chosen[:COPIES])
    return StoryView(found.story, found.pages, columns, found.links[:200], disputes, events)


def _different(pages: tuple[PageRow, ...]) -> list[PageRow]:
    """One page a wording first, the soundest of each; then the others."""
    best = sorted(pages, key=lambda p: -p.reliability)
    first: dict[int, PageRow] = {}
    for one in best:
        first.setdefault(one.wording or one.id, one)
    return [*first.values(), *(p for p in best if p.id not in {one.id for one in first.values()})]


def _copy(row: PageRow, told: tuple[str | None, str]) -> Copy:
    return Copy(row, told[0], tuple(part.strip() for part in told[1].split("\n\n") if part.strip()))


page(router, "/stories", "stories.html", story_list)
page(router, "/story/{story_id:int}", "story.html", story_view)
