"""Loads what a cluster has read into a record, in short transactions, and groups and merges it there."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any

from attache.cluster.reading import daft_library
from attache.dossier import Dossier
from attache.record import filing
from attache.record.settling import settle
from attache.record.sheet import Sheet, sheet_of

if TYPE_CHECKING:
    from attache.record import Record

BATCH = 200


def load(record: Record, source: str) -> tuple[int, list[tuple[str, str]]]:
    """File the pages of a folder that `read_table` wrote; how many were new, and the pages that could not be read with their reasons.

    It may be stopped and started again: a page that is in the record is passed over.
    """
    failed: list[tuple[str, str]] = []
    filed, sheets = 0, _sheets(source, failed)
    while batch := list(islice(sheets, BATCH)):
        with record.writing() as connection:
            filed += sum(filing.file_sheet(connection, sheet) is not None for sheet in batch)
    settle(record)
    return filed, failed


def _sheets(source: str, failed: list[tuple[str, str]]) -> Iterator[Sheet]:
    for row in daft_library().read_parquet(source.rstrip("/") + "/*.parquet").iter_rows():
        page: dict[str, Any] = json.loads(row["page"])
        if "error" in page:
            failed.append((page["uri"], page["error"]))
            continue
        dossier, body = Dossier.model_validate(page["dossier"]), page["body"].encode("utf-8", "surrogatepass")
        yield sheet_of(
            dossier, body, url=page["url"], skipped=page.get("skipped"), **({"reading": page["reading"]} if "reading" in page else {})
        )
