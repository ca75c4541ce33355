"""What binds countries and sets them apart, with dates: members of organisations, alliances, sanctions programmes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from attache.errors import DataError
from attache.knowledge.compiling import Row, rows_of
from attache.knowledge.facts import Country, Organisation
from attache.knowledge.packaged import DATA
from attache.knowledge.store import first_day, last_day
from attache.knowledge.tables import split
from attache.reading import Days

_DATE = re.compile(r"(\d{4}(-\d\d(-\d\d)?)?)?")
MILITARY = ("NATO", "CSTO")
"""Organisations whose members have promised to defend each other."""


@dataclass(frozen=True)
class Membership:
    """A country (or organisation) in an organisation, by code or id; ``start`` and ``end`` keep the precision known."""

    organisation: str
    member: str
    days: Days
    source: str
    as_of: str
    start: str = ""
    end: str = ""


@dataclass(frozen=True)
class Alliance:
    """A treaty or arrangement by which its parties stand together."""

    id: str
    name: str
    names: tuple[str, ...]
    parties: tuple[str, ...]
    days: Days
    source: str
    as_of: str


@dataclass(frozen=True)
class Sanctions:
    """A programme of sanctions: who imposes it (several may), against whom (empty: people anywhere), and since when."""

    id: str
    name: str
    names: tuple[str, ...]
    by: tuple[str, ...]
    target: str
    days: Days
    source: str
    as_of: str


class Bonds:
    """The three tables, each row checked against the countries and organisations that are known."""

    def __init__(self, countries: Mapping[str, Country], organisations: Mapping[str, Organisation]) -> None:
        self._known = {*countries, *organisations, *(o.code for o in organisations.values() if o.code)}

    @cached_property
    def memberships(self) -> tuple[Membership, ...]:
        """All memberships, in the order of the file."""
        rows = self._rows("members.csv", ("organisation", "member"))
        return tuple(Membership(r["organisation"], r["member"], _days(r), r["source"], r["as_of"], r["start"], r["end"]) for r in rows)

    @cached_property
    def alliances(self) -> tuple[Alliance, ...]:
        """All alliances that are no organisation with members of its own."""
        return tuple(
            Alliance(row["id"], row["name"], split(row["names"]), split(row["parties"]), _days(row), row["source"], row["as_of"])
            for row in self._rows("alliances.csv", ("parties",))
        )

    @cached_property
    def sanctions(self) -> tuple[Sanctions, ...]:
        """All programmes of sanctions."""
        return tuple(
            Sanctions(row["id"], row["name"], split(row["names"]), split(row["by"]), row["target"], _days(row), row["source"], row["as_of"])
            for row in self._rows("sanctions.csv", ("by", "target"))
        )

    def members(self, organisation: str, on: Days | None = None) -> list[str]:
        """Who belongs to an organisation (code, or id where it has none); with ``on``, on one of these days."""
        found = (m.member for m in self.memberships if m.organisation == organisation and (on is None or m.days.overlaps(on)))
        return list(dict.fromkeys(found))

    def allied(self, one: str, other: str, on: Days) -> list[str]:
        """Names of what bound two countries to each other's defence on these days; empty where nothing did."""
        found = [a.name for a in self.alliances if {one, other} <= set(a.parties) and a.days.overlaps(on)]
        return found + [code for code in MILITARY if {one, other} <= set(self.members(code, on))]

    def sanctions_against(self, target: str, on: Days) -> list[Sanctions]:
        """The programmes against a country or group that were in force on one of these days."""
        return [s for s in self.sanctions if s.target == target and s.days.overlaps(on)]

    def _rows(self, file: str, places: tuple[str, ...]) -> Iterator[Row]:
        for row in rows_of(DATA / file):
            for place in (part for column in places for part in split(row[column])):
                if place not in self._known:
                    raise DataError(f"knowledge/data/{file}: {place} is no country or organisation that attache knows: {row}")
            if not row["start"] or not all(_DATE.fullmatch(row[day]) for day in ("start", "end", "as_of")) or not row["source"]:
                raise DataError(f"knowledge/data/{file}: a day is missing or no ISO date, or no source is named: {row}")
            yield row


def _days(row: Row) -> Days:
    return Days(first_day(row["start"]), last_day(row["end"]))
