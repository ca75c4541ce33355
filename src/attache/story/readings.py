"""Chooses among the readings of one place: dated knowledge first, for names; then the majority of witnesses; then reliability."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from attache.dossier import Span
from attache.story.collation import Place, Reading, Unit
from attache.story.units import Found


@dataclass(frozen=True)
class Told:
    """What one witness has in a place: its unit there, or its bare words where none was recognised."""

    page: int
    unit: Found
    reliability: float
    votes: bool = True
    """False for a page that repeats another witness of the same outlet letter by letter."""


def chosen(told: Sequence[Told]) -> Unit:
    """The unit that some witnesses tell, the base's first."""
    groups: dict[str, list[Told]] = defaultdict(list)
    for one in told:
        groups[_key(one.unit)].append(one)
    ranked = sorted(groups.values(), key=lambda group: (-_votes(group), -max(t.reliability for t in group), told.index(group[0])))
    if told[0].unit.kind == "name" and (unit := _by_knowledge(ranked)):
        return unit
    first, all_votes = ranked[0], sum(map(_votes, ranked))
    tie = len(ranked) > 1 and _votes(ranked[1]) == _votes(first)
    why = "every witness has it" if len(ranked) == 1 else f"{_votes(first)} of {all_votes} witnesses have it"
    return _unit(first[0].unit.text, why + (", the more reliable of equally many" if tie else ""), ranked)


def _by_knowledge(ranked: Sequence[list[Told]]) -> Unit | None:
    """The reading that is the known name of the person whom most witnesses mean; the name itself where all have it wrong."""
    meant: dict[tuple[str, str], int] = defaultdict(int)
    for group in ranked:
        for one in group:
            if one.unit.name:
                meant[one.unit.value, one.unit.name] += one.votes
    if not meant:
        return None
    _, name = max(meant, key=lambda known: (meant[known], known))
    right = [group for group in ranked if _is(group[0].unit, name)]
    if not right and not any(one.unit.repaired for group in ranked for one in group):
        return None
    others = [group for group in ranked if group not in right]
    if right:
        why = "the known name" if others else "every witness has it, and it is the known name"
        return _unit(right[0][0].unit.text, why, [*right, *others], name)
    return _unit(name, "no witness has it: the known name of whom they mean", others, name)


def _is(unit: Found, name: str) -> bool:
    """Whether a unit was taken for the name as it stands; other ways to spell it (Zelensky, Zelenskyy) are no damage."""
    return not unit.repaired and unit.name == name


def _votes(group: Sequence[Told]) -> int:
    return sum(one.votes for one in group)


def _unit(text: str, why: str, ranked: Sequence[Sequence[Told]], name: str | None = None) -> Unit:
    readings = [
        Reading(
            text=group[0].unit.text, votes=_votes(group), known=bool(name) and _is(group[0].unit, name or ""),
            places=[Place(page=one.page, span=Span(start=one.unit.start, end=one.unit.end)) for one in group],
        )
        for group in ranked
    ]  # fmt: skip
    return Unit(kind=ranked[0][0].unit.kind, chosen=text, reason=why, readings=readings)


def _key(unit: Found) -> str:
    """Numbers by their value, dates by theirs, the rest by its words."""
    return unit.value if unit.kind in ("number", "date") and unit.value else " ".join(re.findall(r"\w+", unit.text.casefold()))
