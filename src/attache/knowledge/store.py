"""Reads ``knowledge.sqlite``: rows on demand, kept in small caches; one read-only connection behind a lock."""

from __future__ import annotations

import calendar
import sqlite3
import threading
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, TypeVar

from attache.errors import DataError
from attache.knowledge.damaged import exact_key
from attache.knowledge.facts import Agreement, Office, Organisation, Person, Tenure
from attache.knowledge.fold import key_of, number_of, squeeze
from attache.knowledge.indexing import REDUCED, RESPELT, SHORTEST, TURNED, WRITTEN, query_keys
from attache.knowledge.nearest import Nearest
from attache.knowledge.spellings import by_spelling
from attache.reading import Days

T = TypeVar("T")
MAPPED = 1 << 31


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
            raise DataError(f"{path} is missing: no such knowledge database; make one with `attache knowledge import`")
        # immutable: no locks or journals are looked for, so it works from a read-only installation
        self._db = sqlite3.connect(f"{path.as_uri()}?immutable=1", uri=True, check_same_thread=False)
        # pages are read where they lie in the system's memory: a third less time for a fuzzy question to a large database
        self._db.execute(f"PRAGMA mmap_size = {MAPPED}").fetchall()
        self._lock = threading.Lock()
        # bound caches per store; methods stay plain
        self.person = lru_cache(maxsize=8192)(self._person)
        self.office = lru_cache(maxsize=None)(self._office)
        self.offices_at = lru_cache(maxsize=None)(self._offices_at)
        self.named = lru_cache(maxsize=8192)(self._named)
        self.surnamed = lru_cache(maxsize=8192)(self._surnamed)
        self.tenures_by = lru_cache(maxsize=8192)(self._tenures_by)
        self._nearest = Nearest(self.ask)
        try:
            self.ask("SELECT length(value) FROM meta WHERE key = 'signatures'")[0][0]
        except (sqlite3.DatabaseError, IndexError) as error:
            raise DataError(f"{path}: no finished knowledge database; run `attache knowledge import` again") from error

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
        """The people of a name in the best way of reading it: as written or turned, else respelt, else (one person only) cut short."""
        found = self.graded(name)
        for tier in ({WRITTEN, TURNED}, {RESPELT}):
            if people := tuple(person for grade, person in found if grade in tier):
                return people
        return tuple(person for _, person in found) if len(found) == 1 else ()

    def graded(self, name: str) -> list[tuple[int, Person]]:
        """Everybody of a name with how it was found (see ``indexing``), the closest first."""
        best: dict[str, tuple[int, Person]] = {}
        for key, grade in query_keys(name).items():
            rows = self.ask(
                "SELECT grade, p.id, p.name, aliases, country FROM name JOIN person p ON p.n = person WHERE key = ?", number_of(key)
            )
            for stored, *row in rows:
                # cut short on both sides, two names share no more than first and last
                if not (grade == stored == REDUCED) and max(grade, stored) < best.get(row[0], (REDUCED + 1,))[0]:
                    best[row[0]] = (max(grade, stored), _person(tuple(row)))
        return sorted(best.values(), key=lambda found: (found[0], found[1].id))

    def _surnamed(self, surname: str) -> tuple[Person, ...]:
        """The people of a surname as written, else in another spelling."""
        question = (
            "SELECT p.id, p.name, aliases, country FROM surname JOIN person p ON p.n = person WHERE key = ? AND grade <= ? ORDER BY p.id"
        )
        rows = self.ask(question, key_of(surname), WRITTEN)
        if not rows and len(squeeze(surname)) >= SHORTEST:
            rows = self.ask(question, key_of(by_spelling(squeeze(surname))), RESPELT)
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

    def spellings_like(self, name: str, limit: int) -> list[tuple[Person, str]]:
        """The names that are most like one, though damaged, best first."""
        scores = dict(self._nearest.find(name, limit))
        marks = ",".join("?" * len(scores))
        rows = self.ask(
            "SELECT p.id, p.name, aliases, country, coalesce(s.name, p.name), s.n FROM spelling s JOIN person p ON p.n = s.person"
            f" WHERE s.n IN ({marks})",
            *scores,
        )
        ranked = sorted(rows, key=lambda row: (-scores[row[5]], row[0], row[4]))
        return [(_person(row[:4]), row[4]) for row in ranked]

    def bearers(self, word: str) -> int:
        """In how many names a folded word stands in just these letters."""
        question = "SELECT size FROM word WHERE n IN (SELECT word FROM variant WHERE key = ?) AND word = ?"
        return sum(row[0] for row in self.ask(question, exact_key(word), word))

    def organisations(self) -> list[Organisation]:
        """Organisations that were imported; the built-in database keeps its own in a table of the package."""
        if not self._imported:
            return []
        rows = self.ask("SELECT id, name, names, country, code FROM in_organisation ORDER BY id")
        return [
            Organisation(i, name, "organisation", (name, *_parts(names)), country or None, code or None)
            for i, name, names, country, code in rows
        ]

    def agreements(self) -> list[Agreement]:
        """Agreements that were imported."""
        if not self._imported:
            return []
        rows = self.ask("SELECT id, name, names, signed, parties FROM in_agreement ORDER BY id")
        return [
            Agreement(i, name, (name, *_parts(names)), (), _parts(parties), signed, "", "", (), "treaty", "imported")
            for i, name, names, signed, parties in rows
        ]

    @cached_property
    def _imported(self) -> bool:
        return bool(self.ask("SELECT 1 FROM sqlite_master WHERE name = 'in_organisation'"))

    def ids(self, table: str) -> list[str]:
        """The ids of ``person`` or ``office``, sorted."""
        return [row[0] for row in self.ask(f"SELECT id FROM {table} ORDER BY id")]


def _parts(text: str) -> tuple[str, ...]:
    return tuple(part for part in text.split("|") if part)


def _person(row: tuple[Any, ...]) -> Person:
    return Person(row[0], row[1], tuple(row[2].split("|")) if row[2] else (), row[3] or None)


def _office(row: tuple[Any, ...]) -> Office:
    return Office(row[0], row[1], row[2], row[3], row[4] or None)
