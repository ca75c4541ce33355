"""When the people whom a page names with their offices held them together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from attache.knowledge import Knowledge, Office
from attache.reading import Days
from attache.who.titled import Titled
from attache.who.variants import resemblance

ALIKE = 0.8
"""How alike a name must be to a holder's to speak for the days of the holder."""
ALIKE_ANYWHERE = 0.95
"""The same where the office could be of any country."""


@dataclass(frozen=True)
class Term:
    """Days that one titled name speaks for, and how strongly."""

    pair: int
    days: Days
    weight: float


def offices_meant(titled: Titled, knowledge: Knowledge) -> Sequence[Office]:
    """The offices a titled name may be of; for a title the table does not know, all of its country or organisation."""
    if titled.offices:
        return titled.offices
    return knowledge.offices_at(titled.where) if titled.where else ()


def work_out(names: Iterable[Titled], knowledge: Knowledge) -> Days | None:
    """The days on which most of the titled names are right together; None where they say nothing.

    Former holders say nothing. Of equally good stretches the latest is taken.
    """
    terms = [term for pair, titled in enumerate(names) if not titled.former for term in _terms(pair, titled, knowledge)]
    if not terms:
        return None
    best, best_first = 0.0, date.min
    for day in {term.days.first or date.min for term in terms}:
        total = _total(terms, day)
        if (total, day) > (best + 1e-9, date.min) or (abs(total - best) <= 1e-9 and day > best_first):
            best, best_first = total, day
    return _stretch(terms, best_first)


def _terms(pair: int, titled: Titled, knowledge: Knowledge) -> list[Term]:
    floor = ALIKE if titled.where and titled.firm else ALIKE_ANYWHERE
    found = []
    for office in offices_meant(titled, knowledge):
        for tenure in knowledge.holders(office.id):
            person = knowledge.people.get(tenure.person)
            if person is None:
                continue
            score = resemblance(titled.text, person)
            if score >= floor:
                found.append(Term(pair, tenure.days, score * score))
    return found


def _holds(days: Days, day: date) -> bool:
    return (days.first or date.min) <= day <= (days.last or date.max)


def _total(terms: Sequence[Term], day: date) -> float:
    best: dict[int, float] = {}
    for term in terms:
        if _holds(term.days, day):
            best[term.pair] = max(best.get(term.pair, 0.0), term.weight)
    return sum(best.values())


def _stretch(terms: Sequence[Term], day: date) -> Days:
    """The stretch around a day that the best term of every name agreed with on that day shares."""
    chosen: dict[int, Term] = {}
    for term in terms:
        if _holds(term.days, day) and (term.pair not in chosen or term.weight > chosen[term.pair].weight):
            chosen[term.pair] = term
    firsts = [term.days.first for term in chosen.values() if term.days.first]
    lasts = [term.days.last for term in chosen.values() if term.days.last]
    first, last = max(firsts, default=None), min(lasts, default=None)
    return Days(first, last)
