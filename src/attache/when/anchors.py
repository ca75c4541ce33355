"""Days that a page can be pinned to: explicit recent dates, matching trips, matching events."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from attache.dossier import Ground, Span, Time
from attache.knowledge import builtin
from attache.reading import Days
from attache.when.happenings import Trip, trips_of
from attache.when.page import PageView, borne_out, day_or_none, folded
from attache.when.reported import dateline, is_heading, reports
from attache.when.tense import direction_of
from attache.when.wording import dating_words

LEAD = 600
ENOUGH = 4.0
"""The least score at which an anchor dates a page: a place, a person beside it and one more agreement."""
OUTSIDE = 3.0
HEADED = 4.0
"""A full date in the dateline is that of the page, whatever its people once were."""
FILED = 3.5
"""A month and day in the dateline: enough where a weekday or the bounds tell the year."""
MOST_YEARS = 12
EVE = 0.7
"""How much less it tells that the weekday is that of the day before the dateline's."""


@dataclass(frozen=True)
class Anchor:
    """What the page tells of took place on these days; the page is of the day after the last of them at the earliest bound of sense."""

    first: date
    last: date
    score: float
    ground: Ground
    exact: bool = False
    week: bool = False
    """The days are the whole week of the page, since what is known took place “last week”."""


def anchors_of(page: PageView, within: Days) -> list[Anchor]:
    """Candidates inside the bounds, best first; none may contradict the month and day of a dateline."""
    filed = _filed(page)
    found = [*_dates(page), *_trips(page), *_events(page)]
    if filed is not None:
        found = [_on_day(anchor, filed) for anchor in found] + list(_of_dateline(page, filed, within))
    return sorted((_within(a, within) for a in found), key=lambda a: (-a.score, a.first))


def _filed(page: PageView) -> Time | None:
    """The month and day in the dateline, where it has them and no year."""
    head = dateline(page)
    times = [t for t in page.times if head and head[0] <= t.span.start < t.span.end <= head[1]]
    return next((t for t in times if re.fullmatch(r"XXXX-\d\d-\d\d", t.value)), None)


def _in_year(filed: Time, year: int) -> date | None:
    """The day of a dateline in a year; None for the 29th of February of most."""
    try:
        return date(year, int(filed.value[5:7]), int(filed.value[8:10]))
    except ValueError:
        return None


def _on_day(anchor: Anchor, filed: Time) -> Anchor:
    """An anchor that the day of the dateline agrees with, or else a worse one."""
    days = Days(anchor.first - timedelta(1), anchor.last + timedelta(5))
    on_day = any((day := _in_year(filed, year)) and days.overlaps(Days(day, day)) for year in {anchor.first.year, anchor.last.year + 1})
    return anchor if on_day else replace(anchor, score=anchor.score - OUTSIDE)


def _of_dateline(page: PageView, filed: Time, within: Days) -> Iterator[Anchor]:
    """The day of the dateline in each year of the bounds; such copy mostly calls that day by its weekday, else the one before."""
    if within.first is None or within.last is None or within.last.year - within.first.year > MOST_YEARS:
        return
    days = [_in_year(filed, year) for year in range(within.first.year, within.last.year + 1)]
    inside = [day for day in days if day and within.first <= day <= within.last]
    for day in inside:
        score = FILED + (1.0 if len(inside) == 1 else 0.0) + max(
            _weekday_fit(page, day, day, most=0), _weekday_fit(page, day - timedelta(1), day, most=0) - EVE
        )  # fmt: skip
        yield Anchor(day, day, score, Ground(span=filed.span, reason=f"the dateline is of “{filed.text}”"), exact=True)


def _within(anchor: Anchor, bounds: Days) -> Anchor:
    """An anchor outside the bounds has to be a good deal better than one inside: the bounds, too, rest on damaged words."""
    if Days(anchor.first, anchor.last + timedelta(5)).overlaps(bounds):
        return anchor
    return replace(anchor, score=anchor.score - OUTSIDE)


def _dates(page: PageView) -> Iterator[Anchor]:
    """The latest full date of the text; strong near the top, where news says when."""
    days = [(d, t) for t in page.times if (d := day_or_none(t.value)) and direction_of(page.doc, t.span.start, t.span.end) <= 0]
    if not days:
        return
    latest = max(d for d, _ in days)
    for day, time in days:
        if day != latest:
            continue
        lead = time.span.start < LEAD
        heading = time.span.start < 60 or not re.search(r"[.!?]", page.text[: time.span.start])
        head = dateline(page)
        filed = head is not None and head[0] <= time.span.start < time.span.end <= head[1]
        score = 2.0 + 1.5 * lead + 1.0 * heading + HEADED * filed + _day_fit(page, time, day, filed)
        reason = f"the latest date told is “{time.text}”"
        yield Anchor(day, day, score, Ground(span=time.span, reason=reason), exact=True)
        return


def _day_fit(page: PageView, time: Time, day: date, filed: bool) -> float:
    """Whether a full date falls on its own weekday, or else on the first of the page, for one in the dateline on that or the day before."""
    own = borne_out(time)
    if own is not None:
        return 1.5 if own else -1.5
    fit = _weekday_fit(page, day, day)
    return max(fit, _weekday_fit(page, day - timedelta(1), day - timedelta(1)) - EVE) if filed else fit


def _weekday_fit(page: PageView, first: date, last: date, most: int = 1) -> float:
    """Weekdays told should fall on the days or just about them; those that point ahead are left out where ``most`` is 0."""
    inside = {(first + timedelta(n)).isoweekday() for n in range(min((last - first).days, 6) + 1)}
    votes = [number in inside for number, _, direction in page.weekdays if direction <= most]
    if not votes:
        return 0.0
    return 1.5 if votes[0] else 0.8 if any(votes) else -1.5


def _place_offsets(page: PageView, names: tuple[str, ...]) -> list[int]:
    """Where a place is named as a place, in order."""
    if names in page.places:
        return page.places[names]
    offsets = []
    for name in (form for n in names for form in dict.fromkeys((n, n.upper())) if form in page.text):
        for match in re.finditer(rf"\b{re.escape(name)}\b", page.text):
            if dating_words().place_before.search(page.text[max(0, match.start() - 16) : match.start()]) or match.start() < 40:
                offsets.append(match.start())
    page.places[names] = sorted(offsets)
    return page.places[names]


def _trips(page: PageView) -> Iterator[Anchor]:
    for actor in page.reading.actors.values():
        if actor.kind != "person":
            continue
        for trip in trips_of(actor.id):
            if anchor := _trip(page, trip, actor.name):
                yield anchor


def _trip(page: PageView, trip: Trip, name: str) -> Anchor | None:
    country = builtin().countries.get(trip.country)
    city = _place_offsets(page, trip.places)
    land = _place_offsets(page, (country.name, *country.names)) if country else []
    if not city and not land:
        return None
    there = next((n for n in city or land if _is_there(page, n, trip.person)), None)
    offset = (city or land)[0] if there is None else there
    met = [w for w in trip.words if folded(w) in page.surnames and w not in name or (w.isupper() and len(w) > 2 and page.has(w))]
    score = (2.0 if city else 0.5) + (1.5 if there is not None else -2.0)
    low, high = page.sentence_of(offset)
    score += 0.5 * (offset < LEAD) + min(1.2 * len(met), 3.6)
    score += _weekday_fit(page, trip.first, trip.last)
    if there is None or not (city or len(met) > 1):
        # A traveller who is only named on the page, and not as being there, does not date it; nor does a country without a city.
        score = min(score, ENOUGH - 0.5)
    place = trip.places[0] if trip.places else trip.country
    reason = f"{name} was in {place} from {trip.first} to {trip.last}" + (f", and met {', '.join(met)}" if met else "")
    word = re.match(r"\w+(?: [A-Z]\w+)*", page.text[offset:])
    span = Span(start=offset, end=offset + (len(word[0]) if word else 1))
    return _told_later(Anchor(trip.first, trip.last, score, Ground(span=span, reason=reason)), page.text[low:high])


def _is_there(page: PageView, offset: int, person: str) -> bool:
    """Whether the sentence around a place says that somebody went there or met people there."""
    low, high = page.sentence_of(offset)
    if is_heading(page, offset):  # a dateline is apart from the sentence that it belongs to
        high = page.sentence_of(min(high + 1, len(page.text) - 1))[1]
    words = dating_words()
    if words.planned.search(page.text[low:offset]):
        return False
    return page.within(low, high, person) and bool(words.visiting.search(page.text[low:high]))


def _told_later(anchor: Anchor, sentence: str) -> Anchor:
    """The days of the page where its sentence puts what is known into the week before, or further back."""
    if dating_words().long_back.search(sentence):
        return replace(anchor, score=anchor.score - OUTSIDE)
    if dating_words().week_back.search(sentence):
        monday = anchor.last + timedelta(7 - anchor.last.weekday())
        ground = Ground(span=anchor.ground.span, reason=f"{anchor.ground.reason}, which the page calls last week")
        return replace(anchor, first=monday, last=monday + timedelta(6), ground=ground, week=True)
    return anchor


def _events(page: PageView) -> Iterator[Anchor]:
    for report in reports(page):
        event = report.event
        when = event.first.isoformat() + (f" to {event.last}" if event.last != event.first else "")
        reason = f"what is told of {event.place} took place {when} ({', '.join(event.actors)})"
        anchor = Anchor(event.first, event.last, report.score, Ground(span=None, reason=reason))
        low, high = page.sentence_of(report.offset or 0)
        yield _told_later(anchor, page.text[low:high]) if report.offset is not None else anchor
