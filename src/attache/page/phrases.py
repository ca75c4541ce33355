"""Loads the phrase table and tells what kind of residue a line's wording is."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, cast, get_args

from attache.dossier import ResidueKind
from attache.errors import DataError

MAX_LINE = 400
"""Longer lines are never residue as a whole; also bounds the work of each expression."""
_LISTS = ("lines", "edge", "opens", "patterns", "edge_patterns", "cased", "edge_cased", "words", "inline")
_QUOTES = str.maketrans({"‘": "'", "’": "'", "‚": "'", "“": '"', "”": '"', "„": '"', "–": "-", "—": "-"})
_DECORATION = " \t•·●▪■►▶→←↑↓›‹»«|*–—-_~✓✔☰×✕❯❮▼▲…"
_SEPARATORS = re.compile(r"\s*[|/•·»›>,:;–—]\s*|\s+-\s+|\s+\(|\)\s*|\s+")


@dataclass(frozen=True)
class Verdict:
    """A line's kind; ``weak`` counts only at the edges of a page, ``opens`` heads a list of other pages."""

    kind: ResidueKind
    weak: bool = False
    opens: bool = False


@dataclass(frozen=True)
class Phrases:
    """The phrase table, ready for use."""

    lines: dict[str, ResidueKind]
    edge: dict[str, ResidueKind]
    opens: dict[str, ResidueKind]
    patterns: tuple[tuple[ResidueKind, re.Pattern[str]], ...]
    edge_patterns: tuple[tuple[ResidueKind, re.Pattern[str]], ...]
    cased: tuple[tuple[ResidueKind, re.Pattern[str]], ...]
    edge_cased: tuple[tuple[ResidueKind, re.Pattern[str]], ...]
    words: dict[ResidueKind, frozenset[str]]
    inline: tuple[tuple[ResidueKind, re.Pattern[str], re.Pattern[str]], ...]

    def judge(self, line: str) -> Verdict | None:
        """What kind of residue the wording of a line is, None where it is none."""
        if len(line) > MAX_LINE:
            return None
        bare = line.strip().strip(_DECORATION) or line.strip()
        if _single_sentence_word(bare):
            return None
        key = folded(bare)
        if key in self.opens:
            return Verdict(self.opens[key], opens=True)
        if key in self.lines:
            return Verdict(self.lines[key])
        strong = self._tiled(key) or _first(self.cased, bare) or _first(self.patterns, bare.translate(_QUOTES))
        if strong:
            return Verdict(strong)
        listed, many = self._listed(key)
        if listed and many:
            return Verdict(listed)
        weak = listed or self.edge.get(key) or _first(self.edge_cased, bare) or _first(self.edge_patterns, bare.translate(_QUOTES))
        return Verdict(weak, weak=True) if weak else None

    def _tiled(self, key: str) -> ResidueKind | None:
        """The kind of a line that is made up of several whole phrases."""
        pieces = [p for p in re.split(r"(?<=[.!?*:…])\s+", key) if p.strip()]
        kinds = [self.lines.get(folded(p)) or self.opens.get(folded(p)) for p in pieces]
        return kinds[0] if len(kinds) > 1 and all(kinds) else None

    def _listed(self, key: str) -> tuple[ResidueKind | None, bool]:
        """The kind of a line of nothing but vocabulary of one kind, and whether that is more than one entry."""
        words = [w for w in _SEPARATORS.split(key) if w]
        if not 1 <= len(words) <= 40:
            return None, False
        for kind, known in self.words.items():
            if (count := _cover(words, known)) and (count == 1 or count > 2 or kind != "navigation"):
                return kind, count > 1
        return None, False

    def ends_of(self, line: str) -> tuple[ResidueKind, int, int] | None:
        """An inline phrase at the beginning or end of a longer line: its kind, start and end."""
        for kind, head, tail in self.inline:
            if match := head.match(line) or tail.search(line):
                return kind, match.start(), match.end()
        return None


def folded(text: str) -> str:
    """Case, quotation marks and closing punctuation taken away; white space made single."""
    return " ".join(text.translate(_QUOTES).casefold().split()).rstrip(":!… ").rstrip(".").strip(" ")


def _single_sentence_word(text: str) -> bool:
    return bool(re.fullmatch(r"[\w'’-]+[.]", text))


def _first(patterns: Iterable[tuple[ResidueKind, re.Pattern[str]]], text: str) -> ResidueKind | None:
    return next((kind for kind, pattern in patterns if pattern.fullmatch(text)), None)


def _cover(words: list[str], known: frozenset[str]) -> int:
    """How many entries of ``known``, of one to three words, make up ``words``; 0 where they do not."""
    at = count = 0
    while at < len(words):
        size = next((n for n in (3, 2, 1) if at + n <= len(words) and " ".join(words[at : at + n]) in known), 0)
        if not size:
            return 0
        at, count = at + size, count + 1
    return count


@cache
def phrases() -> Phrases:
    """The packaged phrase table."""
    path = Path(__file__).parent / "phrases.toml"
    return _built(tomllib.loads(path.read_text(encoding="utf-8")), path.name)


def _built(table: dict[str, dict[str, list[str]]], name: str) -> Phrases:
    for kind, lists in table.items():
        if kind not in get_args(ResidueKind) or kind == "repeated-title":
            raise DataError(f"{name}: {kind} is no kind of residue")
        for key, values in lists.items():
            if key not in _LISTS or not all(isinstance(v, str) and v.strip() for v in values):
                raise DataError(f"{name}: {kind}.{key} must be one of {', '.join(_LISTS)} and hold non-empty strings")

    def pairs(key: str) -> Iterable[tuple[ResidueKind, str]]:
        return ((cast(ResidueKind, kind), value) for kind, lists in table.items() for value in lists.get(key, ()))

    def compiled(key: str, flags: int) -> tuple[tuple[ResidueKind, re.Pattern[str]], ...]:
        lists = ((cast(ResidueKind, kind), lists.get(key)) for kind, lists in table.items())
        return tuple((kind, _compiled(values, flags, name)) for kind, values in lists if values)

    def by_wording(key: str) -> dict[str, ResidueKind]:
        return {folded(value.strip(_DECORATION) or value): kind for kind, value in reversed(list(pairs(key)))}

    any_case: Any = re.IGNORECASE
    return Phrases(
        by_wording("lines"), by_wording("edge"), by_wording("opens"),
        compiled("patterns", any_case), compiled("edge_patterns", any_case), compiled("cased", 0), compiled("edge_cased", 0),
        {cast(ResidueKind, k): frozenset(folded(v) for v in lists["words"]) for k, lists in table.items() if "words" in lists},
        tuple((cast(ResidueKind, kind), *_at_ends(lists["inline"])) for kind, lists in table.items() if "inline" in lists),
    )  # fmt: skip


def _at_ends(phrases: list[str]) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Expressions for a phrase that begins a line, and for one that ends it; both only beside a sentence end."""
    wording = f"(?:{'|'.join(map(re.escape, phrases))})"
    head = re.compile(rf"\s*{wording}[.:!…*]*(?=\s|$)", re.IGNORECASE)
    tail = re.compile(rf"(?<=[.!?…\"”’)*])\s+{wording}[.:!…*]*\s*$", re.IGNORECASE)
    return head, tail


def _compiled(expressions: list[str], flags: int, name: str) -> re.Pattern[str]:
    """One expression for any of several, which is made ready in half the time of each by itself."""
    try:
        return re.compile("|".join(f"(?:{expression})" for expression in expressions), flags)
    except re.error as error:
        raise DataError(f"{name}: one of {expressions} is no regular expression: {error}") from error
