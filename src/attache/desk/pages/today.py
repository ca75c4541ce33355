"""Today: the newest stories, who met whom, what changed, what is disputed, which names were repaired."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from fastapi import APIRouter, Depends
from sqlalchemy import Connection

from attache.desk.lines import EventLine, FindingLine, StoryLine, event_lines, finding_lines, outlets_of
from attache.desk.rendering import page
from attache.desk.state import Desk, the_desk
from attache.record import EventRow, PageRow, Totals, digest, keeping
from attache.record.lives import MEETINGS

router = APIRouter()
PAGES = 200
"""Today is made from so many of the newest pages, and no more."""
EVENTS = 300
SHOWN = 8


@dataclass(frozen=True)
class Today:
    """The front page; every list holds the newest first."""

    totals: Totals
    first: str | None
    last: str | None
    stories: tuple[StoryLine, ...]
    meetings: tuple[EventLine, ...]
    changes: tuple[EventLine, ...]
    disputes: tuple[FindingLine, ...]
    repairs: tuple[FindingLine, ...]
    pages: tuple[PageRow, ...]


def today(desk: Desk = Depends(the_desk)) -> Today:
    """What is new: stories with their sources, meetings, changes, disputes, repaired names."""
    with desk.record.reading() as connection:
        pages = digest.newest_pages(connection, PAGES)
        ids = [one.id for one in pages]
        events = digest.events_told(connection, ids, EVENTS)
        met = [e for e in events if e.kind in MEETINGS and e.status != "denied"]
        turned = digest.statuses(connection, [e.id for e in events])
        changed = [e for e in events if e.id in turned]
        return Today(
            desk.totals(), pages[-1].day if pages else None, pages[0].day if pages else None, _stories(connection, pages, events),
            event_lines(connection, _best(met)), event_lines(connection, changed[:SHOWN], changes=True),
            _found(connection, ids, ("disputed", "contradiction")), _found(connection, ids, ("corrupted-name",)), pages[:SHOWN],
        )  # fmt: skip


def _best(met: Sequence[EventRow]) -> list[EventRow]:
    """Meetings that name both sides before those that do not; among them the newest."""
    return sorted(met, key=lambda e: not (e.whom or ";" in e.who))[:SHOWN]


def _stories(connection: Connection, pages: Sequence[PageRow], events: Sequence[EventRow]) -> tuple[StoryLine, ...]:
    newest = list(dict.fromkeys(one.story for one in pages if one.story is not None))
    known = digest.stories_by_id(connection, newest)
    told = sorted((known[key] for key in newest if key in known), key=lambda s: (s.pages > 1, s.last_day or ""), reverse=True)[:SHOWN]
    leads = {e.story: e for e in sorted(events, key=lambda e: (e.sources, e.reports, e.confidence)) if e.story is not None}
    lines = {line.event.story: line for line in event_lines(connection, [leads[s.id] for s in told if s.id in leads])}
    disputes: Counter[int | None] = Counter()
    for story in told:
        found = keeping.findings(connection, page_id=None, story=story.id, kind=None, severity=None, limit=100, offset=0)
        disputes[story.id] = len(found)
    outlets = {s.id: outlets_of(keeping.pages_of_story(connection, s.id)[:20]) for s in told}
    return tuple(StoryLine(s, outlets[s.id], lines.get(s.id), disputes[s.id]) for s in told)


def _found(connection: Connection, pages: Sequence[int], kinds: Sequence[str]) -> tuple[FindingLine, ...]:
    ids = digest.findings_of(connection, pages, kinds, SHOWN * 3)
    lines = finding_lines(connection, keeping.findings_by_id(connection, ids))
    seen: dict[tuple[str, str | None], FindingLine] = {}
    for line in lines:
        if line.finding.verdict != "reject":
            seen.setdefault((line.finding.text, line.finding.reading), line)
    return tuple(seen.values())[:SHOWN]


page(router, "/", "today.html", today, json_path="/index.json")
