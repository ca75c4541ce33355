"""Reader processes: pages go in, what became of them comes out; one that crashes or hangs costs its page only."""

from __future__ import annotations

import os
import pickle
import queue
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import IO, Any

from attache.errors import PipelineError, SourceError, SourceTooLarge, SourceUnreadable
from attache.page import Item
from attache.record.worker import Done, Setup

PAGES = 2_000
"""After so many pages a reader process is replaced: the words that spaCy has seen are never forgotten, and memory must stay flat."""
START_SECONDS = 300.0
_TRIES = 2
_STARTS = 5
_PROGRAM = "import sys{without}; from attache.record.worker import main; main()"
# spaCy imports torch wherever it is installed, which takes seconds; only other pipelines than attache's own need it.
_NO_TORCH = "; sys.modules['torch'] = None"


@dataclass
class Task:
    """A page to read, and what is told of it later."""

    item: Item
    tries: int = 0
    note: Any = None


@dataclass
class Answer:
    """What became of a task."""

    task: Task
    result: Done | SourceError


class Readers:
    """Some reader processes, each spoken to by a thread; use it with ``with``."""

    def __init__(self, setup: Setup, count: int, seconds: float) -> None:
        self.room = 3 * count
        self._tasks: queue.Queue[Task | None] = queue.Queue()
        self._answers: queue.Queue[Answer | BaseException] = queue.Queue()
        self._waiting = 0
        self._processes = [_Process(setup, seconds) for _ in range(count)]
        self._threads = [threading.Thread(target=self._work, args=(process,), daemon=True) for process in self._processes]

    def __enter__(self) -> Readers:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        for _process in self._processes:
            self._tasks.put(None)
        for process in self._processes:
            process.stop()

    def full(self) -> bool:
        """Whether as many pages are under way as the processes can take."""
        return self._waiting >= self.room

    def waiting(self) -> bool:
        """Whether any page is under way."""
        return self._waiting > 0

    def give(self, task: Task) -> None:
        """Hand a page in."""
        self._waiting += 1
        self._tasks.put(task)

    def answers(self, seconds: float) -> Iterator[Answer]:
        """What is done: waits for the first so long at most, then takes what else is there."""
        try:
            found = self._answers.get(timeout=seconds) if seconds else self._answers.get_nowait()
            while True:
                if isinstance(found, BaseException):
                    raise found
                self._waiting -= 1
                yield found
                found = self._answers.get_nowait()
        except queue.Empty:
            return

    def _work(self, process: _Process) -> None:
        try:
            while (task := self._tasks.get()) is not None and not process.stopped:
                task.tries += 1
                result = process.read(task.item)
                if isinstance(result, _Died) and task.tries < _TRIES:
                    # It may have been killed for no fault of the page's: another process gets a try.
                    self._tasks.put(task)
                    continue
                self._answers.put(Answer(task, result.error if isinstance(result, _Died) else result))
        except BaseException as error:
            self._answers.put(error)
        finally:
            process.stop()


@dataclass
class _Died:
    """The process ended while it read."""

    error: SourceError


@dataclass
class _Process:
    """One reader process, started when it is needed."""

    setup: Setup
    seconds: float
    _process: subprocess.Popen[bytes] | None = None
    _errors: IO[bytes] | None = None
    _done: int = 0
    stopped: bool = False
    _late: threading.Event = field(default_factory=threading.Event)

    def read(self, item: Item) -> Done | SourceError | _Died:
        """What became of a page; never longer than its time."""
        if self._done >= PAGES:
            self._end()
        if self._process is None:
            self._start()
        answer = self._ask(item, self.seconds)
        self._done += 1
        if answer is not None:
            return answer  # type: ignore[no-any-return]
        code, said = self._end()
        if self._late.is_set():
            return SourceTooLarge(f"{item.uri}: not read within {self.seconds:g} seconds, so it was given up")
        reason = f"signal {-code}" if code < 0 else f"status {code}"
        return _Died(SourceUnreadable(f"{item.uri}: the process that read it died ({reason}{': ' + said if said else ''})"))

    def stop(self) -> None:
        """End the process for good."""
        self.stopped = True
        self._end()

    def _start(self) -> None:
        for left in reversed(range(_STARTS)):
            said = self._started()
            if said is None:
                return
            if not left or self.stopped:
                raise PipelineError(f"a reader process does not start{': ' + said if said else ''}")

    def _started(self) -> str | None:
        """None once a process runs; else the last it said."""
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115 (closed with the process)
        environment = {**os.environ, "ATTACHE_THREADS": "1", "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
        program = _PROGRAM.format(without="" if self.setup.pipeline else _NO_TORCH)
        self._process = subprocess.Popen(
            [sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self._errors, env=environment,
            start_new_session=True,
        )  # fmt: skip
        self._done = 0
        if self._ask(self.setup, START_SECONDS) == "ready":
            return None
        return self._end()[1]

    def _ask(self, message: object, seconds: float) -> Any:
        """The answer to a message; None where the process ended, by itself or because its time was over."""
        process = self._process
        assert process is not None and process.stdin is not None and process.stdout is not None
        self._late.clear()
        alarm = threading.Timer(seconds, self._too_late, (process,))
        alarm.daemon = True
        alarm.start()
        try:
            pickle.dump(message, process.stdin, protocol=pickle.HIGHEST_PROTOCOL)
            process.stdin.flush()
            return pickle.load(process.stdout)
        except (OSError, EOFError, pickle.UnpicklingError, ValueError):
            return None
        finally:
            alarm.cancel()

    def _too_late(self, process: subprocess.Popen[bytes]) -> None:
        self._late.set()
        process.kill()

    def _end(self) -> tuple[int, str]:
        """Kill the process; its status, and the last line it wrote to standard error."""
        process, self._process = self._process, None
        if process is None:
            return 0, ""
        process.kill()
        code = process.wait()
        for stream in (process.stdin, process.stdout):
            with suppress(OSError):
                if stream is not None:
                    stream.close()
        said = ""
        if self._errors is not None:
            with suppress(OSError, ValueError):
                self._errors.seek(0, os.SEEK_END)
                self._errors.seek(max(0, self._errors.tell() - 2_000))
                lines = self._errors.read().decode("utf-8", "replace").split("\n")
                said = next((line.strip()[:200] for line in reversed(lines) if line.strip()), "")
            self._errors.close()
        return code, said
