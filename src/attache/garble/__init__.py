"""Damage done on purpose: clean text or names made into what translated and spun copies look like, with a list of what was done."""

from __future__ import annotations

from attache.garble.names import damage_name

__all__ = ["damage_name"]
