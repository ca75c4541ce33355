"""PLOVER type, mode and contexts and the CAMEO code of an event, from tables that its lexicon entry may refine."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal, get_args

from attache.dossier import EventKind, Plover
from attache.errors import DataError
from attache.what.lexicon import Frame

TYPES = frozenset({
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE", "REJECT", "THREATEN", "PROTEST",
    "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
})  # fmt: skip
Will = Literal["done", "planned", "offered", "menaced", "refused", "open"]
"""How an act stands to its deed: done or under way; planned; offered by its own doer; planned unless another gives way; refused; or open,
that is hypothetical, asked for or not done."""
_MOST_CONTEXTS = 3


@dataclass(frozen=True)
class Stance:
    """What decides the code of an event beside its frame: its will, whether another act governs it, and the kinds that it governs."""

    will: Will = "done"
    governed: bool = False
    content: tuple[str, ...] = ()


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
def stances() -> dict[str, Any]:
    """The tables of ``stances.toml``, checked: every kind of the contract's, every type of PLOVER's."""
    table = _table("stances.toml")
    every = set(get_args(EventKind))
    named = [*(k for those in table["leaning"].values() for k in those), *table["governing"]["kinds"]]
    named += [k for part in ("modes", "codes") for those in table[part].values() for k in those]
    if set(named) - every or set(table["modes"]) - TYPES:
        raise DataError(f"stances.toml: unknown kinds or types: {sorted((set(named) - every) | (set(table['modes']) - TYPES))}")
    return table


@cache
def governing() -> frozenset[str]:
    """Kinds whose content is coded with them."""
    return frozenset(stances()["governing"]["kinds"])


@cache
def loosely() -> frozenset[str]:
    """Of these, the ones that govern what is done for their sake."""
    return frozenset(stances()["governing"]["loosely"])


@cache
def _leaning(kind: str) -> str:
    return next((name for name, those in stances()["leaning"].items() if kind in those), "")


@cache
def _context_of_word() -> dict[str, str]:
    return {word: context for context, those in _table("contexts.toml").items() for word in those}


def contexts(lemmas: Iterable[str]) -> list[str]:
    """The PLOVER contexts that words show, in order of first appearance."""
    table = _context_of_word()
    return list(dict.fromkeys(table[lemma] for lemma in lemmas if lemma in table))[:_MOST_CONTEXTS]


def coding(frame: Frame, lemmas: Iterable[str], stance: Stance = Stance()) -> tuple[Plover, str | None]:  # noqa: B008 (immutable)
    """PLOVER and CAMEO codes of an event of a frame whose sentence has these lemmas.

    What another act governs, and what is only asked for or may be, has no type and no code of its own.
    """
    codes = kinds()[frame.kind]
    type_, cameo = frame.type or codes.get("type"), frame.cameo or codes.get("cameo")
    mode = frame.mode or (codes.get("mode") if frame.type is None else None)
    shown = contexts(lemmas)
    if stance.governed:
        return Plover(contexts=shown), None
    if stance.will != "done":
        willed = _willed(stance.will, frame)
        if willed is not None:
            return _with_content(willed["type"], None, willed["cameo"], (frame.kind,), shown)
        if stance.will in {"open", "refused"}:
            return Plover(contexts=shown), None
    return _with_content(type_, mode, cameo, stance.content, shown)


def _willed(will: Will, frame: Frame) -> dict[str, str] | None:
    """The codes of an act that is not done; what is offered is coded as planned where the tables do not tell the two apart."""
    tables: dict[str, dict[str, dict[str, str]]] = stances()
    leaning = next((name for name, those in stances()["types"].items() if frame.type in those), _leaning(frame.kind))
    found = tables.get(will, {}).get(frame.kind) or tables.get(will, {}).get(leaning)
    return found or (tables["planned"].get(leaning) if will in {"offered", "menaced"} else None)


def _with_content(
    type_: str | None, mode: str | None, cameo: str | None, content: Sequence[str], shown: list[str]
) -> tuple[Plover, str | None]:
    """The codes made finer by what is threatened, promised or asked."""
    turned = stances()["turned"]
    if type_ == turned["from"] and content and _leaning(content[0]) == turned["leaning"]:
        type_, cameo = turned["type"], turned["cameo"]
    modes, codes = stances()["modes"].get(type_, {}), stances()["codes"].get((cameo or "")[:2], {})
    mode = next((modes[k] for k in content if k in modes), mode)
    if cameo is not None and cameo.endswith("0"):
        cameo = next((codes[k] for k in content if k in codes), cameo)
    return Plover(type=type_, mode=mode, contexts=shown), cameo
