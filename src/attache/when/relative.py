"""Calendar reckoning of relative expressions: which Tuesday, which May, how long ago."""

from __future__ import annotations

import re
from datetime import date, timedelta

from attache.when.spans import add_months, easter, interval_of, month_days, safe_date
from attache.when.vocabulary import vocabulary

STEP = {"last": -1, "this": 0, "next": 1}
PAST = ("last", "past", "previous", "the past", "this past", "latest")
FUTURE = ("next", "this coming", "coming")


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
    if rel in PAST:
        return ref.year if month < ref.month else ref.year - 1
    if rel in FUTURE:
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
    if rel in PAST or (not rel and direction < 0):
        return ref.year - 1 if ahead or (rel == "last" and starts[code] + 2 >= ref.month) else ref.year
    if rel in FUTURE or (not rel and direction > 0):
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
    step = -1 if rel in PAST else 1 if rel in FUTURE else 0
    if name == "week":
        return _week(ref + timedelta(7 * step))
    if name == "weekend":
        step = -1 if step == 0 and ref.weekday() < 4 and direction < 0 else step
        return _week(ref + timedelta(7 * step)) + "-WE"
    if name == "month":
        return f"{add_months(ref.replace(day=1), step):%Y-%m}"
    if name in ("quarter", "period"):
        if rel.startswith("year"):
            step = -4
        elif rel in ("latest", "the") and direction < 0:
            step = -1
        first = add_months(ref.replace(day=1), 3 * step)
        return f"{first.year:04d}-Q{(first.month - 1) // 3 + 1}"
    if name == "decade":
        return str(ref.year // 10 + step)
    if name == "century":
        return f"{ref.year // 100 + step:02d}"
    return f"{ref.year + step:04d}"


def _week(day: date) -> str:
    year, week, _ = day.isocalendar()
    return f"{year:04d}-W{week:02d}"


def weekday(nth: int, rel: str, ref: date, direction: int) -> date:
    """The weekday meant; told in the past tense it may be the day of the page itself."""
    back = (ref.isoweekday() - nth) % 7
    if rel in PAST:
        return ref - timedelta(back or 7)
    if rel in FUTURE or direction > 0:
        ahead = (nth - ref.isoweekday()) % 7
        return ref + timedelta(ahead or (7 if rel in FUTURE else 0))
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
    shift = {"yesterday": -1, "tomorrow": 1}.get(parts.get("day_word", "").lower(), 0)
    return (ref + timedelta(shift)).isoformat()


def period(count: float | None, code: str) -> str:
    """An ISO 8601 stretch of time; X for a number that is not told."""
    time, letter = ("T", code[1]) if code.startswith("T") else ("", code)
    if letter == "2W":
        letter, count = "W", (count or 1) * 2
    if letter == "WE":
        return f"P{_figure(count)}WE"
    if letter == "Q":
        return "PXM" if count is None else f"P{_figure(count * 3)}M"
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
        return _week(ref + timedelta(int(count * 7 * (2 if code == "2W" else 1))))
    if code in ("M", "Q"):
        moved = add_months(ref.replace(day=1), int(count * (3 if code == "Q" else 1)))
        return f"{moved:%Y-%m}" if code == "M" else f"{moved.year:04d}-Q{(moved.month - 1) // 3 + 1}"
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
    step = {"following": 1, "next": 1, "previous": -1}.get(" ".join(rel.split()), 0)
    code = {"day": "D", "morning": "D", "week": "W", "month": "M", "year": "Y"}[name]
    return (shifted(step, code, day) or blank) + ("TMO" if name == "morning" else "")


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
