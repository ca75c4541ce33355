"""A person, country or organisation: offices over time, meetings, statements, partners, sanctions, spellings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, HTTPException, Query

from attache.desk.drawing.timeline import Timeline, timeline
from attache.desk.lines import EventLine, event_lines
from attache.desk.names import Named
from attache.desk.rendering import page
from attache.desk.state import Desk, the_desk
from attache.knowledge import builtin
from attache.record import ActorRow, MentionRow, OfficeRow, asking, digest, lives

router = APIRouter()
SANCTIONS = ("sanction", "lift-sanction", "restrict", "expel")
SHOWN = 15
DRAWN = 300
_RECENT = 2000


@dataclass(frozen=True)
class Held:
    """An office by the knowledge base, with the days it was held (their precision kept); `end` None: not known to have ended."""

    office: str
    start: str
    end: str | None


@dataclass(frozen=True)
class Partner:
    """Somebody that events name beside this actor, and in how many."""

    code: str
    name: str
    kind: str
    events: int


@dataclass(frozen=True)
class ActorView:
    """What the record and the knowledge base say of an actor; every list of events holds the newest first."""

    actor: ActorRow
    held: tuple[Held, ...]
    offices: tuple[OfficeRow, ...]
    meetings: tuple[EventLine, ...]
    statements: tuple[EventLine, ...]
    sanctions: tuple[EventLine, ...]
    others: tuple[EventLine, ...]
    spellings: tuple[tuple[str, int, bool], ...]
    mentions: tuple[MentionRow, ...]
    company: tuple[Partner, ...]
    timeline: Timeline


@dataclass(frozen=True)
class Actors:
    """Actors whose events are newest, by kind."""

    kind: str | None
    kinds: tuple[tuple[str, int], ...]
    actors: tuple[Partner, ...]


@dataclass(frozen=True)
class Completion:
    """Names offered for what was typed, best first."""

    typed: str
    names: tuple[Named, ...]


def actor_view(code: str, desk: Desk = Depends(the_desk)) -> ActorView:
    """One actor: offices, meetings, statements with their words, sanctions, partners, spellings."""
    with desk.record.reading() as connection:
        life = lives.person(connection, code, since=None, until=None, limit=SHOWN)
        if life is None or life.actor.code != code:
            raise HTTPException(404, "Nobody with this id is in the record.")
        sanctions = asking.events(connection, {"actor": code, "kind": SANCTIONS}, SHOWN, 0, "newest")
        others = tuple(event for event in life.others if event.kind not in SANCTIONS)
        rows = asking.events(connection, {"actor": code}, DRAWN, 0, "newest")
        return ActorView(
            life.actor, _held(code), life.offices, event_lines(connection, life.meetings),
            event_lines(connection, life.statements, contents=True), event_lines(connection, sanctions), event_lines(connection, others),
            life.spellings, digest.mentions_of(connection, life.actor.id, SHOWN),
            tuple(Partner(a.code, a.name, a.kind, n) for a, n in life.company), timeline(tuple(rows)),
        )  # fmt: skip


def _held(code: str) -> tuple[Held, ...]:
    return tuple(Held(t.office.name, t.start, None if t.open_end else t.end or "?") for t in builtin().tenures_of(code))


def actors(kind: str | None = None, desk: Desk = Depends(the_desk)) -> Actors:
    """The actors of the newest events, those with most of them first."""

    def counted() -> tuple[tuple[digest.Party, int], ...]:
        with desk.record.reading() as connection:
            return digest.active(connection, _RECENT)

    found = desk.remembered("active", counted)
    numbers: dict[str, int] = {}
    for one, _ in found:
        numbers[one.kind] = numbers.get(one.kind, 0) + 1
    shown = [Partner(one.code, one.name, one.kind, number) for one, number in found if not kind or one.kind == kind]
    return Actors(kind or None, tuple(sorted(numbers.items(), key=lambda pair: -pair[1])), tuple(shown[:200]))


def names(
    q: Annotated[str, Query(description="What was typed.", max_length=200)] = "", limit: Annotated[int, Query(ge=1, le=50)] = 10,
    desk: Desk = Depends(the_desk),
) -> Completion:  # fmt: skip
    """Names for what was typed so far; accents and spellings are forgiven."""
    return Completion(q, desk.names.complete(q, limit))


router.get("/names.json", tags=["search"], response_model=Completion)(names)
page(router, "/actors", "actors.html", actors)
page(router, "/actor/{code:path}", "actor.html", actor_view)
