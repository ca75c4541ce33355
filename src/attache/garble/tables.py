"""The data files of the generator, checked when they are first read."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from attache.doubt.collocations import thesaurus
from attache.errors import DataError

DATA = Path(__file__).parent / "data"


@cache
def table(name: str) -> dict[str, Any]:
    """``data/NAME.toml``."""
    try:
        return tomllib.loads((DATA / f"{name}.toml").read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise DataError(f"garble/data/{name}.toml: {error}") from error


@cache
def others(name: str, section: str) -> dict[str, tuple[str, ...]]:
    """A section of ``data/NAME.toml``, words and what may stand for them: ``usual = ["odd", "odder"]``, empty where a word is lost."""
    rows = table(name).get(section)
    if not isinstance(rows, dict) or not rows:
        raise DataError(f"garble/data/{name}.toml: there must be a section [{section}]")
    for usual, odd in rows.items():
        if not isinstance(odd, list) or not odd or not all(isinstance(word, str) and word != usual for word in odd):
            raise DataError(f"garble/data/{name}.toml, [{section}]: {usual!r} needs a list of other words")
    return {usual: tuple(odd) for usual, odd in rows.items()}


@cache
def listed(name: str, section: str) -> tuple[str, ...]:
    """A list of words or lines in ``data/NAME.toml``."""
    found = table(name).get(section)
    if not isinstance(found, list) or not found or not all(isinstance(word, str) and word.strip() for word in found):
        raise DataError(f"garble/data/{name}.toml: `{section}` must be a list of words")
    return tuple(found)


@cache
def synonyms() -> dict[str, tuple[str, ...]]:
    """A word form, and forms that a careless thesaurus puts in its place; the detector of spun pages has the same table."""
    return thesaurus()
