"""OpenSanctions and other data in FollowTheMoney JSON lines (https://followthemoney.tech): people, positions, occupancies."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from attache.knowledge.importing.countries import country_code
from attache.knowledge.importing.facts import Fact, OfficeFact, OrganisationFact, PersonFact, TenureFact

MOST_ALIASES = 24


NESTED = {"positionOccupancies": "holder", "occupancies": "post"}
"""Properties under which the nested form holds an occupancy, and what the one that holds it is in that."""


def facts_of(line: bytes) -> Iterator[Fact]:
    """The facts of one entity, and of those nested in it; a position named on a person gets a tenure without dates."""
    entity = json.loads(line)
    if not isinstance(entity, dict):
        raise ValueError("no FollowTheMoney entity")
    yield from _facts(entity)


def _facts(entity: dict[str, Any]) -> Iterator[Fact]:
    properties = dict(entity.get("properties", {}))
    for key, values in properties.items():
        for value in values:
            if isinstance(value, dict):
                linked = dict(value.get("properties", {}))
                if key in NESTED:
                    linked.setdefault(NESTED[key], [entity["id"]])
                yield from _facts({**value, "properties": linked})
        properties[key] = [value["id"] if isinstance(value, dict) else value for value in values]
    yield from _own(entity, properties)


def _own(entity: dict[str, Any], properties: dict[str, Any]) -> Iterator[Fact]:
    schema, names = entity.get("schema"), _names(entity)
    if schema == "Occupancy":
        yield from _occupancy(properties)
    elif schema == "Person" and names:
        country = _country(properties, "country", "nationality", "citizenship")
        yield PersonFact(_id(entity["id"]), names[0], tuple(names[1:]), country)
        for position in properties.get("position", []):
            office = f"ftm:{country}:{position.casefold()}"
            yield OfficeFact(office, position, country)
            yield TenureFact(_id(entity["id"]), office)
    elif schema == "Position" and names:
        yield OfficeFact(_id(entity["id"]), names[0], _country(properties, "country", "subnationalArea"))
    elif schema in ("PublicBody", "Organization") and names:
        yield OrganisationFact(_id(entity["id"]), names[0], tuple(names[1:]), _country(properties, "country", "jurisdiction"))


def _occupancy(properties: dict[str, Any]) -> Iterator[Fact]:
    """Each holder of each post; nothing where nothing is sure of the days."""
    days = _days(properties)
    if days is not None:
        for holder in properties.get("holder", []):
            yield from (TenureFact(_id(holder), _id(post), *days) for post in properties.get("post", []))


def _days(properties: dict[str, Any]) -> tuple[str, str] | None:
    """Start and end; of an occupancy that has ended on no known day only the start is sure, and None where nothing is."""
    start, end = _first(properties, "startDate"), _first(properties, "endDate")
    if not end and "ended" in properties.get("status", []):
        return (start, start) if start else None
    return start, end


def _id(text: str) -> str:
    """OpenSanctions uses Wikidata's ids where it has them."""
    return f"wd:{text}" if text[:1] == "Q" and text[1:].isdigit() else f"ftm:{text}"


def _names(entity: dict[str, Any]) -> list[str]:
    properties = entity.get("properties", {})
    found = [entity.get("caption", ""), *(n for key in ("name", "alias", "weakAlias") for n in properties.get(key, []))]
    return [name for name in dict.fromkeys(n.replace("|", " ").strip() for n in found) if name][:MOST_ALIASES]


def _first(properties: dict[str, Any], key: str) -> str:
    return str(min(properties.get(key, []), default=""))[:10]


def _country(properties: dict[str, Any], *keys: str) -> str:
    return next((code for key in keys for text in properties.get(key, []) if (code := country_code(text))), "")
