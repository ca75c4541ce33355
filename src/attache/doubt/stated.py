"""Dates that a sentence states in full: a year, a month with its year, or a day with month and year."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from attache.reading import Days

MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTH = rf"({'|'.join(f'{m}' for m in MONTHS)}|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.?)"
_MONTH = MONTH.replace("(", "(?:", 1) if MONTH.startswith("(") else MONTH
DAY_MONTH = rf"(?:\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH}|{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?)(?!\d)"
YEAR = r"(?:19[4-9]\d|20[0-4]\d)"
# A year counts as a date after a preposition of time, after a month, or before a noun (`the 2001 deal`); never in `2,001` or `2001-style`.
DATE = re.compile(
    rf"(?P<full>{DAY_MONTH},?\s+(?P<y1>{YEAR}))(?![\d,-]\d)"
    rf"|(?P<month>(?P<m>{_MONTH}),?\s+(?:of\s+)?(?P<y2>{YEAR}))(?![\d,-]\d)"
    rf"|(?P<decade>(?:19[4-9]|20[0-4])0)[’']?s\b"
    rf"|(?<![\d$€£.,/-])(?<![Rr]esolution )(?<!UNSCR )(?<!Resolutions )(?P<year>{YEAR})"
    r"(?!\d|[,.]\d|[-–/]\d|%|\s*(?:%|percent|people|troops|soldiers|dollars|euros|million|km|miles))"
)
ANY_YEAR = re.compile(r"(?:19[4-9]|20[0-4])\d")
NOT_A_DAY = re.compile(
    r"(?:since|until|till|by|before|after|through|between|from|around|about|to)\s+(?:early\s+|late\s+|mid-)?$", re.IGNORECASE
)
NEAR = 40
"""Characters before a date within which the word stands that makes it a bound."""


@dataclass(frozen=True)
class Stated:
    """A date in the text: its characters, the days it covers, ISO value, and whether a word before it makes it a bound."""

    start: int
    end: int
    value: str
    days: Days
    bound: bool = False


@lru_cache(maxsize=4096)
def stated_dates(text: str, offset: int = 0) -> tuple[Stated, ...]:
    """Absolute dates of a stretch of text; positions shifted by ``offset``."""
    found: list[Stated] = []
    if ANY_YEAR.search(text) is None:
        return ()
    for match in DATE.finditer(text):
        value = _value(match)
        days = _decade(value) if match.group("decade") else days_of(value)
        if days is not None:
            found.append(Stated(offset + match.start(), offset + match.end(), value, days, is_bound(text, match.start())))
    return tuple(found)


def is_bound(text: str, at: int) -> bool:
    """Whether a word before the date that begins there makes it a bound: ``since 1999``, ``by early May``."""
    return NOT_A_DAY.search(text[max(0, at - NEAR) : at]) is not None


def _decade(value: str) -> Days:
    return Days(date(int(value[:4]), 1, 1), date(int(value[:4]) + 9, 12, 31))


def days_of(value: str) -> Days | None:
    """The days of an ISO date with precision kept (``2020``, ``2020-01``, ``2020-01-15``); None where it is no date."""
    try:
        parts = [int(part) for part in value.split("-")]
        if len(parts) == 1:
            return Days(date(parts[0], 1, 1), date(parts[0], 12, 31))
        if len(parts) == 2:
            following = date(parts[0] + parts[1] // 12, parts[1] % 12 + 1, 1)
            return Days(date(parts[0], parts[1], 1), date.fromordinal(following.toordinal() - 1))
        return Days(date(*parts), date(*parts))
    except (ValueError, TypeError):
        return None


def month_number(name: str) -> int | None:
    """1..12 for a month or its abbreviation."""
    short = name[:3].lower()
    return next((number for number, month in enumerate(MONTHS, 1) if short and month.lower().startswith(short)), None)


def day_of(text: str, year: int) -> date | None:
    """The day of ``23 March`` or ``March 23rd`` in a year; None where there is none such."""
    number, month = re.search(r"\d{1,2}", text), re.search(_MONTH, text)
    month_no = month_number(month.group()) if month else None
    try:
        return date(year, month_no, int(number.group())) if number and month_no else None
    except ValueError:
        return None


def in_words(value: str) -> str:
    """``2020-01-15`` as ``15 January 2020``, ``2020-01`` as ``January 2020``."""
    parts = value.split("-")
    if len(parts) == 1:
        return f"the {value}" if value.endswith("s") else value
    month = MONTHS[int(parts[1]) - 1]
    return f"{month} {parts[0]}" if len(parts) == 2 else f"{int(parts[2])} {month} {parts[0]}"


def _value(match: re.Match[str]) -> str:
    if match.group("full"):
        day = day_of(match.group("full"), int(match.group("y1")))
        return day.isoformat() if day else ""
    if match.group("month"):
        return f"{match.group('y2')}-{month_number(match.group('m')) or 0:02d}"
    return f"{match.group('decade')}s" if match.group("decade") else match.group("year")
