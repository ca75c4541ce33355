"""Reads ``office_titles.toml`` into runs of words, each with the offices it may mean."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from attache.errors import DataError
from attache.knowledge.compiling import KINDS
from attache.knowledge.fold import fold
from attache.knowledge.tables import load_toml

_SPOKES = ("spokesman", "spokeswoman", "spokesperson", "press secretary", "speaker", "press speaker")


@dataclass(frozen=True)
class Title:
    """A run of words that names an office. ``where`` binds it to one place; ``match``: an office's name must hold one of these."""

    words: tuple[str, ...]
    kind: str
    where: str | None = None
    also: str | None = None
    offices: tuple[str, ...] = ()
    match: tuple[str, ...] = ()
    needs_place: bool = False
    first: tuple[tuple[str, tuple[str, ...]], ...] = ()


@dataclass(frozen=True)
class Titles:
    """All titles by their words, the most words by the first of them, and the words that may stand before them."""

    by_words: dict[tuple[str, ...], Title]
    longest: dict[str, int]
    former: frozenset[str]
    modifiers: frozenset[str]
    ranks: frozenset[str]
    deputies: frozenset[str]
    open_kinds: frozenset[str]
    at_organisation: dict[str, dict[str, tuple[str, ...]]]


def _general(entry: dict[str, Any]) -> list[Title]:
    first = tuple((where, tuple(ids)) for where, ids in entry.get("first", {}).items())
    return [
        Title(
            tuple(fold(words).split()), entry["kind"], entry.get("where"), entry.get("also"), tuple(entry.get("offices", ())),
            tuple(entry.get("match", ())), bool(entry.get("place")), first,
        )
        for words in entry["words"]
    ]  # fmt: skip


def _portfolios(table: dict[str, list[str]]) -> list[Title]:
    made = []
    for name, match in table.items():
        for form in (f"{name} minister", f"minister of {name}", f"minister of the {name}", f"minister for {name}", f"{name} secretary",
                     f"secretary of {name}", f"secretary for {name}", f"secretary of state for {name}"):  # fmt: skip
            made.append(Title(tuple(form.split()), "minister", match=tuple(match)))
    return made


def _spokespersons(table: dict[str, dict[str, list[str]]]) -> list[Title]:
    made = []
    for where, offices in table.items():
        for office, bodies in offices.items():
            for body in bodies:
                for word in _SPOKES:
                    forms = [f"{body} {word}", f"{body} s {word}"]
                    forms += [f"{word} {link} {body}" for link in ("of", "for", "of the", "for the", "at the", "from the")]
                    made += [Title(tuple(form.split()), "spokesperson", where, offices=(office,)) for form in forms]
    return made


def load_titles() -> Titles:
    """The titles, checked: every kind is known, every title has words."""
    data = load_toml("office_titles.toml")
    titles = [t for entry in data["bound"] for t in _general(entry)] + [t for entry in data["title"] for t in _general(entry)]
    titles += _portfolios(data["portfolio"]) + _spokespersons(data["spokesperson"])
    # of equal words, bound titles come before general ones
    by_words: dict[tuple[str, ...], Title] = {}
    longest: dict[str, int] = {}
    for title in titles:
        if title.kind not in KINDS or not title.words:
            raise DataError(f"office_titles.toml: bad title {title}")
        by_words.setdefault(title.words, title)
        longest[title.words[0]] = max(longest.get(title.words[0], 0), len(title.words))
    at = {code: {kind: tuple(ids) for kind, ids in kinds.items()} for code, kinds in data["at_organisation"].items()}
    return Titles(
        by_words,
        longest,
        frozenset(data["former"]),
        frozenset(data["modifiers"]),
        frozenset(data["ranks"]),
        frozenset(data["deputies"]),
        frozenset(data["open_kinds"]),
        at,
    )
