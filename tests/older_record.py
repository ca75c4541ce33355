"""Makes a record as an older attache filed it: texts compared in another way, copies missed, stories glued together."""

from __future__ import annotations

import random

import pytest
from light_reader import dossier_of
from sqlalchemy import Connection, func, select, update

from attache.record import Record, renewing
from attache.record import tables as t
from attache.story import grouping, sketch

CHANCE = random.Random(3)
OTHER = b"rensa-R1-128-42"
"""What the algorithm was called before 28 November 2026."""
ARTICLES = [" ".join(f"{CHANCE.choice('bdfgklmnprstvz')}{word}" for word in CHANCE.choices(range(900), k=120)) for _ in range(6)]


def pages() -> list[tuple[str, str]]:
    """Addresses and texts: each article, the same with a frame and some words changed, and the same text elsewhere."""
    found = []
    for n, article in enumerate(ARTICLES):
        words = article.split()
        told = f"Anna{n} met Bert{n} on 2021-03-0{n + 1}"
        changed = " ".join("other" if k % 29 == 7 else word for k, word in enumerate(words))
        texts = (f"News\n{told}. {article}", f"Home World\n{told}. {changed}", f"News\n{told}. {article}")
        found += [(f"https://paper{k}.example/{n}", text) for k, text in enumerate(texts)]
    return found


def fill(record: Record) -> None:
    """File the pages by the present way."""
    for address, text in pages():
        assert record.file(dossier_of(text, address, "2021-03-09"))


def fill_as_older(record: Record, patch: pytest.MonkeyPatch) -> None:
    """File them by another way, which gives other numbers, misses copies that are not the same text, and glues two stories together."""
    with patch.context() as other:
        other.setattr(sketch, "ALGORITHM", OTHER)
        other.setattr(sketch, "_SEED", 7)
        other.setattr(renewing, "MADE_BY", (len(OTHER) + 1 + 4 * sketch.SLOTS).to_bytes(4, "big") + OTHER + b"\0")
        other.setattr(grouping, "_related", lambda one, other: one.text == other.text)
        fill(record)
    with record.writing() as connection:
        found = list(connection.execute(select(t.stories.c.id).order_by(t.stories.c.id)).scalars())
        _glue(connection, found[0], found[2])
        _glue(connection, found[-1], found[4])


def _glue(connection: Connection, into: int, other: int) -> None:
    """Make one story of two that have nothing to do with each other."""
    connection.execute(update(t.pages).where(t.pages.c.story_id == other).values(story_id=into))
    count = select(func.count()).where(t.pages.c.story_id == into).scalar_subquery()
    connection.execute(update(t.stories).where(t.stories.c.id == into).values(pages=count))
    connection.execute(t.stories.delete().where(t.stories.c.id == other))
