"""A story: its copies side by side, why they belong together, and where they differ."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from fastapi import APIRouter, Depends, HTTPException

from attache.desk.asked import Number
from attache.desk.collated import MOST_PAGES, Readings, readings
from attache.desk.differences import Stretch, Variant, compared
from attache.desk.lines import EventLine, FindingLine, event_lines, finding_lines
from attache.desk.rendering import page
from attache.desk.state import Desk, the_desk
from attache.record import EventFilters, LinkRow, PageRow, StoryRow, asking, digest

router = APIRouter()
COPIES = 4
EVENTS = 24
PER_PAGE = 40


@dataclass(frozen=True)
class Copy:
    """One page of a story in a column; its differences from the first column are marked, but where it is told in `other_words`."""

    page: PageRow
    title: str | None
    stretches: tuple[Stretch, ...]
    variants: tuple[Variant, ...]
    other_words: bool


@dataclass(frozen=True)
class StoryView:
    """A story: all its pages, some of them (`copies`) side by side, the links that hold it together, disputes and events."""

    story: StoryRow
    pages: tuple[PageRow, ...]
    copies: tuple[Copy, ...]
    readings: Readings
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
        events = event_lines(connection, asking.events(connection, filters, EVENTS, 0, "sources"), changes=True)
    columns = _columns(chosen[:COPIES], texts)
    told = desk.remembered(f"readings {story_id} {found.story.pages}", lambda: _readings(desk, found.pages))
    return StoryView(found.story, found.pages, columns, told, found.links[:200], disputes, events)


def _readings(desk: Desk, pages: tuple[PageRow, ...]) -> Readings:
    some = _different(pages)[:MOST_PAGES]
    dossiers = {one.id: dossier for one in some if (dossier := desk.record.dossier(one.id)) is not None}
    return readings([one for one in some if one.id in dossiers], dossiers)


def _different(pages: tuple[PageRow, ...]) -> list[PageRow]:
    """All pages: the wording with most copies first, its soundest copy leading, and one page of another wording among the first four."""
    wordings: dict[int, list[PageRow]] = {}
    for one in sorted(pages, key=lambda p: (-p.reliability, p.day or "9999", p.id)):
        wordings.setdefault(one.wording or -one.id, []).append(one)
    first, *others = sorted(wordings.values(), key=len, reverse=True)
    shown = first[: COPIES - min(1, len(others))] + [one[0] for one in others]
    return shown + [one for one in [*first, *(p for other in others for p in other)] if one not in shown]


def _columns(chosen: Sequence[PageRow], texts: Mapping[int, tuple[str | None, str]]) -> tuple[Copy, ...]:
    base = texts.get(chosen[0].id, (None, ""))[1] if chosen else ""
    found = []
    for number, one in enumerate(chosen):
        title, text = texts.get(one.id, (None, ""))
        both = compared(base, text) if number else None
        stretches, variants = both or ((Stretch(text),), ())
        found.append(Copy(one, title, stretches, variants, bool(number) and both is None))
    return tuple(found)


page(router, "/stories", "stories.html", story_list)
page(router, "/story/{story_id:int}", "story.html", story_view)
