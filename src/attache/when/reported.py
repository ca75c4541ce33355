"""Events of the table that a page reports as news, and not as something long known."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import cache

from attache.knowledge import builtin
from attache.when.happenings import Happening, happenings
from attache.when.needed import Needed
from attache.when.page import PageView, folded

DATELINE = 40
"""A place named so near the beginning is where the page was written."""
FIRST = 300
"""So far down a dateline under titles and bylines may stand."""
BUSY = 6
_DATELINE = re.compile(
    r"[A-Z][\w.'’-]{1,40}(?:[ ,]{1,3}[A-Z][\w.'’]{0,40}){0,4}(?:,? (?:\w{3,9}\.? \d{1,2}|\d{1,2} \w{3,9})(?:,? (?:19|20)\d\d)?)?"
    r"(?: \([^)\n]{2,30}\))? ?[-–—:] ?(?=\S)"
)
_PROSE = re.compile(r"[a-z]{2}[.!?]['\"”’]?\s")
_CODE = re.compile(r"[A-Z][A-Z0-9]+")


@dataclass(frozen=True)
class Report:
    """An event that a page tells as news; ``offset`` is where its place stands, if anywhere."""

    event: Happening
    score: float
    offset: int | None


def reports(page: PageView) -> Iterator[Report]:
    """Every event of the table that the page may be reporting, with how well they agree."""
    for event in _needed().among(page.words):
        if report := _report(page, event):
            yield report


@cache
def _needed() -> Needed[Happening]:
    return Needed(happenings(), lambda event: [event.keywords])


def _report(page: PageView, event: Happening) -> Report | None:
    """None where actors, words, place or weekday do not add up.

    A name or a generic word is not enough: the place must stand with a word of the event, or a word that no other event has must be
    there. And the page must tell of a weekday that the event took place on, or be dated from its place.
    """
    keywords = [w for w in event.keywords if page.has(w)]
    if not keywords:
        return None
    days = {(event.first + timedelta(n)).isoweekday() for n in range(min((event.last - event.first).days, 6) + 1)}
    place = _place(page, event, keywords, days)
    persons, others, absent = _actors(page, event, place is not None)
    if persons + others < min(2, len(event.actors)) and not persons:
        return None
    telling = [w for w in keywords if is_telling(w)]
    if place is None and not (len(keywords) >= 3 or (telling and persons >= 2)):
        return None
    if place is not None and is_busy(event.place) and not telling and len(keywords) < 2 and persons < 2:
        return None
    if not _on_its_day(page, keywords, place, days):
        return None
    words = sum(1.2 if w in telling else 0.6 for w in keywords[:3])
    score = 1.2 * min(persons, 4) + 0.7 * others - 0.6 * absent + 1.5 * (place is not None) + words + 1.5 * bool(page.weekdays)
    return Report(event, score, place)


def _actors(page: PageView, event: Happening, placed: bool) -> tuple[int, int, int]:
    """How many persons of the event are on the page, how many countries and organisations, and how many of either are not."""
    persons = [a for a in event.actors if not _CODE.fullmatch(a)]
    bodies = [a for a in event.actors if _CODE.fullmatch(a)]
    there = page.countries | ({event.country} if placed else set())
    found = sum(folded(a) in page.surnames for a in persons)
    others = sum(a in there or (len(a) != 3 and page.has(a)) for a in bodies)
    return found, others, len(event.actors) - found - others


def _place(page: PageView, event: Happening, keywords: list[str], days: set[int]) -> int | None:
    """Where the place of the event is named in a sentence that has a word or a weekday of the event, or at the head of the page."""
    name = folded(event.place)
    for low, high, said in page.sentences:
        if f" {name} " in said:
            found = re.search(re.escape(event.place), page.text[low:high], re.IGNORECASE)
            at = low + (found.start() if found else 0)
            on_day = any(low <= t.span.start < high and n in days and way < 0 for n, t, way in page.weekdays)
            if is_heading(page, at) or on_day or any(f" {folded(w)} " in said for w in keywords):
                return at
    return None


def _on_its_day(page: PageView, keywords: list[str], place: int | None, days: set[int]) -> bool:
    """Whether the first weekday of the page, or one beside a word of the event, is a day of the event; or no weekday, and a dateline."""
    if not page.weekdays:
        return place is not None and is_heading(page, place)
    if page.weekdays[0][0] in days:
        return True
    for number, time, direction in page.weekdays[1:]:
        low, high = page.sentence_of(time.span.start)
        said = next((s for a, b, s in page.sentences if (a, b) == (low, high)), "")
        if direction < 0 and number in days and any(f" {folded(w)} " in said for w in keywords):
            return True
    return False


def is_heading(page: PageView, at: int) -> bool:
    """Whether a place stands where the page says it was written: near its beginning, or before the first sentence under titles."""
    if at < DATELINE:
        return True
    line = page.text.rfind("\n", 0, at) + 1
    return at < FIRST and at == line and bool(_DATELINE.match(page.text, at)) and not _PROSE.search(page.text[:line])


def dateline(page: PageView) -> tuple[int, int] | None:
    """The characters of the line's head that says where the page was written, and often when: "NAIROBI, June 10 (Reuters) -"."""
    start = 0
    while start < FIRST:
        if found := _DATELINE.match(page.text, start):
            return None if _PROSE.search(page.text[:start]) else found.span()
        start = page.text.find("\n", start) + 1
        if not start:
            return None
    return None


@cache
def _shared() -> Counter[str]:
    return Counter(word for event in happenings() for word in set(event.keywords))


@cache
def is_busy(place: str) -> bool:
    """Whether so many events took place there that the place alone tells none from another."""
    return sum(event.place == place for event in happenings()) >= BUSY


@cache
def is_telling(word: str) -> bool:
    """Whether a word tells one event from all others: several words, or one that no other row has and that is no country."""
    if " " in word:
        return True
    return _shared()[word] == 1 and builtin().country_named(word.title()) is None
