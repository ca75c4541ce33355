"""The page room: opens sources, takes the chrome off, keeps what it took off."""

from __future__ import annotations

from attache.page.page import Page, clean_text, page_from_bytes, page_from_text
from attache.page.sources import open_sources, read_source
from attache.page.speech import language_of, looks_english

__all__ = ["Page", "clean_text", "language_of", "looks_english", "open_sources", "page_from_bytes", "page_from_text", "read_source"]
