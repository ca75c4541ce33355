"""A batch's progress on a terminal, and its summary anywhere."""

from __future__ import annotations

from collections.abc import Callable
from typing import IO

from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn, TimeRemainingColumn
from rich.table import Table

from attache.page import Meter
from attache.record import Summary
from attache.show.safe import console, printable


class Steps:
    """Shows how far each part of a work of several parts is; on a terminal only. Use it with ``with``."""

    def __init__(self, stream: IO[str]) -> None:
        columns = (
            TextColumn("{task.description}"),
            BarColumn(),
            TextColumn("{task.completed:,.0f} of {task.total:,.0f}"),
            TimeElapsedColumn(),
        )
        self._progress = Progress(*columns, console=console(stream), transient=True, disable=not stream.isatty())
        self._tasks: dict[str, TaskID] = {}

    def __enter__(self) -> Steps:
        self._progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._progress.stop()

    def show(self, what: str, done: int, whole: int) -> None:
        """So many of so many are done in this part."""
        if what not in self._tasks:
            self._tasks[what] = self._progress.add_task(what, total=whole)
        self._progress.update(self._tasks[what], completed=done)


class Bar:
    """Shows rate, time left and failures while a batch runs; on a terminal only. Use it with ``with``."""

    def __init__(self, stream: IO[str], meter: Meter, total: Callable[[], int]) -> None:
        self._stream, self._meter = stream, meter
        self._terminal = stream.isatty()
        self._progress: Progress | None = None
        self._task = TaskID(0)
        self._total = total

    def __enter__(self) -> Bar:
        if self._terminal:
            columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn(), TextColumn("left"), TimeRemainingColumn())
            self._progress = Progress(*columns, console=console(self._stream), transient=True, speed_estimate_period=120)
            self._task = self._progress.add_task("reading", total=self._total() or None)
            self._progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self._progress is not None:
            self._progress.stop()

    def show(self, summary: Summary, at: str) -> None:
        """The numbers so far, and the input at hand."""
        if self._progress is not None:
            done = summary.filed + summary.known + summary.skipped + summary.failed
            rate = done / summary.seconds if summary.seconds else 0.0
            failed = f", {summary.failed:,} failed" if summary.failed else ""
            self._progress.update(self._task, completed=self._meter.done, description=f"{done:,} pages, {rate:.1f} a second{failed}")

    def aside(self, say: Callable[[], None]) -> None:
        """Write something else without spoiling the bar."""
        if self._progress is not None:
            self._progress.stop()
        say()
        if self._progress is not None:
            self._progress.start()

    def summary(self, summary: Summary) -> None:
        """What became of the pages: a table on a terminal, a line elsewhere."""
        if not self._terminal:
            skipped = f"{summary.skipped} skipped, " if summary.skipped else ""
            self._stream.write(f"{summary.filed} filed, {summary.known} already there, {skipped}{summary.failed} failed\n")
            return
        table = Table(box=None, show_header=False, pad_edge=False)
        rows = (
            ("filed", summary.filed, f"{summary.copies:,} of them with a text read before" if summary.copies else ""),
            ("already there", summary.known, ""),
            ("skipped", summary.skipped, "the record says why" if summary.skipped else ""),
            ("failed", summary.failed, "`attache failures` lists them" if summary.failed else ""),
        )
        for name, count, remark in rows:
            table.add_row(name, f"{count:>12,}", printable(remark))
        done = summary.filed + summary.known + summary.skipped + summary.failed
        table.add_row("in all", f"{done:>12,}", f"in {summary.seconds:,.0f} s, {done / max(summary.seconds, 0.001):,.1f} a second")
        console(self._stream).print(table)
