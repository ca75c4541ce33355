"""The record: many dossiers in one SQLite file, each page once, asked by event.

::

    with attache.open_record("record.db") as record:
        record.ingest(["folder/"])
        for event in record.events(kind="meet", actor="Antony Blinken"):
            ...
"""

from __future__ import annotations

import sqlite3
from pathlib import Path

from attache.errors import UsageError
from attache.record.book import PageRow, Record, Summary

__all__ = ["PageRow", "Record", "Summary", "open_record"]

_APPLICATION = 0x61747463  # "attc" in SQLite's header says whose file it is
_VERSION = 1


def open_record(path: str | Path, create: bool = True) -> Record:
    """Open a record, making it where there is none."""
    place = Path(path)
    if str(path).startswith(("postgresql://", "postgres://")):
        raise UsageError("a PostgreSQL record is not supported by this version; name a file")
    if not create and not place.exists():
        raise UsageError(f"{place}: no such record; `attache ingest SOURCE... --record {place}` makes one")
    try:
        connection = sqlite3.connect(place, timeout=30)
        _prepare(connection, place)
    except sqlite3.Error as error:
        raise UsageError(f"{place}: not a record that can be opened ({error})") from error
    return Record(connection)


def _prepare(connection: sqlite3.Connection, place: Path) -> None:
    """Set the tables up in a new file; refuse a file of something else."""
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA journal_mode = WAL")
    application, version = (connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("application_id", "user_version"))
    empty = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] == 0
    if empty:
        script = (Path(__file__).parent / "schema.sql").read_text("utf-8")
        connection.executescript(f"BEGIN;{script}PRAGMA application_id = {_APPLICATION};PRAGMA user_version = {_VERSION};COMMIT;")
    elif application != _APPLICATION:
        raise UsageError(f"{place}: a database, but not a record of attache")
    elif version != _VERSION:
        raise UsageError(f"{place}: a record of version {version}; this attache reads version {_VERSION}")
