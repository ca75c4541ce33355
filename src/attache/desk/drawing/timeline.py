"""A timeline: a lane a kind of event, a disc a day (or week, month, year) with as much area as events."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import sqrt

from attache.desk import wording
from attache.record import EventRow

WIDTH = 960.0
LEFT, RIGHT, TOP, LANE = 110.0, 30.0, 34.0, 46.0
LANES = 12
MOST_TICKS = 9
BINS = 70


@dataclass(frozen=True)
class Disc:
    """Events of one kind in one stretch of time; `event` where it is just one."""

    x: float
    y: float
    radius: float
    count: int
    kind: str
    status: str
    first: str
    last: str
    event: int | None
    label: str


@dataclass(frozen=True)
class Tick:
    """A day written under the axis."""

    x: float
    label: str


@dataclass(frozen=True)
class Timeline:
    """Discs, lanes as (y, kind, number of events) and ticks, in units of the drawing. `undated` events have no place in it."""

    width: float
    height: float
    lanes: tuple[tuple[float, str, int], ...]
    discs: tuple[Disc, ...]
    ticks: tuple[Tick, ...]
    unit: str
    undated: int
    left_out: int


def timeline(rows: Sequence[EventRow]) -> Timeline:
    """The timeline of some events."""
    dated = [(row, day) for row in rows if (day := _day(row.first))]
    kinds = Counter(row.kind for row, _ in dated).most_common(LANES)
    height = TOP + max(1, len(kinds)) * LANE + 30
    if not dated:
        return Timeline(WIDTH, height, (), (), (), "day", len(rows), 0)
    first, last = min(day for _, day in dated), max(day for _, day in dated)
    unit, floor = _unit(first, last)
    lanes = {kind: TOP + n * LANE + LANE / 2 for n, (kind, _) in enumerate(kinds)}
    scale = _scale(floor(first), last + timedelta(days=1))
    bins: dict[tuple[str, date], list[EventRow]] = {}
    for row, day in dated:
        if row.kind in lanes:
            bins.setdefault((row.kind, floor(day)), []).append(row)
    largest = max(len(group) for group in bins.values())
    discs = tuple(_disc(group, at, unit, scale, lanes[kind], largest) for (kind, at), group in sorted(bins.items()))
    shown = tuple((lanes[kind], kind, number) for kind, number in kinds)
    left_out = len(dated) - sum(number for _, number in kinds)
    return Timeline(WIDTH, height, shown, discs, tuple(_ticks(floor(first), last, scale)), unit, len(rows) - len(dated), left_out)


def _disc(group: Sequence[EventRow], at: date, unit: str, scale: Callable[[date], float], y: float, largest: int) -> Disc:
    end = _next(at, unit) - timedelta(days=1)
    middle = (scale(at) + scale(end + timedelta(days=1))) / 2
    one = group[0]
    statuses = {row.status for row in group}
    if len(group) == 1:
        label = f"{wording.day(one.first)}: {one.who or 'somebody'} {one.kind} {one.whom}".rstrip() + f" ({one.status})"
    else:
        label = f"{wording.days(at.isoformat(), end.isoformat())}: {len(group)} × {one.kind}"
    radius = 5.0 + 13.0 * sqrt((len(group) - 1) / max(1, largest - 1)) if largest > 1 else 6.0
    return Disc(
        round(middle, 1), y, round(radius, 1), len(group), one.kind, statuses.pop() if len(statuses) == 1 else "mixed",
        at.isoformat(), end.isoformat(), one.id if len(group) == 1 else None, label,
    )  # fmt: skip


def _scale(first: date, last: date) -> Callable[[date], float]:
    span = max(1, (last - first).days)
    return lambda day: LEFT + (WIDTH - LEFT - RIGHT) * (day - first).days / span


def _unit(first: date, last: date) -> tuple[str, Callable[[date], date]]:
    """The finest unit that leaves few enough discs in a lane."""
    span = (last - first).days + 1
    if span <= BINS:
        return "day", lambda day: day
    if span <= BINS * 7:
        return "week", lambda day: day - timedelta(days=day.weekday())
    if span <= BINS * 31:
        return "month", lambda day: day.replace(day=1)
    return "year", lambda day: day.replace(month=1, day=1)


def _next(at: date, unit: str) -> date:
    if unit == "day":
        return at + timedelta(days=1)
    if unit == "week":
        return at + timedelta(days=7)
    if unit == "month":
        return (at.replace(day=28) + timedelta(days=4)).replace(day=1)
    return at.replace(year=min(9998, at.year) + 1)


def _ticks(first: date, last: date, scale: Callable[[date], float]) -> Iterator[Tick]:
    """Round days under the axis: days, months or years, few enough to be read."""
    span = (last - first).days + 1
    if span <= 80:
        step = max(1, -(-span // MOST_TICKS))
        for n in range(0, span, step):
            day = first + timedelta(days=n)
            yield Tick(round(scale(day), 1), wording.day(day.isoformat()))
        return
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    step = next(s for s in (1, 2, 3, 6, 12, 24, 60, 120, 600, 12_000, 120_000) if months / s <= MOST_TICKS)
    for n in range(first.year * 12 + first.month - 1, last.year * 12 + last.month):
        day = date(n // 12, n % 12 + 1, 1)
        if n % step == 0 and day >= first:
            yield Tick(round(scale(day), 1), str(day.year) if step >= 12 else wording.day(day.isoformat()[:7]))


def _day(value: str | None) -> date | None:
    """A day of any precision, as its first."""
    if not value:
        return None
    try:
        return date.fromisoformat((value + "-01-01")[:10] if len(value) in (4, 7) else value[:10])
    except ValueError:
        return None
