"""Damaged full names without a title that the table knows, right after the country or organisation of somebody in office on the days.

"Guinean National Committee head Mamady Doumubouya": the page says where; the day and almost all the letters say who. Only long family
names count, and only where nobody at all has the name as written: of short ones too many differ by a letter.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from attache.knowledge import Knowledge, Person, fold
from attache.reading import Days
from attache.who.ledger import Claim, Ledger
from attache.who.namesakes import one_person
from attache.who.period import notable_offices
from attache.who.variants import chance, clean_name

SURE = 0.95
MARGIN = 0.2
"""By how much the best must beat the next."""
SHORTEST = 6
"""Letters of the family name."""
REACH = 14
"""How many tokens before the name the country may stand."""


def link_near_names(ledger: Ledger) -> None:
    """Link and repair such names, those of two words or more."""
    if ledger.period is None:
        return
    for start, end in ledger.runs():
        if end > start + 1:
            _link(ledger, start, end)


def _link(ledger: Ledger, start: int, end: int) -> None:
    name = clean_name(ledger.doc[start:end].text)
    if len(fold(name).split(" ")[-1]) < SHORTEST or "\n" in name:
        return
    for where in _places_before(ledger, start):
        ranked = sorted(((chance(name, p), p.id, p) for p in in_office(where, ledger.period, ledger.knowledge)), reverse=True)
        if not ranked or not SURE <= ranked[0][0] < 1.0 or ledger.knowledge.people_named(name):
            continue
        score, _, person = ranked[0]
        rival = next((other for other, _, someone in ranked[1:] if not one_person(someone, person)), 0.0)
        if score - rival < MARGIN:
            continue
        reason = f"{person.name} held an office of {where} in these days, and the name is a damaged copy of it with probability {score:.2f}"
        held = {t.office.id: t.office for t in ledger.knowledge.tenures_of(person.id, ledger.period) if t.office.where == where}
        office = next(iter(held.values())) if len(held) == 1 else None
        ledger.link(start, end, ledger.person(person, office), Claim("name", "knowledge", 0.8 * score, reason, True))
        return


def _places_before(ledger: Ledger, start: int) -> Iterator[str]:
    """Countries and organisations that the sentence names shortly before a token, the nearest first."""
    first = max(ledger.doc[start].sent.start if ledger.doc.has_annotation("SENT_START") else 0, start - REACH)
    seen = set()
    for i in range(start - 1, first - 1, -1):
        link = ledger.reading_at(i)
        actor = ledger.reading.actors.get(link.actor) if link else None
        if actor is not None and actor.kind != "person":
            where = actor.country if actor.kind == "country" else actor.affiliation
            if where and where not in seen:
                seen.add(where)
                yield where


@lru_cache(maxsize=256)
def in_office(where: str, period: Days, knowledge: Knowledge) -> tuple[Person, ...]:
    """Whoever held a notable office there on the days; of an organisation, any office that the table has."""
    offices = notable_offices(where, knowledge) if where in knowledge.countries else knowledge.offices_at(where)
    held = {t.person for office in offices for t in knowledge.holders(office.id, period)}
    return tuple(knowledge.people[key] for key in sorted(held) if key in knowledge.people)
