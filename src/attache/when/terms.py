"""When the people of a page held the offices that stand beside their names, all together: every stretch that fits, not only one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from attache.knowledge import Knowledge
from attache.reading import Days, Reading

Terms = list[list[Days]]
"""A person's terms in the office named, one list a person and office."""


def terms_of(reading: Reading, knowledge: Knowledge) -> Terms:
    """The terms of everybody who is named with an office; former holders have none beside their name."""
    pairs = {(m.actor, m.office): None for m in reading.linked if m.kind == "name" and m.office}
    found = ([t.days for t in knowledge.tenures_of(person) if t.office.id == office] for person, office in pairs)
    return [days for days in found if days]


def stretches(terms: Terms) -> tuple[list[Days], int]:
    """The stretches in which as many people as possible held their offices, in order, and how many people those are.

    Terms that follow each other are one.
    """
    edges = sorted({d for days in terms for d in _edges(days)})
    counts = [(low, _count(terms, low)) for low in edges]
    most = max((count for _, count in counts), default=0)
    found: list[Days] = []
    for number, (low, count) in enumerate(counts):
        if count < most or not most:
            continue
        high = edges[number + 1] if number + 1 < len(edges) else date.max
        if found and found[-1].last == low:
            found[-1] = Days(found[-1].first, high)
        else:
            found.append(Days(low, high))
    return [_open(days) for days in found], most


def hull(found: list[Days]) -> Days:
    """From the first day of all to the last."""
    firsts, lasts = [d.first for d in found], [d.last for d in found]
    first = None if None in firsts else min(d for d in firsts if d)
    last = None if None in lasts else max(d for d in lasts if d)
    return Days(first, last)


def _edges(days: list[Days]) -> Iterator[date]:
    for term in days:
        yield term.first or date.min
        yield term.last or date.max


def _count(terms: Terms, day: date) -> int:
    """How many are in office on the day and the one after it."""
    return sum(any((t.first or date.min) <= day < (t.last or date.max) for t in days) for days in terms)


def _open(days: Days) -> Days:
    return Days(None if days.first == date.min else days.first, None if days.last == date.max else days.last)
