"""What stands in one line of a list: an event with its parties, a finding with its judgement, a story with its sources."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Connection

from attache.record import EventRow, FindingRow, JudgementRow, PageRow, StoryRow, digest
from attache.record.digest import Party

_AROUND = 70


@dataclass(frozen=True)
class EventLine:
    """An event in a list: who did it, to whom, and (`changed`) from which status to which it was told."""

    event: EventRow
    source: tuple[Party, ...]
    target: tuple[Party, ...]
    about: tuple[Party, ...]
    changed: tuple[str, ...] = ()
    content: str | None = None


@dataclass(frozen=True)
class FindingLine:
    """A finding in a list, with the words before and after it on the page and what a person decided on it.

    `subject` is what a judgement on it is about: the repair of a name, or the finding itself.
    """

    finding: FindingRow
    subject: str
    title: str | None
    before: str
    after: str
    judgement: JudgementRow | None


@dataclass(frozen=True)
class StoryLine:
    """A story in a list: its outlets, the event told most often, and how many differences there are between its copies."""

    story: StoryRow
    outlets: tuple[str, ...]
    lead: EventLine | None
    disputes: int


def event_lines(connection: Connection, events: Iterable[EventRow], changes: bool = False, contents: bool = False) -> tuple[EventLine, ...]:
    """Events with all that their lines show."""
    rows = tuple(events)
    ids = [row.id for row in rows]
    taking = digest.parties(connection, ids)
    changed = digest.statuses(connection, ids) if changes else {}
    said = digest.contents(connection, ids) if contents else {}
    return tuple(_event_line(row, taking.get(row.id, ()), changed.get(row.id, ()), said.get(row.id)) for row in rows)


def _event_line(row: EventRow, taking: Sequence[Party], changed: tuple[str, ...], content: str | None) -> EventLine:
    sides = {role: tuple(one for one in taking if one.role == role) for role in ("source", "target", "about")}
    return EventLine(row, sides["source"], sides["target"], sides["about"], changed, content)


def finding_lines(connection: Connection, findings: Iterable[FindingRow]) -> tuple[FindingLine, ...]:
    """Findings with their surroundings and judgements."""
    rows = tuple(findings)
    pages = sorted({row.page for row in rows if row.page is not None})
    texts = digest.texts_of(connection, pages)
    judged = judgements_by_place(digest.standing(connection, pages))
    return tuple(_finding_line(row, texts, judged) for row in rows)


Place = tuple[str, int, int | None, int | None]
"""What a judgement is about: subject, page, and either characters or (for events) the report and None."""


def judgements_by_place(rows: Iterable[JudgementRow]) -> dict[Place, JudgementRow]:
    """Judgements by what they are about."""
    found: dict[Place, JudgementRow] = {}
    for row in rows:
        at = (row.report, None) if row.subject == "event" else (row.start, row.end)
        found.setdefault((row.subject, row.page, *at), row)
    return found


def _finding_line(row: FindingRow, texts: dict[int, tuple[str | None, str]], judged: dict[Place, JudgementRow]) -> FindingLine:
    title, text = texts.get(row.page, (None, "")) if row.page is not None else (None, "")
    before = after = ""
    if row.start is not None and row.end is not None and text:
        before, after = _around(text, row.start, row.end)
        before = before + " " if before and text[row.start - 1].isspace() else before
        after = " " + after if after and text[row.end].isspace() else after
    subject = "repair" if row.kind == "corrupted-name" and row.reading else "finding"
    judgement = judged.get((subject, row.page, row.start, row.end)) if row.page is not None else None
    return FindingLine(replace(row, verdict=judgement.verdict if judgement else None), subject, title, before, after, judgement)


def _around(text: str, start: int, end: int) -> tuple[str, str]:
    """Some whole words of the same paragraph before and after."""
    before = text[max(0, start - _AROUND) : start].rsplit("\n\n", 1)[-1]
    after = text[end : end + _AROUND].split("\n\n", 1)[0]
    if start > _AROUND and len(before) == _AROUND:
        before = "… " + before.partition(" ")[2]
    if end + _AROUND < len(text) and len(after) == _AROUND:
        after = after.rpartition(" ")[0] + " …"
    return " ".join(before.split()), " ".join(after.split())


def outlets_of(pages: Iterable[PageRow]) -> tuple[str, ...]:
    """Who printed some pages: the host where it is known, else the name of the file."""
    return tuple(dict.fromkeys(page.outlet or page.uri.replace("\\", "/").rsplit("/", 1)[-1] for page in pages))
