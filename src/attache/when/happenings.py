"""Two tables of what truly happened and when: trips of US presidents and secretaries of state, and widely reported events."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from functools import cache

from attache.errors import DataError
from attache.when.vocabulary import DATA


@dataclass(frozen=True)
class Trip:
    """A journey abroad: who, to which country (ISO 3166 alpha-3) and cities, and telling words of the official remarks."""

    person: str
    country: str
    places: tuple[str, ...]
    first: date
    last: date
    words: tuple[str, ...]


@dataclass(frozen=True)
class Happening:
    """A dated event; ``actors`` are surnames, ISO 3166 alpha-3 codes or codes of organisations, ``keywords`` lower-case words.

    ``source``: where the day can be looked up, ``hand`` for what is common knowledge; ``as_of``: when it was last looked at.
    """

    first: date
    last: date
    place: str
    country: str
    actors: tuple[str, ...]
    keywords: tuple[str, ...]
    source: str
    as_of: date


def _rows(name: str, columns: list[str]) -> list[list[str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as lines:
        rows = list(csv.reader(lines))
    if not rows or rows[0] != columns:
        raise DataError(f"{name}: the first line must be {','.join(columns)}")
    for number, row in enumerate(rows[1:], 2):
        if len(row) != len(columns):
            raise DataError(f"{name}, line {number}: {len(columns)} fields expected, {len(row)} found")
    return rows[1:]


def _day(text: str, name: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise DataError(f"{name}: {text!r} is no ISO date") from error


def _several(text: str) -> tuple[str, ...]:
    return tuple(part for part in text.split("|") if part)


@cache
def trips() -> tuple[Trip, ...]:
    """Trips in order of their first day."""
    name = "trips.csv"
    rows = _rows(name, ["person", "country", "places", "start", "end", "words"])
    return tuple(Trip(r[0], r[1], _several(r[2]), _day(r[3], name), _day(r[4], name), _several(r[5])) for r in rows)


@cache
def trips_of(person: str) -> tuple[Trip, ...]:
    """The trips of one person."""
    return tuple(t for t in trips() if t.person == person)


@cache
def happenings() -> tuple[Happening, ...]:
    """Widely reported events."""
    name = "events.csv"
    rows = _rows(name, ["date", "end", "place", "country", "actors", "keywords", "source", "as_of"])
    return tuple(
        Happening(_day(r[0], name), _day(r[1], name), r[2], r[3], _several(r[4]), _several(r[5]), r[6], _day(r[7], name)) for r in rows
    )
