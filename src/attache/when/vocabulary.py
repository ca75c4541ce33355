"""The words of time, read from ``data/vocabulary.toml``."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from attache.errors import DataError

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True)
class Vocabulary:
    """Word lists; keys are lower case."""

    months: dict[str, int]
    weekdays: dict[str, int]
    numbers: dict[str, int]
    ordinals: dict[str, int]
    units: dict[str, str]
    seasons: dict[str, str]
    dayparts: dict[str, str]
    decades: dict[str, int]
    holidays: dict[str, str]
    days: dict[str, int]
    frequencies: dict[str, str]
    relations: dict[str, frozenset[str]]
    around: dict[str, frozenset[str]]
    triggers: frozenset[str]
    lookalikes: dict[str, frozenset[str]]


def _table(raw: dict[str, Any], name: str, kind: type) -> dict[str, Any]:
    table = raw.get(name)
    if not isinstance(table, dict) or not table or not all(isinstance(v, kind) for v in table.values()):
        raise DataError(f"vocabulary.toml: [{name}] must map words to {kind.__name__} values")
    return {k.lower(): v for k, v in table.items()}


@cache
def vocabulary() -> Vocabulary:
    """The word lists, checked."""
    raw = tomllib.loads((DATA / "vocabulary.toml").read_text("utf-8"))
    return Vocabulary(
        months=_table(raw, "months", int),
        weekdays=_table(raw, "weekdays", int),
        numbers=_table(raw, "numbers", int),
        ordinals=_table(raw, "ordinals", int),
        units=_table(raw, "units", str),
        seasons=_table(raw, "seasons", str),
        dayparts=_table(raw, "dayparts", str),
        decades=_table(raw, "decades", int),
        holidays=_table(raw, "holidays", str),
        days=_table(raw, "days", int),
        frequencies=_table(raw, "frequencies", str),
        relations={name: frozenset(words) for name, words in _table(raw, "relations", list).items()},
        lookalikes={name: frozenset(words) for name, words in _table(raw, "lookalikes", list).items()},
        around={name: frozenset(words) for name, words in _table(raw, "around", list).items()},
        triggers=frozenset(_table(raw, "triggers", list)["words"]),
    )


def any_word(words: Iterable[str]) -> str:
    """A pattern of any of the words, the longest first; apostrophes of every make."""
    return "|".join(re.escape(w).replace("\\ ", " ").replace("'", "['’]") for w in sorted(words, key=len, reverse=True))


@cache
def triggers() -> re.Pattern[str]:
    """A quick look for anything that could be part of a time, so that the rules only run where it pays."""
    v = vocabulary()
    tables: tuple[dict[str, Any], ...] = (
        v.months,
        v.weekdays,
        v.units,
        v.seasons,
        v.dayparts,
        v.decades,
        v.holidays,
        v.days,
        v.frequencies,
    )
    words = v.triggers.union(*tables)
    return re.compile(rf"(?i)(?<![a-z])(?:{any_word(words)})|\d")
