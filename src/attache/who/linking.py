"""From a name to a person: office first, then the day, then the name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta

from attache.knowledge import Knowledge, Office, Person, Tenure, certainty, fold
from attache.reading import Days
from attache.who.lexicon import words
from attache.who.likeness import taken_apart
from attache.who.namesakes import HEADS, in_another_office, notability, one_person, widened
from attache.who.period import holders, notable_offices, of_kind
from attache.who.titled import Titled
from attache.who.variants import chance, clean_name, noisy, resemblance, same_spelling, unaddressed

HOLDER = 0.3
"""Least likeness to the holder of the office on the day: what stands beside the office is most likely its holder."""
SUGGESTED = 0.15
"""Least likeness that is worth a word."""
FEW = 12
SOMEWHERE = 0.55
"""The same where the office is one of at most ``FEW``."""
ANYWHERE = 0.93
"""The same where the office could be any country's."""
LOOSE = 0.93
"""The same where only the country is known, not the office."""
ONE_PART = 0.5
"""The same where one part of the name is exactly right."""
OTHER_DAYS = 0.97
"""The same where the holder held the office on other days than the page's; a surname alone is then a relative's as well."""
NEAR_YEARS = timedelta(days=730)
"""Within these days of the page's the following is enough."""
OTHER_YEARS = 0.85
NEAR_DAYS = timedelta(days=60)
"""Tenures are not always known to the day, and news calls people by offices that they are about to take."""
MARGIN = 0.1
"""By how much the best holder must beat the next."""
OTHER_OFFICE = 0.15
"""How much less a near name counts where the person held another office of the country."""
SURE_OTHER_OFFICE = 0.85
"""How alike such a name must be at least."""
OTHER_KIND = 0.05
"""How much less a near name counts where the office is of another kind than the title says."""
UNSURE = 0.2
"""How much less it counts where the end of the term is unknown and almost certainly past."""
LIKELY = 0.5
"""A term with less than this certainty stands behind the surer one of somebody of the same name."""

Row = tuple[float, Person, Office]
"""How probable a person is, and the office held."""


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
    sitting = ranked(titled, period, knowledge)
    best = near if near and (near[0][0] == 1.0 or not _alone_exact(sitting)) else sitting
    near = near if best is near else []
    if not best or best[0][0] < (_floor(titled, best[0][1], bool(near)) if titled.firm or near else 1.0):
        best = _outside_term(titled, period, knowledge) or best
    if not best or best[0][0] < 1.0:
        other = _exact_elsewhere(titled, period, knowledge)
        if other is not None:
            return other
        best = sorted([*best, *_in_other_offices(titled, period, knowledge)], key=lambda row: -row[0])
    if not best:
        return None
    score, person, office = best[0]
    rival = next((other for other, someone, _ in best[1:] if not one_person(someone, person)), 0.0)
    if score < 1.0 and (score < _floor(titled, person, bool(near)) or score - rival < MARGIN or titled.lesser):
        return None
    return _choice(titled, person, office, score, period)


def _alone_exact(rows: list[Row]) -> bool:
    """Whether the first and only the first has exactly the name."""
    return bool(rows) and rows[0][0] == 1.0 and not any(score == 1.0 and not one_person(p, rows[0][1]) for score, p, _ in rows[1:])


def _exact_elsewhere(titled: Titled, period: Days | None, knowledge: Knowledge) -> Choice | None:
    """Somebody of exactly this name, whatever country or office was taken to be meant: nothing is repaired."""
    for where in titled.near if titled.where else ():
        # the country was not told beside the title but taken from the name before it, or from the title's most common use
        offices = tuple(knowledge.offices_of_kind(titled.kind, where))
        there = ranked(replace(titled, offices=offices, where=where), period, knowledge) if offices else []
        if there and there[0][0] == 1.0:
            return _choice(titled, there[0][1], there[0][2], 1.0, period)
    return _another_office(titled, period, knowledge)


def _in_other_offices(titled: Titled, period: Days | None, knowledge: Knowledge) -> list[Row]:
    """Holders of the country's other notable offices with a damaged copy of whose name this goes: titles are mistaken too."""
    if titled.where is None or period is None or not titled.firm:
        return []
    offices = tuple(
        office
        for office in notable_offices(titled.where, knowledge)
        if office not in titled.offices and (titled.kind in HEADS or office.kind not in HEADS)
    )
    rows = ranked(replace(titled, offices=offices), period, knowledge) if offices else []
    return [(score - OTHER_OFFICE, person, office) for score, person, office in rows if SURE_OTHER_OFFICE <= score < 1.0][:2]


def _another_office(titled: Titled, period: Days | None, knowledge: Knowledge) -> Choice | None:
    """Somebody of exactly this name who held another office of the country in those days, or whose full name this is anywhere."""
    found = in_another_office(titled, period, knowledge)
    if found is not None:
        person, office = found
        reason = f"{person.name} is a person of this name who held the office {office.name} ({office.where}) around these days"
        return Choice(person, 1.0, False, 0.8, reason, None)
    return by_name(titled.text, period, knowledge, titled.where, short_forms=False)


def suggestion(titled: Titled, period: Days | None, knowledge: Knowledge) -> tuple[float, Person] | None:
    """The likeliest holder of the office where none is likely enough to repair the name: shown as a reason, never linked."""
    if not titled.firm or titled.where is None or titled.lesser:
        return None
    best = ranked(titled, period, knowledge)[:1]
    return (best[0][0], best[0][1]) if best and SUGGESTED <= best[0][0] < 1.0 else None


def ranked(titled: Titled, period: Days | None, knowledge: Knowledge) -> list[Row]:
    """Holders of the offices meant, most alike name first; the better known office first among equals."""
    scored: dict[str, tuple[float, Person, Office]] = {}
    stale: dict[str, bool] = {}
    for person, tenure in _holders(titled, period, knowledge):
        score, sure = chance(titled.text, person), certainty(tenure, period) if period and not titled.former else 1.0
        if score < 1.0:
            score -= (0.0 if of_kind(titled, tenure.office) else OTHER_KIND) + UNSURE * (1.0 - sure)
        if person.id not in scored or score > scored[person.id][0]:
            scored[person.id] = (score, person, tenure.office)
        stale[person.id] = sure < LIKELY and stale.get(person.id, True)
    return sorted(scored.values(), key=lambda row: (-row[0], stale[row[1].id], words().rank(row[2].kind), row[1].id))


def _of_a_country_named(titled: Titled, period: Days | None, knowledge: Knowledge) -> list[Row]:
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


def _outside_term(titled: Titled, period: Days | None, knowledge: Knowledge) -> list[Row]:
    """Holders of the same office on other days, where a name is all but right, or nearly right some weeks off."""
    if not titled.firm:
        return []
    if titled.where is None:
        return _soon_in_a_country_named(titled, period, knowledge)
    if period is not None:
        near = [row for row in ranked(titled, widened(period, NEAR_DAYS), knowledge) if row[0] >= SOMEWHERE][:2]
        if near:
            return near
        near = [row for row in ranked(titled, widened(period, NEAR_YEARS), knowledge) if row[0] >= OTHER_YEARS][:2]
        if near:
            return near
    floor = OTHER_DAYS if " " in titled.text.strip() else 1.0
    return [row for row in ranked(titled, None, knowledge) if row[0] >= floor][:2]


def _soon_in_a_country_named(titled: Titled, period: Days | None, knowledge: Knowledge) -> list[Row]:
    """For a title without a country, those of exactly the name who hold it some weeks off: "the inauguration of President Fox"."""
    for where in titled.near if period is not None else ():
        offices = tuple(o for o in titled.offices if o.where == where)
        there = ranked(replace(titled, offices=offices, where=where), widened(period, NEAR_DAYS), knowledge) if offices and period else []
        if there and there[0][0] == 1.0:
            return there[:2]
    return []


def _holders(titled: Titled, period: Days | None, knowledge: Knowledge) -> Iterator[tuple[Person, Tenure]]:
    return holders(titled, knowledge, Days(None, period.last) if titled.former and period is not None else period)


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
    repaired = score < 1.0 or noisy(titled.text)
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


def by_name(text: str, period: Days | None, knowledge: Knowledge, where: str | None = None, short_forms: bool = True) -> Choice | None:
    """The person of exactly this full name: by the canonical name before an alias, in office on the page's days, the most notable.

    ``short_forms`` takes Jack for John, which is too weak where the holder of the office told has a name that is nearly the one written.
    """
    name = taken_apart(unaddressed(clean_name(text)))
    size = len(name.split())
    people = {p.id: p for p in knowledge.people_named(name) if same_spelling(name, p, short_forms)} if size > 1 else {}
    if size > 1:
        others = knowledge.people_surnamed(name.split()[-1])
        alike = (p for p in others if len(p.name.split()) == size)
        people |= {p.id: p for p in alike if same_spelling(name, Person(p.id, p.name, country=p.country), short_forms)}
    if not people:
        return None
    # an alias may be the name of a relative
    best = min(
        people.values(),
        key=lambda p: (not same_spelling(name, Person(p.id, p.name, country=p.country)), *notability(p, period, knowledge, where), p.id),
    )
    return Choice(best, 1.0, False, 0.9 if len(people) == 1 else 0.7, f"the full name of {best.name} in the table of people")


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
    sitting = {p.id: (p, tenure.office) for p, tenure in _holders(titled, period, knowledge)}
    meant = {office.id for office in titled.offices}
    if len(named) != 1 or len(sitting) != 1 or any(t.office.id in meant for t in knowledge.tenures_of(named[0].id)):
        return None
    person, office = next(iter(sitting.values()))
    reason = f"{named[0].name} did not hold the office {office.name} ({office.where}); {person.name} did"
    return Choice(person, 0.0, True, 0.6, reason, office)
