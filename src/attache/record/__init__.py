"""The record: many dossiers in one database, each page once, asked by event.

::

    with attache.open_record("record.db") as record:
        record.ingest(["folder/"])
        for event in record.events(kind="meet", actor="Antony Blinken"):
            ...
"""

from __future__ import annotations

from pathlib import Path

from attache.record.accounts import FailureRow, JudgementRow, RunRow, RunState, Settled, Subject, Summary, Totals, Verdict
from attache.record.book import Record
from attache.record.filters import EventFilters, Order
from attache.record.rows import (
    ActorRow,
    EventDetail,
    EventRow,
    FindingRow,
    Hit,
    Life,
    LinkRow,
    MentionRow,
    OfficeRow,
    PageRow,
    PageState,
    ReportRow,
    StatusChange,
    StoryDetail,
    StoryRow,
)
from attache.record.slices import Slice

__all__ = [
    "ActorRow", "EventDetail", "EventFilters", "EventRow", "FailureRow", "FindingRow", "Hit", "JudgementRow", "Life", "LinkRow",
    "MentionRow", "OfficeRow", "Order", "PageRow", "PageState", "Record", "ReportRow", "RunRow", "RunState", "Settled", "Slice",
    "StatusChange", "StoryDetail", "StoryRow", "Subject", "Summary", "Totals", "Verdict", "open_record",
]  # fmt: skip


def open_record(place: str | Path, create: bool = True) -> Record:
    """Open a record, making it where there is none: a path (SQLite) or a ``postgresql://`` address (extra ``postgres``)."""
    return Record.open(str(place), create)
