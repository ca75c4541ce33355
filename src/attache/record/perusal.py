"""How a reader process reads one page: only what is new, and only what may hold an event."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from datetime import date

from sqlalchemy import Engine, select
from sqlalchemy.exc import SQLAlchemyError

from attache._assemble import adopted
from attache._read import Reader
from attache.dossier import Dossier, PageDate
from attache.errors import SourceError
from attache.page import Item, Page, looks_english, page_of
from attache.record import keeping
from attache.record import tables as t
from attache.record.relevance import nothing_diplomatic
from attache.record.sheet import sheet_of
from attache.record.store import REVISION, open_engine
from attache.record.worker import Done, Setup

NOT_ENGLISH = "not in English, the only language that attache reads"


def make_reader(setup: Setup) -> Callable[[Item], Done]:
    """A function that reads an item, or raises its `SourceError`."""
    engine = open_engine(setup.place, False)
    reader = Reader(setup.pipeline, setup.published)
    reader.pipeline()

    def read(item: Item) -> Done:
        page = page_of(item)
        stated = reader.stated(page)
        reason = why_skipped(page, setup.everything)
        if reason:
            return Done(sheet_of(unread(page, stated), item.body, url=item.url, skipped=reason))
        key = reading_key(page, stated, setup.pipeline)
        before = known_reading(engine, key)
        if before is not None:
            return Done(sheet_of(adopted(before, page), item.body, url=item.url, reading=key), copy=True)
        dossier = reader.read(page)
        if isinstance(dossier, SourceError):
            raise dossier
        return Done(sheet_of(dossier, item.body, url=item.url, reading=key))

    return read


def why_skipped(page: Page, everything: bool) -> str | None:
    """Why a page need not be read; None where it must be."""
    if not looks_english(page.text):
        return NOT_ENGLISH
    return None if everything else nothing_diplomatic(page.text, page.title)


def unread(page: Page, stated: date | None) -> Dossier:
    """A dossier of a page that was not read: its text and residue, so that it can be searched and shown."""
    return Dossier(
        source=page.source, title=page.title, text=page.text, language=page.language, reliability=1.0, residue=page.residue,
        date=PageDate(published=stated.isoformat() if stated else None),
    )  # fmt: skip


def reading_key(page: Page, stated: date | None, pipeline: str | None) -> str:
    """A digest of all that the reading of a page depends on."""
    parts = [page.text, page.title, page.headings, stated.isoformat() if stated else None, pipeline, REVISION]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:32]


def known_reading(engine: Engine, key: str) -> Dossier | None:
    """A dossier in the record that was read from the same; None also where the record cannot be asked just now."""
    try:
        with engine.connect() as connection:
            p = t.pages.c
            page = connection.execute(select(p.id).where(p.reading == key).order_by(p.id).limit(1)).scalar()
            return keeping.dossier(connection, int(page)) if page is not None else None
    except SQLAlchemyError:
        return None
