"""One event: why it is here. Every page that tells of it, the characters, the rule, and what people decided."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import APIRouter, Depends, HTTPException

from attache.desk.lines import EventLine, event_lines, judgements_by_place
from attache.desk.rendering import page
from attache.desk.state import Desk, the_desk
from attache.record import JudgementRow, ReportRow, StatusChange, digest

router = APIRouter()
_AROUND = 160


@dataclass(frozen=True)
class Told:
    """One page's telling, with the words before and after the sentence part that was read."""

    report: ReportRow
    before: str
    words: str
    after: str
    judgement: JudgementRow | None


@dataclass(frozen=True)
class EventView:
    """An event with all its reports, the first told first, and its status over time."""

    line: EventLine
    told: tuple[Told, ...]
    statuses: tuple[StatusChange, ...]
    rejected: bool


def event_view(event_id: int, desk: Desk = Depends(the_desk)) -> EventView:
    """Why an event is in the record: its reports, the characters they were read from, the rule or model, and judgements."""
    found = desk.record.event(event_id)
    if found is None:
        raise HTTPException(404, "There is no such event in the record; events that nothing tells of any more go away.")
    pages = [report.page for report in found.reports]
    with desk.record.reading() as connection:
        texts = digest.texts_of(connection, pages)
        judged = judgements_by_place(digest.standing(connection, pages))
        (line,) = event_lines(connection, [found.event], contents=True)
    told = tuple(
        _told(report, texts.get(report.page, (None, ""))[1], judged.get(("event", report.page, report.id, None)))
        for report in found.reports
    )
    rejected = bool(told) and all(one.judgement is not None and one.judgement.verdict == "reject" for one in told)
    return EventView(line, told, found.statuses, rejected)


def _told(report: ReportRow, text: str, judgement: JudgementRow | None) -> Told:
    start, end = report.start, report.end
    before, after = text[max(0, start - _AROUND) : start], text[end : end + _AROUND]
    return Told(report, before.rsplit("\n", 1)[-1], text[start:end], after.split("\n", 1)[0], judgement)


page(router, "/event/{event_id:int}", "event.html", event_view)
