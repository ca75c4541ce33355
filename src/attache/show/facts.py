"""What the knowledge base says of a name, in lines of text."""

from __future__ import annotations

from datetime import date

from attache.errors import UsageError
from attache.knowledge import OfficePhrase, Person, Tenure, builtin, fold
from attache.reading import Days
from attache.who.linking import HOLDER, MARGIN
from attache.who.variants import chance, same_spelling

LEAST = 0.2
"""Least probability with which somebody is shown."""
MOST = 8


def people_lines(name: str, day: str | None, office: str | None) -> list[str]:
    """One line a person, the likeliest first and with the reason, then one an office held (on the day, where one is given)."""
    known = builtin()
    on = Days(date.fromisoformat(day), date.fromisoformat(day)) if day else None
    phrases = known.office_phrases(office.split()) if office else []
    if office and not phrases:
        raise UsageError(f"--office {office!r} is no office that attache knows; try such as 'US Secretary of State' or 'NATO chief'")
    lines: list[str] = []
    found = ranked(name, on, phrases)[:MOST]
    for score, person in found:
        lines += [f"{_person(person)}  {_reason(name, person, score)}{_verdict(score, found, bool(phrases and on))}"]
        lines += [_tenure(t) for t in known.tenures_of(person.id, on) if _meant(t, phrases)]
    return lines


def ranked(name: str, on: Days | None, phrases: list[OfficePhrase]) -> list[tuple[float, Person]]:
    """Who may be meant: the holders of the office on the day, else everybody of such a name."""
    known = builtin()
    if phrases:
        ids = {t.person for phrase in phrases for o in phrase.offices for t in known.holders(o.id, on)}
        people = [known.people[i] for i in ids if i in known.people]
    else:
        people = [*known.people_named(name), *known.people_surnamed(name), *(c.person for c in known.similar(name, 30))]
    if on and not phrases:
        people = [p for p in people if known.tenures_of(p.id, on)]
    scored = {p.id: (chance(name, p), p) for p in people}
    best = max((score for score, _ in scored.values()), default=0.0)
    floor = 1.0 if best == 1.0 else LEAST
    return sorted((row for row in scored.values() if row[0] >= floor), key=lambda row: (-row[0], *_fit(name, row[1])))


def _fit(name: str, person: Person) -> tuple[bool, int, str]:
    """Sort key among equals: the canonical name before an alias, which may be a relative's; the shorter name first."""
    return not same_spelling(name, Person(person.id, person.name)), len(person.name), person.id


def _reason(name: str, person: Person, score: float) -> str:
    if score == 1.0:
        return "(the name)" if fold(name) in map(fold, (person.name, *person.aliases)) else "(the name in another spelling, or part of it)"
    return f"(a damaged copy of the name with probability {score:.2f})"


def _verdict(score: float, found: list[tuple[float, Person]], constrained: bool) -> str:
    """What the who room would do with a damaged name: repair it where office and day leave one likely holder, else only suggest."""
    if score == 1.0:
        return ""
    rivals = sorted((other for other, _ in found), reverse=True)[1:]
    alone = constrained and score == found[0][0] and score >= HOLDER and all(score - other >= MARGIN for other in rivals)
    return "; on a page it is repaired" if alone else "; no more than a suggestion"


def _meant(tenure: Tenure, phrases: list[OfficePhrase]) -> bool:
    return not phrases or any(tenure.office.id == o.id for phrase in phrases for o in phrase.offices)


def _person(person: Person) -> str:
    return f"{person.name}  {person.id}" + (f"  {person.country}" if person.country else "")


def _tenure(tenure: Tenure) -> str:
    return f"    {tenure.start or '?'} … {'' if tenure.open_end else tenure.end or '?'}  {tenure.office.name}"
