"""A map: a disc a place, with as much area as events, on the outlines of the countries."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

from attache.desk.drawing.outlines import HEIGHT, WIDTH, project
from attache.record import EventRow

LABELS = 14
_MARGIN = 60.0
_LEAST = 240.0  # the narrowest stretch of the world that is shown, in units of the whole map


@dataclass(frozen=True)
class Spot:
    """A place with its events; `name` is what the filter ``place`` finds it by."""

    x: float
    y: float
    radius: float
    name: str
    country: str | None
    count: int
    kinds: tuple[tuple[str, int], ...]
    labelled: bool


@dataclass(frozen=True)
class WorldMap:
    """Spots and the part of the world they need, as (left, top, width, height) of the whole map. `unplaced` events are not on it."""

    width: float
    height: float
    view: tuple[float, float, float, float]
    unit: float
    spots: tuple[Spot, ...]
    unplaced: int


def world_map(rows: Sequence[EventRow]) -> WorldMap:
    """The map of some events."""
    groups: dict[tuple[str, str | None], list[EventRow]] = {}
    for row in rows:
        if row.latitude is not None and row.longitude is not None:
            groups.setdefault((row.place or row.country or "?", row.country), []).append(row)
    points = {key: project(group[0].longitude or 0.0, group[0].latitude or 0.0) for key, group in groups.items()}
    view = _view(list(points.values()))
    unit = view[2] / WIDTH
    order = sorted(groups, key=lambda key: -len(groups[key]))
    largest = len(groups[order[0]]) if order else 1
    labelled = _labelled([(key, points[key]) for key in order], unit)
    spots = tuple(_spot(key, groups[key], points[key], unit, largest, key in labelled) for key in order)
    return WorldMap(WIDTH, HEIGHT, view, round(unit, 3), spots, len(rows) - sum(map(len, groups.values())))


def _spot(
    key: tuple[str, str | None], group: Sequence[EventRow], at: tuple[float, float], unit: float, largest: int, labelled: bool
) -> Spot:
    radius = (5 + 17 * sqrt(len(group) / largest)) * unit
    kinds = tuple(Counter(row.kind for row in group).most_common(4))
    return Spot(round(at[0], 2), round(at[1], 2), round(radius, 2), key[0], key[1], len(group), kinds, labelled)


def _view(points: Sequence[tuple[float, float]]) -> tuple[float, float, float, float]:
    """The part of the map that holds all points, in the shape of the whole."""
    if not points:
        return (0.0, 0.0, WIDTH, HEIGHT)
    left, right = min(x for x, _ in points) - _MARGIN, max(x for x, _ in points) + _MARGIN
    top, bottom = min(y for _, y in points) - _MARGIN, max(y for _, y in points) + _MARGIN
    width = min(WIDTH, max(_LEAST, right - left, (bottom - top) * WIDTH / HEIGHT))
    height = width * HEIGHT / WIDTH
    x = max(0.0, min(WIDTH - width, (left + right - width) / 2))
    y = max(0.0, min(HEIGHT - height, (top + bottom - height) / 2))
    return (round(x, 1), round(y, 1), round(width, 1), round(height, 1))


def _labelled(ordered: Sequence[tuple[tuple[str, str | None], tuple[float, float]]], unit: float) -> set[tuple[str, str | None]]:
    """The places whose names are written: the largest, where no name written already stands in the way."""
    written: list[tuple[float, float, float]] = []
    found: set[tuple[str, str | None]] = set()
    for key, (x, y) in ordered:
        width = (8.5 * len(key[0]) + 24) * unit
        free = all(abs(y - wy) > 18 * unit or x + width < wx or x > wx + ww for wx, wy, ww in written)
        if free and len(found) < LABELS:
            written.append((x, y, width))
            found.add(key)
    return found
