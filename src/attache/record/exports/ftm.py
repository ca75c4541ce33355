"""Events and actors as FollowTheMoney entities, one a line, made and checked by the library itself (extra ``ftm``)."""

from __future__ import annotations

import json
from hashlib import sha1
from typing import IO, TYPE_CHECKING, Any

from attache.errors import UsageError
from attache.record.exports.selection import Exported, countries, exported
from attache.record.filters import EventFilters
from attache.record.rows import ActorRow

if TYPE_CHECKING:
    from attache.record.book import Record

_SCHEMAS = {"person": "Person", "country": "PublicBody", "organisation": "Organization", "body": "PublicBody", "group": "Organization"}


def write(record: Record, stream: IO[str], filters: EventFilters) -> int:
    """Write an entity for each event that fits and each of its actors; how many events."""
    try:
        from followthemoney import model
    except ImportError as error:
        raise UsageError("FollowTheMoney entities need the package followthemoney: pip install 'attache[ftm]'") from error
    count, seen = 0, set[str]()
    for one in exported(record, filters):
        for actor in one.side("source", "target", "about"):
            if actor.code not in seen:
                seen.add(actor.code)
                _line(stream, _actor(model, actor))
        _line(stream, _event(model, one))
        count += 1
    return count


def _actor(model: Any, actor: ActorRow) -> Any:
    entity = model.make_entity(_SCHEMAS.get(actor.kind, "LegalEntity"))
    entity.id = _id(actor.code)
    entity.add("name", actor.name)
    entity.add("country", _country(actor.country))
    if actor.code.startswith("wd:"):
        entity.add("wikidataId", actor.code.removeprefix("wd:"))
    return entity


def _event(model: Any, one: Exported) -> Any:
    event = one.event
    entity = model.make_entity("Event")
    entity.id = _id(f"event-{event.id}-{event.words}")
    entity.add("name", one.title)
    entity.add("summary", event.words)
    entity.add("startDate", event.first)
    entity.add("endDate", event.last)
    entity.add("location", event.place)
    entity.add("country", _country(event.country))
    entity.add("keywords", [event.kind, event.status])
    entity.add("involved", [_id(actor.code) for actor in one.side("source", "target")])
    entity.add("notes", f"{event.sources} independent sources, {event.reports} reports; confidence {event.confidence:.2f}")
    entity.add("sourceUrl", [uri for uri, _ in one.pages if uri.startswith(("http://", "https://"))])
    return entity


def _country(iso3: str | None) -> str | None:
    return countries().get(iso3 or "", ("", ""))[1].lower() or None


def _id(key: str) -> str:
    return f"attache-{sha1(key.encode('utf-8', 'surrogatepass'), usedforsecurity=False).hexdigest()}"


def _line(stream: IO[str], entity: Any) -> None:
    stream.write(json.dumps(entity.to_dict(), ensure_ascii=False) + "\n")
