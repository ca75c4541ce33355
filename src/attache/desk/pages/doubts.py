"""Doubts by kind, each with its ground; and what people decide on them: judgements, which can be taken back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Form, HTTPException, Query, Request
from fastapi.responses import RedirectResponse, Response
from pydantic import BaseModel, ConfigDict, Field

from attache.desk.asked import Number
from attache.desk.forms import local_path
from attache.desk.lines import FindingLine, finding_lines
from attache.desk.rendering import page
from attache.desk.state import Desk, the_desk
from attache.desk.wording import words
from attache.record import JudgementRow, Subject, Verdict, digest

router = APIRouter()
PER_PAGE = 30
SEVERITIES = ("error", "warning", "note")


@dataclass(frozen=True)
class Kind:
    """A kind of finding with how many there are of each severity."""

    kind: str
    note: str
    total: int
    severities: dict[str, int]


@dataclass(frozen=True)
class Doubts:
    """Findings, newest first."""

    kind: str | None
    severity: str | None
    kinds: tuple[Kind, ...]
    findings: tuple[FindingLine, ...]
    offset: int
    limit: int
    more: bool


@dataclass(frozen=True)
class Judgements:
    """What people decided, the newest first; those taken back only where asked for."""

    withdrawn: bool
    judgements: tuple[JudgementRow, ...]
    titles: dict[int, str]
    offset: int
    limit: int
    more: bool


class Judging(BaseModel):
    """A judgement. An event is judged by `report`; everything else by its characters `start`..`end` on the page."""

    model_config = ConfigDict(extra="forbid")

    subject: Subject
    verdict: Verdict
    page: int
    report: int | None = None
    start: int | None = None
    end: int | None = None
    actor: str | None = Field(default=None, max_length=200)
    note: str | None = Field(default=None, max_length=2000)
    by: str | None = Field(default=None, max_length=100)


class JudgingForm(BaseModel):
    """A judgement as a form sends it: empty fields are unknown, `back` is where to go on."""

    subject: Subject
    verdict: Verdict
    page: int
    report: Number = None
    start: Number = None
    end: Number = None
    note: str = Field(default="", max_length=2000)
    back: str = Field(default="/doubts", max_length=2000)

    def judging(self) -> Judging:
        """The judgement itself."""
        return Judging(**self.model_dump(exclude={"back"}))


@dataclass(frozen=True)
class Written:
    """The id of a judgement that was written down."""

    id: int


def doubts(
    kind: Annotated[str | None, Query(description="A kind of finding.")] = None,
    severity: Annotated[str | None, Query(description="error, warning or note.")] = None, offset: Number = 0,
    desk: Desk = Depends(the_desk),
) -> Doubts:  # fmt: skip
    """What is to be doubted, with the ground of each doubt and what was decided on it."""
    known = words()["finding"]
    kind = kind if kind in known else None
    severity = severity if severity in SEVERITIES else None
    start = min(max(0, offset or 0), 100_000)

    def counted() -> dict[str, dict[str, int]]:
        with desk.record.reading() as connection:
            return digest.finding_counts(connection)

    counts = desk.remembered("findings", counted)
    found = desk.record.findings(kind=kind, severity=severity, limit=PER_PAGE, offset=start)
    with desk.record.reading() as connection:
        lines = finding_lines(connection, found)
    kinds = tuple(Kind(name, note, sum(counts[name].values()), counts[name]) for name, note in known.items() if name in counts)
    return Doubts(kind, severity, kinds, lines, start, PER_PAGE, found.more)


def judgements(withdrawn: bool = False, offset: Number = 0, desk: Desk = Depends(the_desk)) -> Judgements:
    """What people decided; every one can be taken back."""
    start = min(max(0, offset or 0), 100_000)
    found = desk.record.judgements(withdrawn=withdrawn, limit=PER_PAGE, offset=start)
    with desk.record.reading() as connection:
        texts = digest.texts_of(connection, sorted({one.page for one in found}))
    titles = {key: title or "(no title)" for key, (title, _) in texts.items()}
    return Judgements(withdrawn, tuple(found), titles, start, PER_PAGE, found.more)


@router.post("/judgements", include_in_schema=False)
def judge_by_form(request: Request, given: Annotated[JudgingForm, Form()], desk: Desk = Depends(the_desk)) -> Response:
    """What the buttons send; goes back to where they stand."""
    _write(desk, given.judging())
    return RedirectResponse(local_path(given.back), 303)


@router.post("/judgements.json", tags=["judgements"], response_model=Written, status_code=201)
def judge(given: Judging, desk: Desk = Depends(the_desk)) -> Written:
    """Write a judgement down; an earlier one on the same thing no longer counts."""
    return Written(_write(desk, given))


@router.post("/judgements/{key:int}/withdraw", include_in_schema=False)
def withdraw_by_form(key: int, back: Annotated[str, Form(max_length=2000)] = "/judgements", desk: Desk = Depends(the_desk)) -> Response:
    """What the undo buttons send."""
    _withdraw(desk, key)
    return RedirectResponse(local_path(back), 303)


@router.delete("/judgements/{key:int}.json", tags=["judgements"], response_model=Written)
def withdraw(key: int, desk: Desk = Depends(the_desk)) -> Written:
    """Take a judgement back; it stays in the list of those withdrawn."""
    _withdraw(desk, key)
    return Written(key)


def _write(desk: Desk, given: Judging) -> int:
    key = desk.record.judge(
        given.subject, given.verdict, page=given.page, report=given.report, actor=given.actor, start=given.start, end=given.end,
        note=given.note or None, by=given.by or "desk",
    )  # fmt: skip
    desk.forget()
    return key


def _withdraw(desk: Desk, key: int) -> None:
    if not desk.record.withdraw(key):
        raise HTTPException(404, "There is no such judgement, or it was taken back already.")
    desk.forget()


page(router, "/doubts", "doubts.html", doubts)
page(router, "/judgements", "judgements.html", judgements, tag="judgements")
