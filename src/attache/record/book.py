"""Filing dossiers in the record, and asking it."""

from __future__ import annotations

import sqlite3
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from types import TracebackType

from attache.dossier import Dossier, Event
from attache.errors import SourceError

_EVENTS = """
SELECT e.start AS day, e."end" AS until, e.status, e.kind, e.source AS who, e.target AS whom, e.about, e.place, e.country,
       e.words, p.uri AS page, e.sha256, e.id
FROM events e JOIN pages p USING (sha256)
"""


@dataclass(frozen=True)
class Summary:
    """What became of a run's pages."""

    filed: int
    known: int
    failed: int


@dataclass(frozen=True)
class PageRow:
    """One page in a list."""

    sha256: str
    uri: str
    title: str | None
    day: str | None
    reliability: float
    events: int
    findings: int


class Record:
    """An open record; use it with ``with``."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._connection.row_factory = sqlite3.Row

    def __enter__(self) -> Record:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def ingest(
        self, sources: Iterable[str], published: str | date | None = None, pipeline: str | None = None,
        on_error: Callable[[SourceError], None] | None = None,
    ) -> Summary:  # fmt: skip
        """Read and file every page that is not in the record; each page is kept as soon as it is done."""
        from attache._read import Reader

        reader = Reader(pipeline, published)
        filed = known = failed = 0
        for page in reader.pages(sources):
            if not isinstance(page, SourceError) and self.has(page.source.sha256):
                known += 1
                continue
            result = reader.read(page)
            if isinstance(result, SourceError):
                failed += 1
                if on_error:
                    on_error(result)
            else:
                filed += self.file(result)
        return Summary(filed, known, failed)

    def has(self, sha256: str) -> bool:
        """Whether a page of these bytes is in the record."""
        return self._connection.execute("SELECT 1 FROM pages WHERE sha256 = ?", (sha256,)).fetchone() is not None

    def file(self, dossier: Dossier) -> bool:
        """File one dossier, wholly or not at all; False where its page is in the record already."""
        key = dossier.source.sha256
        if self.has(key):
            return False
        day = dossier.date.published or dossier.date.best
        page = (key, dossier.source.uri, dossier.title, day, dossier.language, dossier.reliability, dossier.model_dump_json())
        with self._connection as db:
            db.execute("INSERT INTO pages VALUES (?, ?, ?, ?, ?, ?, ?)", page)
            actors = [(key, a.id, a.name, fold(a.name), a.kind, len(a.mentions)) for a in dossier.actors]
            db.executemany("INSERT OR IGNORE INTO actors VALUES (?, ?, ?, ?, ?, ?)", actors)
            db.executemany(f"INSERT INTO events VALUES ({', '.join('?' * 13)})", [_event(dossier, e) for e in dossier.events])
            db.executemany("INSERT INTO parties VALUES (?, ?, ?, ?)", [p for e in dossier.events for p in _parties(key, e)])
            findings = [(key, f.kind, f.severity, f.text, f.reading, f.message) for f in dossier.findings]
            db.executemany("INSERT INTO findings VALUES (?, ?, ?, ?, ?, ?)", findings)
        return True

    def pages(self, limit: int = 1000, offset: int = 0) -> list[PageRow]:
        """The pages, newest day first."""
        rows = self._connection.execute(
            "SELECT sha256, uri, title, day, reliability, (SELECT count(*) FROM events e WHERE e.sha256 = p.sha256) AS events,"
            " (SELECT count(*) FROM findings f WHERE f.sha256 = p.sha256) AS findings"
            " FROM pages p ORDER BY day IS NULL, day DESC, uri, sha256 LIMIT ? OFFSET ?",
            (limit, offset),
        )
        return [PageRow(**dict(row)) for row in rows]

    def dossier(self, sha256: str) -> Dossier | None:
        """The dossier of one page."""
        row = self._connection.execute("SELECT dossier FROM pages WHERE sha256 = ?", (sha256,)).fetchone()
        return Dossier.model_validate_json(row["dossier"]) if row else None

    def events(
        self, actor: str | None = None, kind: str | None = None, status: str | None = None, start: str | None = None, end: str | None = None
    ) -> list[dict[str, str | None]]:
        """Events that fit every filter given: an actor by id or name among the parties, days by overlap (unknown days fit none)."""
        conditions, values = [], []
        if actor:
            conditions.append(
                "EXISTS (SELECT 1 FROM parties t JOIN actors a ON a.sha256 = t.sha256 AND a.id = t.actor"
                " WHERE t.sha256 = e.sha256 AND t.event = e.id AND (t.actor = ? OR a.folded = ?))"
            )
            values += [actor, fold(actor)]
        last, first = 'coalesce(e."end", e.start) >= ?', 'coalesce(e.start, e."end") <= ?'
        filters = (("e.kind = ?", kind), ("e.status = ?", status), (last, start), (first, end))
        for condition, value in filters:
            if value:
                conditions.append(condition)
                values.append(value)
        where = f"WHERE {' AND '.join(conditions)} " if conditions else ""
        rows = self._connection.execute(f"{_EVENTS}{where}ORDER BY e.start IS NULL, e.start, e.sha256, length(e.id), e.id", values)
        return [dict(row) for row in rows]


def fold(name: str) -> str:
    """A name for looking up: without case, accents and the ways to join its parts."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c)).casefold()
    return " ".join(bare.replace("-", " ").replace("’", "'").split())


def _event(dossier: Dossier, event: Event) -> tuple[str | float | None, ...]:
    named = {a.id: a.name for a in dossier.actors} | {a.id: a.name for a in dossier.agreements}
    source, target, about = ("; ".join(named.get(i, i) for i in ids) for ids in (event.source, event.target, event.about))
    time, place = event.time, event.place
    days = (time.start, time.end) if time else (None, None)
    where = (place.name, place.country) if place else (None, None)
    words = " ".join(dossier.text[event.span.start : event.span.end].split())
    return (dossier.source.sha256, event.id, event.kind, event.status, source, target, about, *days, *where, words, event.confidence)


def _parties(key: str, event: Event) -> list[tuple[str, str, str, str]]:
    sides = (("source", event.source), ("target", event.target), ("about", event.about))
    return [(key, event.id, actor, role) for role, actors in sides for actor in dict.fromkeys(actors)]
