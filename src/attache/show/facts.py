"""What the knowledge base says of a name, in lines of text."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from attache.errors import UsageError
from attache.knowledge import OfficePhrase, Person, Tenure, builtin
from attache.reading import Days


def people_lines(name: str, day: str | None, office: str | None) -> list[str]:
    """One line a person, then one an office held (on the day, where one is given); similar names where none is the same."""
    known = builtin()
    on = Days(date.fromisoformat(day), date.fromisoformat(day)) if day else None
    phrases = known.office_phrases(office.split()) if office else []
    if office and not phrases:
        raise UsageError(f"--office {office!r} is no office that attache knows; try such as 'US Secretary of State' or 'NATO chief'")
    exact = known.people_named(name) or known.people_surnamed(name)
    people = [(p, "") for p in exact] or [(c.person, f"  (similar, {c.score:.2f})") for c in known.similar(name)]
    lines: list[str] = []
    for person, note in people:
        tenures = [t for t in known.tenures_of(person.id, on) if _meant(t, phrases)]
        if tenures or not (phrases or on):
            lines += [_person(person) + note, *map(_tenure, tenures)]
    return lines


def counts() -> Iterator[tuple[str, int]]:
    """How many facts of each kind there are."""
    known = builtin()
    yield "people", len(known.people)
    yield "offices", len(known.offices)
    yield "countries", len(known.countries)
    yield "organisations", len(known.organisations)
    yield "agreements", len(known.agreements)


def _meant(tenure: Tenure, phrases: list[OfficePhrase]) -> bool:
    return not phrases or any(tenure.office.id == o.id for phrase in phrases for o in phrase.offices)


def _person(person: Person) -> str:
    return f"{person.name}  {person.id}" + (f"  {person.country}" if person.country else "")


def _tenure(tenure: Tenure) -> str:
    return f"    {tenure.start or '?'} … {'' if tenure.open_end else tenure.end or '?'}  {tenure.office.name}"
