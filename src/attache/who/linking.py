"""From a name to a person: office first, then the day, then the name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta

from attache.knowledge import Knowledge, Office, Person, fold
from attache.reading import Days
from attache.who.lexicon import words
from attache.who.period import holders, of_kind
from attache.who.titled import Titled
from attache.who.variants import NOISE, chance, clean_name, resemblance, same_spelling

HOLDER = 0.2
"""Least likeness to the holder of the office on the day: what stands beside the office is most likely its holder."""
FEW = 12
SOMEWHERE = 0.55
"""The same where the office is one of at most ``FEW``."""
ANYWHERE = 0.93
"""The same where the office could be any country's."""
LOOSE = 0.93
"""The same where only the country is known, not the office."""
ONE_PART = 0.5
"""The same where one part of the name is exactly right."""
OTHER_DAYS = 0.85
"""The same where the holder held the office on other days than the page's."""
NEAR_DAYS = timedelta(days=60)
"""Tenures are not always known to the day, and news calls people by offices that they are about to take."""
MARGIN = 0.1
"""By how much the best holder must beat the next."""
OTHER_KIND = 0.05
"""How much less a near name counts where the office is of another kind than the title says."""
HEADS = ("head-of-state", "head-of-government")


@dataclass(frozen=True)
class Choice:
    """Who is meant, with what the decision rests on."""

    person: Person
    score: float
    repaired: bool
    confidence: float
    reason: str
    office: Office | None = None


def by_office(titled: Titled, period: Days | None, knowledge: Knowledge) -> Choice | None:
    """The holder of the office on the page's days whose name this is, in its own or a damaged spelling."""
    near = _of_a_country_named(titled, period, knowledge)
    best = near or ranked(titled, period, knowledge)
    if not best or best[0][0] < (_floor(titled, best[0][1], bool(near)) if titled.firm or near else 1.0):
        best = _outside_term(titled, period, knowledge) or best
    if not best or best[0][0] < 1.0:
        exact = _in_office_elsewhere(titled, period, knowledge)
        if exact is not None and (not best or best[0][0] < LOOSE):
            return exact
    if not best:
        return None
    score, person, office = best[0]
    rival = next((other for other, someone, _ in best[1:] if someone.id != person.id), 0.0)
    if score < 1.0 and (score < _floor(titled, person, bool(near)) or score - rival < MARGIN or titled.lesser):
        return None
    return _choice(titled, person, office, score, period)


def ranked(titled: Titled, period: Days | None, knowledge: Knowledge) -> list[tuple[float, Person, Office]]:
    """Holders of the offices meant, most alike name first; the better known office first among equals."""
    scored: dict[str, tuple[float, Person, Office]] = {}
    for person, office in _holders(titled, period, knowledge):
        score = chance(titled.text, person)
        if score < 1.0 and not of_kind(titled, office):
            score -= OTHER_KIND
        if person.id not in scored or score > scored[person.id][0]:
            scored[person.id] = (score, person, office)
    return sorted(scored.values(), key=lambda row: (-row[0], words().rank(row[2].kind), row[1].id))


def _of_a_country_named(titled: Titled, period: Days | None, knowledge: Knowledge) -> list[tuple[float, Person, Office]]:
    """For a title without a country, the holders in the countries that the page names, where one has such a name."""
    royal = not titled.firm and titled.kind in HEADS
    if titled.where is not None or not (royal or (titled.firm and len(titled.offices) > FEW)):
        return []
    found = []
    for where in titled.near:
        offices = tuple(knowledge.offices_of_kind(titled.kind, where) if royal else (o for o in titled.offices if o.where == where))
        there = ranked(replace(titled, offices=offices, where=where), period, knowledge) if offices else []
        found += [row for row in there[:1] if row[0] >= SOMEWHERE]
    # The nearest country wins among equals: sorting is stable.
    return sorted(found, key=lambda row: -row[0])


def _outside_term(titled: Titled, period: Days | None, knowledge: Knowledge) -> list[tuple[float, Person, Office]]:
    """Holders of the same office on other days, where a name is all but right, or nearly right some weeks off."""
    if not titled.firm or titled.where is None:
        return []
    if period is not None:
        around = Days(period.first and period.first - NEAR_DAYS, period.last and period.last + NEAR_DAYS)
        near = [row for row in ranked(titled, around, knowledge) if row[0] >= SOMEWHERE][:2]
        if near:
            return near
    return [row for row in ranked(titled, None, knowledge) if row[0] >= OTHER_DAYS][:2]


def _holders(titled: Titled, period: Days | None, knowledge: Knowledge) -> Iterator[tuple[Person, Office]]:
    on = period
    if titled.former and period is not None:
        on = Days(None, period.last)
    for person, tenure in holders(titled, knowledge, on):
        yield person, tenure.office


def _floor(titled: Titled, person: Person, near: bool) -> float:
    """How alike a name must be: the less the office says, the more; ``near``: the office is of a country that the page names."""
    if near:
        return SOMEWHERE
    if not titled.firm:
        return ONE_PART if len(person.name.split()) == 2 and _one_part_exact(titled.text, person) else LOOSE
    if titled.where is None:
        return ANYWHERE if len(titled.offices) > FEW else SOMEWHERE
    return HOLDER


def _one_part_exact(text: str, person: Person) -> bool:
    """Whether one word of the name is right and as many words are written as the name has."""
    written, full = fold(clean_name(text)).split(), fold(person.name).split()
    return len(written) == len(full) > 1 and any(a == b for a, b in zip(written, full, strict=True))


def _choice(titled: Titled, person: Person, office: Office, score: float, period: Days | None) -> Choice:
    repaired = score < 1.0 or bool(NOISE.search(titled.text))
    if repaired and _surname_right(titled.text, person) and not _given_alike(titled.text, person):
        repaired = False
    days = f"in the days that the page speaks of ({period.first or '…'} to {period.last or '…'})" if period else "on some day"
    how = "in the same spelling" if score == 1.0 else f"and the name is a damaged copy of it with probability {score:.2f}"
    reason = f"{person.name} held the office {office.name} ({office.where}) {days}, {how}"
    return Choice(person, score, repaired, 0.97 if score == 1.0 else min(0.95, 0.5 + 0.45 * score), reason, office)


def _surname_right(text: str, person: Person) -> bool:
    return fold(clean_name(text)).split()[-1:] == fold(person.name).split()[-1:]


def _given_alike(text: str, person: Person) -> bool:
    """Whether the given name looks like a damaged one rather than another name of the same person."""
    first = fold(text).split()[0]
    return any(resemblance(first, Person("", part)) >= 0.5 for part in fold(person.name).split()[:-1])


def _in_office_elsewhere(titled: Titled, period: Days | None, knowledge: Knowledge) -> Choice | None:
    """A person of exactly this full name, whatever the office says: nothing is repaired."""
    if len(titled.text.split()) < 2:
        return None
    return by_name(titled.text, period, knowledge, titled.where)


def by_name(text: str, period: Days | None, knowledge: Knowledge, where: str | None = None) -> Choice | None:
    """The person of exactly this full name: one in office on the page's days before others, the most notable before others."""
    people = [p for p in knowledge.people_named(clean_name(text)) if same_spelling(text, p)]
    if not people or len(text.split()) < 2:
        return None
    best = min(people, key=lambda p: (*notability(p, period, knowledge, where), p.id))
    return Choice(best, 1.0, False, 0.9 if len(people) == 1 else 0.7, f"the full name of {best.name} in the table of people")


def notability(person: Person, period: Days | None, knowledge: Knowledge, where: str | None = None) -> tuple[int, int, int]:
    """Sort key: of the country asked for, in office on the days, most notable office."""
    near = _widened(period)
    held = knowledge.tenures_of(person.id, near) if near else []
    ever = held or knowledge.tenures_of(person.id)
    rank = min((words().rank(t.office.kind) for t in ever), default=len(words().ranks) + 1)
    return (int(where is not None and person.country != where), int(not held), rank)


def _widened(period: Days | None) -> Days | None:
    """Some months around the days: people are in the news before and after they hold an office."""
    if period is None:
        return None
    margin = timedelta(days=90)
    return Days(period.first and period.first - margin, period.last and period.last + margin)


def another_leader(titled: Titled, period: Days | None, knowledge: Knowledge) -> Choice | None:
    """The holder of an office whose name the page gives as that of the country's head: "Secretary of State Biden"."""
    if not titled.firm or titled.former or period is None or titled.where is None or titled.kind in HEADS:
        return None
    heads = {
        tenure.person
        for kind in HEADS
        for office in knowledge.offices_of_kind(kind, titled.where)
        for tenure in knowledge.holders(office.id, period)
    }  # fmt: skip
    named = [knowledge.people[key] for key in heads if key in knowledge.people and same_spelling(titled.text, knowledge.people[key])]
    sitting = {p.id: (p, office) for p, office in _holders(titled, period, knowledge)}
    meant = {office.id for office in titled.offices}
    if len(named) != 1 or len(sitting) != 1 or any(t.office.id in meant for t in knowledge.tenures_of(named[0].id)):
        return None
    person, office = next(iter(sitting.values()))
    reason = f"{named[0].name} did not hold the office {office.name} ({office.where}); {person.name} did"
    return Choice(person, 0.0, True, 0.6, reason, office)
