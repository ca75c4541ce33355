"""Word lists of tense and of dating, read from ``data/tense.toml`` and ``data/dating.toml``."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from attache.errors import DataError
from attache.when.vocabulary import DATA


@dataclass(frozen=True)
class TenseWords:
    """The lists of ``tense.toml``, a field a table and list; :attr:`owner` finds a past verb right before its day."""

    before: dict[str, frozenset[str]]
    helpers: dict[str, frozenset[str]]
    verbs: dict[str, frozenset[str]]
    scheduled: dict[str, frozenset[str]]
    futures: dict[str, frozenset[str]]
    owner: re.Pattern[str]


@dataclass(frozen=True)
class DatingWords:
    """The patterns of ``dating.toml``; ``years_back`` maps a wording to how many years lie behind it."""

    visiting: re.Pattern[str]
    planned: re.Pattern[str]
    week_back: re.Pattern[str]
    long_back: re.Pattern[str]
    place_before: re.Pattern[str]
    signing: re.Pattern[str]
    leaving: re.Pattern[str]
    limit: re.Pattern[str]
    named_after: re.Pattern[str]
    years_back: dict[str, int]


def any_of(words: Iterable[str]) -> str:
    """A pattern for any of the words, the longest first; a blank stands for any white space."""
    return "|".join(re.escape(w).replace("\\ ", r"\s+") for w in sorted(words, key=len, reverse=True))


def _raw(name: str) -> dict[str, Any]:
    try:
        return tomllib.loads((DATA / name).read_text("utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise DataError(f"{name}: not TOML ({error}); mend the file") from error


def _lists(raw: dict[str, Any], file: str, table: str, *names: str) -> dict[str, frozenset[str]]:
    found = raw.get(table)
    for name in names:
        words = found.get(name) if isinstance(found, dict) else None
        if not isinstance(words, list) or not words or not all(isinstance(w, str) and w for w in words):
            raise DataError(f"{file}: [{table}] needs a list of words named {name}")
    assert isinstance(found, dict)
    return {name: frozenset(found[name]) for name in names}


@cache
def tense_words() -> TenseWords:
    """The words of tense, checked."""
    file = "tense.toml"
    raw = _raw(file)
    owners = _lists(raw, file, "owners", "words", "between")
    told = rf"(?i)\b(?:{any_of(owners['words'])}|told\s+(?:\w+\s+)?\w+)(?:\s+(?:{any_of(owners['between'])}|in \w+)){{0,3}}\s+$"
    return TenseWords(
        before=_lists(raw, file, "before", "behind", "ahead", "invited", "limit"),
        helpers=_lists(raw, file, "helpers", "behind", "ahead", "could", "not", "going"),
        verbs=_lists(raw, file, "verbs", "ranks", "speech", "limit", "participles", "passives", "sets", "invites"),
        scheduled=_lists(raw, file, "scheduled", "nouns", "ahead"),
        futures=_lists(raw, file, "futures", "words", "pasts"),
        owner=re.compile(told),
    )


@cache
def dating_words() -> DatingWords:
    """The words of dating, checked."""
    file = "dating.toml"
    raw = _raw(file)
    begun = ("visiting", "planned", "week_back", "long_back", "signing", "leaving")
    before = ("place_before", "limit")
    words = _lists(raw, file, "words", *begun, *before, "named_after")
    years = raw.get("years_back")
    if not isinstance(years, dict) or not all(isinstance(n, int) and n >= 0 for n in years.values()):
        raise DataError(f"{file}: [years_back] must map wordings to numbers of years")
    stems = {name: re.compile(rf"(?i)\b(?:{any_of(words[name])})") for name in begun}
    ends = {name: re.compile(rf"(?i)\b(?:{any_of(words[name])})\s+(?:the\s+)?$") for name in before}
    named = re.compile(rf"(?i)(?:['’]s)?\s+(?:{any_of(words['named_after'])})\b")
    return DatingWords(**stems, **ends, named_after=named, years_back=years)
