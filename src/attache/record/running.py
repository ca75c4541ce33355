"""One run of ingest: pages on their way from the sources through the readers into the record."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection
from sqlalchemy.exc import DataError, IntegrityError, InterfaceError

from attache.errors import AttacheError, RecordError, SourceError
from attache.page import Item
from attache.record import filing, runs, settling
from attache.record.accounts import RunState, Summary
from attache.record.readers import Answer, Readers, Task
from attache.record.store import reason_of
from attache.record.worker import Done

if TYPE_CHECKING:
    from attache.record.book import Record

KEEP_SECONDS = 1.0
"""How often what is done is written for good."""
KEEP_PAGES = 200
SETTLE_PAGES = 2_000
"""After so many pages stories and events are brought up to date, so that a long run can be asked while it goes on."""
LOCK_TRIES = 5
"""How often half a minute is waited for another program that holds the record."""
Progress = Callable[[Summary, str], None]
"""Called now and then with the numbers so far and the input at hand."""


@dataclass
class Run:
    """One run: what is on its way into the record, and what became of the rest."""

    record: Record
    names: list[str]
    on_error: Callable[[SourceError], None] | None
    progress: Progress | None
    summary: Summary = Summary()
    settles: bool = True
    _started: float = field(default_factory=time.monotonic)
    _kept: float = field(default_factory=time.monotonic)
    _waiting: list[Answer] = field(default_factory=list)
    _failed: list[tuple[SourceError, str]] = field(default_factory=list)
    _unsettled: int = 0
    _under_way: set[tuple[str, str]] = field(default_factory=set)

    def __post_init__(self) -> None:
        with self.record.writing() as connection:
            self.summary = replace(self.summary, run=runs.begin_run(connection, self.names, version("attache")))

    def through(self, items: Iterator[Item | SourceError], readers: Readers) -> None:
        """Have every item read and filed."""
        more = True
        with ExitStack() as closing:
            looking = closing.enter_context(self.record.reading())
            while more or readers.waiting():
                while more and not readers.full():
                    more = self._next(items, readers, looking)
                # The read transaction is closed, or the record's log could never be cleared.
                looking.rollback()
                for answer in readers.answers(0.2 if readers.full() or not more else 0.0):
                    self._take(answer)
                if self._due():
                    self.keep()
                if self.settles and self._unsettled >= SETTLE_PAGES:
                    self.settle()
        self.keep()

    def _next(self, items: Iterator[Item | SourceError], readers: Readers, looking: Connection) -> bool:
        """Look at one more item; False where there is none."""
        item = next(items, None)
        if item is None:
            return False
        if isinstance(item, SourceError):
            self._fail(item, "")
        else:
            key = (item.sha256, item.uri)
            if key in self._under_way or filing.known(looking, *key):
                self._count("known")
            else:
                self._under_way.add(key)
                readers.give(Task(item, note=key))
        if self._due():
            self.keep()
        return True

    def _take(self, answer: Answer) -> None:
        if isinstance(answer.result, SourceError):
            self._under_way.discard(answer.task.note)
            self._fail(answer.result, answer.task.note[0], answer.task.item.uri)
        else:
            self._waiting.append(answer)

    def _fail(self, error: SourceError, sha256: str, uri: str = "") -> None:
        error.uri = error.uri or uri
        self._failed.append((error, sha256))
        self._count("failed")
        if self.on_error:
            self.on_error(error)

    def _count(self, name: str) -> None:
        self.summary = replace(self.summary, **{name: getattr(self.summary, name) + 1}, seconds=time.monotonic() - self._started)

    def _due(self) -> bool:
        return len(self._waiting) >= KEEP_PAGES or time.monotonic() - self._kept >= KEEP_SECONDS

    def keep(self) -> None:
        """Write what is done for good; where another program holds the record, wait for it."""
        self._kept = time.monotonic()
        for left in reversed(range(LOCK_TRIES)):
            try:
                counted = self._write()
                break
            except RecordError as error:
                if not left or "locked" not in str(error):
                    raise
        self.summary = counted
        self._unsettled += len(self._waiting)
        last = self._waiting[-1].task.item.uri if self._waiting else ""
        for answer in self._waiting:
            self._under_way.discard(answer.task.note)
        self._waiting.clear()
        self._failed.clear()
        if self.progress:
            self.progress(self.summary, last)

    def _write(self) -> Summary:
        """One transaction with all that waits; the numbers as they are after it."""
        before = self.summary
        try:
            with self.record.writing() as connection:
                for answer in self._waiting:
                    self._file(connection, answer)
                for error, sha256 in self._failed:
                    runs.note_failure(connection, self.summary.run, error.uri, sha256, type(error).__name__, str(error))
                runs.note_run(connection, self.summary.run, self._numbers())
            return self.summary
        finally:
            # Only what was committed counts: the caller takes the new numbers over.
            self.summary = before

    def _file(self, connection: Connection, answer: Answer) -> None:
        done, uri = answer.result, answer.task.item.uri
        assert isinstance(done, Done)
        try:
            with connection.begin_nested():
                filed = filing.file_sheet(connection, done.sheet, self.summary.run)
        except (IntegrityError, DataError, InterfaceError) as error:
            # A page that the tables refuse must not take its neighbours with it.
            told = SourceError(f"{uri}: cannot be filed ({reason_of(error)})")
            runs.note_failure(connection, self.summary.run, uri, answer.task.note[0], "SourceError", str(told))
            self._count("failed")
            if self.on_error:
                self.on_error(told)
            return
        if filed is None:
            # Another run filed it meanwhile.
            self._count("known")
            return
        self._count("skipped" if done.sheet.page["state"] == "skipped" else "filed")
        if done.copy:
            self._count("copies")

    def settle(self) -> None:
        """Group the new pages into stories and merge their events."""
        self._unsettled = 0
        settling.settle(self.record, lambda: self.progress and self.progress(self.summary, "stories and events"))

    def end(self, state: RunState, message: str | None) -> None:
        """Write down how the run ended; what could not be kept before is tried once more."""
        self.progress = None
        try:
            if state != "done":
                self.keep()
            with self.record.writing() as connection:
                runs.note_run(connection, self.summary.run, self._numbers(), state, message)
        except AttacheError as error:
            if state == "done":
                raise RecordError(str(error)) from error

    def _numbers(self) -> dict[str, Any]:
        s = self.summary
        return {"filed": s.filed, "copies": s.copies, "known": s.known, "skipped": s.skipped, "failed": s.failed}
