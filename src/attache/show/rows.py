"""Rows of a record's answer as a table, JSON lines or CSV."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import IO, Any

from rich.box import SIMPLE_HEAD
from rich.table import Table
from rich.text import Text

from attache.show.safe import console, printable

Row = Mapping[str, Any]


# What a table on the terminal has room for; JSON and CSV have every field.
EVENT_COLUMNS = ("id", "first", "kind", "status", "who", "whom", "place", "sources", "words")
REPORT_COLUMNS = ("event", "day", "kind", "status", "who", "whom", "words", "uri", "start", "end", "confidence")
HIT_COLUMNS = ("day", "title", "snippet", "uri", "page", "story")
SHORT = 12
"""Columns of cells no longer than this are never broken: days, kinds, counts."""
PAGE_COLUMNS = ("id", "day", "title", "uri", "wording", "reliability", "events", "findings")


def write_rows(stream: IO[str], rows: Iterable[Row], form: str, columns: Sequence[str] = (), nothing: str = "no events") -> None:
    """Write rows; unknown is null in JSON and empty elsewhere. `columns` are those of a table, all by default."""
    listed = list(rows)
    if form == "json":
        stream.writelines(json.dumps(dict(row), ensure_ascii=False) + "\n" for row in listed)
    elif form == "csv":
        writer = csv.DictWriter(stream, fieldnames=list(listed[0]) if listed else [], lineterminator="\n")
        if listed:
            writer.writeheader()
        writer.writerows({key: _inert(shown(value)) for key, value in row.items()} for row in listed)
    else:
        console(stream).print(_table(listed, [c for c in columns if c in listed[0]] or list(listed[0])) if listed else nothing)


def shown(value: object) -> str:
    """A value for a cell: nothing for unknown, lists joined."""
    if value is None:
        return ""
    return "; ".join(map(shown, value)) if isinstance(value, list | tuple) else str(value)


def _inert(value: str) -> str:
    """A spreadsheet runs a cell that begins like a formula: a leading apostrophe makes it plain text."""
    return f"'{value}" if value.startswith(("=", "+", "-", "@", "\t", "\r")) else value


def _table(rows: list[Row], columns: Sequence[str]) -> Table:
    table = Table(box=SIMPLE_HEAD, pad_edge=False, header_style="dim")
    for name in columns:
        brief = all(len(shown(row.get(name))) <= SHORT for row in rows)
        table.add_column(name, overflow="fold", no_wrap=brief)
    for row in rows:
        table.add_row(*(Text(printable(shown(value))) for value in map(row.get, columns)))
    return table
