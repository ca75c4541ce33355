"""Popolo JSON (https://www.popoloproject.com), as EveryPolitician published it: persons, organizations, memberships, posts."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from attache.errors import SourceUnreadable
from attache.knowledge.importing.facts import Fact, OfficeFact, PersonFact, TenureFact

Row = dict[str, Any]


def facts_of(text: bytes, name: str, country: str) -> Iterator[Fact]:
    """All facts of a file; ``country`` is that of the whole file, which Popolo does not say."""
    try:
        data = json.loads(text)
    except ValueError as error:
        raise SourceUnreadable(f"{name}: no JSON ({error})") from error
    if not isinstance(data, dict) or not isinstance(data.get("persons"), list):
        raise SourceUnreadable(f"{name}: no Popolo: it has no list `persons`")
    ids = {}
    for row in data["persons"]:
        ids[row["id"]] = identity = _id(row)
        aliases = tuple(n["name"] for n in row.get("other_names", []) if n.get("name"))
        yield PersonFact(identity, row["name"], aliases, country)
    bodies = {row["id"]: row.get("name", "") for row in data.get("organizations", [])}
    for row in data.get("memberships", []):
        if row.get("person_id") in ids:
            office = _office(row, bodies, country)
            yield office
            yield TenureFact(ids[row["person_id"]], office.id, _date(row, "start_date"), _date(row, "end_date"))


def _office(row: Row, bodies: dict[str, str], country: str) -> OfficeFact:
    """A membership as an office: its role in its organization."""
    role, body = row.get("role") or "member", bodies.get(row.get("organization_id", ""), "")
    name = f"{role} of {body}" if body and body.casefold() not in role.casefold() else role
    return OfficeFact(f"popolo:{country}:{name.casefold()}", name[:1].upper() + name[1:], country)


def _id(row: Row) -> str:
    known = next((i["identifier"] for i in row.get("identifiers", []) if i.get("scheme") == "wikidata"), None)
    return f"wd:{known}" if known else f"popolo:{row['id']}"


def _date(row: Row, key: str) -> str:
    return str(row.get(key) or "")[:10]
