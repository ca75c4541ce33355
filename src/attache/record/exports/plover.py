"""Events as PLOVER JSON (draft 0.8), one a line; those that PLOVER has no type for, such as plain statements, are left out."""

from __future__ import annotations

import json
from typing import IO, TYPE_CHECKING, Any

from attache.record.exports.selection import Exported, codes, exported
from attache.record.filters import EventFilters
from attache.record.rows import ActorRow

if TYPE_CHECKING:
    from attache.record.book import Record

_AUXILIARY = {"planned": "future", "conditional": "hypothetical", "proposed": "hypothetical", "denied": "negation"}


def write(record: Record, stream: IO[str], filters: EventFilters) -> int:
    """Write the events that fit; how many."""
    count = 0
    for one in exported(record, filters):
        if one.event.plover and one.event.first:
            stream.write(json.dumps(_event(one), ensure_ascii=False) + "\n")
            count += 1
    return count


def _event(one: Exported) -> dict[str, Any]:
    event = one.event
    code = codes()["plover"][event.plover]
    modes = [mode for mode in (one.mode, _AUXILIARY.get(event.status)) if mode]
    found: dict[str, Any] = {
        "id": f"attache-{event.id}", "date": event.first, "enddate": event.last, "actor": [_entity(a) for a in one.side("source")],
        "recipient": [_entity(a) for a in one.side("target")], "event": [event.plover], "mode": modes, "context": list(one.contexts),
        "quad_code": code["quad"], "event_scale": code["scale"], "event_text": event.words, "coder": "attache",
        "event_loc": _place(one), "cite_info": [{"url": uri, "title": title} for uri, title in one.pages],
        "comment": f"status {event.status}; {event.sources} independent sources; confidence {event.confidence:.2f}",
    }  # fmt: skip
    return {key: value for key, value in found.items() if value not in (None, [], {})}


def _entity(actor: ActorRow) -> dict[str, Any]:
    known = {"code": actor.country, "entity_text": actor.name, "identifier_id": actor.code}
    return {key: value for key, value in known.items() if value}


def _place(one: Exported) -> dict[str, Any]:
    event = one.event
    place = {"name": event.place, "country": event.country, "latitude": event.latitude, "longitude": event.longitude}
    return {key: value for key, value in place.items() if value is not None}
