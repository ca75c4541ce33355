"""What ingest did: its runs, the inputs that failed, and how much there is by now."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, func, insert, select, update

from attache.record import tables as t
from attache.record.accounts import FailureRow, RunRow, RunState, Totals
from attache.record.inserting import inserted, now
from attache.record.sheet import clean
from attache.record.slices import Slice


def begin_run(connection: Connection, sources: Sequence[str], version: str) -> int:
    """A new run; those that were running when their process died are closed as interrupted."""
    _close_dead(connection)
    row = {
        "started": now(),
        "sources": json.dumps([clean(s) for s in sources]),
        "state": "running",
        "version": version,
        "process": f"{platform.node()}:{os.getpid()}",
    }
    return inserted(connection, t.runs, row)


def _close_dead(connection: Connection) -> None:
    """Runs of this machine whose process is gone were killed, and are told to be interrupted."""
    r = t.runs.c
    for row in connection.execute(select(r.id, r.process).where(r.state == "running")).all():
        host, _, process = row.process.rpartition(":")
        if host == platform.node() and not _alive(int(process)):
            connection.execute(update(t.runs).where(r.id == row.id).values(state="interrupted", ended=now(), message="killed"))


def _alive(process: int) -> bool:
    if os.name != "posix" or process == os.getpid():
        return process == os.getpid()
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def note_run(connection: Connection, run: int, counts: Mapping[str, int], state: RunState = "running", message: str | None = None) -> None:
    """Write a run's numbers down, and its end where it has one."""
    values = {**counts, "state": state, "message": clean(message), "ended": None if state == "running" else now()}
    connection.execute(update(t.runs).where(t.runs.c.id == run).values(values))


def note_failure(connection: Connection, run: int, uri: str, sha256: str | None, kind: str, reason: str) -> None:
    """Put a failure on record; one that failed before counts its tries."""
    f = t.failures.c
    uri, reason = clean(uri) or "", clean(reason) or ""
    same = (f.uri == uri, f.sha256 == (sha256 or ""))
    found = connection.execute(select(f.id).where(*same)).scalar()
    if found is None:
        row = {"run_id": run, "uri": uri, "sha256": sha256 or "", "kind": kind, "reason": reason, "at": now()}
        connection.execute(insert(t.failures), row)
    else:
        values = {"run_id": run, "kind": kind, "reason": reason, "at": now(), "resolved": None}
        connection.execute(update(t.failures).where(f.id == found).values(**values, tries=f.tries + 1))


def failures(connection: Connection, *, run: int | None, resolved: bool, limit: int, offset: int) -> Slice[FailureRow]:
    """Failures, the newest first; without those that were filed later, unless asked for."""
    f = t.failures.c
    query = select(f.id, f.run_id.label("run"), f.uri, f.kind, f.reason, f.at, f.tries, f.resolved)
    if run is not None:
        query = query.where(f.run_id == run)
    if not resolved:
        query = query.where(f.resolved.is_(None))
    rows = connection.execute(query.order_by(f.at.desc(), f.id.desc()).limit(limit + 1).offset(offset)).all()
    return Slice(tuple(FailureRow(**row._mapping) for row in rows[:limit]), limit, offset, len(rows) > limit)


def runs(connection: Connection, *, limit: int, offset: int) -> Slice[RunRow]:
    """Runs, the newest first."""
    columns = [c for c in t.runs.c if c.name != "process"]
    rows = connection.execute(select(*columns).order_by(t.runs.c.id.desc()).limit(limit + 1).offset(offset)).all()
    found = (RunRow(**{**row._mapping, "sources": tuple(json.loads(row.sources))}) for row in rows[:limit])
    return Slice(tuple(found), limit, offset, len(rows) > limit)


def totals(connection: Connection, outlets: int = 20) -> Totals:
    """How much the record holds."""
    p = t.pages.c

    def count(table: str) -> int:
        return int(connection.execute(select(func.count()).select_from(t.metadata.tables[table])).scalar() or 0)

    skipped = connection.execute(select(func.count()).select_from(t.pages).where(p.state == "skipped")).scalar() or 0
    failed = connection.execute(select(func.count()).select_from(t.failures).where(t.failures.c.resolved.is_(None))).scalar() or 0
    days = connection.execute(select(func.min(p.day), func.max(p.day))).one()
    often = func.count().label("often")
    by_outlet = connection.execute(
        select(p.outlet, often).where(p.outlet.is_not(None)).group_by(p.outlet).order_by(often.desc(), p.outlet).limit(outlets)
    )
    names = ("pages", "texts", "stories", "events", "reports", "actors", "findings")
    numbers = {name: count(name) for name in names}
    return Totals(
        **numbers, skipped=skipped, failures=failed, first_day=days[0], last_day=days[1],
        outlets=tuple((row[0], row[1]) for row in by_outlet),
    )  # fmt: skip
