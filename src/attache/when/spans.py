"""The interval of days that a TIMEX3 value covers, and small calendar arithmetic."""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta

from attache.reading import Days

SEASON_MONTHS = {"SP": (3, 5), "SU": (6, 8), "FA": (9, 11), "WI": (12, 2)}


def add_months(day: date, months: int) -> date:
    """The day so many months on, kept inside the month."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def month_days(year: int, month: int) -> Days:
    """A month as an interval."""
    return Days(date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1]))


def easter(year: int) -> date:
    """Western Easter (the anonymous Gregorian computus)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    el = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * el) // 451
    month, day = divmod(h + el - 7 * m + 114, 31)
    return date(year, month, day + 1)


def safe_date(year: int, month: int, day: int) -> date | None:
    """The date, or None where the calendar has none."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def interval_of(value: str) -> Days | None:
    """First and last day of a DATE or TIME value; None for what is no stretch of the calendar (the years 1 to 9999)."""
    try:
        return _interval(value)
    except (OverflowError, ValueError):
        return None


def _interval(value: str) -> Days | None:
    if "/" in value:
        ends = [interval_of(part) for part in value.split("/", 1)]
        return Days(ends[0].first, ends[1].last) if ends[0] and ends[1] else None
    value = value.split("T")[0]
    if found := re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", value):
        day = safe_date(*map(int, found.groups()))
        return Days(day, day) if day else None
    if found := re.fullmatch(r"(\d{4})-(\d\d)", value):
        year, month = map(int, found.groups())
        return month_days(year, month) if 1 <= month <= 12 and year else None
    if found := re.fullmatch(r"(\d{4})-W(\d\d)(-WE)?", value):
        return _week(int(found[1]), int(found[2]), bool(found[3]))
    if found := re.fullmatch(r"(\d{4})-([QH])([1-4])", value):
        length = 3 if found[2] == "Q" else 6
        first = date(int(found[1]), (int(found[3]) - 1) * length % 12 + 1, 1)
        return Days(first, add_months(first, length) - timedelta(1))
    if found := re.fullmatch(r"(\d{4})-(SP|SU|FA|WI)", value):
        low, high = SEASON_MONTHS[found[2]]
        year = int(found[1])
        return Days(date(year, low, 1), month_days(year + (high < low), high).last)
    if re.fullmatch(r"\d{2,4}", value) and int(value):
        scale = 10 ** (4 - len(value))
        low_year = int(value) * scale
        return Days(date(max(1, low_year), 1, 1), date(low_year + scale - 1, 12, 31))
    return None


def _week(year: int, week: int, weekend: bool) -> Days | None:
    try:
        monday = date.fromisocalendar(year, week, 1)
    except ValueError:
        return None
    return Days(monday + timedelta(5 if weekend else 0), monday + timedelta(6))
