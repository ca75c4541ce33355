"""People of exactly the name written, where the office beside it does not say who: another office, another week, another country.

Nothing is repaired here: each answer is a person in an accepted spelling, and only where no second one fits as well.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta

from attache.knowledge import Knowledge, Office, Person
from attache.reading import Days
from attache.who.lexicon import words
from attache.who.period import notable_offices
from attache.who.titled import Titled
from attache.who.variants import clean_name, forms_of, same_spelling, unaddressed

NEAR_DAYS = timedelta(days=90)
"""People are in the news before and after they hold an office."""
HEADS = frozenset({"head-of-state", "head-of-government"})


def in_another_office(titled: Titled, period: Days | None, knowledge: Knowledge) -> tuple[Person, Office] | None:
    """The one person of that name who held some office of the title's country, or of the first country named that has one, around the days.

    For a firm title of a lower office the head of state or government is left out: there the page gives one person's name to another.
    """
    if period is None:
        return None
    around = widened(period)
    for where in dict.fromkeys((*((titled.where,) if titled.where else ()), *titled.near)):
        held = dict(_holders(titled.text, where, around, knowledge))
        if titled.firm and titled.where and titled.kind not in HEADS:
            held = {p: office for p, office in held.items() if office.kind not in HEADS}
        best = _most_notable(held.items())
        if best is not None:
            return best
        if held:
            return None
    return None


def _holders(text: str, where: str, around: Days, knowledge: Knowledge) -> Iterator[tuple[Person, Office]]:
    """People so named with an office there on the days, each with the most notable one."""
    name = unaddressed(clean_name(text))
    people = {p.id: p for p in (*knowledge.people_named(name), *knowledge.people_surnamed(name), *_reigning(where, around, knowledge))}
    for person in people.values():
        if same_spelling(name, person, short_forms=False):
            offices = [t.office for t in knowledge.tenures_of(person.id, around) if t.office.where == where]
            if offices:
                yield person, min(offices, key=lambda office: (words().rank(office.kind), office.id))


def _reigning(where: str, around: Days, knowledge: Knowledge) -> Iterator[Person]:
    """Holders of the notable offices: whoever reigns is called by a first name, which the index of surnames lacks."""
    for office in notable_offices(where, knowledge):
        for tenure in knowledge.holders(office.id, around):
            if tenure.person in knowledge.people:
                yield knowledge.people[tenure.person]


def _most_notable(held: Iterable[tuple[Person, Office]]) -> tuple[Person, Office] | None:
    """The one with the most notable office; None where two are equally notable."""
    ranked = sorted(held, key=lambda row: (words().rank(row[1].kind), row[0].id))
    tied = len(ranked) > 1 and words().rank(ranked[0][1].kind) == words().rank(ranked[1][1].kind)
    return None if not ranked or (tied and ranked[0][1].kind not in HEADS) else ranked[0]


def one_person(one: Person, other: Person) -> bool:
    """Whether two entries are the same person entered twice: of one country, a full name of one being a name of the other."""
    if one.id == other.id or one.country != other.country:
        return one.id == other.id
    return any(" " in form and same_spelling(form, b) for a, b in ((one, other), (other, one)) for form in forms_of(a))


def widened(period: Days, margin: timedelta = NEAR_DAYS) -> Days:
    """The days with a margin before and after."""
    return Days(period.first and period.first - margin, period.last and period.last + margin)


def notability(person: Person, period: Days | None, knowledge: Knowledge, where: str | None = None) -> tuple[int, int, int]:
    """Sort key: of the country asked for, in office around the days, most notable office."""
    held = knowledge.tenures_of(person.id, widened(period)) if period else []
    ever = held or knowledge.tenures_of(person.id)
    rank = min((words().rank(t.office.kind) for t in ever), default=len(words().ranks) + 1)
    return (int(where is not None and person.country != where), int(not held), rank)
