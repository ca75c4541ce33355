"""Damaging a text: every kind offers its places, the strength says how many of them are taken, the seed which."""

from __future__ import annotations

import math
import random
from collections.abc import Iterable

from attache.errors import UsageError
from attache.garble.damage import SHARES, Damage, Edit, Garbled
from attache.garble.kinds import KINDS


def garble(text: str, seed: int = 0, strength: str = "medium", kinds: Iterable[str] | None = None) -> Garbled:
    """A damaged copy of a clean text, with the list of its damages.

    The same text, seed, strength (``light``, ``medium``, ``heavy``) and kinds (by default all) give the same copy. A kind that finds no
    place to work on does nothing. :class:`~attache.errors.UsageError` where a kind or strength does not exist.
    """
    wanted = list(KINDS) if kinds is None else list(dict.fromkeys(kinds))
    unknown = [kind for kind in wanted if kind not in KINDS]
    if unknown or strength not in SHARES:
        told = f"no such kind of damage: {', '.join(unknown)}" if unknown else f"no such strength: {strength}"
        raise UsageError(f"{told}; kinds are {', '.join(KINDS)}; strengths are {', '.join(SHARES)}")
    chosen: list[tuple[str, Edit]] = []
    for kind in wanted:
        # A source of chance for each kind, so that leaving one out does not change what the others do.
        rng = random.Random(f"{seed}:{kind}")
        places = KINDS[kind](text, rng)
        chosen.extend((kind, edit) for edit in _some(places, SHARES[strength], rng))
    damaged, damages = _applied(text, _apart(chosen))
    return Garbled(damaged, seed, strength, damages)


def _some(places: list[Edit], share: float, rng: random.Random) -> list[Edit]:
    """A share of the places, at least one; different ones of the same stretch are left to the first that is drawn."""
    rng.shuffle(places)
    distinct: list[Edit] = []
    for place in places:
        if not any(_meet(place, other) for other in distinct):
            distinct.append(place)
    return distinct[: max(1, math.ceil(share * len(distinct)))] if distinct else []


def _meet(one: Edit, other: Edit) -> bool:
    """Whether two edits touch the same characters, or are put in at the same place."""
    return one.start <= other.end and other.start <= one.end


def _apart(chosen: list[tuple[str, Edit]]) -> list[tuple[str, Edit]]:
    """In the order of the text; of two that meet the one of the kind named first."""
    kept: list[tuple[str, Edit]] = []
    for kind, edit in chosen:
        if not any(_meet(edit, other) for _, other in kept):
            kept.append((kind, edit))
    return sorted(kept, key=lambda item: (item[1].start, item[1].end))


def _applied(text: str, edits: list[tuple[str, Edit]]) -> tuple[str, list[Damage]]:
    parts: list[str] = []
    last = 0
    shifts: list[tuple[int, int]] = []  # (end in the clean text, how far what follows has moved)
    places: list[int] = []
    for _, edit in edits:
        parts.append(text[last : edit.start])
        moved = shifts[-1][1] if shifts else 0
        places.append(edit.start + moved)
        parts.append(edit.after)
        last = edit.end
        shifts.append((edit.end, moved + len(edit.after) - (edit.end - edit.start)))
    parts.append(text[last:])
    damages = []
    for (kind, edit), start in zip(edits, places, strict=True):
        end = start + len(edit.after)
        within = (min(start, _moved(edit.within[0], shifts, False)), max(end, _moved(edit.within[1], shifts, True)))
        damages.append(Damage(kind, edit.way, start, end, within, edit.start, text[edit.start : edit.end], edit.after))
    return "".join(parts), damages


def _moved(at: int, shifts: list[tuple[int, int]], closing: bool) -> int:
    """Where a character of the clean text lies in the damaged one; ``closing`` for the end of a stretch."""
    by = 0
    for end, moved in shifts:
        if end < at or (end == at and closing):
            by = moved
    return at + by
