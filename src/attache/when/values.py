"""The TIMEX3 value of an expression: one reader a rule kind, relative to a reference day and a direction."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

from attache.when import periods, relative
from attache.when.expressions import Expression
from attache.when.quantities import Reference, Value
from attache.when.spans import safe_date
from attache.when.vocabulary import vocabulary

Reader = Callable[[Expression, Reference], Value | None]


def value_of(expression: Expression, reference: Reference) -> Value | None:
    """The value, or None where the words turn out to be no time."""
    reader = READERS.get(expression.rule.read)
    try:
        return reader(expression, reference) if reader else None
    except (OverflowError, ValueError):
        return None  # "last week" of a page of the year 1: a day that the calendar does not have


def month_number(expression: Expression) -> int | None:
    """The month named, 1 to 12."""
    name = expression.parts.get("month")
    return vocabulary().months.get(name.rstrip(".").lower()) if name else None


def _iso(year: int, month: int, day: int) -> Value | None:
    found = safe_date(year, month, day)
    return Value("DATE", found.isoformat()) if found else None


def _full_date(e: Expression, ref: Reference) -> Value | None:
    month = month_number(e) or int(e.parts.get("mm", "0"))
    return _iso(int(e.parts["year"]), month, _day_number(e))


def _day_number(e: Expression) -> int:
    """The day of a month in figures, or as an ordinal in words."""
    return vocabulary().ordinals[e.parts["ordinal"].lower()] if "ordinal" in e.parts else int(e.parts["day"])


def _numeric_date(e: Expression, ref: Reference) -> Value | None:
    a, b, year = int(e.parts["a"]), int(e.parts["b"]), int(e.parts["year"])
    short = year < 100
    year = year + (2000 if year < 50 else 1900) if short else year
    if e.parts["sep"] == "." and short:
        return None  # 3.5.21 is as often a version or a section as a date
    month, day = (a, b) if e.parts["sep"] == "/" and a <= 12 else (b, a)
    return _iso(year, month, day) or _iso(year, day, month)


def _day_range(e: Expression, ref: Reference) -> Value | None:
    month = month_number(e) or 1
    first, last = int(e.parts["day"]), int(e.parts["day2"])
    if last <= first:
        return None
    if "year" in e.parts:
        year: int | None = int(e.parts["year"])
    else:
        near = relative.nearest_month_day(month, first, ref.day, ref.direction) if ref.day else None
        year = near.year if near else None
    head = f"{year:04d}" if year else "XXXX"
    return Value("DATE", f"{head}-{month:02d}-{first:02d}/{head}-{month:02d}-{last:02d}")


def _month_day(e: Expression, ref: Reference) -> Value | None:
    month = month_number(e) or 1
    day = _day_number(e)
    if not safe_date(2000, month, day):
        return None
    near = relative.nearest_month_day(month, day, ref.day, ref.direction) if ref.day else None
    return Value("DATE", near.isoformat() if near else f"XXXX-{month:02d}-{day:02d}")


def _month_year(e: Expression, ref: Reference) -> Value | None:
    return Value("DATE", f"{e.parts['year']}-{month_number(e):02d}")


def _month_rel_year(e: Expression, ref: Reference) -> Value | None:
    year = f"{ref.day.year + relative.step(e.parts['rel'].lower()):04d}" if ref.day else "XXXX"
    return Value("DATE", f"{year}-{month_number(e):02d}")


def _month(e: Expression, ref: Reference) -> Value | None:
    month = month_number(e) or 1
    if not ref.day:
        return Value("DATE", f"XXXX-{month:02d}")
    rel = " ".join(e.parts.get("rel", "").lower().split())
    return Value("DATE", f"{relative.year_of_month(month, rel, ref.day, ref.direction):04d}-{month:02d}")


def _year(e: Expression, ref: Reference) -> Value | None:
    if "part" in e.parts and ref.quarter:  # the 1988 quarter
        return Value("DATE", f"{e.parts['year']}{ref.quarter[4:]}")
    return Value("DATE", e.parts["year"])


def _week_of(e: Expression, ref: Reference) -> Value | None:
    """“the week of March 6”."""
    near = relative.nearest_month_day(month_number(e) or 1, int(e.parts["day"]), ref.day, ref.direction) if ref.day else None
    return Value("DATE", relative.week_of(near) if near else "XXXX-WXX")


def _year_range(e: Expression, ref: Reference) -> Value | None:
    first, last = e.parts["year"], e.parts["year2"]
    last = first[: 4 - len(last)] + last
    return Value("DATE", f"{first}/{last}") if int(last) > int(first) else None


def _year_words(e: Expression, ref: Reference) -> Value | None:
    if "two" in e.parts:
        return Value("DATE", "2000")
    table = vocabulary().numbers
    ones = table[e.parts["ones"].lower()] if "ones" in e.parts else 0
    month = f"-{month_number(e):02d}" if "month" in e.parts else ""
    return Value("DATE", f"{1900 + table[e.parts['tens'].lower()] + ones}{month}")


def _decade(e: Expression, ref: Reference) -> Value | None:
    if "year4" in e.parts:
        return Value("DATE", e.parts["year4"])
    if "year2" in e.parts:
        return Value("DATE", "19" + e.parts["year2"])
    return Value("DATE", str(vocabulary().decades[e.parts["decade"].lower()]))


def _century(e: Expression, ref: Reference) -> Value | None:
    nth = int(e.parts["num"]) if "num" in e.parts else vocabulary().ordinals[e.parts["ordinal"].lower()]
    return Value("DATE", f"{nth - 1:02d}") if 0 < nth <= 22 else None


def _season(e: Expression, ref: Reference) -> Value | None:
    code = vocabulary().seasons[e.parts["season"].lower()]
    rel = " ".join(e.parts.get("rel", "").lower().split())
    if "year" in e.parts:
        year = e.parts["year"]
    elif ref.day and "relyear" in e.parts:
        year = str(ref.day.year + relative.step(e.parts["relyear"].lower()))
    else:
        year = str(relative.year_of_season(code, rel, ref.day, ref.direction)) if ref.day else "XXXX"
    return Value("DATE", f"{year}-{code}")


def _quarter(e: Expression, ref: Reference) -> Value | None:
    nth = vocabulary().ordinals[e.parts["ordinal"].lower()]
    if nth > 4:
        return None
    year = e.parts.get("year") or e.parts.get("yearb")
    if not year:
        rel = re.sub(r"\W.*", "", (e.parts.get("rel2") or e.parts.get("rel") or "").lower())
        year = str(relative.year_of_quarter(nth, rel, ref.day, ref.direction)) if ref.day else "XXXX"
    return Value("DATE", f"{year}-Q{nth}")


def _quarter_short(e: Expression, ref: Reference) -> Value | None:
    """“Q3 2021”, “H1 2020”."""
    short = e.parts["short"]
    return None if short in ("H3", "H4") else Value("DATE", f"{e.parts['year']}-{short}")


def _half(e: Expression, ref: Reference) -> Value | None:
    nth = 1 if e.parts["half"].lower() == "first" else 2
    year = e.parts.get("year") or (str(ref.day.year + relative.step(e.parts["rel"].lower())) if ref.day else "XXXX")
    return Value("DATE", f"{year}-H{nth}")


def _unit_relative(e: Expression, ref: Reference) -> Value | None:
    """“last week”; “the past week” is a stretch of time up to the page."""
    rel, unit = " ".join(e.parts["rel"].lower().split()), e.parts["unit"].lower()
    if rel in vocabulary().relations["stretch"]:
        return Value("DURATION", relative.period(1, vocabulary().units[unit]))
    if unit in ("quarter", "period") and ref.quarter and rel in vocabulary().relations["told"]:
        return Value("DATE", ref.quarter)
    return Value("DATE", relative.unit(rel, unit, ref.day, ref.direction))


def _year_ago(e: Expression, ref: Reference) -> Value | None:
    """“year-earlier”, “the year-ago quarter”: of the quarter told, else of the last full one, else the year before the page's."""
    if ref.quarter:
        return Value("DATE", relative.quarters_on(ref.quarter, -4))
    if "unit" in e.parts and ref.day:
        return Value("DATE", relative.quarters_on(relative.quarter_of(ref.day), -5))
    return Value("DATE", f"{ref.day.year - 1:04d}" if ref.day else "XXXX")


def _weekday(e: Expression, ref: Reference) -> Value | None:
    nth = vocabulary().weekdays[e.parts["weekday"].rstrip(".").lower()]
    rel = " ".join(e.parts.get("rel", "").lower().split())
    day = relative.weekday(nth, rel, ref.day, ref.direction).isoformat() if ref.day else f"XXXX-WXX-{nth}"
    return _with_part(day, e)


def _weekday_of_week(e: Expression, ref: Reference) -> Value | None:
    """“Tuesday of last week”."""
    nth = vocabulary().weekdays[e.parts["weekday"].rstrip(".").lower()]
    if ref.day is None:
        return _with_part(f"XXXX-WXX-{nth}", e)
    monday = ref.day - timedelta(ref.day.weekday()) + timedelta(7 * relative.step(e.parts["rel"].lower()))
    return _with_part((monday + timedelta(nth - 1)).isoformat(), e)


def _with_part(day: str, e: Expression) -> Value:
    if "part" in e.parts:
        return Value("TIME", day + vocabulary().dayparts[e.parts["part"].lower()])
    return Value("DATE", day)


def _clock(e: Expression, ref: Reference) -> Value | None:
    day = relative.clock_day(e.parts, month_number(e), ref.day, ref.direction)
    part = e.parts.get("part", "").lower()
    if part:
        return Value("TIME", day + vocabulary().dayparts[part])
    hour, minute, half = int(e.parts["hour"]), e.parts.get("min"), e.parts.get("ap", "").lower()[:1]
    half = {"m": "a", "e": "p"}.get(half, "p") if e.rule.name == "clock-words" else half
    if hour > (12 if half else 23):
        return None
    hour = hour % 12 + (12 if half == "p" else 0) if half else hour
    return Value("TIME", f"{day}T{hour:02d}:{minute or '00'}")


def _day_word(e: Expression, ref: Reference) -> Value | None:
    word = " ".join(e.parts["word"].lower().split())
    day = (ref.day + timedelta(vocabulary().days[word])).isoformat() if ref.day else "XXXX-XX-XX"
    return Value("TIME", day + "TNI") if word == "tonight" else _with_part(day, e)


def _this_daypart(e: Expression, ref: Reference) -> Value | None:
    rel, part = " ".join(e.parts["rel"].lower().split()), vocabulary().dayparts[e.parts["part"].lower()]
    return Value("TIME", ((ref.day + timedelta(relative.step(rel))).isoformat() if ref.day else "XXXX-XX-XX") + part)


def _anaphor(e: Expression, ref: Reference) -> Value | None:
    return Value("DATE", relative.anaphor(e.parts["rel"].lower(), e.parts["unit"].lower(), ref.focus, ref.day))


def _year_end(e: Expression, ref: Reference) -> Value | None:
    return Value("DATE", f"{ref.day.year:04d}" if ref.day else "XXXX")


def _fixed(e: Expression, ref: Reference) -> Value | None:
    return Value(e.rule.type or "DATE", e.rule.value or "PRESENT_REF")


def _holiday(e: Expression, ref: Reference) -> Value | None:
    rule = vocabulary().holidays[e.parts["holiday"].lower().replace("’", "'")]
    return Value("DATE", relative.holiday(rule, e.parts.get("year"), e.parts.get("rel", "").lower(), ref.day, ref.direction))


_PERIODS = (
    "ago", "vague_ago", "past_span", "vague_units", "duration", "vague_duration", "every_weekday", "every_unit", "every_month", "frequency",
)  # fmt: skip
READERS: dict[str, Reader] = {
    **{name[1:]: function for name, function in list(globals().items()) if name.startswith("_") and callable(function)},
    **{name: getattr(periods, name) for name in _PERIODS},
}
