"""Bounds on the day of a page: what must already have happened, who was in office, what was "last year"."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from attache.dossier import Ground, Span, Time
from attache.knowledge import Agreement, DatedFact, Knowledge, builtin
from attache.reading import Days
from attache.when.needed import Needed
from attache.when.page import PageView, borne_out, folded
from attache.when.spans import add_months, interval_of
from attache.when.tense import direction_of
from attache.when.terms import hull, stretches, terms_of
from attache.when.wording import dating_words

LEAD = 600
ODD = 3
"""A year told once, and by more than this later than all others of the page, is as likely a slip or a plan."""


@dataclass(frozen=True)
class Bound:
    """The page is from within these days, says one ground; ``weight`` tells how far to trust it.

    ``fresh``: the first of the days is when something happened that the page speaks of, so that it is the likelier the nearer.
    """

    days: Days
    weight: float
    ground: Ground
    fresh: bool = False


def bounds_of(page: PageView) -> list[Bound]:
    """Every bound the page gives."""
    found = list(_from_offices(page))
    found += _from_years(page)
    found += _from_agreements(page, builtin())
    found += _from_facts(page, builtin())
    return found


def agree(bounds: list[Bound]) -> tuple[Days, list[Bound]]:
    """The interval shared by as many bounds as possible, the heavy ones first; those that contradict it are left out."""
    first: date | None = None
    last: date | None = None
    kept: list[Bound] = []
    for bound in sorted(bounds, key=lambda b: -b.weight):
        low = max(filter(None, (first, bound.days.first)), default=None)
        high = min(filter(None, (last, bound.days.last)), default=None)
        if low is None or high is None or low <= high:
            if (low, high) != (first, last):
                kept.append(bound)
            first, last = low, high
    return Days(first, last), kept


def _from_offices(page: PageView) -> Iterator[Bound]:
    """All stretches that fit, since a president may have two; where no name has a known office, what ``who`` worked out.

    One title may be given out of courtesy or told of the past, so the weight grows with each person who agrees and shrinks with each
    who does not.
    """
    terms = terms_of(page.reading, builtin())
    found, agreeing = stretches(terms)
    period = hull(found) if found else page.reading.period
    if period and (period.first or period.last):
        told = " or ".join(f"{days.first or '…'} to {days.last or '…'}" for days in found or [period])
        if agreeing == 1 and not _leads(page):
            period = Days(period.first, None)  # one title further down, as of a president who has long left
        weight = 1.5 * agreeing - 0.75 * (len(terms) - agreeing) if found else 1.5
        reason = f"the people named were in these offices together {told}"
        yield Bound(period, max(weight, 0.5), Ground(span=None, reason=reason))


def _leads(page: PageView) -> bool:
    """Whether somebody is named with an office where news says what it is about."""
    return any(m.office and m.mention.span.start < LEAD for m in page.reading.linked if m.kind == "name")


def _from_years(page: PageView) -> Iterator[Bound]:
    """A year told in the past has begun; the weight is small, since a copy may have any year wrong, unless it is told again."""
    found: list[tuple[date, Time]] = []
    for time in page.times:
        days = interval_of(time.value) if time.type == "DATE" and re.match(r"(19|20)\d\d", time.value) else None
        if days is None or days.first is None or days.first.year < 1990:
            continue
        ahead = direction_of(page.doc, time.span.start, time.span.end) > 0
        if not ahead and not dating_words().limit.search(page.text[max(0, time.span.start - 12) : time.span.start]):
            found.append((days.first, time))
    years = Counter(day.year for day, _ in found)
    for day, time in found:
        alone = years[day.year] == 1 and len(years) > 1 and all(day.year > other + ODD for other in years if other != day.year)
        if alone and not borne_out(time):
            continue
        weight = (2.0 if years[day.year] > 1 else 1.0) + 0.001 * (day.year - 1990)
        yield Bound(Days(day, None), weight, Ground(span=time.span, reason=f"“{time.text}” is told as past"))


def _from_agreements(page: PageView, knowledge: Knowledge) -> Iterator[Bound]:
    for mention in page.reading.linked:
        agreement = knowledge.agreements.get(mention.actor) if mention.kind == "agreement" else None
        if agreement is None:
            continue
        low, high = page.sentence_of(mention.mention.span.start)
        sentence = page.text[low:high]
        times = [t for t in page.times if low <= t.span.start < high]
        yield from _signing(agreement, sentence, times, mention.mention.span)
        yield from _leaving(page, agreement, sentence, times)


def _from_facts(page: PageView, knowledge: Knowledge) -> Iterator[Bound]:
    """A dated fact that a sentence speaks of has happened; where its month is named bare, within the year before."""
    for fact in _dating_facts(knowledge).among(page.words):
        day = interval_of(fact.dating)
        if day is None or day.first is None or not all(any(page.has(word) for word in group) for group in fact.words):
            continue
        for low, high, said in page.sentences:
            if not all(any(f" {folded(word)} " in said for word in group) for group in fact.words):
                continue
            named = any(low <= t.span.start < high and t.value == f"XXXX-{day.first.month:02d}" for t in page.times)
            days, weight = (Days(day.first, add_months(day.first, 12)), 2.2) if named else (Days(day.first, None), 1.3)
            yield Bound(days, weight, Ground(span=Span(start=low, end=high), reason=f"{fact.what} ({fact.dating})"), fresh=True)
            break


@lru_cache(maxsize=2)
def _dating_facts(knowledge: Knowledge) -> Needed[DatedFact]:
    """The dated facts that tell of a page's own date."""
    return Needed((fact for fact in knowledge.dated_facts if fact.dating), lambda fact: fact.words)


def _signing(agreement: Agreement, sentence: str, times: list[Time], span: Span) -> Iterator[Bound]:
    """“signed last year” and a known year of signing give the year of the page."""
    signed = interval_of(agreement.signed)
    if signed is None or signed.first is None:
        return
    yield Bound(Days(signed.first, None), 1.5, Ground(span=span, reason=f"{agreement.name} was signed {agreement.signed}"))
    if not dating_words().signing.search(sentence):
        return
    year = signed.first.year
    for time in times:
        words = " ".join(time.text.lower().split())
        back = dating_words().years_back.get(words)
        if back is not None:
            days = Days(date(year + back, 1, 1), date(year + back, 12, 31))
            yield Bound(days, 2.5, Ground(span=time.span, reason=f"{agreement.name}, signed {agreement.signed}, is “{words}”"))
        elif words == "last month":
            month = add_months(signed.first.replace(day=1), 1)
            days = Days(month, add_months(month, 1) - timedelta(1))
            yield Bound(days, 2.5, Ground(span=time.span, reason=f"{agreement.name}, signed {agreement.signed}, is “last month”"))


def _leaving(page: PageView, agreement: Agreement, sentence: str, times: list[Time]) -> Iterator[Bound]:
    """A party that has left: the page is later; with a month named, within the year after."""
    if not dating_words().leaving.search(sentence):
        return
    for left in agreement.withdrawals:
        day = interval_of(left.date)
        if day is None or day.first is None or left.party not in page.countries:
            continue
        # The table may have the day it took effect, which is as much as a year after the announcement that news calls leaving.
        span, first, last = None, add_months(day.first, -12), None
        for time in times:
            if time.value == f"XXXX-{day.first.month:02d}":
                span, first, last = time.span, day.first, add_months(day.first, 12) - timedelta(1)
        reason = f"{left.party} left {agreement.name} on {left.date}"
        yield Bound(Days(first, last), 2.2 if last else 1.4, Ground(span=span, reason=reason))
