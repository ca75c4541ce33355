"""After filing: groups new pages into stories, then merges reports into events; both can be stopped and gone on with."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from attache.record import merging

if TYPE_CHECKING:
    from attache.record.book import Record


def settle(record: Record, beat: Callable[[], object] = lambda: None) -> None:
    """Bring stories and events up to date with the pages, in short transactions."""
    while True:
        with record.writing() as connection:
            done = merging.merge(connection)
        beat()
        if not done:
            return
