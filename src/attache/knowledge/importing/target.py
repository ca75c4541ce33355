"""The database that an import writes: facts as they come, then the tables and the index that attache asks.

The first part goes on where it stopped (``progress`` holds the last line that is surely in); the second is made anew each time.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

from attache.errors import DataError
from attache.knowledge.compiling import INDICES, SCHEMA
from attache.knowledge.cores import cores
from attache.knowledge.fold import fold
from attache.knowledge.importing.facts import AgreementFact, Fact, OfficeFact, OrganisationFact, PersonFact, TenureFact
from attache.knowledge.indexing import SCHEMA as NAME_SCHEMA
from attache.knowledge.indexing import index_people
from attache.knowledge.tables import load_countries
from attache.knowledge.titles import Titles, load_titles

IMPORTED = """
CREATE TABLE IF NOT EXISTS in_person (id TEXT PRIMARY KEY, name TEXT, aliases TEXT, country TEXT, languages TEXT) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS in_office (id TEXT PRIMARY KEY, name TEXT, place TEXT) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS in_tenure (person TEXT, office TEXT, start TEXT, stop TEXT, source TEXT,
  PRIMARY KEY (person, office, start)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS in_organisation (id TEXT PRIMARY KEY, name TEXT, names TEXT, country TEXT, code TEXT) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS in_agreement (id TEXT PRIMARY KEY, name TEXT, names TEXT, signed TEXT, parties TEXT) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS progress (source TEXT PRIMARY KEY, line INTEGER, done INTEGER) WITHOUT ROWID;
"""
ANSWERED = ("person", "office", "tenure", "origin", "core", "name", "surname", "spelling", "word", "variant")


class Target:
    """An import's database, open for writing."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            self.db = sqlite3.connect(path)
            self.db.execute("PRAGMA journal_mode = WAL")
            self.db.executescript(IMPORTED)
        except sqlite3.DatabaseError as error:
            raise DataError(f"{path}: no knowledge database can be written there ({error})") from error

    def line(self, source: str) -> int:
        """The last line of a source that is in; 0 at first."""
        row = self.db.execute("SELECT line FROM progress WHERE source = ?", (source,)).fetchone()
        return int(row[0]) if row else 0

    def add(self, facts: list[Fact], source: str, line: int) -> None:
        """Write facts and how far the source is read, both or neither."""
        with self.db:
            for fact in facts:
                self._add(fact, source)
            self.db.execute("INSERT OR REPLACE INTO progress VALUES (?, ?, 0)", (source, line))

    def _add(self, fact: Fact, source: str) -> None:
        put = self.db.execute
        match fact:
            case PersonFact():
                row = (fact.id, fact.name, "|".join(fact.aliases), fact.country, "|".join(f"{n}@{code}" for n, code in fact.languages))
                put("INSERT OR REPLACE INTO in_person VALUES (?,?,?,?,?)", row)
            case OfficeFact():
                put("INSERT OR REPLACE INTO in_office VALUES (?,?,?)", (fact.id, fact.name, fact.where))
            case TenureFact():
                put("INSERT OR REPLACE INTO in_tenure VALUES (?,?,?,?,?)", (fact.person, fact.office, fact.start, fact.end, source))
            case OrganisationFact():
                row = (fact.id, fact.name, "|".join(fact.names), fact.country, fact.code)
                put("INSERT OR REPLACE INTO in_organisation VALUES (?,?,?,?,?)", row)
            case AgreementFact():
                row = (fact.id, fact.name, "|".join(fact.names), fact.signed, "|".join(fact.parties))
                put("INSERT OR REPLACE INTO in_agreement VALUES (?,?,?,?,?)", row)

    def finish(self, as_of: str, progress: Callable[[int, int], None]) -> dict[str, int]:
        """Make the tables that are asked, from the beginning; how many rows of each. The index comes last and shows that all is in."""
        db = self.db
        with db:
            for table in (*ANSWERED, "meta"):
                db.execute(f"DROP TABLE IF EXISTS {table}")
            db.executescript(SCHEMA + NAME_SCHEMA)
            db.execute(
                "INSERT INTO person (id, name, aliases, country, languages) SELECT id, name, aliases, country, languages FROM in_person"
                " WHERE id IN (SELECT person FROM in_tenure) OR id LIKE 'own:%' ORDER BY id"
            )
            self._offices()
            db.execute("INSERT INTO origin SELECT row_number() OVER (), source, ? FROM (SELECT DISTINCT source FROM in_tenure)", (as_of,))
            db.execute(
                "INSERT INTO tenure SELECT p.n, o.n, t.start, t.stop, r.n FROM in_tenure t JOIN person p ON p.id = t.person"
                " JOIN office o ON o.id = t.office JOIN origin r ON r.source = t.source"
            )
            people = db.execute("SELECT count(*) FROM person").fetchone()[0]
            spellings = index_people(db, lambda done: progress(done, people))
            db.executescript(INDICES)
            db.execute("UPDATE progress SET done = 1")
        counts = {table: db.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in ("person", "office", "tenure")}
        counts |= {name: db.execute(f"SELECT count(*) FROM in_{name}").fetchone()[0] for name in ("organisation", "agreement")}
        return counts | {"spelling": spellings}

    def _offices(self) -> None:
        """Offices that somebody holds, each with its kind and the words of its name without the country."""
        titles = load_titles()
        names = {iso3: {fold(n) for n in (*c.names, *c.demonyms)} for iso3, c in load_countries().items()}
        query = "SELECT id, name, place FROM in_office WHERE id IN (SELECT office FROM in_tenure) ORDER BY id"
        rows = [{"id": i, "name": name, "where": place} for i, name, place in self.db.execute(query)]
        put = "INSERT INTO office (id, name, kind, place, also_kind) VALUES (?,?,?,?,'')"
        self.db.executemany(put, ((r["id"], r["name"], kind_of(r["name"], titles), r["where"]) for r in rows))
        self.db.executemany("INSERT OR IGNORE INTO core VALUES (?,?)", cores(rows, names))

    def close(self) -> None:
        """Fold the journal into the file, so that it can be carried elsewhere, and close it."""
        self.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        self.db.execute("PRAGMA journal_mode = DELETE")
        self.db.close()


def kind_of(name: str, titles: Titles) -> str:
    """The kind of office that a name speaks of: that of the longest title in it, the first of equally long ones."""
    words = fold(name).split()
    found = [
        (size, -i, title.kind)
        for i, word in enumerate(words)
        for size in range(1, titles.longest.get(word, 0) + 1)
        if (title := titles.by_words.get(tuple(words[i : i + size]))) and not title.match
    ]
    return max(found)[2] if found else "other"
