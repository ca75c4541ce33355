"""Compiles the packaged tables into a database, which the program queries on demand (so that nothing is loaded at start)."""

from __future__ import annotations

import csv
import gzip
import io
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from attache.errors import DataError
from attache.knowledge.cores import cores
from attache.knowledge.fold import fold
from attache.knowledge.indexing import index_people
from attache.knowledge.merging import merge_offices, merge_people, merge_tenures, without_mistakes
from attache.knowledge.naming import nobodies, only_names, without_nobodies, without_wrong_names

KINDS = frozenset(
    {
        "head-of-state", "head-of-government", "foreign-minister", "defence-minister", "finance-minister", "minister", "deputy-head",
        "envoy", "spokesperson", "head-of-organisation", "other",
    }
)  # fmt: skip
# Offices that one person holds at a time: an open end of long ago closes where a successor starts.
SOLE_KINDS = frozenset({"head-of-state", "head-of-government", "foreign-minister", "defence-minister", "finance-minister"})
# Countries with several heads of state at once.
JOINT_HEADS = frozenset({"BIH", "SMR", "CHE", "AND"})
SCHEMA = """
CREATE TABLE person (n INTEGER PRIMARY KEY, id TEXT UNIQUE, name TEXT, aliases TEXT, country TEXT, languages TEXT);
CREATE TABLE office (n INTEGER PRIMARY KEY, id TEXT UNIQUE, name TEXT, kind TEXT, place TEXT, also_kind TEXT);
CREATE TABLE core (core TEXT, office TEXT, PRIMARY KEY (core, office)) WITHOUT ROWID;
CREATE TABLE tenure (person INTEGER, office INTEGER, start TEXT, stop TEXT, origin INTEGER);
CREATE TABLE origin (n INTEGER PRIMARY KEY, source TEXT, as_of TEXT);
"""
INDICES = """
CREATE INDEX office_place ON office (place);
CREATE INDEX tenure_person ON tenure (person); CREATE INDEX tenure_office ON tenure (office);
"""

TABLE_FILES = (
    "people.csv.gz", "offices.csv.gz", "tenures.csv.gz", "supplement_people.csv", "supplement_offices.csv", "supplement_tenures.csv",
    "same_people.csv", "same_offices.csv", "corrections.csv", "wrong_names.csv", "countries.csv", "names.csv",
    "spellings.toml",
)  # fmt: skip

Row = dict[str, str]


def rows_of(path: Path) -> Iterator[Row]:
    """Rows of a CSV table, plain or gzipped."""
    packed = path.read_bytes()
    text = (gzip.decompress(packed) if path.suffix == ".gz" else packed).decode("utf-8")
    for row in csv.DictReader(io.StringIO(text, newline="")):
        if None in row or None in row.values():
            raise DataError(f"{path.name}: a row has too few or too many fields: {row}")
        yield row


def read_tables(folder: Path) -> tuple[dict[str, Row], dict[str, Row], list[Row]]:
    """People and offices by id, and tenures; supplements are added after the carried-over tables and win, duplicates are merged."""
    people: dict[str, Row] = {}
    for file in ("people.csv.gz", "supplement_people.csv"):
        for row in rows_of(folder / file):
            # supplement rows may leave out what the table has
            known = people.get(row["id"])
            aliases = [*(known["aliases"].split("|") if known else []), *row["aliases"].split("|")]
            stated = {field: value for field, value in row.items() if value or not known}
            people[row["id"]] = {**(known or {}), **stated, "aliases": "|".join(sorted({a for a in aliases if a}))}
    offices = {row["id"]: row for file in ("offices.csv.gz", "supplement_offices.csv") for row in rows_of(folder / file)}
    tenures = list(without_mistakes(rows_of(folder / "tenures.csv.gz"), rows_of(folder / "corrections.csv")))
    tenures = without_nobodies(people, tenures, nobodies(rows_of(folder / "corrections.csv")))
    added = list(rows_of(folder / "supplement_tenures.csv"))
    # a supplement row replaces the carried-over row of the same person, office and start
    renewed = {(row["person"], row["office"], row["start"]) for row in added}
    tenures = [row for row in tenures if (row["person"], row["office"], row["start"]) not in renewed] + added
    merge_people(people, tenures, rows_of(folder / "same_people.csv"))
    merge_offices(offices, tenures, rows_of(folder / "same_offices.csv"))
    _add_names(people, rows_of(folder / "names.csv"))
    without_wrong_names(people, rows_of(folder / "wrong_names.csv"))
    people = {identity: only_names(row) for identity, row in people.items()}
    for row in tenures:
        if row["person"] not in people or row["office"] not in offices:
            raise DataError(f"tenure of an unknown person or office: {row}")
    for row in offices.values():
        if row["kind"] not in KINDS:
            raise DataError(f"office {row['id']}: unknown kind {row['kind']}")
    return people, offices, merge_tenures(tenures)


def _add_names(people: dict[str, Row], names: Iterable[Row]) -> None:
    """More names of people, each with the language it is in (``names.csv``), as aliases."""
    for row in names:
        person = people.get(row["person"])
        if person is None or not row["name"] or "|" in row["name"] or "@" in row["name"]:
            raise DataError(f"names.csv: unknown person or no name: {row}")
        person["aliases"] = "|".join(sorted({*person["aliases"].split("|"), row["name"]} - {""}))
        if row["language"]:
            person["languages"] = "|".join(filter(None, [person.get("languages", ""), f"{row['name']}@{row['language']}"]))


def place_names(folder: Path) -> dict[str, set[str]]:
    """Folded names and demonyms by country or organisation code."""
    found: dict[str, set[str]] = defaultdict(set)
    for row in rows_of(folder / "countries.csv"):
        found[row["iso3"]] |= {fold(n) for field in ("name", "names", "demonyms") for n in row[field].split("|") if n}
    return found


def close_by_successor(tenures: list[Row], offices: dict[str, Row]) -> None:
    """Close stale open ends of offices that one person holds at a time where a later holder is known."""
    by_office: dict[str, list[Row]] = defaultdict(list)
    for row in tenures:
        office = offices[row["office"]]
        if office["kind"] in SOLE_KINDS and office["where"] not in JOINT_HEADS:
            by_office[row["office"]].append(row)
    for held in by_office.values():
        held.sort(key=lambda row: row["start"])
        for row, later in zip(held, held[1:], strict=False):
            if not row["end"] and row["start"] and later["start"] > row["start"] and later["person"] != row["person"]:
                row["end"] = later["start"]
                row["source"] += "+succ"


def _fill_people(db: sqlite3.Connection, people: dict[str, Row]) -> int:
    rows = enumerate(sorted(people.values(), key=lambda row: row["id"]))
    values = ((n, r["id"], r["name"], r["aliases"], r["country"], r.get("languages", "")) for n, r in rows)
    db.executemany("INSERT INTO person VALUES (?,?,?,?,?,?)", values)
    return index_people(db)


def _fill_tenures(db: sqlite3.Connection, people: dict[str, Row], offices: dict[str, Row], tenures: list[Row]) -> None:
    person_number = {identity: n for n, identity in enumerate(sorted(people))}
    office_number = {identity: n for n, identity in enumerate(sorted(offices))}
    rows = ({**row, "n": office_number[identity]} for identity, row in sorted(offices.items()))
    db.executemany("INSERT INTO office VALUES (:n,:id,:name,:kind,:where,:also_kind)", rows)
    ordered = sorted(tenures, key=lambda row: (row["office"], row["start"], row["person"], row["end"]))
    origins = {origin: n for n, origin in enumerate(sorted({(row["source"], row["as_of"]) for row in tenures}))}
    db.executemany("INSERT INTO origin VALUES (?,?,?)", [(n, *origin) for origin, n in origins.items()])
    numbered = (
        {
            **row,
            "person": person_number[row["person"]],
            "office": office_number[row["office"]],
            "origin": origins[row["source"], row["as_of"]],
        }
        for row in ordered
    )
    db.executemany("INSERT INTO tenure VALUES (:person,:office,:start,:end,:origin)", numbered)


def compile_tables(folder: Path, target: Path, digest: str = "") -> dict[str, int]:
    """Write the database, with ``digest`` in it to know it again; returns how many rows of each table."""
    people, offices, tenures = read_tables(folder)
    close_by_successor(tenures, offices)
    target.unlink(missing_ok=True)
    with sqlite3.connect(target) as db:
        db.executescript(SCHEMA)
        count = _fill_people(db, people)
        _fill_tenures(db, people, offices, tenures)
        db.executemany("INSERT OR IGNORE INTO core VALUES (?,?)", cores(offices.values(), place_names(folder)))
        db.executescript(INDICES)
        db.execute("INSERT INTO meta VALUES ('digest', ?)", (digest,))
    db.execute("VACUUM")
    db.close()
    return {"people": len(people), "spellings": count, "offices": len(offices), "tenures": len(tenures)}
