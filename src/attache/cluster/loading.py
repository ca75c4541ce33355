"""Loads what a cluster has read into a record, in short transactions, and groups and merges it there."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING, Any

from attache.cluster.reading import daft_library, written_files
from attache.dossier import Dossier
from attache.errors import SourceError
from attache.record import filing, runs
from attache.record.accounts import Summary
from attache.record.renewing import demand_current
from attache.record.settling import settle
from attache.record.sheet import Sheet, sheet_of

if TYPE_CHECKING:
    from attache.record import Record

BATCH = 200


def load(record: Record, source: str) -> tuple[int, list[tuple[str, str]]]:
    """File the pages of a folder that `read_table` wrote; how many were new, and the pages that could not be read with their reasons.

    It may be stopped and started again: a page that is in the record is passed over.
    """
    with record.reading() as connection:
        demand_current(connection, record.place)
    failed: list[tuple[str, str]] = []
    summary = filed_from(record, source, Summary(), lambda error: failed.append((error.uri, str(error))))
    settle(record)
    return summary.filed + summary.skipped, failed


def filed_from(record: Record, source: str, summary: Summary, on_error: Callable[[SourceError], object]) -> Summary:
    """File the pages of such a folder as part of a run (none where `summary.run` is 0); the numbers after it. Nothing is grouped yet."""
    rows, counts = _rows(source), Counter(filed=summary.filed, known=summary.known, skipped=summary.skipped, failed=summary.failed)
    while batch := list(islice(rows, BATCH)):
        with record.writing() as connection:
            for found in batch:
                if isinstance(found, SourceError):
                    counts["failed"] += 1
                    if summary.run:
                        runs.note_failure(connection, summary.run, found.uri, "", type(found).__name__, str(found))
                elif filing.file_sheet(connection, found, summary.run or None) is None:
                    counts["known"] += 1
                else:
                    counts["skipped" if found.page["state"] == "skipped" else "filed"] += 1
            if summary.run:
                runs.note_run(connection, summary.run, counts)
        for found in batch:
            if isinstance(found, SourceError):
                on_error(found)
    return replace(summary, **counts)


def _rows(source: str) -> Iterator[Sheet | SourceError]:
    for row in daft_library().read_parquet(written_files(source)).iter_rows():
        page: dict[str, Any] = json.loads(row["page"])
        if "error" in page:
            error = SourceError(page["error"])
            error.uri = page["uri"]
            yield error
            continue
        dossier, body = Dossier.model_validate(page["dossier"]), page["body"].encode("utf-8", "surrogatepass")
        yield sheet_of(
            dossier, body, url=page["url"], skipped=page.get("skipped"), **({"reading": page["reading"]} if "reading" in page else {})
        )
