"""Sums a reader can check: a weekday against its date, a number of days against its first and last."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from spacy.tokens import Doc

from attache.dossier import Finding
from attache.doubt.evidence import finding
from attache.doubt.lexicon import numbers
from attache.doubt.stated import DAY_MONTH, MONTH, WEEKDAYS, day_of, month_number
from attache.reading import reading_of, text_of

WEEKDAY_DATE = re.compile(rf"\b({'|'.join(WEEKDAYS)})(?:,| the| \(|,? on)?\s+(?:the\s+)?({DAY_MONTH})(?:,?\s+(\d{{4}}))?\b")
N_DAY = rf"\b({'|'.join(numbers())}|\d)-day\b[^.]{{0,80}}?\b"
RANGE = rf"from\s+(\d{{1,2}})(?:st|nd|rd|th)?\s+(?:to|until|through)\s+(\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?{MONTH}"
RANGE_US = rf"from\s+{MONTH}\s+(\d{{1,2}})(?:st|nd|rd|th)?\s+(?:to|until|through)\s+(\d{{1,2}})(?:st|nd|rd|th)?\b(?!\s+[A-Z])"


def check_calendar(doc: Doc) -> Iterator[Finding]:
    """Weekdays that do not fall on their dates, and counts of days that do not add up."""
    yield from _weekdays(doc)
    yield from _lengths(doc)


def _weekdays(doc: Doc) -> Iterator[Finding]:
    best = reading_of(doc).date.published or reading_of(doc).date.best
    for match in WEEKDAY_DATE.finditer(text_of(doc)):
        year = match.group(3) or (best or "")[:4]
        day = day_of(match.group(2), int(year)) if year else None
        if day is None or WEEKDAYS[day.weekday()] == match.group(1):
            continue
        stated = match.group(3) is not None
        if not stated and not _near(day, best, match.group(1)):
            continue
        right = WEEKDAYS[day.weekday()]
        yield finding(
            doc, "contradiction", *match.span(), f"{day.day} {day:%B %Y} was a {right}, not a {match.group(1)}.",
            severity="error" if stated else "note", confidence=0.95 if stated else 0.5, rule="calendar-weekday", reading=right,
            grounds=[f"calendar: {day.isoformat()} is a {right}"],
        )  # fmt: skip


def _near(day: date, best: str | None, weekday: str) -> bool:
    """A date without its year: only judged within two months of the page's day, and not where a year beside it would fit."""
    if best is None or len(best) < 10:
        return False
    page = date.fromisoformat(best[:10])
    return abs(day - page) < timedelta(days=60)


def _lengths(doc: Doc) -> Iterator[Finding]:
    for pattern, first, last in ((re.compile(N_DAY + RANGE), 2, 3), (re.compile(N_DAY + RANGE_US), 3, 4)):
        for match in pattern.finditer(text_of(doc)):
            count = numbers().get(match.group(1)) or int(match.group(1))
            month = next((g for g in match.groups()[1:] if g and month_number(g)), "")
            length = int(match.group(last)) - int(match.group(first)) + 1
            if length <= 0 or length in (count, count + 1):  # nights are counted as well as days
                continue
            stretch = f"{match.group(first)} to {match.group(last)} {month}"
            yield finding(
                doc, "contradiction", *match.span(), f"From {stretch} is {length} days, not {count}.",
                severity="warning", confidence=0.8, rule="calendar-length", grounds=[f"{length} days counted, both ends included"],
            )  # fmt: skip
