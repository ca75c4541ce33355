"""The wordings of time, read from ``data/rules.toml``: patterns put together from the word lists, each compiled when first run."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

from attache.errors import DataError
from attache.when.vocabulary import DATA, any_word, vocabulary

READERS = frozenset(
    "ago anaphor century clock day_range day_word decade duration every_month every_unit every_weekday fixed frequency full_date "
    "half holiday month month_day month_rel_year month_year numeric_date past_span quarter quarter_short season this_daypart "
    "unit_relative vague_ago vague_duration vague_units week_of weekday weekday_of_week year year_ago year_end year_range "
    "year_words ".split()
)
"""The functions that a rule may name, of ``values`` and ``periods``."""
_SPACE = re.compile(r"(?<!\\)(?<!\[-)(?<!\[) (?![\])?*])")
_GROUP = re.compile(r"\((\?(?:P<\w+>|[a-z]*:|<?[=!]))?([^()]*)\)([?*]|\{0,\d*\})?")
_LOOKS = frozenset({"?=", "?!", "?<=", "?<!"})
_OPTIONAL = frozenset({"MOD", "PART", "ABOUT"})
"""Word lists that end in a question mark of their own."""


@dataclass(frozen=True)
class Rule:
    """One wording: its pattern as written, the reader that gives it a value, and the word lists of which it must have a word."""

    name: str
    read: str
    template: str
    type: str | None = None
    value: str | None = None

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The compiled pattern; raises DataError where it is no regular expression."""
        return _compile(self.name, self.template)

    @cached_property
    def needs(self) -> frozenset[str]:
        """The word lists without a word of which the pattern matches nothing."""
        return needed(self.template)


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
    number = rf"(?i:(?:{tens})[- ](?:{ones})|{any_word(v.numbers)}|\d{{1,3}}(?: ?1/2|½|\.\d)?)"
    parts = any_word(v.dayparts)
    days = _capital({w: n for w, n in v.weekdays.items() if len(w) > 5})
    return {
        "MONTH": rf"\b(?P<month>{_capital(v.months)})(?![a-zA-Z])",
        "WEEKDAY": rf"\b(?P<weekday>{days}|(?:Mon|Tues?|Wed|Thurs?|Fri|Sat|Sun)\.?(?=,? [A-Z\d]))",
        "NUMBER": rf"(?P<num>{number})",
        "NUM": number,
        "ORDINAL": rf"(?i:(?P<ordinal>{any_word(v.ordinals)}))",
        "UNIT": rf"(?i:(?P<unit>{any_word(v.units)}))",
        "SEASON": rf"(?i:{any_word(v.seasons)})",
        "DAYPARTS": rf"(?i:(?P<part>{parts}))",
        "DECADE": rf"(?i:(?P<decade>{any_word(v.decades)}))",
        "HOLIDAY": any_word(_holiday_names()),
        "DAY": r"(?P<day>3[01]|[12]\d|0?[1-9])",
        "YEAR2": r"(?P<yearb>(?:1[89]|20)\d\d)",
        "YEAR": r"(?P<year>(?:1[89]|20)\d\d)",
        "MOD": rf"(?:(?P<mod>(?i:{any_word(v.around['mod'])}))[- ])?",
        "PART": rf"(?:(?i:the (?:{any_word(v.ordinals)}|last|final|opening) (?:{any_word(v.around['parts'])}) of) )?",
        "ABOUT": rf"(?i:(?:{any_word(v.around['about'])}) )?",
    }


@cache
def _holiday_names() -> tuple[str, ...]:
    raw = tomllib.loads((DATA / "vocabulary.toml").read_text("utf-8"))
    return tuple(sorted(raw["holidays"], key=len, reverse=True))


@cache
def piece(name: str) -> re.Pattern[str]:
    """The pattern of one word list alone, by which is seen whether a rule that needs it can match at all."""
    return re.compile(_SPACE.sub(r"\\s+", _pieces()[name]))


def needed(template: str) -> frozenset[str]:
    """The names in braces that are in every match: neither optional, nor looked at only, nor one of several ways."""
    plain = re.sub(r"\\.|\[[^\]]*\]", "", template)
    while (group := _GROUP.search(plain)) is not None:
        opening, inside, repeat = group.groups()
        kept = "" if opening in _LOOKS or "|" in inside or repeat else inside
        plain = plain[: group.start()] + kept + plain[group.end() :]
    names = re.findall(r"\{([A-Z]+\d?)\}(?![?*]|\{0)", plain)
    return frozenset(names) & _pieces().keys() - _OPTIONAL if "|" not in plain else frozenset()


def _compile(name: str, template: str) -> re.Pattern[str]:
    body = template
    for key, text in _pieces().items():
        body = body.replace("{" + key + "}", text)
    body = _SPACE.sub(r"\\s+", _rename_repeats(body))
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
        found.append(Rule(name, entry["read"], entry["pattern"], entry.get("type"), entry.get("value")))
    return tuple(found)
