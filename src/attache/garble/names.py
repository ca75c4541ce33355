"""Damage to names, in the classes seen in real copies (``data/names.toml``)."""

from __future__ import annotations

import random
import tomllib
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from attache.errors import DataError

DATA = Path(__file__).parent / "data"
VOWELS = "aeiou"
Way = dict[str, Any]


@cache
def ways() -> tuple[Way, ...]:
    """The classes of damage, checked: each has a name that the program knows and a weight."""
    table = tomllib.loads((DATA / "names.toml").read_text(encoding="utf-8")).get("way", [])
    for way in table:
        if way.get("name") not in _DAMAGE or not isinstance(way.get("weight"), int):
            raise DataError(f"garble/data/names.toml: a way needs a known name and a weight: {way}")
    return tuple(table)


def damage_name(name: str, rng: random.Random, times: int = 2) -> tuple[str, list[str]]:
    """A damaged copy of a name, and the names of what was done to it in order; the first letter mostly stays.

    ``times`` is how often damage is tried; what leaves the name as it was is not listed.
    """
    done: list[str] = []
    table = ways()
    for _ in range(times):
        way = rng.choices(table, [w["weight"] for w in table])[0]
        parts = name.split(" ")
        at = max(range(len(parts)), key=lambda i: (len(parts[i]) > 3, rng.random()))
        if way["name"] == "particle":
            at = next((i for i, part in enumerate(parts) if any(part.lower() in family for family in way["families"])), at)
        if way["name"] == "merge":
            changed = "".join(parts[-2:]) if len(parts) > 1 else name
            changed = " ".join([*parts[:-2], changed]) if len(parts) > 1 else name
        else:
            parts[at] = _DAMAGE[way["name"]](parts[at], way, rng)
            changed = " ".join(parts)
        if changed != name:
            done.append(way["name"])
            name = changed
    return name, done


def _inner(word: str, rng: random.Random) -> int:
    """A place inside a word, not the first letter."""
    return rng.randrange(1, len(word)) if len(word) > 1 else 0


def _like(letter: str, model: str) -> str:
    return letter.capitalize() if model[:1].isupper() else letter


def _small(word: str) -> str:
    """The word in small letters, each in its place: İ would become two."""
    return "".join(letter.lower()[0] for letter in word)


def _ear(word: str, way: Way, rng: random.Random) -> str:
    lower = _small(word)
    pairs = [(a, b) for pair in way["swaps"] for a, b in (pair, pair[::-1]) if a in lower]
    if not pairs:
        return word
    old, new = rng.choice(pairs)
    places = [i for i in range(len(lower)) if lower.startswith(old, i)]
    # A capital is changed less often than a letter inside.
    at = rng.choice([p for p in places if p > 0] or places)
    return word[:at] + _like(new, word[at]) + word[at + len(old) :]


def _vowel(word: str, way: Way, rng: random.Random) -> str:
    places = [i for i, c in enumerate(_small(word)) if c in VOWELS and i > 0]
    if not places:
        return word
    at = rng.choice(places)
    others: list[str] = [v for v in way["vowels"] if v != word[at]]
    return word[:at] + rng.choice(others) + word[at + 1 :]


def _drop(word: str, way: Way, rng: random.Random) -> str:
    at = _inner(word, rng)
    return word[:at] + word[at + 1 :] if len(word) > 3 else word


def _double(word: str, way: Way, rng: random.Random) -> str:
    at = _inner(word, rng)
    return word[:at] + word[at].lower() + word[at:] if word else word


def _transpose(word: str, way: Way, rng: random.Random) -> str:
    if len(word) < 4:
        return word
    at = rng.randrange(1, len(word) - 1)
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def _insert(word: str, way: Way, rng: random.Random) -> str:
    places = [i for i in range(1, len(word)) if word[i].isalpha() and not {word[i - 1].lower(), word[i].lower()} & set(VOWELS)]
    if not places:
        return word
    at, vowels = rng.choice(places), str(way["vowels"])
    return word[:at] + rng.choice(vowels) + word[at:]


def _particle(word: str, way: Way, rng: random.Random) -> str:
    others = [other for family in way["families"] if word.lower() in family for other in family if other != word.lower()]
    return _like(rng.choice(others), word) if others else word


def _tail(word: str, way: Way, rng: random.Random) -> str:
    if len(word) < 5:
        return word
    kept = rng.randrange(3, max(4, len(word) - 1))
    tails: list[str] = way["tails"]
    return word[:kept] + rng.choice(tails)


def _merge(word: str, way: Way, rng: random.Random) -> str:
    return word


_DAMAGE: dict[str, Callable[[str, Way, random.Random], str]] = {
    "ear": _ear, "vowel": _vowel, "drop": _drop, "double": _double, "transpose": _transpose, "insert": _insert, "tail": _tail,
    "particle": _particle,
    "merge": _merge,
}  # fmt: skip
