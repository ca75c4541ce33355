"""What the knowledge base says of a name, in lines of text or as JSON."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from attache.errors import UsageError
from attache.knowledge import Tenure, builtin
from attache.reading import Days
from attache.show.candidates import Choice, Reason, candidates, read_office

MOST_TERMS = 4
"""Terms of office that are shown of somebody where a day leaves several."""


def people_lines(name: str, day: str | None, office: str | None) -> list[str]:
    """One line a person, the likeliest first; below it each reason, then the offices held (on the day, where one is given)."""
    return [line for choice in _found(name, day, office) for line in _lines(choice, short=bool(office or day))]


def people_json(name: str, day: str | None, office: str | None) -> list[str]:
    """The same, one JSON object a person a line; ``docs/importing.md`` lists the fields."""
    return [json.dumps(_as_json(choice), ensure_ascii=False) for choice in _found(name, day, office)]


def _found(name: str, day: str | None, office: str | None) -> list[Choice]:
    on = Days(date.fromisoformat(day), date.fromisoformat(day)) if day else None
    if office:
        asked = read_office(office, builtin())
        if not (asked.phrases or asked.places or asked.kinds):
            raise UsageError(
                f"--office {office!r} names no office, country, organisation or kind of office that attache knows; "
                "try such as 'US Secretary of State' or 'NATO chief'"
            )
    return candidates(name, on, office)


def _lines(choice: Choice, short: bool) -> list[str]:
    person = choice.person
    head = [person.name, person.id, *([person.country] if person.country else []), f"{choice.score:.2f}", *filter(None, [choice.verdict])]
    terms = choice.terms[:MOST_TERMS] if short else choice.terms
    more = [f"    … and {len(choice.terms) - len(terms)} more"] if len(terms) < len(choice.terms) else []
    return ["  ".join(head), *map(_reason, choice.reasons), *map(_term, terms), *more]


def _reason(reason: Reason) -> str:
    compared = f": “{reason.asked}” and “{reason.known}”" if reason.known else f": “{reason.asked}”"
    return f"    {reason.of} {reason.value:.2f}, {reason.why}{compared}"


def _term(tenure: Tenure) -> str:
    return f"    {tenure.start or '?'} … {'' if tenure.open_end else tenure.end or '?'}  {tenure.office.name}"


def _as_json(choice: Choice) -> dict[str, Any]:
    person = choice.person
    return {
        "id": person.id, "name": person.name, "country": person.country, "score": choice.score, "verdict": choice.verdict or None,
        "reasons": [{"of": r.of, "value": r.value, "why": r.why, "asked": r.asked, "known": r.known or None} for r in choice.reasons],
        "offices": list(map(_office_json, choice.terms)),
    }  # fmt: skip


def _office_json(term: Tenure) -> dict[str, Any]:
    office = term.office
    dates = {"start": term.start or None, "end": term.end or None}
    return {"id": office.id, "name": office.name, "where": office.where, **dates, "source": term.source}
