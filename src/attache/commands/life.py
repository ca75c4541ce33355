"""A person's life in the record, for the terminal, as JSON or CSV."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import IO

from attache.record import Life
from attache.show.rows import EVENT_COLUMNS, shown, write_rows
from attache.show.safe import console, printable


def write_life(stream: IO[str], life: Life, form: str) -> None:
    """Write an answer of `Record.person`; CSV has the events only, since a table has one kind of row."""
    parts = {"meetings": life.meetings, "statements": life.statements, "others": life.others}
    if form == "json":
        stream.write(json.dumps({**asdict(life), **{name: rows.dicts() for name, rows in parts.items()}}, ensure_ascii=False) + "\n")
        return
    if form == "csv":
        write_rows(stream, [{"part": name, **row} for name, rows in parts.items() for row in rows.dicts()], form)
        return
    out = console(stream)
    actor = life.actor
    out.print(printable(f"{actor.name} ({actor.code}): {actor.pages:,} pages, {actor.events:,} events"), highlight=False, markup=False)
    for office in life.offices:
        told = f"{office.office}{', ' + office.affiliation if office.affiliation else ''}"
        line = f"  {told}: {shown(office.first) or '?'} to {shown(office.last) or '?'}, {office.pages} pages"
        out.print(printable(line), highlight=False, markup=False)
    for name, rows in parts.items():
        if rows:
            out.print(f"\n{name}{' (the newest)' if rows.more else ''}")
            write_rows(stream, rows.dicts(), "table", EVENT_COLUMNS)
    spellings = ", ".join(f"{text} ({count}{', repaired' if repaired else ''})" for text, count, repaired in life.spellings)
    company = ", ".join(f"{one.name} ({count})" for one, count in life.company)
    for title, line in (("written as", spellings), ("in company of", company)):
        if line:
            out.print(printable(f"\n{title}: {line}"), highlight=False, markup=False)
