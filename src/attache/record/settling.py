"""After filing: groups new pages into stories, merges reports into events, looks for disputes; each can be stopped and gone on with."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from attache.record import collating, grouping, merging

if TYPE_CHECKING:
    from attache.record.book import Record


def settle(record: Record, beat: Callable[[], object] = lambda: None) -> None:
    """Bring stories and events up to date with the pages, in short transactions."""
    for step in (grouping.group, merging.merge, collating.dispute):
        done = 1
        while done:
            with record.writing() as connection:
                done = step(connection)
            beat()
