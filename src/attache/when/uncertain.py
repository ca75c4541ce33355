"""Times of a page whose own day is only known within bounds: what the bounds leave open is left open in the value."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from attache.dossier import Time

_PLACED = (".weekday", ".weekday-clock")
_DOUBTFUL = 0.5


def widened(times: list[Time], early: Iterable[Time], late: Iterable[Time]) -> list[Time]:
    """The times of a page, given as read from its likeliest day, from its first possible day and from its last.

    A time that all three give the same value keeps it (“last year”, mostly). A bare weekday keeps the day that dated the page, with less
    confidence. Every other covers what it may cover: start and end from the outer readings, and X in the value where they differ.
    """
    first = {(t.span.start, t.span.end): t for t in early}
    last = {(t.span.start, t.span.end): t for t in late}
    return [_widened(t, first.get((t.span.start, t.span.end)), last.get((t.span.start, t.span.end))) for t in times]


def _widened(time: Time, early: Time | None, late: Time | None) -> Time:
    if early is None or late is None or time.value == early.value == late.value:
        return time
    if time.rule.endswith(_PLACED) and time.start:
        return time.model_copy(update={"confidence": min(time.confidence, _DOUBTFUL)})
    if not (early.start and early.end and late.start and late.end):
        return time
    start, end = min(early.start, late.start), max(early.end, late.end)
    value = time.value if _allows(time.value, early.value) and _allows(time.value, late.value) else shared(early.value, late.value)
    return time.model_copy(update={"value": value, "start": start, "end": end, "confidence": _DOUBTFUL})


def _allows(open_value: str, value: str) -> bool:
    """Whether a value is another with figures in the place of X: of "January 20" the month and day are told, whatever the year."""
    return len(open_value) == len(value) and all(o in ("X", v) for o, v in zip(open_value, value, strict=True))


def shared(one: str, other: str) -> str:
    """What two values have in common, X for the rest: ``2021-03-XX`` of two days of a month, ``XXXX`` of two years."""
    (day, _, clock), (other_day, _, other_clock) = one.partition("T"), other.partition("T")
    parts, others = day.split("-"), other_day.split("-")
    same = 0
    while same < min(len(parts), len(others)) and parts[same] == others[same]:
        same += 1
    kept = "-".join([*parts[:same], *_blanks(parts[same:])])
    return f"{kept}T{clock}" if clock and clock == other_clock else kept


def _blanks(parts: list[str]) -> list[str]:
    """X for each figure; the letter of a week, quarter or half stays."""
    return ["".join("X" if c.isdigit() else c for c in part) for part in parts]


def bounds(earliest: str | None, latest: str | None) -> tuple[date, date] | None:
    """Both bounds of a page's date, where they are known and differ."""
    if not earliest or not latest or earliest == latest:
        return None
    return date.fromisoformat(earliest), date.fromisoformat(latest)
