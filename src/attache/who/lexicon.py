"""The who room's words and spelling rules, loaded from the TOML files beside it."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any

from attache.errors import DataError
from attache.knowledge import fold

FOLDER = Path(__file__).parent / "lexicon"


@dataclass(frozen=True)
class Words:
    """Word lists of ``words.toml``; every field is a list there."""

    particles: frozenset[str]
    never_names: frozenset[str]
    names_after_all: frozenset[str]
    honorifics: frozenset[str]
    address: frozenset[str]
    title_nouns: frozenset[str]
    lesser_titles: frozenset[str]
    royal_titles: frozenset[str]
    title_words: frozenset[str]
    former: frozenset[str]
    coming: frozenset[str]
    becoming: frozenset[str]
    governments: frozenset[str]
    glued: frozenset[str]
    derived: frozenset[str]
    he: frozenset[str]
    she: frozenset[str]
    him: frozenset[str]
    her: frozenset[str]
    he_titles: frozenset[str]
    she_titles: frozenset[str]
    agreement_nouns: frozenset[str]
    government_objects: frozenset[str]
    government_prepositions: frozenset[str]
    burdens: frozenset[str]
    place_prepositions: frozenset[str]
    movement: frozenset[str]
    notable_kinds: frozenset[str]
    body_nouns: frozenset[str]
    counterparts: frozenset[str]
    owners: frozenset[str]
    ranks: tuple[str, ...]
    """``notable_kinds`` in their order."""

    def rank(self, kind: str) -> int:
        """How notable an office kind is; 0 is the most notable."""
        return self.ranks.index(kind) if kind in self.ranks else len(self.ranks)


@dataclass(frozen=True)
class SpellingRule:
    """One way in which spellings of the same name differ."""

    find: re.Pattern[str]
    put: str


@dataclass(frozen=True)
class Spelling:
    """The rules of ``spelling.toml`` and the short forms of ``nicknames.toml``."""

    rules: tuple[SpellingRule, ...]
    latin_rules: tuple[SpellingRule, ...]
    optional: frozenset[str]
    latin: frozenset[str]
    nicknames: dict[str, frozenset[str]]


def read_table(name: str) -> dict[str, Any]:
    """One TOML file of the lexicon."""
    try:
        return tomllib.loads((FOLDER / name).read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise DataError(f"attache/who/lexicon/{name} cannot be read: {error}") from error


@cache
def words() -> Words:
    """The word lists; raises DataError where one is missing, empty or not lower case."""
    table = read_table("words.toml")
    names = [field.name for field in fields(Words) if field.name != "ranks"]
    for name in {*names, *table}:
        values = table.get(name)
        good = isinstance(values, list) and bool(values) and all(isinstance(v, str) and v == v.lower() and v for v in values)
        if name not in names or not good:
            raise DataError(f"attache/who/lexicon/words.toml: {name} must be a known, non-empty list of lower-case words")
    return Words(**{name: frozenset(table[name]) for name in names}, ranks=tuple(table["notable_kinds"]))


@cache
def spelling() -> Spelling:
    """Spelling rules and short forms; raises DataError where a rule is no regular expression."""
    table, given = read_table("spelling.toml"), read_table("nicknames.toml").get("given")
    try:
        rules = [(SpellingRule(re.compile(rule["find"]), rule["put"]), rule.get("latin", False)) for rule in table["rule"] if rule["why"]]
        optional, latin = frozenset(table["optional"]["words"]), frozenset(table["latin"]["countries"])
    except (KeyError, TypeError, re.error) as error:
        raise DataError(f"attache/who/lexicon/spelling.toml: each rule needs why, find and put: {error!r}") from error
    if not isinstance(given, dict) or not all(isinstance(short, list) and short for short in given.values()):
        raise DataError("attache/who/lexicon/nicknames.toml: [given] must map each given name to a list of short forms")
    every, home = tuple(rule for rule, _ in rules), tuple(rule for rule, at_home in rules if at_home)
    return Spelling(every, home, optional, latin, {long: frozenset(short) for long, short in given.items()})


@dataclass(frozen=True)
class Readings:
    """Words of ``readings.toml`` and the family names they may stand for, which another language read or translated."""

    characters: dict[str, frozenset[str]]
    translated: dict[str, frozenset[str]]


@cache
def readings() -> Readings:
    """The words that stand for a family name; raises DataError on another shape."""
    table = read_table("readings.toml")
    for word, names in ((w, n) for kind in ("characters", "translated") for w, n in table.get(kind, {}).items()):
        if not isinstance(names, list) or not names or any(fold(name) != name for name in (word, *names)):
            raise DataError(f"attache/who/lexicon/readings.toml: {word} must be folded and stand for a list of folded names")
    return Readings(*({word: frozenset(names) for word, names in table[kind].items()} for kind in ("characters", "translated")))


@cache
def own_short_forms() -> dict[str, frozenset[str]]:
    """What a body (its id) may be called beside the noun of its name; raises DataError on another shape."""
    table = read_table("short_forms.toml").get("called", {})
    if not table or not all(isinstance(nouns, list) and nouns and all(n == fold(n) for n in nouns) for nouns in table.values()):
        raise DataError("attache/who/lexicon/short_forms.toml: [called] must map ids to lists of folded nouns")
    return {identity: frozenset(nouns) for identity, nouns in table.items()}


@cache
def women() -> frozenset[str]:
    """Given names of women, folded (``given_names.toml``)."""
    names = read_table("given_names.toml").get("women")
    if not isinstance(names, list) or not names or any(fold(name) != name for name in names):
        raise DataError("attache/who/lexicon/given_names.toml: women must be a list of folded names")
    return frozenset(names)
