"""Calendar reckoning of relative expressions: which Tuesday, which May, how long ago."""

from __future__ import annotations

import re
from datetime import date, timedelta

from attache.when.spans import add_months, easter, interval_of, month_days, safe_date
from attache.when.vocabulary import vocabulary


def is_past(rel: str) -> bool:
    """Whether the word beside a unit or a name points back: “last”, “this past”."""
    return rel in vocabulary().relations["past"]


def is_future(rel: str) -> bool:
    """Whether it points ahead: “next”, “this coming”."""
    return rel in vocabulary().relations["future"]


def step(rel: str) -> int:
    """-1, 0 or +1 for “last”, “this”, “next” and their kin."""
    return -1 if is_past(rel) else 1 if is_future(rel) else 0


def nearest_month_day(month: int, day: int, ref: date, direction: int) -> date | None:
    """The day of that name which the verb points at, never more than a year away."""
    years = {-1: (ref.year, ref.year - 1), 0: (ref.year, ref.year - 1, ref.year + 1), 1: (ref.year, ref.year + 1)}[direction]
    days = [d for y in years if (d := safe_date(y, month, day))]
    if direction < 0:
        # A date a little ahead is nearer than one almost a year ago: an announcement told in the past tense.
        days = [d for d in days if d <= ref or (d - ref).days < 45]
    elif direction > 0:
        days = [d for d in days if d >= ref or (ref - d).days < 45]
    return min(days, key=lambda d: abs((d - ref).days)) if days else None


def year_of_month(month: int, rel: str, ref: date, direction: int) -> int:
    """The year of a month named without one."""
    if is_past(rel):
        return ref.year if month < ref.month else ref.year - 1
    if is_future(rel):
        return ref.year if month > ref.month else ref.year + 1
    if rel == "this" or month == ref.month:
        return ref.year
    if direction > 0:
        return ref.year if month > ref.month else ref.year + 1
    return ref.year if month < ref.month else ref.year - 1


def year_of_season(code: str, rel: str, ref: date, direction: int) -> int:
    """The year in which a season begins; winter belongs to the year of its December."""
    starts = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
    ahead = starts[code] > ref.month
    if is_past(rel) or (not rel and direction < 0):
        return ref.year - 1 if ahead or (rel == "last" and starts[code] + 2 >= ref.month) else ref.year
    if is_future(rel) or (not rel and direction > 0):
        return ref.year if ahead else ref.year + 1
    return ref.year


def year_of_quarter(nth: int, rel: str, ref: date, direction: int) -> int:
    """Results are told after the quarter, so the quarter is the last one of that number which has begun."""
    if rel in ("last", "year"):
        return ref.year - 1
    if rel == "next":
        return ref.year + 1
    if rel == "this":
        return ref.year
    begun = (nth - 1) * 3 + 1 <= ref.month
    return ref.year if begun or direction > 0 else ref.year - 1


def unit(rel: str, name: str, ref: date | None, direction: int) -> str:
    """``last week``, ``this year``, ``next quarter`` and their kin."""
    if ref is None:
        return {"week": "XXXX-WXX", "weekend": "XXXX-WXX-WE", "month": "XXXX-XX", "quarter": "XXXX-QX"}.get(name, "XXXX")
    by = step(rel)
    if name == "week":
        return week_of(ref + timedelta(7 * by))
    if name == "weekend":
        by = -1 if by == 0 and ref.weekday() < 4 and direction < 0 else by
        return week_of(ref + timedelta(7 * by)) + "-WE"
    if name == "month":
        return f"{add_months(ref.replace(day=1), by):%Y-%m}"
    if name in ("quarter", "period"):
        by = -1 if by == 0 and rel == "the" and direction < 0 else by
        return quarter_of(add_months(ref.replace(day=1), 3 * by))
    if name == "decade":
        return str(ref.year // 10 + by)
    if name == "century":
        return f"{ref.year // 100 + by:02d}"
    return f"{ref.year + by:04d}"


def quarter_of(day: date) -> str:
    """The quarter of a day, ``1989-Q3``."""
    return f"{day.year:04d}-Q{(day.month - 1) // 3 + 1}"


def quarters_on(quarter: str, count: int) -> str:
    """The quarter so many quarters after one, or before it."""
    year, nth = int(quarter[:4]), int(quarter[-1])
    index = year * 4 + nth - 1 + count
    return f"{index // 4:04d}-Q{index % 4 + 1}"


def as_precise(value: str | None, code: str) -> date | None:
    """The first day of a date that is at least as precise as a unit; None where it is vaguer or no date."""
    days = interval_of(value) if value and re.match(r"\d{4}", value) else None
    if days is None or days.first is None or days.last is None:
        return None
    most = {"D": 1, "W": 7, "2W": 7, "M": 31, "Q": 92, "Y": 366, "E": 366}.get(code, 0)
    return days.first if (days.last - days.first).days < most else None


def week_of(day: date) -> str:
    """The week of a day, ``2021-W12``."""
    year, week, _ = day.isocalendar()
    return f"{year:04d}-W{week:02d}"


def weekday(nth: int, rel: str, ref: date, direction: int) -> date:
    """The weekday meant; told in the past tense it may be the day of the page itself."""
    back = (ref.isoweekday() - nth) % 7
    if is_past(rel):
        return ref - timedelta(back or 7)
    if is_future(rel) or direction > 0:
        ahead = (nth - ref.isoweekday()) % 7
        return ref + timedelta(ahead or (7 if is_future(rel) else 0))
    return ref - timedelta(back)


def clock_day(parts: dict[str, str], month: int | None, ref: date | None, direction: int) -> str:
    """The day beside a time of day; the page's own where none is named."""
    if "weekday" in parts:
        nth = vocabulary().weekdays[parts["weekday"].rstrip(".").lower()]
        return weekday(nth, "", ref, direction).isoformat() if ref else f"XXXX-WXX-{nth}"
    if month and "day" in parts:
        near = nearest_month_day(month, int(parts["day"]), ref, direction) if ref else None
        return near.isoformat() if near else f"XXXX-{month:02d}-{int(parts['day']):02d}"
    if ref is None:
        return "XXXX-XX-XX"
    shift = vocabulary().days.get(parts.get("day_word", "").lower(), 0)
    return (ref + timedelta(shift)).isoformat()


def period(count: float | None, code: str) -> str:
    """An ISO 8601 stretch of time; X for a number that is not told."""
    time, letter = ("T", code[1]) if code.startswith("T") else ("", code)
    if letter == "2W":
        letter, count = "W", (count or 1) * 2
    if letter == "WE":
        return f"P{_figure(count)}WE"
    if letter in "EC" and count is not None:
        letter, count = "Y", count * (10 if letter == "E" else 100)
    if count is not None and count % 1:
        finer = {"Y": (12, "M"), "H": (60, "M"), "M": (60, "S")}.get(letter)
        if finer and (letter != "M" or time):
            return f"P{time}{int(count)}{letter}{round(count % 1 * finer[0])}{finer[1]}"
    return f"P{time}{_figure(count)}{letter}"


def _figure(count: float | None) -> str:
    return "X" if count is None else str(int(count) if count % 1 == 0 else count)


def shifted(count: float, code: str, ref: date) -> str | None:
    """The page's day moved by so many units, at the precision of the unit; None below the day."""
    if code == "D":
        return (ref + timedelta(int(count))).isoformat()
    if code in ("W", "2W"):
        return week_of(ref + timedelta(int(count * 7 * (2 if code == "2W" else 1))))
    if code in ("M", "Q"):
        moved = add_months(ref.replace(day=1), int(count * (3 if code == "Q" else 1)))
        return f"{moved:%Y-%m}" if code == "M" else quarter_of(moved)
    if code == "Y":
        year = ref.year + int(count)
        return f"{year:04d}" if year > 0 else None
    if code == "E":
        return str(ref.year // 10 + int(count))
    return None


def anaphor(rel: str, name: str, focus: str | None, ref: date | None) -> str:
    """``that day``, ``the following year``: reckoned from the last date spoken of."""
    base = interval_of(focus) if focus else None
    day = (base.first if base else None) or ref
    blank = {"day": "XXXX-XX-XX", "morning": "XXXX-XX-XX", "week": "XXXX-WXX", "month": "XXXX-XX"}.get(name, "XXXX")
    if day is None:
        return blank
    by = step(" ".join(rel.split()))
    code = {"day": "D", "morning": "D", "week": "W", "month": "M", "year": "Y"}[name]
    return (shifted(by, code, day) or blank) + ("TMO" if name == "morning" else "")


def holiday(rule: str, year: str | None, rel: str, ref: date | None, direction: int) -> str:
    """The day of a feast in the year given or pointed at."""
    if year:
        return _feast(rule, int(year)).isoformat()
    if ref is None:
        return f"XXXX-{rule}" if re.fullmatch(r"\d\d-\d\d", rule) else "XXXX-XX-XX"
    days = [_feast(rule, y) for y in (ref.year - 1, ref.year, ref.year + 1)]
    if rel == "last" or (not rel and direction < 0):
        return max(d for d in days if d <= ref).isoformat()
    if rel == "next" or (not rel and direction > 0):
        return min(d for d in days if d >= ref).isoformat()
    return days[1].isoformat()


def _feast(rule: str, year: int) -> date:
    if found := re.fullmatch(r"easter([+-]\d+)", rule):
        return easter(year) + timedelta(int(found[1]))
    if found := re.fullmatch(r"(\d+)/(-?\d+)/(\d)", rule):
        month, nth, wanted = int(found[1]), int(found[2]), int(found[3])
        whole = month_days(year, month)
        assert whole.first and whole.last
        if nth < 0:
            return whole.last - timedelta((whole.last.isoweekday() - wanted) % 7)
        return whole.first + timedelta((wanted - whole.first.isoweekday()) % 7 + 7 * (nth - 1))
    month, day = map(int, rule.split("-"))
    return date(year, month, day)
