"""The words and wordings of time, read from ``data/vocabulary.toml`` and ``data/rules.toml``."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from attache.errors import DataError

DATA = Path(__file__).parent / "data"
READERS = frozenset(
    "ago anaphor century clock day_range day_word decade duration every_month every_unit every_weekday fixed frequency full_date "
    "half holiday month month_day month_rel_year month_year numeric_date past_span quarter quarter_short season this_daypart "
    "unit_relative vague_ago vague_duration vague_units week_of weekday weekday_of_week year year_ago year_end year_range "
    "year_words ".split()
)
"""The functions that a rule may name, of ``values`` and ``periods``."""


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


@dataclass(frozen=True)
class Rule:
    """One wording: its compiled pattern, and the reader that gives it a value."""

    name: str
    read: str
    pattern: re.Pattern[str]
    type: str | None = None
    value: str | None = None


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


def _any(words: dict[str, Any]) -> str:
    return "|".join(re.escape(w).replace("\\ ", " ").replace("'", "['’]") for w in sorted(words, key=len, reverse=True))


def _listed(words: frozenset[str]) -> str:
    return _any(dict.fromkeys(words))


def _capital(words: dict[str, Any]) -> str:
    """Names of months and days are capitalised, or the whole text shouts; the short forms may carry a dot."""
    forms = []
    for word in sorted(words, key=len, reverse=True):
        short = any(w != word and w.startswith(word[:3]) and len(w) > len(word) for w in words)
        dot = r"\.?" if short else ""
        forms.append(f"(?:{word.capitalize()}|{word.upper()}){dot}")
    return "|".join(forms)


@cache
def _pieces() -> dict[str, str]:
    v = vocabulary()
    tens = "|".join(w for w, n in v.numbers.items() if n >= 20 and n < 100 and n % 10 == 0 and " " not in w)
    ones = "|".join(w for w, n in v.numbers.items() if n < 10 and len(w) > 2 and " " not in w and w != "another")
    number = rf"(?i:(?:{tens})[- ](?:{ones})|{_any(v.numbers)}|\d{{1,3}}(?: ?1/2|½|\.\d)?)"
    parts = _any(v.dayparts)
    days = _capital({w: n for w, n in v.weekdays.items() if len(w) > 5})
    return {
        "MONTH": rf"\b(?P<month>{_capital(v.months)})(?![a-zA-Z])",
        "WEEKDAY": rf"\b(?P<weekday>{days}|(?:Mon|Tues?|Wed|Thurs?|Fri|Sat|Sun)\.?(?=,? [A-Z\d]))",
        "NUMBER": rf"(?P<num>{number})",
        "NUM": number,
        "ORDINAL": rf"(?i:(?P<ordinal>{_any(v.ordinals)}))",
        "UNIT": rf"(?i:(?P<unit>{_any(v.units)}))",
        "SEASON": _any(v.seasons),
        "DAYPARTS": rf"(?i:(?P<part>{parts}))",
        "DECADE": rf"(?i:(?P<decade>{_any(v.decades)}))",
        "HOLIDAY": _any(v.holidays) and "|".join(re.escape(k).replace("\\ ", " ").replace("'", "['’]") for k in _holiday_names()),
        "DAY": r"(?P<day>3[01]|[12]\d|0?[1-9])",
        "YEAR2": r"(?P<yearb>(?:1[89]|20)\d\d)",
        "YEAR": r"(?P<year>(?:1[89]|20)\d\d)",
        "MOD": rf"(?:(?P<mod>(?i:{_listed(v.around['mod'])}))[- ])?",
        "PART": rf"(?:(?i:the (?:{_any(v.ordinals)}|last|final|opening) (?:{_listed(v.around['parts'])}) of) )?",
        "ABOUT": rf"(?i:(?:{_listed(v.around['about'])}) )?",
    }


@cache
def _holiday_names() -> tuple[str, ...]:
    raw = tomllib.loads((DATA / "vocabulary.toml").read_text("utf-8"))
    return tuple(sorted(raw["holidays"], key=len, reverse=True))


def _compile(name: str, template: str) -> re.Pattern[str]:
    body = template
    for key, piece in _pieces().items():
        body = body.replace("{" + key + "}", piece)
    body = _rename_repeats(body)
    body = re.sub(r"(?<!\\)(?<!\[-)(?<!\[) (?![\])?*])", r"\\s+", body)
    try:
        return re.compile(rf"(?<![\w])(?:{body})")
    except re.error as error:
        raise DataError(f"rules.toml: rule {name!r} does not compile: {error}; mend its pattern") from error


def _rename_repeats(pattern: str) -> str:
    """A group name may be given once in a pattern; later ones get a number, which ``expressions`` takes off again."""
    seen: dict[str, int] = {}

    def rename(match: re.Match[str]) -> str:
        seen[match[1]] = seen.get(match[1], 0) + 1
        return match[0] if seen[match[1]] == 1 else f"(?P<{match[1]}__{seen[match[1]]}>"

    return re.sub(r"\(\?P<(\w+)>", rename, pattern)


@cache
def rules() -> tuple[Rule, ...]:
    """Every wording, in the order of the file."""
    raw = tomllib.loads((DATA / "rules.toml").read_text("utf-8"))
    found: list[Rule] = []
    for entry in raw.get("rule", []):
        name = entry.get("name", "?")
        if entry.get("read") not in READERS or "pattern" not in entry:
            raise DataError(f"rules.toml: rule {name!r} needs a pattern and a known reader (read = ...)")
        found.append(Rule(name, entry["read"], _compile(name, entry["pattern"]), entry.get("type"), entry.get("value")))
    return tuple(found)


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
    return re.compile(rf"(?i)(?<![a-z])(?:{_any(dict.fromkeys(words))})|\d")
