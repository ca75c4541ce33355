"""Importers: public dumps and a user's own tables become a knowledge database beside the built-in one."""

from __future__ import annotations

from attache.knowledge.importing.command import Summary, import_facts
from attache.knowledge.importing.several import import_sources

__all__ = ["Summary", "import_facts", "import_sources"]
