"""The cue words of statements: which verbs, nouns, adjectives and phrases hand on what somebody says, and in which constructions."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from attache.errors import DataError

FOLDER = Path(__file__).parent
_CONSTRUCTIONS = frozenset({"quote", "clause", "order", "label", "blame", "infinitive", "gerund", "about", "object"})
_FIELDS = {"lemmas", "takes", "prepositions", "particle", "needs", "objects", "speech", "confidence"}
_LISTS = (
    "spoken",
    "light",
    "contents",
    "according",
    "hearsay",
    "documents",
    "labels",
    "grounds",
    "judged",
    "naming",
    "hedging",
    "empty",
    "reader",
    "resting",
    "evidence",
    "minds",
)


@dataclass(frozen=True)
class Cue:
    """A class of cue words; see ``verbs.toml`` for the fields."""

    lemmas: tuple[str, ...]
    takes: frozenset[str]
    prepositions: frozenset[str] = frozenset()
    particle: str = ""
    needs: frozenset[str] = frozenset()
    objects: frozenset[str] = frozenset()
    speech: bool = True
    confidence: float = 0.7


@dataclass(frozen=True)
class Book:
    """All cues by lemma (particular ones first), and the word lists by name."""

    verbs: dict[str, tuple[Cue, ...]]
    nouns: dict[str, tuple[Cue, ...]]
    adjectives: dict[str, tuple[Cue, ...]]
    lists: dict[str, frozenset[str]]


def read_cue(entry: dict[str, Any], where: str) -> Cue:
    """One entry, checked; raises :class:`attache.errors.DataError` that names the file and the first lemma."""
    lemmas = entry.get("lemmas") or []
    name = f"{where}, {lemmas[0] if lemmas else 'an entry without lemmas'}"
    if not lemmas or set(entry) - _FIELDS:
        raise DataError(f"{name}: lemmas are needed, and these fields are unknown: {sorted(set(entry) - _FIELDS)}")
    if set(entry.get("takes", ())) - set(_CONSTRUCTIONS):
        raise DataError(f"{name}: takes must be among {', '.join(sorted(_CONSTRUCTIONS))}")
    if not 0 < entry.get("confidence", 0.7) <= 1:
        raise DataError(f"{name}: confidence must lie above 0 and not above 1")
    fields: dict[str, Any] = {key: frozenset(entry.get(key, ())) for key in ("takes", "prepositions", "needs", "objects")}
    fields |= {key: entry[key] for key in ("particle", "speech", "confidence") if key in entry}
    return Cue(lemmas=tuple(lemmas), **fields)


def _index(entries: list[dict[str, Any]], where: str) -> dict[str, tuple[Cue, ...]]:
    found: dict[str, list[Cue]] = {}
    for entry in entries:
        cue = read_cue(entry, where)
        for lemma in cue.lemmas:
            found.setdefault(lemma, []).append(cue)
    return {lemma: tuple(sorted(those, key=lambda c: not (c.particle or c.needs))) for lemma, those in found.items()}


@cache
def book() -> Book:
    """The packaged cues."""
    verbs = tomllib.loads((FOLDER / "verbs.toml").read_text(encoding="utf-8"))
    phrases = tomllib.loads((FOLDER / "phrases.toml").read_text(encoding="utf-8"))
    lacking = [name for name in _LISTS if not phrases.get(name)]
    if lacking:
        raise DataError(f"phrases.toml: these lists are missing or empty: {', '.join(lacking)}")
    return Book(
        verbs=_index(verbs["verb"], "verbs.toml"),
        nouns=_index(phrases["noun"], "phrases.toml"),
        adjectives=_index(phrases["adjective"], "phrases.toml"),
        lists={name: frozenset(phrases[name]) for name in _LISTS},
    )
