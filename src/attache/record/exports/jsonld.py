"""Events, actors, places and pages as schema.org in JSON-LD. The context is in the file: nothing has to be fetched to read it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import chain
from typing import IO, TYPE_CHECKING, Any
from urllib.parse import quote

from attache.record.exports.selection import Exported, exported
from attache.record.filters import EventFilters
from attache.record.rows import ActorRow

if TYPE_CHECKING:
    from attache.record.book import Record

_CONTEXT: dict[str, Any] = {
    "@vocab": "https://schema.org/",
    "wd": "http://www.wikidata.org/entity/",
    "attache": "urn:attache:",
    "startDate": {"@type": "https://schema.org/Date"},
    "endDate": {"@type": "https://schema.org/Date"},
    "eventStatus": {"@type": "@id"},
}
_TYPES = {
    "person": "Person",
    "country": "Country",
    "organisation": "Organization",
    "group": "Organization",
    "body": "GovernmentOrganization",
}
_STATUS = {"planned": "EventScheduled", "denied": "EventCancelled"}


def write(record: Record, stream: IO[str], filters: EventFilters) -> int:
    """Write a document with one node an event, actor and page; how many events."""
    stream.write(f'{{"@context": {json.dumps(_CONTEXT)},\n"@graph": [')
    count, seen, first = 0, set[str](), True
    for one in exported(record, filters):
        for node in chain([_event(one)], _others(one)):
            if node["@id"] not in seen:
                seen.add(node["@id"])
                stream.write(("\n" if first else ",\n") + json.dumps(node, ensure_ascii=False))
                first = False
        count += 1
    stream.write("\n]}\n")
    return count


def _event(one: Exported) -> dict[str, Any]:
    event = one.event
    node: dict[str, Any] = {
        "@id": f"attache:event/{event.id}", "@type": "Event", "name": one.title, "description": event.words, "additionalType": event.kind,
        "startDate": event.first, "endDate": event.last, "location": _place(one),
        "organizer": [{"@id": _id(a)} for a in one.side("source")], "attendee": [{"@id": _id(a)} for a in one.side("target")],
        "about": [{"@id": _id(a)} for a in one.side("about")], "subjectOf": [{"@id": _page(uri)} for uri, _ in one.pages],
        "eventStatus": f"https://schema.org/{_STATUS[event.status]}" if event.status in _STATUS else None,
        "additionalProperty": [
            {"@type": "PropertyValue", "name": name, "value": value}
            for name, value in (("status", event.status), ("independent sources", event.sources), ("confidence", event.confidence))
        ],
    }  # fmt: skip
    return _known(node)


def _others(one: Exported) -> Iterator[dict[str, Any]]:
    for actor in one.side("source", "target", "about"):
        nation = {"@type": "Country", "identifier": actor.country} if actor.country and actor.kind != "country" else None
        key = "nationality" if actor.kind == "person" else "location"
        yield _known(
            {"@id": _id(actor), "@type": _TYPES.get(actor.kind, "Thing"), "name": actor.name, "identifier": actor.code, key: nation}
        )
    for uri, title in one.pages:
        yield _known({"@id": _page(uri), "@type": "NewsArticle", "headline": title, "url": uri})


def _place(one: Exported) -> dict[str, Any] | None:
    event = one.event
    if not (event.place or event.country):
        return None
    geo = {"@type": "GeoCoordinates", "latitude": event.latitude, "longitude": event.longitude} if event.latitude is not None else None
    address = {"@type": "PostalAddress", "addressCountry": event.country} if event.country else None
    return _known({"@type": "Place", "name": event.place or event.country, "geo": geo, "address": address})


def _id(actor: ActorRow) -> str:
    return actor.code if actor.code.startswith("wd:") else f"attache:{quote(actor.code.removeprefix('attache:'), safe='')}"


def _page(uri: str) -> str:
    return quote(uri, safe=":/?#[]@!$&'()*+,;=%~") if "://" in uri[:10] else f"attache:page/{quote(uri, safe='')}"


def _known(node: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in node.items() if value not in (None, [])}
