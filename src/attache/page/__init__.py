"""The page room: opens sources, takes the chrome off, keeps what it took off."""

from __future__ import annotations

from attache.page.columns import Columns
from attache.page.items import Item, page_of
from attache.page.page import Page, clean_text, page_from_bytes, page_from_text
from attache.page.sources import Meter, extent, open_items, open_sources, read_source
from attache.page.speech import language_of, looks_english

__all__ = [
    "Columns", "Item", "Meter", "Page", "clean_text", "extent", "language_of", "looks_english", "open_items", "open_sources",
    "page_from_bytes", "page_from_text", "page_of", "read_source",
]  # fmt: skip
