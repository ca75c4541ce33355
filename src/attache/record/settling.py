"""After filing: groups new pages into stories, merges reports into events, looks for disputes; each can be stopped and gone on with."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from attache.record import collating, grouping, merging, renewing
from attache.record import tables as t
from attache.record.accounts import Settled

if TYPE_CHECKING:
    from attache.record.book import Record

Told = Callable[[str, int, int], object]
"""What is being looked at (``texts``, ``stories``, ``events``), how many were, and how many there are in all."""


def settle(record: Record, beat: Callable[[], object] = lambda: None) -> None:
    """Bring stories and events up to date with the pages, in short transactions."""
    _regrouped(record, lambda looked: beat())
    for step in (grouping.group, merging.merge, collating.dispute):
        done = 1
        while done:
            with record.writing() as connection:
                done = step(connection)
            beat()


def settle_anew(record: Record, told: Told) -> Settled:
    """The same after what an older attache noted of the texts, if any, has been made anew; where it was stopped, it goes on."""
    with record.reading() as connection:
        whole = connection.execute(select(func.count()).select_from(t.texts)).scalar() or 0
    texts, looked = 0, 0
    below: int | None = None
    while below != 0:
        with record.writing() as connection:
            below, made = renewing.renew(connection, below)
        texts, looked = texts + made, min(whole, looked + renewing.TEXTS)
        told("texts", looked, whole)
    with record.reading() as connection:
        marked = connection.execute(select(func.count()).where(t.stories.c.collated == renewing.MARKED)).scalar() or 0
    stories = _regrouped(record, lambda looked: told("stories", looked, marked))
    with record.reading() as connection:
        stale = connection.execute(select(func.count()).where(t.reports.c.stale == 1)).scalar() or 0
    settle(record, lambda: told("events", stale, stale))
    return Settled(texts, stories)


def _regrouped(record: Record, looked: Callable[[int], object]) -> int:
    """Group what is marked; how many stories it was."""
    after, anew, more = 0, 0, True
    while more:
        with record.writing() as connection:
            after, stories = renewing.regroup(connection, after)
        anew, more = anew + stories, after > 0
        looked(anew)
    return anew
