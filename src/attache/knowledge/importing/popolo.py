"""Popolo JSON (https://www.popoloproject.com), as EveryPolitician published it: persons, organizations, memberships, posts."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

from attache.errors import SourceUnreadable
from attache.knowledge.importing.facts import Fact, OfficeFact, PersonFact, TenureFact

Row = dict[str, Any]


def facts_of(text: bytes, name: str, country: str, pass_over: Callable[[str, Exception], None]) -> Iterator[Fact]:
    """All facts of a file; ``country`` is that of the whole file, which Popolo does not say. Told which rows cannot be read."""
    try:
        data = json.loads(text)
    except ValueError as error:
        raise SourceUnreadable(f"{name}: no JSON ({error})") from error
    if not isinstance(data, dict) or not isinstance(data.get("persons"), list):
        raise SourceUnreadable(f"{name}: no Popolo: it has no list `persons`")
    ids: dict[str, str] = {}
    for n, row in enumerate(data["persons"]):
        try:
            identity = ids[row["id"]] = _id(row)
            aliases = tuple(other["name"] for other in row.get("other_names") or [] if other.get("name"))
            person = PersonFact(identity, row["name"], aliases, country)
        except (KeyError, TypeError, AttributeError) as error:
            pass_over(f"{name}, persons[{n}]", error)
        else:
            yield person
    bodies, posts, terms = (_by_id(data, key) for key in ("organizations", "posts", "events"))
    for n, row in enumerate(data.get("memberships") or []):
        try:
            if row.get("person_id") in ids:
                office = _office(row, bodies, posts, country)
                # EveryPolitician dates a membership only where it is not that of the whole term
                term = terms.get(row.get("legislative_period_id", ""), {})
                days = (_date(row, "start_date") or _date(term, "start_date"), _date(row, "end_date") or _date(term, "end_date"))
                yield from (office, TenureFact(ids[row["person_id"]], office.id, *days))
        except (KeyError, TypeError, AttributeError) as error:
            pass_over(f"{name}, memberships[{n}]", error)


def _by_id(data: Row, key: str) -> dict[str, Row]:
    return {row["id"]: row for row in data.get(key) or [] if isinstance(row, dict) and "id" in row}


def _office(row: Row, bodies: dict[str, Row], posts: dict[str, Row], country: str) -> OfficeFact:
    """A membership as an office: the post, else the role, in its organization."""
    post = posts.get(row.get("post_id", ""), {})
    role = row.get("role") or post.get("role") or post.get("label") or "member"
    body = bodies.get(row.get("organization_id") or post.get("organization_id", ""), {}).get("name", "")
    name = f"{role} of {body}" if body and body.casefold() not in role.casefold() else role
    return OfficeFact(f"popolo:{country}:{name.casefold()}", name[:1].upper() + name[1:], country)


def _id(row: Row) -> str:
    known = next((i["identifier"] for i in row.get("identifiers") or [] if i.get("scheme") == "wikidata"), None)
    return f"wd:{known}" if known else f"popolo:{row['id']}"


def _date(row: Row, key: str) -> str:
    return str(row.get(key) or "")[:10]
