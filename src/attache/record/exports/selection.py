"""The events of an export, one after another with their parties, and the codes of other data sets."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Literal

from sqlalchemy import Connection, select

from attache.errors import DataError
from attache.record import asking
from attache.record import tables as t
from attache.record.filters import EventFilters
from attache.record.rows import ActorRow, EventRow

if TYPE_CHECKING:
    from attache.record.book import Record

Form = Literal["parquet", "gdelt", "plover", "jsonld", "ftm", "ics"]
BATCH = 500


@dataclass(frozen=True)
class Exported:
    """An event with its parties by role, and the most definite report's PLOVER mode and contexts."""

    event: EventRow
    parties: Mapping[str, tuple[ActorRow, ...]]
    pages: tuple[tuple[str, str | None], ...]
    """The pages that tell of it, as (uri, title), the first told first."""
    mode: str | None
    contexts: tuple[str, ...]

    def side(self, *roles: str) -> tuple[ActorRow, ...]:
        """The parties of some roles, each once."""
        return tuple(dict.fromkeys(actor for role in roles for actor in self.parties.get(role, ())))

    @property
    def title(self) -> str:
        """The event in a few words: who, kind, whom."""
        return " ".join(part for part in (self.event.who or "somebody", self.event.kind, self.event.whom) if part)


def exported(record: Record, filters: EventFilters) -> Iterator[Exported]:
    """The events that fit, in the order of their days; all are read from one state of the record, some at a time."""
    with record.reading() as connection:
        offset, more = 0, True
        while more:
            events = asking.events(connection, filters, BATCH, offset, "oldest")
            yield from _with_parties(connection, events.rows)
            offset, more = offset + BATCH, events.more


def _with_parties(connection: Connection, events: Sequence[EventRow]) -> Iterator[Exported]:
    ids = [event.id for event in events]
    x, a, r, p = t.event_actors.c, t.actors.c, t.reports.c, t.pages.c
    named = select(x.event_id, x.role, a.id, a.code, a.name, a.kind, a.country).join(t.actors, a.id == x.actor_id)
    parties: dict[int, dict[str, list[ActorRow]]] = {}
    for row in connection.execute(named.where(x.event_id.in_(ids)).order_by(x.event_id, x.role, a.code)):
        parties.setdefault(row.event_id, {}).setdefault(row.role, []).append(ActorRow(row.id, row.code, row.name, row.kind, row.country))
    told = select(r.event_id, r.mode, r.contexts, r.confidence, p.uri, p.title).join(t.pages, p.id == r.page_id)
    reports: dict[int, list[Any]] = {}
    for report in connection.execute(told.where(r.event_id.in_(ids)).order_by(r.event_id, p.day, p.id)):
        reports.setdefault(report.event_id, []).append(report)
    for event in events:
        rows = reports.get(event.id, [])
        best = max(rows, key=lambda row: (bool(row.mode), row.confidence), default=None)
        yield Exported(
            event, {role: tuple(actors) for role, actors in parties.get(event.id, {}).items()},
            tuple(dict.fromkeys((row.uri, row.title) for row in rows)), best.mode if best else None,
            tuple(best.contexts.split("; ")) if best and best.contexts else (),
        )  # fmt: skip


@cache
def codes() -> Mapping[str, Any]:
    """The codes of ``data/codes.toml``; `DataError` where they do not have their shape."""
    table = tomllib.loads(files("attache.record.exports").joinpath("data/codes.toml").read_text("utf-8"))
    columns = table.get("gdelt", {}).get("columns", [])
    if len(columns) != 61 or len(set(columns)) != 61:
        raise DataError("record/exports/data/codes.toml: [gdelt] columns: GDELT 2.0 has 61 columns of different names")
    if sorted(table.get("goldstein", {})) != [f"{n:02}" for n in range(1, 21)]:
        raise DataError("record/exports/data/codes.toml: [goldstein]: one value for each CAMEO root, 01 to 20")
    if any(set(entry) != {"quad", "scale"} for entry in table.get("plover", {"": {}}).values()):
        raise DataError("record/exports/data/codes.toml: [plover]: each type has a quad class and a scale")
    return table


@cache
def countries() -> Mapping[str, tuple[str, str]]:
    """FIPS 10-4 and ISO 3166 alpha-2 codes by ISO 3166 alpha-3 code; empty where a country has none."""
    with files("attache.record.exports").joinpath("data/fips.csv").open("r", encoding="utf-8") as lines:
        table = {row["iso3"]: (row["fips"], row["iso2"]) for row in csv.DictReader(lines)}
    if any(len(iso3) != 3 for iso3 in table):
        raise DataError("record/exports/data/fips.csv: iso3 has three letters")
    return table
