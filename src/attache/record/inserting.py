"""Inserts as the record makes them: with the new row's number, or passing over rows that are there already."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

from sqlalchemy import Connection, Table, insert
from sqlalchemy.dialects import postgresql, sqlite


def now() -> str:
    """This moment, as the record writes moments."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def inserted(connection: Connection, table: Table, row: Mapping[str, object]) -> int:
    """Insert a row; the number it was given."""
    key = connection.execute(insert(table), row).inserted_primary_key
    assert key is not None
    return int(key[0])


def ignoring(connection: Connection, table: Table) -> postgresql.Insert | sqlite.Insert:
    """An insert that leaves rows alone which are there already."""
    make = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    return make(table).on_conflict_do_nothing()
