"""Writes one event from the reports that mean it, and counts the independent sources behind it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, update

from attache.record import tables as t
from attache.record.inserting import inserted
from attache.record.judging import verdicts_of
from attache.record.likeness import Told

_FROM_LEAD = ("kind", "who", "whom", "about", "cameo", "plover", "words", "confidence")


def write_event(connection: Connection, cluster: Sequence[Told], event_id: int | None, judged: bool = True) -> int:
    """Write an event, anew or over an old one; the first report of the cluster leads. Gives its id.

    `judged`: whether anybody judged any event at all, and the verdicts on these reports have to be looked for.
    """
    values = _values(cluster)
    verdicts = verdicts_of(connection, [one.id for one in cluster]) if judged else {}
    values["rejected"] = int(all(verdicts.get(one.id) == "reject" for one in cluster))
    if event_id is None:
        event_id = inserted(connection, t.events, values)
    else:
        connection.execute(update(t.events).where(t.events.c.id == event_id).values(values))
        connection.execute(delete(t.event_actors).where(t.event_actors.c.event_id == event_id))
    parties = sorted({party for one in cluster for party in one.parties})
    if parties:
        asked = {name: values[name] for name in ("day", "last", "kind", "status", "country", "sources", "rejected")}
        rows = [{**asked, "event_id": event_id, "role": role, "actor_id": actor} for role, actor in parties]
        connection.execute(insert(t.event_actors), rows)
    changed = update(t.reports).where(t.reports.c.id == bindparam("b_id")).values(event_id=bindparam("b_event"))
    connection.execute(changed, [{"b_id": one.id, "b_event": event_id} for one in cluster])
    return event_id


def _values(cluster: Sequence[Told]) -> dict[str, Any]:
    lead = cluster[0]
    days = sorted(one.row["day"] for one in cluster if one.row["day"])
    dated = next((one for one in cluster if one.row["first"]), lead)
    placed = next((one for one in cluster if one.row["country"]), next((one for one in cluster if one.row["place"]), lead))
    latest = max(cluster, key=lambda one: (one.row["day"] or "", one.status == "happened", one.rank))
    where = {name: placed.row[name] for name in ("place", "country", "latitude", "longitude")}
    return {
        **{name: lead.row[name] for name in _FROM_LEAD}, **where, "first": dated.row["first"], "last": dated.row["last"],
        "day": dated.row["first"] or "",
        "status": latest.status, "sources": independent((one.row["wording"] or -one.row["text_id"], one.row["outlet"]) for one in cluster),
        "reports": len(cluster), "first_reported": days[0] if days else None, "last_reported": days[-1] if days else None,
        "lead_id": lead.id, "story_id": lead.story,
    }  # fmt: skip


def independent(told: Iterable[tuple[int, str | None]]) -> int:
    """How many independent sources stand behind some (wording, outlet): each needs a wording and an outlet of its own.

    Ten papers that print one agency's story are one source, and so are ten stories of one paper. Pages without an address are
    taken for outlets of their own, so that only their wording tells. The count is the largest matching of wordings and outlets.
    """
    outlets: dict[int, set[str]] = {}
    for wording, outlet in told:
        outlets.setdefault(wording, set()).add(outlet or f"unknown, with wording {wording}")
    taken: dict[str, int] = {}
    return sum(_placed(wording, outlets, taken, set()) for wording in sorted(outlets))


def _placed(wording: int, outlets: dict[int, set[str]], taken: dict[str, int], tried: set[str]) -> bool:
    for outlet in sorted(outlets[wording] - tried):
        tried.add(outlet)
        if outlet not in taken or _placed(taken[outlet], outlets, taken, tried):
            taken[outlet] = wording
            return True
    return False
