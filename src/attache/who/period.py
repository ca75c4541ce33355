"""When the people whom a page names with their offices held them together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from attache.knowledge import Knowledge, Office, Person, Tenure
from attache.reading import Days
from attache.who.titled import Titled
from attache.who.variants import clean_name, resemblance

ALIKE = 0.8
"""How alike a name must be to a holder's to speak for the days of the holder."""
ALIKE_ANYWHERE = 0.95
"""The same where the office could be of any country."""
OTHER_KIND = 0.8
"""Less weight for an office of another kind than the title says."""


MANY = 40
"""More offices than this are those of every country; their holders are found by name instead."""
NOTABLE = frozenset({"head-of-state", "head-of-government", "head-of-organisation", "foreign-minister", "defence-minister", "deputy-head"})


@dataclass(frozen=True)
class Term:
    """Days that one titled name speaks for, and how strongly."""

    pair: int
    days: Days
    weight: float


def offices_meant(titled: Titled, knowledge: Knowledge) -> Sequence[Office]:
    """The offices a titled name may be of; for a title the table does not know, the notable ones of its country."""
    if titled.offices:
        return titled.offices
    return notable_offices(titled.where, knowledge) if titled.where else ()


@lru_cache(maxsize=512)
def notable_offices(where: str, knowledge: Knowledge) -> tuple[Office, ...]:
    """The offices of a country or organisation whose holders are in the news without a title that the table knows."""
    return tuple(office for office in knowledge.offices_at(where) if office.kind in NOTABLE)


def work_out(names: Iterable[Titled], knowledge: Knowledge) -> Days | None:
    """The days on which most of the titled names are right together; None where they say nothing.

    Former and coming holders say nothing. Of equally good stretches the latest is taken.
    """
    held = [titled for titled in names if not (titled.former or titled.past or titled.coming)]
    terms = [term for pair, titled in enumerate(held) for term in _terms(pair, titled, knowledge)]
    if not terms:
        return None
    best, best_first = 0.0, date.min
    for day in {term.days.first or date.min for term in terms}:
        total = _total(terms, day)
        if (total, day) > (best + 1e-9, date.min) or (abs(total - best) <= 1e-9 and day > best_first):
            best, best_first = total, day
    return _stretch(terms, best_first)


def holders(titled: Titled, knowledge: Knowledge, on: Days | None = None) -> Iterator[tuple[Person, Tenure]]:
    """Who held an office that is meant; where that could be any country's, only people with a like name are looked at."""
    offices = offices_meant(titled, knowledge)
    if len(offices) <= MANY:
        for office in offices:
            for tenure in knowledge.holders(office.id, on):
                person = knowledge.people.get(tenure.person)
                if person is not None:
                    yield person, tenure
        return
    meant = {office.id for office in offices}
    name = clean_name(titled.text)
    alike = [*knowledge.people_named(name), *knowledge.people_surnamed(name), *(c.person for c in knowledge.similar(name, 8, ALIKE))]
    for person in {person.id: person for person in alike}.values():
        for tenure in knowledge.tenures_of(person.id, on):
            if tenure.office.id in meant:
                yield person, tenure


def of_kind(titled: Titled, office: Office) -> bool:
    """Whether the office is of the kind that the title says."""
    return titled.kind in (office.kind, office.also_kind)


def _terms(pair: int, titled: Titled, knowledge: Knowledge) -> list[Term]:
    floor = ALIKE if titled.firm and (titled.where or len(titled.offices) <= MANY) else ALIKE_ANYWHERE
    found = []
    for person, tenure in holders(titled, knowledge):
        score = resemblance(titled.text, person)
        if score >= floor:
            found.append(Term(pair, tenure.days, score * score * (1.0 if of_kind(titled, tenure.office) else OTHER_KIND)))
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
