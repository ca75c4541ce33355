"""PLOVER type, mode and contexts and the CAMEO code of an event, from tables that its lexicon entry may refine."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any, get_args

from attache.dossier import EventKind, Plover
from attache.errors import DataError
from attache.what.lexicon import Frame

TYPES = frozenset({
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE", "REJECT", "THREATEN", "PROTEST",
    "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
})  # fmt: skip
_MOST_CONTEXTS = 3


@cache
def _table(name: str) -> dict[str, Any]:
    return tomllib.loads((Path(__file__).parent / name).read_text(encoding="utf-8"))


@cache
def kinds() -> dict[str, dict[str, str]]:
    """Kind of event -> its codes, checked."""
    table = _table("codes.toml")
    if set(table) != set(get_args(EventKind)):
        raise DataError(f"codes.toml: kinds differ from the contract's: {sorted(set(table) ^ set(get_args(EventKind)))}")
    for kind, codes in table.items():
        if codes.get("type") not in TYPES | {None} or set(codes) - {"type", "mode", "cameo"}:
            raise DataError(f"codes.toml: {kind} has an unknown PLOVER type or field")
    return table


@cache
def _context_of_word() -> dict[str, str]:
    return {word: context for context, those in _table("contexts.toml").items() for word in those}


def contexts(lemmas: Iterable[str]) -> list[str]:
    """The PLOVER contexts that words show, in order of first appearance."""
    table = _context_of_word()
    return list(dict.fromkeys(table[lemma] for lemma in lemmas if lemma in table))[:_MOST_CONTEXTS]


def coding(frame: Frame, lemmas: Iterable[str]) -> tuple[Plover, str | None]:
    """PLOVER and CAMEO codes of an event of a frame whose sentence has these lemmas."""
    codes = kinds()[frame.kind]
    type_ = frame.type or codes.get("type")
    mode = frame.mode or (codes.get("mode") if frame.type is None else None)
    return Plover(type=type_, mode=mode, contexts=contexts(lemmas)), frame.cameo or codes.get("cameo")
