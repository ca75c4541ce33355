"""Events by filters that stand in the address, as a table, a timeline, a map or a network."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fastapi import APIRouter, Depends

from attache.desk.asked import KINDS, ORDERS, STATUSES, Asked, asked
from attache.desk.drawing.network import Network, network
from attache.desk.drawing.timeline import Timeline, timeline
from attache.desk.drawing.worldmap import WorldMap, world_map
from attache.desk.lines import EventLine, event_lines
from attache.desk.parcels import FILES
from attache.desk.rendering import page
from attache.desk.state import Desk, the_desk
from attache.record import EventRow

router = APIRouter()
PER_PAGE = 50
DRAWN = 600
"""A drawing shows so many events at most, those that come first in the order asked for."""


@dataclass(frozen=True)
class Events:
    """Events that fit; the one of `timeline`, `map` and `network` that was asked for is there. `total` is counted to 10,000."""

    asked: Asked
    query: dict[str, str | int | bool | list[str]]
    total: int
    lines: tuple[EventLine, ...]
    limit: int
    more: bool
    drawn: int
    timeline: Timeline | None
    map: WorldMap | None
    network: Network | None
    kinds: tuple[str, ...] = KINDS
    statuses: tuple[str, ...] = STATUSES
    orders: tuple[str, ...] = ORDERS
    forms: tuple[str, ...] = tuple(FILES)


def events(what: Asked = Depends(asked), desk: Desk = Depends(the_desk)) -> Events:
    """Events that fit every filter, as rows or drawn."""
    table = what.view == "table"
    found = desk.record.events(limit=PER_PAGE if table else DRAWN, offset=what.offset if table else 0, order=what.sorting, **what.filters())
    rows: Sequence[EventRow] = tuple(found)
    total = desk.remembered(f"count {what.filters()}", lambda: desk.record.count_events(**what.filters()))
    with desk.record.reading() as connection:
        lines = event_lines(connection, rows) if what.view in ("table", "network") else ()
    return Events(
        what, what.query(), total, lines if table else (), PER_PAGE, found.more, len(rows),
        timeline(rows) if what.view == "timeline" else None, world_map(rows) if what.view == "map" else None,
        network(lines) if what.view == "network" else None,
    )  # fmt: skip


page(router, "/events", "events.html", events)
