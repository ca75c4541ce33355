"""Reads ``knowledge.sqlite``: rows on demand, kept in small caches; one read-only connection behind a lock."""

from __future__ import annotations

import calendar
import sqlite3
import threading
from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

import numpy as np

from attache.errors import DataError
from attache.knowledge.compiling import grams
from attache.knowledge.facts import Office, Person, Tenure
from attache.knowledge.fold import fold, key_of
from attache.reading import Days

T = TypeVar("T")


def first_day(text: str) -> date | None:
    """The first day of an ISO date of any precision; None where unknown."""
    if not text:
        return None
    parts = [int(part) for part in text.split("-")]
    return date(*(parts + [1, 1])[:3])


def last_day(text: str) -> date | None:
    """The last day of an ISO date of any precision; None where unknown."""
    if not text:
        return None
    parts = [int(part) for part in text.split("-")]
    month = parts[1] if len(parts) > 1 else 12
    day = parts[2] if len(parts) > 2 else calendar.monthrange(parts[0], month)[1]
    return date(parts[0], month, day)


class Store:
    """The database file and its queries."""

    def __init__(self, path: Path) -> None:
        if not path.is_file():
            raise DataError(f"{path} is missing: make it with 'python tools/build_knowledge.py'")
        # immutable: no locks or journals are looked for, so it works from a read-only installation
        self._db = sqlite3.connect(f"{path.as_uri()}?immutable=1", uri=True, check_same_thread=False)
        self._lock = threading.Lock()
        # bound caches per store; methods stay plain
        self.person = lru_cache(maxsize=8192)(self._person)
        self.office = lru_cache(maxsize=None)(self._office)
        self.offices_at = lru_cache(maxsize=None)(self._offices_at)
        self.named = lru_cache(maxsize=8192)(self._named)
        self.surnamed = lru_cache(maxsize=8192)(self._surnamed)
        self.tenures_by = lru_cache(maxsize=8192)(self._tenures_by)
        self._gram = lru_cache(maxsize=4096)(self._read_gram)

    def ask(self, question: str, *values: Any) -> list[tuple[Any, ...]]:
        """All rows that answer a query."""
        with self._lock:
            return self._db.execute(question, values).fetchall()

    def _person(self, person_id: str) -> Person | None:
        rows = self.ask("SELECT id, name, aliases, country FROM person WHERE id = ?", person_id)
        return _person(rows[0]) if rows else None

    def _office(self, office_id: str) -> Office | None:
        rows = self.ask("SELECT id, name, kind, place, also_kind FROM office WHERE id = ?", office_id)
        return _office(rows[0]) if rows else None

    def _offices_at(self, where: str) -> tuple[Office, ...]:
        """Offices of a country or organisation, those with most holders first."""
        rows = self.ask(
            "SELECT id, name, kind, place, also_kind FROM office WHERE place = ?"
            " ORDER BY (SELECT count(*) FROM tenure WHERE tenure.office = office.n) DESC, id",
            where,
        )
        return tuple(_office(row) for row in rows)

    def cores(self) -> dict[str, list[str]]:
        """Office ids by the words of their names without the country."""
        found: dict[str, list[str]] = {}
        for core, office in self.ask("SELECT core, office FROM core"):
            found.setdefault(core, []).append(office)
        return found

    def _named(self, name: str) -> tuple[Person, ...]:
        key = key_of(name)
        rows = self.ask("SELECT p.id, p.name, aliases, country FROM name JOIN person p ON p.n = person WHERE key = ? ORDER BY p.id", key)
        return tuple(_person(row) for row in rows)

    def _surnamed(self, surname: str) -> tuple[Person, ...]:
        key = key_of(surname)
        rows = self.ask("SELECT p.id, p.name, aliases, country FROM surname JOIN person p ON p.n = person WHERE key = ? ORDER BY p.id", key)
        return tuple(_person(row) for row in rows)

    def _tenures_by(self, column: str, value: str) -> tuple[Tenure, ...]:
        where = {"person": "p.id = ?", "office": "o.id = ?"}[column]
        rows = self.ask(
            "SELECT p.id, o.id, start, stop, source, as_of FROM tenure"
            " JOIN person p ON p.n = person JOIN office o ON o.n = office JOIN origin ON origin.n = origin"
            f" WHERE {where} ORDER BY start, p.id",
            value,
        )
        return tuple(tenure for row in rows if (tenure := self._tenure(row)))

    def _tenure(self, row: tuple[Any, ...]) -> Tenure | None:
        person, office_id, start, stop, source, as_of = row
        office = self.office(office_id)
        if office is None:
            return None
        return Tenure(person, office, Days(first_day(start), last_day(stop)), start, stop, not stop, source, as_of)

    def _read_gram(self, gram: str) -> Any:
        rows = self.ask("SELECT spellings FROM gram WHERE gram = ?", gram)
        return np.frombuffer(rows[0][0], dtype="<u2") if rows else np.empty(0, dtype="<u2")

    def spellings_like(self, name: str, limit: int) -> list[tuple[Person, str]]:
        """The names that share most letter trigrams with one, best first."""
        asked = grams(name)
        lists = [found for gram in asked if len(found := self._gram(gram))]
        if not lists:
            return []
        numbers, shared = np.unique(np.concatenate(lists), return_counts=True)
        best = np.argsort(-shared, kind="stable")[: limit * 3]
        counts = {int(numbers[i]): int(shared[i]) for i in best}
        marks = ",".join("?" * len(counts))
        rows = self.ask(
            "SELECT p.id, p.name, aliases, country, coalesce(s.name, p.name), s.n FROM spelling s JOIN person p ON p.n = s.person"
            f" WHERE s.n IN ({marks})",
            *counts,
        )
        # names of about the same length first: shared trigrams over those of either
        ranked = sorted(rows, key=lambda row: (-counts[row[5]] / (len(fold(row[4])) + len(asked)), row[0], row[4]))
        return [(_person(row[:4]), row[4]) for row in ranked[:limit]]


class Lazy(Mapping[str, T]):
    """A read-only mapping of ids to facts that are read when asked for."""

    def __init__(self, store: Store, table: str, read: Any) -> None:
        self._store, self._table, self._read = store, table, read

    def __getitem__(self, key: str) -> T:
        value: T | None = self._read(key)
        if value is None:
            raise KeyError(key)
        return value

    def __iter__(self) -> Iterator[str]:
        return (row[0] for row in self._store.ask(f"SELECT id FROM {self._table} ORDER BY id"))

    def __len__(self) -> int:
        return int(self._store.ask(f"SELECT count(*) FROM {self._table}")[0][0])


def _person(row: tuple[Any, ...]) -> Person:
    return Person(row[0], row[1], tuple(row[2].split("|")) if row[2] else (), row[3] or None)


def _office(row: tuple[Any, ...]) -> Office:
    return Office(row[0], row[1], row[2], row[3], row[4] or None)
