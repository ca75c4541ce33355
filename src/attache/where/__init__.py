"""Where: places and countries as scenes, datelines and mentions, with coordinates."""

from __future__ import annotations

from attache.where.component import WhereRoom
from attache.where.gazetteer import Entry, gazetteer

__all__ = ["Entry", "WhereRoom", "gazetteer"]
