"""Rows of a record's answer as a table, JSON lines or CSV."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Mapping
from typing import IO, Any

from rich.box import SIMPLE_HEAD
from rich.table import Table
from rich.text import Text

from attache.show.safe import console, printable

Row = Mapping[str, Any]


def write_rows(stream: IO[str], rows: Iterable[Row], form: str) -> None:
    """Write rows; unknown is null in JSON and empty elsewhere."""
    listed = list(rows)
    if form == "json":
        stream.writelines(json.dumps(dict(row), ensure_ascii=False) + "\n" for row in listed)
    elif form == "csv":
        writer = csv.DictWriter(stream, fieldnames=list(listed[0]) if listed else [], lineterminator="\n")
        if listed:
            writer.writeheader()
        writer.writerows({key: _inert(shown(value)) for key, value in row.items()} for row in listed)
    else:
        console(stream).print(_table(listed) if listed else "no events")


def shown(value: object) -> str:
    """A value for a cell: nothing for unknown, lists joined."""
    if value is None:
        return ""
    return "; ".join(map(shown, value)) if isinstance(value, list | tuple) else str(value)


def _inert(value: str) -> str:
    """A spreadsheet runs a cell that begins like a formula: a leading apostrophe makes it plain text."""
    return f"'{value}" if value.startswith(("=", "+", "-", "@", "\t", "\r")) else value


def _table(rows: list[Row]) -> Table:
    table = Table(box=SIMPLE_HEAD, pad_edge=False, header_style="dim")
    for name in rows[0]:
        table.add_column(name, overflow="fold")
    for row in rows:
        table.add_row(*(Text(printable(shown(value))) for value in row.values()))
    return table
