"""Wikidata's JSON dump (https://www.wikidata.org/wiki/Wikidata:Database_download), one entity a line: people with positions,
positions, international organisations, treaties."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from attache.knowledge.importing.countries import country_code
from attache.knowledge.importing.facts import AgreementFact, Fact, OfficeFact, OrganisationFact, PersonFact, TenureFact

Entity = dict[str, Any]

INSTANCE, CITIZEN, COUNTRY, POSITION, START, END, AT = "P31", "P27", "P17", "P39", "P580", "P582", "P585"
JURISDICTION, DIRECTS, SHORT_NAME, SIGNED, SIGNATORY, PARTICIPANT = "P1001", "P2389", "P1813", "P585", "P1891", "P710"
HUMAN = "Q5"
ORGANISATIONS = frozenset({"Q484652", "Q245065", "Q1335818", "Q4120211", "Q1127126", "Q1140371"})
"""International, intergovernmental, supranational and regional organisation, military alliance."""
TREATIES = frozenset({"Q131569", "Q625298", "Q252550", "Q93288", "Q1345691"})
"""Treaty, peace treaty, non-aggression pact, contract between states, bilateral treaty."""
POSITIONS = frozenset({"Q4164871", "Q294414", "Q48352", "Q2285706", "Q83307", "Q14212", "Q30461", "Q7330070", "Q303618"})
"""Position, public office, head of state, head of government, minister, prime minister, president, foreign minister, diplomatic rank."""
_MARKS = tuple(f'"{i}"'.encode() for i in (POSITION, JURISDICTION, DIRECTS, *sorted(ORGANISATIONS | TREATIES | POSITIONS)))
"""A line without any of these holds nothing that is taken; most of a dump's hundred million lines are such and need no parsing."""
LANGUAGES = ("en", "mul", "de", "fr", "es", "it", "pt", "nl", "pl", "tr", "cs", "sv")
"""Labels taken as names, the first as the name itself: languages in Latin letters."""
MOST_ALIASES = 16


def facts_of(line: bytes) -> Iterator[Fact]:
    """The facts of one line of a dump; brackets and the comma at its end are no part of the entity."""
    text = line.strip().rstrip(b",")
    if text in (b"[", b"]", b"") or not any(mark in text for mark in _MARKS):
        return
    entity: Entity = json.loads(text)
    names = names_of(entity)
    if entity.get("type") != "item" or not names:
        return
    kinds = set(items(entity, INSTANCE))
    if HUMAN in kinds:
        yield from person_facts(entity, names)
    elif kinds & TREATIES:
        parties = [country_code(f"wd:{i}") for p in (SIGNATORY, PARTICIPANT) for i in items(entity, p)]
        yield AgreementFact(
            f"wd:{entity['id']}", names[0], tuple(names[1:]), moment(entity, SIGNED), tuple(sorted({p for p in parties if p}))
        )
    elif kinds & ORGANISATIONS:
        yield OrganisationFact(f"wd:{entity['id']}", names[0], (*names[1:], *texts(entity, SHORT_NAME)), place_of(entity))
    if kinds & POSITIONS or not {JURISDICTION, DIRECTS}.isdisjoint(table(entity, "claims")):
        yield OfficeFact(f"wd:{entity['id']}", names[0], place_of(entity))


def person_facts(entity: Entity, names: list[str]) -> Iterator[Fact]:
    """A person with positions, and the positions held."""
    held = [s for s in table(entity, "claims").get(POSITION, []) if s.get("rank") != "deprecated"]
    if not held:
        return
    identity = f"wd:{entity['id']}"
    country = next((code for i in items(entity, CITIZEN) if (code := country_code(f"wd:{i}"))), "")
    yield PersonFact(identity, names[0], tuple(names[1:]), country, languages_of(entity, names))
    for statement in held:
        office = value_of(statement.get("mainsnak", {}))
        if isinstance(office, dict) and "id" in office:
            if (days := days_of(table(statement, "qualifiers"))) is not None:
                yield TenureFact(identity, f"wd:{office['id']}", *days)


def days_of(qualifiers: Entity) -> tuple[str, str] | None:
    """Start and end of a statement, as far as known; a single point in time is both.

    An end that is said to be unknown is an end all the same: only the start is then sure, and None is returned where that is unknown too.
    """
    start, end, at = (qualified(qualifiers, prop) for prop in (START, END, AT))
    if not start and not end and at:
        return at, at
    if not end and any(snak.get("snaktype") == "somevalue" for snak in qualifiers.get(END, [])):
        return (start, start) if start else None
    return start, end


def table(entity: Entity, key: str) -> Entity:
    """A mapping of an entity; dumps write an empty one as an empty list."""
    found = entity.get(key)
    return found if isinstance(found, dict) else {}


def names_of(entity: Entity) -> list[str]:
    """Labels and aliases in the languages taken, each once."""
    labels, aliases = table(entity, "labels"), table(entity, "aliases")
    found = [labels[code]["value"] for code in LANGUAGES if code in labels]
    found += [alias["value"] for code in ("en", "mul") for alias in aliases.get(code, [])]
    return [name for name in dict.fromkeys(map(clean, found)) if name][:MOST_ALIASES]


def languages_of(entity: Entity, names: list[str]) -> tuple[tuple[str, str], ...]:
    """Which language each name is in: the first label that is written so."""
    labels = table(entity, "labels")
    first = {clean(labels[code]["value"]): code for code in reversed(LANGUAGES) if code in labels}
    return tuple((name, first[name]) for name in names if name in first)


def clean(name: str) -> str:
    """A name without the marks that part names in the database."""
    return name.replace("|", " ").replace("@", " ").strip()


def value_of(snak: Entity) -> Any:
    """The value of a snak; None where it is unknown or none."""
    return snak.get("datavalue", {}).get("value") if snak.get("snaktype") == "value" else None


def values(entity: Entity, prop: str) -> list[Any]:
    """The values of a property, those of preferred rank alone where there are any."""
    claims = [c for c in table(entity, "claims").get(prop, []) if c.get("rank") != "deprecated"]
    preferred = [c for c in claims if c.get("rank") == "preferred"] or claims
    return [v for c in preferred if (v := value_of(c.get("mainsnak", {}))) is not None]


def items(entity: Entity, prop: str) -> list[str]:
    """The item ids among the values of a property."""
    return [v["id"] for v in values(entity, prop) if isinstance(v, dict) and "id" in v]


def texts(entity: Entity, prop: str) -> list[str]:
    """The texts among the values of a property."""
    return [v["text"] for v in values(entity, prop) if isinstance(v, dict) and "text" in v]


def place_of(entity: Entity) -> str:
    """The country that an office or organisation belongs to; empty where unknown."""
    return next((code for prop in (JURISDICTION, COUNTRY) for i in items(entity, prop) if (code := country_code(f"wd:{i}"))), "")


def moment(entity: Entity, prop: str) -> str:
    """The first date of a property at its precision."""
    return next((day for v in values(entity, prop) if (day := iso(v))), "")


def qualified(qualifiers: Entity, prop: str) -> str:
    """The first date of a qualifier at its precision."""
    return next((day for snak in qualifiers.get(prop, []) if (day := iso(value_of(snak)))), "")


JULIAN = "Q1985786"
BEFORE = (0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334)
"""Days of a common year before each month."""


def iso(value: Any) -> str:
    """A Wikidata time as an ISO date of its precision (9 year, 10 month, 11 day); empty for others and years before the common era.

    A day is told in the calendar named with it; one of the Julian calendar is put into ours.
    """
    if not isinstance(value, dict) or not str(value.get("time", "")).startswith("+"):
        return ""
    time, precision = str(value["time"]), value.get("precision", 0)
    if precision == 11 and str(value.get("calendarmodel", "")).endswith(JULIAN):
        return gregorian(int(time[1:5]), int(time[6:8]), int(time[9:11]))
    return {9: time[1:5], 10: time[1:8], 11: time[1:11]}.get(precision, "")


def gregorian(year: int, month: int, day: int) -> str:
    """A day of the Julian calendar, from the year 4 on, as an ISO date: the two differ by the leap days of full centuries."""
    leap = month > 2 and year % 4 == 0
    days = 365 * (year - 1) + (year - 1) // 4 + BEFORE[month - 1] + leap + day
    # 1 January of the year 1 was 30 December of the year before in ours
    return (date(1, 1, 1) + timedelta(days - 3)).isoformat()
