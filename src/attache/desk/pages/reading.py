"""One page of the record: its text with what was read from it, what was taken off, and the untouched source."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from fastapi import APIRouter, Depends, HTTPException
from fastapi.responses import PlainTextResponse, Response

from attache.desk.layers import Run, runs
from attache.desk.lines import FindingLine, Place, finding_lines, judgements_by_place
from attache.desk.rendering import page as serve_page
from attache.desk.state import Desk, the_desk
from attache.desk.veil import shown
from attache.dossier import Actor, Dossier, PageDate, Residue
from attache.record import JudgementRow, LinkRow, MentionRow, PageRow, ReportRow, Slice, digest
from attache.show.words import date_grounds, date_line

router = APIRouter()
PER_PAGE = 50


@dataclass(frozen=True)
class MentionLine:
    """A place where an actor is named, and what a person decided on it (`subject`: repair or link)."""

    mention: MentionRow
    subject: str
    judgement: JudgementRow | None


@dataclass(frozen=True)
class ActorLine:
    """An actor of the page with every mention of it."""

    number: int
    id: str
    name: str
    kind: str
    office: str | None
    affiliation: str | None
    country: str | None
    mentions: tuple[MentionLine, ...]


@dataclass(frozen=True)
class ReportLine:
    """An event as this page tells it; `number` counts as the marks in the text do."""

    number: int
    report: ReportRow
    source: tuple[tuple[str, str], ...]
    target: tuple[tuple[str, str], ...]
    about: tuple[tuple[str, str], ...]
    judgement: JudgementRow | None


@dataclass(frozen=True)
class PageView:
    """The reading view of a page."""

    page: PageRow
    day: str
    grounds: tuple[str, ...]
    date: PageDate
    runs: tuple[Run, ...]
    events: tuple[ReportLine, ...]
    findings: tuple[FindingLine, ...]
    actors: tuple[ActorLine, ...]
    residue: tuple[Residue, ...]
    copies: tuple[LinkRow, ...]
    kept: bool


@dataclass(frozen=True)
class Pages:
    """Pages of the record, newest day first."""

    pages: tuple[PageRow, ...]
    offset: int
    limit: int
    more: bool


def page_list(
    outlet: str | None = None, since: str | None = None, until: str | None = None, finding: str | None = None, offset: int = 0,
    desk: Desk = Depends(the_desk),
) -> Pages:  # fmt: skip
    """Pages, the newest day first; by outlet, days, or kind of finding."""
    asked = {"outlet": outlet or None, "since": since or None, "until": until or None, "finding": finding or None}
    start = min(max(0, offset), 1_000_000)
    found: Slice[PageRow] = desk.record.pages(PER_PAGE, start, **asked)  # type: ignore[arg-type]
    return Pages(tuple(found), start, PER_PAGE, found.more)


def page_view(page_id: int, desk: Desk = Depends(the_desk)) -> PageView:
    """One page: the text with its marks, events, findings, actors and residue."""
    row, dossier = desk.record.page(page_id), desk.record.dossier(page_id)
    if row is None or dossier is None:
        raise HTTPException(404, "There is no such page in the record.")
    reports = {report.code: report for report in desk.record.reports(page=page_id)}
    with desk.record.reading() as connection:
        judged = judgements_by_place(digest.standing(connection, [page_id]))
        findings = finding_lines(connection, desk.record.findings(page=page_id, limit=1000))
    mentions = desk.record.mentions(page_id)
    verdicts = {(j.start, j.end): j.verdict for place, j in judged.items() if place[0] in ("repair", "link")}
    kept = desk.record.source(page_id) is not None
    return PageView(
        row, date_line(dossier), tuple(date_grounds(dossier)), dossier.date, tuple(runs(dossier, verdicts)),
        _events(dossier, reports, judged), _in_order(dossier, findings), _actors(dossier, mentions, judged), tuple(dossier.residue),
        desk.record.links(page_id), kept,
    )  # fmt: skip


def page_dossier(page_id: int, desk: Desk = Depends(the_desk)) -> Dossier:
    """The dossier of a page as it was read, in the form of ``attache read --format json``."""
    dossier = desk.record.dossier(page_id)
    if dossier is None:
        raise HTTPException(404, "There is no such page in the record.")
    return dossier.model_copy(update={"source": dossier.source.model_copy(update={"uri": shown(dossier.source.uri)})})


def page_source(page_id: int, desk: Desk = Depends(the_desk)) -> Response:
    """The bytes that a page was read from, untouched, as plain text that no browser runs."""
    data = desk.record.source(page_id)
    if data is None:
        raise HTTPException(404, "The source of this page was not kept.")
    from attache.page import page_from_bytes

    try:
        return PlainTextResponse(page_from_bytes(data).raw)
    except Exception:
        return Response(data, media_type="application/octet-stream", headers={"Content-Disposition": 'attachment; filename="source.bin"'})


def _events(dossier: Dossier, reports: Mapping[str, ReportRow], judged: Mapping[Place, JudgementRow]) -> tuple[ReportLine, ...]:
    named = {a.id: a.name for a in dossier.actors} | {a.id: a.name for a in dossier.agreements}
    found: list[ReportLine] = []
    for number, event in enumerate(dossier.events):
        report = reports.get(event.id)
        if report is not None:
            source, target, about = (
                tuple((one, named.get(one, one)) for one in side) for side in (event.source, event.target, event.about)
            )
            judgement = judged.get(("event", report.page, report.id, None))
            found.append(ReportLine(number, report, source, target, about, judgement))
    return tuple(found)


def _in_order(dossier: Dossier, lines: tuple[FindingLine, ...]) -> tuple[FindingLine, ...]:
    """The findings in the order of the dossier, which the numbers in the text follow."""
    places: dict[tuple[str, int | None, int | None, str], int] = {}
    for number, one in enumerate(dossier.findings):
        span = (one.span.start, one.span.end) if one.span else (None, None)
        places.setdefault((one.kind, *span, one.message), number)
    last = len(places)
    return tuple(sorted(lines, key=lambda x: places.get((x.finding.kind, x.finding.start, x.finding.end, x.finding.message), last)))


def _actors(dossier: Dossier, mentions: tuple[MentionRow, ...], judged: Mapping[Place, JudgementRow]) -> tuple[ActorLine, ...]:
    by_actor: dict[str, list[MentionLine]] = {}
    for one in mentions:
        subject = "repair" if one.repaired else "link"
        judgement = judged.get((subject, one.page, one.start, one.end))
        by_actor.setdefault(one.actor, []).append(MentionLine(one, subject, judgement))
    return tuple(_actor(number, actor, by_actor.get(actor.id, [])) for number, actor in enumerate(dossier.actors))


def _actor(number: int, actor: Actor, mentions: list[MentionLine]) -> ActorLine:
    affiliation = actor.affiliation if actor.affiliation and actor.affiliation not in (actor.office or "") else None
    return ActorLine(number, actor.id, actor.name, actor.kind, actor.office, affiliation, actor.country, tuple(mentions))


serve_page(router, "/pages", "pages.html", page_list)
serve_page(router, "/page/{page_id:int}", "reading.html", page_view)
router.get("/page/{page_id:int}/dossier.json", tags=["pages"])(page_dossier)
router.get("/page/{page_id:int}/source", tags=["pages"], response_class=PlainTextResponse)(page_source)


@router.get("/marks/{count:int}.css", include_in_schema=False)
def marks(count: int) -> Response:
    """One rule an event: where its anchor is the target of the address, all its words light up. No script is needed for it."""
    glow = "{background:var(--glow);box-shadow:0 0 0 2px var(--glow)}"
    rules = (f".reading:has(#at-e{n}:target) .w{n}{glow}" for n in range(min(count, 2000)))
    return Response("\n".join(rules), media_type="text/css", headers={"Cache-Control": "max-age=86400"})
