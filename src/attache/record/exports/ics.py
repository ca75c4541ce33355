"""A person's meetings, visits, calls and negotiations as an iCalendar (RFC 5545, extra ``calendar``).

Meetings told to be over are confirmed, planned and proposed ones tentative, denied ones cancelled; days are whole days, and an
event without a day is left out.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import IO, TYPE_CHECKING, Any

from attache.errors import UsageError
from attache.record.exports.selection import Exported, exported
from attache.record.filters import EventFilters
from attache.record.lives import MEETINGS

if TYPE_CHECKING:
    from attache.record.book import Record

_STATUS = {"planned": "TENTATIVE", "proposed": "TENTATIVE", "conditional": "TENTATIVE", "denied": "CANCELLED"}


def write(record: Record, stream: IO[str], filters: EventFilters) -> int:
    """Write the calendar of the filter's actor; how many meetings."""
    try:
        from icalendar import Calendar
    except ImportError as error:
        raise UsageError("a calendar needs the package icalendar: pip install 'attache[calendar]'") from error
    actor = filters.get("actor")
    if not actor:
        raise UsageError("a calendar is of one person: name the actor (--actor NAME)")
    calendar, count = Calendar(), 0
    calendar.add("prodid", "-//attache//record//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", str(actor))
    wanted: EventFilters = {**filters}
    wanted.setdefault("kind", MEETINGS)
    for one in exported(record, wanted):
        if one.event.first:
            calendar.add_component(_meeting(one))
            count += 1
    stream.write(calendar.to_ical().decode("utf-8"))
    return count


def _meeting(one: Exported) -> Any:
    from icalendar import Event, vGeo

    event = one.event
    first = date.fromisoformat(event.first or "")
    last = date.fromisoformat(event.last) if event.last else first
    told = date.fromisoformat(event.first_reported[:10]) if event.first_reported else first
    entry = Event()
    entry.add("uid", f"attache-event-{event.id}@attache.invalid")
    entry.add("dtstamp", datetime.combine(told, time(), UTC))
    entry.add("dtstart", first)
    # The last day of a whole-day event is the one after.
    entry.add("dtend", max(first, last) + timedelta(1))
    entry.add("summary", one.title)
    entry.add("status", _STATUS.get(event.status, "CONFIRMED"))
    entry.add("description", f"{event.words}\n\n{event.sources} independent sources: " + ", ".join(uri for uri, _ in one.pages[:10]))
    entry.add("categories", [event.kind, event.status])
    if event.place or event.country:
        entry.add("location", ", ".join(part for part in (event.place, event.country) if part))
    if event.latitude is not None and event.longitude is not None:
        entry.add("geo", vGeo((event.latitude, event.longitude)))
    if one.pages and one.pages[0][0].startswith(("http://", "https://")):
        entry.add("url", one.pages[0][0])
    return entry
