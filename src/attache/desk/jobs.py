"""Reads what was handed in, one job after the other in the background, and files it; its progress can be watched."""

from __future__ import annotations

import dataclasses
import hashlib
import secrets
import tempfile
import threading
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from attache._read import Reader
from attache.desk.settings import Settings
from attache.desk.veil import plain, shown
from attache.errors import AttacheError, SourceError, UsageError
from attache.page import Page, open_sources
from attache.record import Record

_KEPT = 50
_WAITING = 20
_NAME = 120


@dataclass(frozen=True)
class Upload:
    """Something handed in: bytes under a name, or (`data` None) an address to be fetched."""

    name: str
    data: bytes | None = None


@dataclass(frozen=True)
class Outcome:
    """What became of one page: its id in the record, or why not."""

    uri: str
    page: int | None
    title: str | None
    known: bool = False
    error: str | None = None


@dataclass
class Job:
    """One handing-in. It is `waiting`, `reading`, `done` or `failed`."""

    id: str
    names: tuple[str, ...]
    state: Literal["waiting", "reading", "done", "failed"] = "waiting"
    at: str = ""
    outcomes: list[Outcome] = field(default_factory=list)


class Jobs:
    """The jobs of a desk. The last fifty are remembered; what they filed is in the record."""

    def __init__(self, record: Record, settings: Settings) -> None:
        self._record = record
        self._settings = settings
        self._jobs: OrderedDict[str, Job] = OrderedDict()
        self._lock = threading.Lock()
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="attache-reading")

    def add(self, uploads: Sequence[Upload], published: str | None) -> Job:
        """Put a job in line; `UsageError` where too many wait already."""
        with self._lock:
            if sum(job.state in ("waiting", "reading") for job in self._jobs.values()) >= _WAITING:
                raise UsageError(f"{_WAITING} jobs are waiting; try again when some are done")
            job = Job(secrets.token_hex(8), tuple(_tidy(one.name) for one in uploads))
            self._jobs[job.id] = job
            while len(self._jobs) > _KEPT:
                self._jobs.popitem(last=False)
        self._pool.submit(self._work, job, tuple(uploads), published)
        return job

    def get(self, key: str) -> Job | None:
        """A job by its id."""
        with self._lock:
            return self._jobs.get(key)

    def close(self) -> None:
        """End after the page at hand."""
        self._pool.shutdown(wait=True, cancel_futures=True)

    def _work(self, job: Job, uploads: Sequence[Upload], published: str | None) -> None:
        job.state = "reading"
        try:
            reader = Reader(None, published)
            for upload in uploads:
                job.at = _tidy(upload.name)
                for page in self._pages(upload):
                    job.outcomes.append(self._file(reader, page, upload.data))
            job.state = "done"
        except AttacheError as error:
            job.outcomes.append(Outcome(job.at, None, None, error=plain(str(error))))
            job.state = "failed"
        except Exception:  # a job must end in words, whatever a page did to its reader
            job.outcomes.append(Outcome(job.at, None, None, error="the page could not be read: an error inside attache"))
            job.state = "failed"
        job.at = ""

    def _pages(self, upload: Upload) -> Iterator[Page | SourceError]:
        if upload.data is None:
            yield from open_sources([upload.name], allow_private=self._settings.allow_private)
            return
        with _as_file(upload) as path:
            for page in open_sources([str(path)]):
                yield page if isinstance(page, SourceError) else _renamed(page, upload)

    def _file(self, reader: Reader, page: Page | SourceError, data: bytes | None) -> Outcome:
        read = reader.read(page)
        if isinstance(read, SourceError):
            return Outcome(shown(read.uri), None, None, error=plain(str(read)))
        whole = data is not None and hashlib.sha256(data).hexdigest() == read.source.sha256
        filed = self._record.file(read, data if whole else None)
        row = self._record.page(read.source.sha256)
        return Outcome(shown(read.source.uri), row.id if row else None, read.title, known=not filed)


@contextmanager
def _as_file(upload: Upload) -> Iterator[Path]:
    """The bytes in a file of their own, so that every form the command line reads is read here, under the same limits."""
    with tempfile.TemporaryDirectory(prefix="attache-") as folder:
        path = Path(folder) / (_tidy(upload.name) or "page.txt")
        path.write_bytes(upload.data or b"")
        yield path


def _renamed(page: Page, upload: Upload) -> Page:
    """The page under the name it was handed in with, not the file it lay in for a moment."""
    _, mark, inside = page.source.uri.rpartition("#")
    uri = _tidy(upload.name) + (f"#{inside}" if mark else "")
    return dataclasses.replace(page, source=page.source.model_copy(update={"uri": uri}))


def _tidy(name: str) -> str:
    """A name without folders and control characters; addresses stay as they are."""
    if name.startswith(("http://", "https://")):
        return name
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    return "".join(c for c in last if c.isprintable()).strip(" .")[-_NAME:]
