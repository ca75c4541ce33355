"""What people decide on repairs, links, events and findings: rows of their own, never a change of what was read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, get_args

from sqlalchemy import Connection, Select, select, update

from attache.errors import UsageError
from attache.record import tables as t
from attache.record.accounts import JudgementRow, Subject, Verdict
from attache.record.inserting import inserted, now
from attache.record.sheet import clean
from attache.record.slices import Slice


def judge(
    connection: Connection, subject: Subject, verdict: Verdict, *, page: int, report: int | None = None, actor: str | None = None,
    start: int | None = None, end: int | None = None, note: str | None = None, by: str | None = None,
) -> int:  # fmt: skip
    """Write a judgement down; an earlier one on the same thing by anybody is withdrawn. Gives its id."""
    _check(connection, subject, verdict, page, report, start, end)
    actor_id = connection.execute(select(t.actors.c.id).where(t.actors.c.code == actor)).scalar() if actor else None
    if actor and actor_id is None:
        raise UsageError(f"{actor!r}: no such actor in the record")
    j = t.judgements.c
    same = [j.subject == subject, j.page_id == page, j.report_id.is_not_distinct_from(report), j.start.is_not_distinct_from(start),
            j.end.is_not_distinct_from(end), j.withdrawn.is_(None)]  # fmt: skip
    connection.execute(update(t.judgements).where(*same).values(withdrawn=now()))
    row = {"subject": subject, "verdict": verdict, "page_id": page, "report_id": report, "actor_id": actor_id, "start": start, "end": end,
           "note": clean(note), "by": clean(by), "at": now()}  # fmt: skip
    key = inserted(connection, t.judgements, row)
    if subject == "event":
        _weigh(connection, report)
    return key


def withdraw(connection: Connection, judgement: int) -> bool:
    """Take a judgement back; False where there is none that still counts."""
    j = t.judgements.c
    row = connection.execute(select(j.report_id).where(j.id == judgement, j.withdrawn.is_(None))).first()
    if row is None:
        return False
    connection.execute(update(t.judgements).where(j.id == judgement).values(withdrawn=now()))
    _weigh(connection, row.report_id)
    return True


def judgements(
    connection: Connection, *, page: int | None, subject: Subject | None, withdrawn: bool, limit: int, offset: int
) -> Slice[JudgementRow]:
    """Judgements, the newest first."""
    j = t.judgements.c
    query = _selected().order_by(j.id.desc()).limit(limit + 1).offset(offset)
    if page is not None:
        query = query.where(j.page_id == page)
    if subject:
        query = query.where(j.subject == subject)
    if not withdrawn:
        query = query.where(j.withdrawn.is_(None))
    rows = connection.execute(query).all()
    return Slice(tuple(JudgementRow(**row._mapping) for row in rows[:limit]), limit, offset, len(rows) > limit)


def verdicts_of(connection: Connection, reports: Sequence[int]) -> dict[int, Verdict]:
    """The standing verdict on each report that has one."""
    j = t.judgements.c
    found: dict[int, Verdict] = {}
    for at in range(0, len(reports), 500):
        some = reports[at : at + 500]
        query = select(j.report_id, j.verdict).where(j.report_id.in_(some), j.subject == "event", j.withdrawn.is_(None)).order_by(j.id)
        found.update({row.report_id: row.verdict for row in connection.execute(query)})
    return found


def any_judged(connection: Connection) -> bool:
    """Whether a judgement on any event stands."""
    j = t.judgements.c
    return connection.execute(select(j.id).where(j.subject == "event", j.withdrawn.is_(None)).limit(1)).first() is not None


def verdicts_on(connection: Connection, page: int, subjects: Sequence[str]) -> dict[tuple[int | None, int | None], Verdict]:
    """The standing verdicts on spans of a page, for subjects that are told by their span."""
    j = t.judgements.c
    query = select(j.start, j.end, j.verdict).where(j.page_id == page, j.subject.in_(subjects), j.withdrawn.is_(None)).order_by(j.id)
    return {(row.start, row.end): row.verdict for row in connection.execute(query)}


def _selected() -> Select[Any]:
    j, a = t.judgements.c, t.actors.c
    plain = [c for c in j if c.name not in ("page_id", "report_id", "actor_id")]
    joined = t.judgements.outerjoin(t.actors, a.id == j.actor_id)
    return select(*plain, j.page_id.label("page"), j.report_id.label("report"), a.code.label("actor")).select_from(joined)


def _check(connection: Connection, subject: str, verdict: str, page: int, report: int | None, start: int | None, end: int | None) -> None:
    if subject not in get_args(Subject) or verdict not in get_args(Verdict):
        raise UsageError(f"{subject!r}, {verdict!r}: judge one of {get_args(Subject)} with one of {get_args(Verdict)}")
    if connection.execute(select(t.pages.c.id).where(t.pages.c.id == page)).first() is None:
        raise UsageError(f"page {page}: not in the record")
    if subject == "event":
        told = select(t.reports.c.id).where(t.reports.c.id == report, t.reports.c.page_id == page)
        if connection.execute(told).first() is None:
            raise UsageError(f"report {report}: not on page {page}; an event is judged report by report")
    elif start is None or end is None:
        raise UsageError(f"a {subject} is judged by its characters: give start and end")


def _weigh(connection: Connection, report: int | None) -> None:
    """An event all whose reports are rejected is rejected."""
    r = t.reports.c
    event = connection.execute(select(r.event_id).where(r.id == report)).scalar()
    if event is None:
        return
    told = list(connection.execute(select(r.id).where(r.event_id == event)).scalars())
    verdicts = verdicts_of(connection, told)
    rejected = all(verdicts.get(one) == "reject" for one in told)
    connection.execute(update(t.events).where(t.events.c.id == event).values(rejected=int(rejected)))
    connection.execute(update(t.event_actors).where(t.event_actors.c.event_id == event).values(rejected=int(rejected)))
