"""Files the pages of sources: reads what is new, passes over what is known, and keeps each as soon as it is done."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version
from typing import TYPE_CHECKING

from attache.errors import SourceError
from attache.record import filing, merging, runs
from attache.record.accounts import Summary

if TYPE_CHECKING:
    from attache.record.book import Record


@dataclass(frozen=True)
class Options:
    """How an ingest works: reader processes, and the limits of one page."""

    workers: int = 2
    page_seconds: float = 120.0
    page_megabytes: int = 2_000
    text_column: str | None = None
    date_column: str | None = None
    url_column: str | None = None
    title_column: str | None = None


Progress = Callable[[Summary, str], None]
"""Called now and then with the numbers so far and the input at hand."""


def ingest(
    record: Record, sources: Iterable[str], published: str | date | None, pipeline: str | None,
    on_error: Callable[[SourceError], None] | None, progress: Progress | None, options: Options | None,
) -> Summary:  # fmt: skip
    """See `Record.ingest`."""
    from attache._read import Reader

    started, reader, names = time.monotonic(), Reader(pipeline, published), [str(s) for s in sources]
    filed = known = failed = 0
    with record.writing() as connection:
        run = runs.begin_run(connection, names, version("attache"))
    for page in reader.pages(names):
        if not isinstance(page, SourceError) and record.has(page.source.sha256, page.source.uri):
            known += 1
            continue
        result = reader.read(page)
        with record.writing() as connection:
            if isinstance(result, SourceError):
                failed += 1
                runs.note_failure(connection, run, result.uri, None, type(result).__name__, str(result))
                if on_error:
                    on_error(result)
            else:
                filed += filing.file_page(connection, filing.Filed(result), run) is not None
    with record.writing() as connection:
        while merging.merge(connection):
            pass
        runs.note_run(connection, run, {"filed": filed, "known": known, "failed": failed}, "done")
    return Summary(filed, known, failed, run=run, seconds=time.monotonic() - started)
