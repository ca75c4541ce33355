"""The filters of the events page, as they stand in its address."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Literal, cast, get_args

from fastapi import Query
from pydantic import BeforeValidator

from attache.dossier import EventKind, Status
from attache.errors import UsageError
from attache.record import EventFilters, Order

View = Literal["table", "timeline", "map", "network"]
KINDS: tuple[str, ...] = get_args(EventKind)
STATUSES: tuple[str, ...] = get_args(Status)
ORDERS: tuple[str, ...] = ("newest", "oldest", "sources")


def _blank_is_none(value: object) -> object:
    return None if isinstance(value, str) and not value.strip() else value


Number = Annotated[int | None, BeforeValidator(_blank_is_none)]


@dataclass(frozen=True)
class Asked:
    """What events are asked for; see `EventFilters` for each filter."""

    actor: str | None = None
    other: str | None = None
    kind: tuple[str, ...] = ()
    status: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None
    place: str | None = None
    about: str | None = None
    outlet: str | None = None
    story: int | None = None
    min_sources: int | None = None
    text: str | None = None
    rejected: bool = False
    order: str = "newest"
    view: View = "table"
    offset: int = 0

    def filters(self) -> EventFilters:
        """For the record."""
        plain = {name: getattr(self, name) or None for name in _FILTERS}
        return cast(EventFilters, {name: value for name, value in plain.items() if value is not None})

    @property
    def sorting(self) -> Order:
        """For the record."""
        return cast(Order, self.order)

    def query(self) -> dict[str, Any]:
        """For an address: what differs from the default."""
        kept = {name: getattr(self, name) for name in (*_FILTERS, "order", "view")}
        return {name: list(v) if isinstance(v, tuple) else v for name, v in kept.items() if v and (name, v) not in _DEFAULTS}


_FILTERS = ("actor", "other", "kind", "status", "since", "until", "place", "about", "outlet", "story", "min_sources", "text", "rejected")
_DEFAULTS = (("order", "newest"), ("view", "table"))


def asked(
    actor: Annotated[str | None, Query(description="Name or id of a party.")] = None,
    other: Annotated[str | None, Query(description="Name or id of a second party beside it.")] = None,
    kind: Annotated[list[str] | None, Query(description="Kinds of event.")] = None,
    status: Annotated[list[str] | None, Query(description="Statuses.")] = None,
    since: Annotated[str | None, Query(description="Not before this day (2021-03-23).")] = None,
    until: Annotated[str | None, Query(description="Not after this day.")] = None,
    place: Annotated[str | None, Query(description="A place, a country, or its ISO 3166 alpha-3 code.")] = None,
    about: Annotated[str | None, Query(description="An actor or agreement it is about.")] = None,
    outlet: Annotated[str | None, Query(description="Told by a page of this host.")] = None,
    story: Number = None,
    min_sources: Annotated[Number, Query(description="Independent sources at least.")] = None,
    text: Annotated[str | None, Query(description="Words of the sentence.")] = None,
    rejected: bool = False,
    order: str = "newest",
    view: str = "table",
    offset: Number = 0,
) -> Asked:
    """The filters as given; a wrong one is told, an empty one is none."""
    words = {name: (value or "").strip()[:200] or None for name, value in
             (("actor", actor), ("other", other), ("place", place), ("about", about), ("outlet", outlet), ("text", text))}  # fmt: skip
    return Asked(
        **words, kind=_known("kind", kind, KINDS), status=_known("status", status, STATUSES), since=_day("since", since),
        until=_day("until", until), story=story, min_sources=min_sources, rejected=rejected,
        order=_known("order", [order], ORDERS)[0], view=cast(View, _known("view", [view], get_args(View))[0]),
        offset=min(max(0, offset or 0), 1_000_000),
    )  # fmt: skip


def _known(name: str, given: list[str] | None, allowed: tuple[str, ...]) -> tuple[str, ...]:
    found = tuple(dict.fromkeys(one for one in given or () if one))
    for one in found:
        if one not in allowed:
            raise UsageError(f"{name} {one!r} is not known; choose from {', '.join(allowed)}")
    return found or ((allowed[0],) if name in ("order", "view") else ())


def _day(name: str, value: str | None) -> str | None:
    if not value or not value.strip():
        return None
    try:
        return date.fromisoformat(value.strip()).isoformat()
    except ValueError:
        raise UsageError(f"{name} {value!r} is not a day; write it as 2021-03-23") from None
