"""Files the pages of sources: reads what is new, passes over what is known, and keeps each as soon as it is done.

One process, this one, opens the sources and writes the record; reader processes do the reading. Pages are written in short
transactions, each wholly or not at all, so that a kill loses at most the pages of the last second, which the next run reads again.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from attache.errors import SourceError
from attache.page import Columns, Item, Meter, open_items
from attache.record.accounts import RunState, Summary
from attache.record.readers import Readers
from attache.record.renewing import demand_current
from attache.record.running import Progress, Run
from attache.record.worker import Setup

if TYPE_CHECKING:
    from attache.record.book import Record


@dataclass(frozen=True)
class Options:
    """How an ingest works. `seconds` and `megabytes` limit the reading of one page; `everything` reads also what seems beside
    the point; `reader` names another way to read (``module:factory``, see `worker.Setup`)."""

    workers: int = 0
    seconds: float = 120.0
    megabytes: int = 2_000
    columns: Columns = Columns()
    everything: bool = False
    meter: Meter | None = None
    reader: str | None = None
    settle: bool = True
    """Whether to group stories and merge events at the end; another call of ingest does it later otherwise."""


_PLAIN = Options()


def ingest(
    record: Record, sources: Iterable[str], published: str | date | None, pipeline: str | None,
    on_error: Callable[[SourceError], None] | None, progress: Progress | None, options: Options | None,
) -> Summary:  # fmt: skip
    """See `Record.ingest`."""
    names, wanted = [_absolute(str(s)) for s in sources], options or _PLAIN
    return file_items(record, open_items(names, wanted.columns, meter=wanted.meter), names, published, pipeline, on_error, progress, wanted)


def file_items(
    record: Record, items: Iterable[Item | SourceError], names: list[str], published: str | date | None, pipeline: str | None,
    on_error: Callable[[SourceError], None] | None, progress: Progress | None, options: Options,
) -> Summary:  # fmt: skip
    """The same for pages that are opened already."""
    with record.reading() as connection:
        demand_current(connection, record.place)
    day = published.isoformat() if isinstance(published, date) else published
    setup = Setup(record.place, day, pipeline, options.reader, options.everything, options.megabytes)
    run = Run(record, names, on_error, progress, settles=options.settle)
    try:
        with Readers(setup, options.workers or _workers(), options.seconds) as readers:
            run.through(iter(items), readers)
        if options.settle:
            run.settle()
    except BaseException as error:
        # What was filed stays; the run says how it ended, where the record can still be written.
        state: RunState = "interrupted" if isinstance(error, KeyboardInterrupt | GeneratorExit) else "failed"
        run.end(state, "" if state == "interrupted" else f"{type(error).__name__}: {error}")
        raise
    run.end("done", None)
    return run.summary


def _workers() -> int:
    return max(1, len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1)


def _absolute(source: str) -> str:
    """A path that means the same from every folder, so that a page is known again."""
    if source == "-" or "://" in source[:20]:
        return source
    try:
        return str(Path(source).absolute())
    except (OSError, ValueError):
        return source
