"""Rows of a Parquet file, read in a process of its own.

A Parquet file says itself how much memory its columns need and how they are packed, and the library believes it: a damaged or
lying file can end the process that reads it. So that process is not the one that reads the batch.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import IO

from attache.errors import SourceError, SourceTooLarge, SourceUnreadable
from attache.page.columns import Columns, found_columns, plain
from attache.page.limits import MAX_BYTES, TABLE_MEGABYTES, TABLE_SECONDS

_ROWS = 256
_PROGRAM = "from attache.page.parquet import main; main()"


def rows_of(path: Path, uri: str, columns: Columns) -> Iterator[dict[str, str | None]]:
    """The rows of a file, each as the parts of a page (`columns.PARTS`) that it has; raises a `SourceError` where it cannot go on."""
    given = json.dumps({"path": str(path), "uri": uri, "columns": asdict(columns)})
    # polars would start a thread a processor, each with an address space of its own.
    environment = {**os.environ, "POLARS_MAX_THREADS": "2"}
    command = [sys.executable, "-c", _PROGRAM, given]
    nothing = subprocess.DEVNULL
    process = subprocess.Popen(command, stdin=nothing, stdout=subprocess.PIPE, stderr=nothing, env=environment)
    watch = _Watch(process)
    try:
        assert process.stdout is not None
        while line := watch.line(process.stdout):
            answer = json.loads(line)
            if "end" in answer:
                return
            if "error" in answer:
                kind = SourceTooLarge if answer.get("large") else SourceUnreadable
                raise kind(answer["error"])
            yield answer["row"]
        if watch.late:
            raise SourceTooLarge(f"{uri}: nothing came of it for {TABLE_SECONDS:g} seconds, so it was given up")
        raise SourceUnreadable(f"{uri}: a damaged Parquet file: the process that read it died (status {process.wait()})")
    finally:
        watch.end()


class _Watch:
    """Ends a process that lets its reader wait too long; time that the reader spends elsewhere does not count."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self._process, self._since, self._over = process, 0.0, threading.Event()
        self.late = False
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def line(self, stream: IO[bytes]) -> bytes:
        """The next line; empty where there is none."""
        self._since = time.monotonic()
        try:
            return stream.readline()
        finally:
            self._since = 0.0

    def end(self) -> None:
        """End the process and the watch."""
        self._over.set()
        self._process.kill()
        self._process.wait()
        if self._process.stdout is not None:
            self._process.stdout.close()
        self._thread.join()

    def _look(self) -> None:
        while not self._over.wait(0.5):
            since = self._since
            if since and time.monotonic() - since > TABLE_SECONDS:
                self.late = True
                self._process.kill()


def table_rows(path: Path, uri: str, columns: Columns) -> Iterator[dict[str, str | None]]:
    """The same in this process (extra ``tables``), in batches of the named columns only."""
    try:
        import polars
    except ImportError as error:
        raise SourceUnreadable("Parquet needs the package polars: pip install 'attache[tables]'") from error
    frame = polars.scan_parquet(path)
    names = found_columns(frame.collect_schema().names(), columns, uri)
    for batch in frame.select(list(dict.fromkeys(names.values()))).collect_batches(chunk_size=_ROWS, lazy=True, engine="streaming"):
        for row in batch.iter_rows(named=True):
            yield {part: plain(row[column]) for part, column in names.items()}


def main() -> None:
    """Speak over standard output, a line of JSON a row; whatever happens is told in the last line, if there is time."""
    given = json.loads(sys.argv[1])
    outward = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    _limit()

    def say(answer: object) -> None:
        outward.write(json.dumps(answer) + "\n")

    try:
        for row in table_rows(Path(given["path"]), given["uri"], Columns(**given["columns"])):
            if sum(len(value or "") for value in row.values()) > MAX_BYTES:
                raise SourceTooLarge(f"{given['uri']}: a row of more than {MAX_BYTES // 1_000_000} MB; the rest of the file is left out")
            say({"row": row})
        say({"end": True})
    except SourceError as error:
        say({"error": str(error), "large": isinstance(error, SourceTooLarge)})
    except BaseException as error:  # a panic of the library is no Exception
        said = " ".join(str(error).split())[:200] or type(error).__name__
        say({"error": f"{given['uri']}: a damaged Parquet file ({said})", "large": isinstance(error, MemoryError)})
    outward.flush()


def _limit() -> None:
    """Let the process take so much address space and no more, where the system can limit that."""
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (TABLE_MEGABYTES * 1_000_000, resource.RLIM_INFINITY))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    except (ImportError, OSError, ValueError):
        return
