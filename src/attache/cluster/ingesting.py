"""``attache ingest --runner``: tables read with Daft, here or on a Ray cluster, then filed in the record as one run."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import replace
from importlib.metadata import version
from typing import TYPE_CHECKING

from attache.cluster.loading import filed_from
from attache.cluster.reading import read_table
from attache.errors import SourceError, UsageError
from attache.page import Columns
from attache.record import runs
from attache.record.accounts import RunState, Summary
from attache.record.renewing import demand_current
from attache.record.settling import settle

if TYPE_CHECKING:
    from attache.record import Record


def ingest_tables(
    record: Record, sources: Sequence[str], runner: str, *, tables: str | None = None, columns: Columns | None = None,
    pipeline: str | None = None, everything: bool = False, on_error: Callable[[SourceError], object] = lambda error: None,
) -> Summary:  # fmt: skip
    """Read Parquet, CSV or JSON-lines files and file their pages; the same record as `Record.ingest` makes of them.

    `runner`: ``local``, ``ray`` for the cluster found, or its address ``ray://HOST:PORT``. `tables`: a folder for what was read, one below
    it for each source, on any path that Daft opens; a cluster needs one that all its machines and this one reach, and only ``local`` may
    leave it out. `UsageError` names what is wrong with the call or which package is missing.
    """
    remote = where(runner)
    if remote and tables is None:
        raise UsageError(f"--runner {runner} needs --tables: a folder that the machines of the cluster and this one reach, such as s3://…")
    with record.reading() as connection:
        demand_current(connection, record.place)
    with ExitStack() as closing:
        folder = tables or closing.enter_context(tempfile.TemporaryDirectory(prefix="attache-"))
        start = time.monotonic()
        with record.writing() as connection:
            summary = Summary(run=runs.begin_run(connection, list(sources), version("attache")))
        state: RunState = "failed"
        message: str | None = None
        try:
            for number, source in enumerate(sources):
                target = f"{folder.rstrip('/')}/{number:04}"
                read_table(source, target, columns=columns, runner=remote, pipeline=pipeline, everything=everything)
                remote = None  # Daft is told once a process.
                summary = filed_from(record, target, summary, on_error)
            settle(record)
            state = "done"
        except BaseException as error:
            state, message = ("interrupted" if isinstance(error, KeyboardInterrupt) else "failed"), f"{type(error).__name__}: {error}"[:500]
            raise
        finally:
            counts = {name: getattr(summary, name) for name in ("filed", "copies", "known", "skipped", "failed")}
            with record.writing() as connection:
                runs.note_run(connection, summary.run, counts, state, message)
    return replace(summary, seconds=time.monotonic() - start)


def where(runner: str) -> str | None:
    """What `read_table` is told for the value of ``--runner``."""
    if runner == "local":
        return None
    if runner == "ray" or runner.startswith("ray://"):
        return runner
    raise UsageError(f"{runner!r} is no runner; give local, ray, or the address of a Ray cluster, ray://HOST:10001")
