"""Whether two pages in different words tell the same story, by shared actors, events, days and weighted terms.

The score is ``0.55 matter + 0.25 names + 0.2 events``, each 0..1: the weighted words of the matter, the actors and capitalised words, and
the events that both tell. Two pages are of one story from `ENOUGH` on, so that the same names alone never suffice. Against it speak
days more than `DAYS` apart, which end the comparison, and events that cannot be the same (the same two people meeting on another
day or in another country), which weigh as much as one that is shared.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from attache.story.terms import cosine
from attache.story.traits import Deed, Traits

DAYS = 2
"""Reports of one happening appear within so many days; later ones tell what came of it."""
ENOUGH = 0.5
_ALIKE = 0.5
"""The cosine of terms that counts as full likeness: two reporters on one happening seldom share more."""
_WEIGHTS = {"person": 1.0, "organisation": 0.5, "body": 0.5, "group": 0.5, "country": 0.3}


@dataclass(frozen=True)
class Sameness:
    """How far two pages tell the same story, 0..1, and why."""

    score: float
    reason: str

    @property
    def enough(self) -> bool:
        """Whether they are of one story."""
        return self.score >= ENOUGH


def sameness(first: Traits, second: Traits) -> Sameness:
    """Compare two pages."""
    apart = _days_apart(first.day, second.day)
    if apart is not None and apart > DAYS:
        return Sameness(0.0, f"{apart} days apart")
    matter = min(1.0, cosine(first.terms.matter, second.terms.matter) / _ALIKE)
    actors, called = _actors(first, second)
    names = min(1.0, max(actors, cosine(first.terms.names, second.terms.names)))
    deeds, clashes = _deeds(first, second)
    score = 0.55 * matter + 0.25 * names + 0.2 * max(-1, min(1, len(deeds) - len(clashes)))
    # Of unknown days more is asked: the same people meet again.
    if apart is None:
        score *= 0.9
    return Sameness(max(0.0, score), _reason(first, second, matter, called, deeds, clashes, apart))


def _days_apart(one: str | None, other: str | None) -> int | None:
    return abs((date.fromisoformat(one) - date.fromisoformat(other)).days) if one and other else None


def _actors(first: Traits, second: Traits) -> tuple[float, list[str]]:
    """The weighted share of actors that both name, of the page with fewer, and their names."""

    def weight(traits: Traits, ids: set[str]) -> float:
        return sum(_WEIGHTS.get(traits.kinds[i], 0.3) for i in ids)

    shared = set(first.actors) & set(second.actors)
    fewer = min(weight(first, set(first.actors)), weight(second, set(second.actors)))
    # One country that both name proves little, so small casts are measured against a full one.
    return weight(first, shared) / max(fewer, 1.5), sorted(first.names[i] for i in shared)


def _deeds(first: Traits, second: Traits) -> tuple[list[Deed], list[Deed]]:
    """Events that both tell, and those of one that contradict the other's."""
    shared, clashes = [], []
    for one in first.deeds:
        rivals = [o for o in second.deeds if o.kind == one.kind and len(one.parties) > 1 and len(set(o.parties) & set(one.parties)) > 1]
        if any(_compatible(one, other) for other in rivals):
            shared.append(one)
        elif rivals:
            clashes.append(one)
    return shared, clashes


def _compatible(one: Deed, other: Deed) -> bool:
    if one.country and other.country and one.country != other.country:
        return False
    if not (one.first and one.last and other.first and other.last):
        return True
    return one.first <= other.last and other.first <= one.last


def _reason(
    first: Traits, second: Traits, matter: float, called: list[str], deeds: list[Deed], clashes: list[Deed], apart: int | None
) -> str:  # fmt: skip
    one, other = first.terms.matter, second.terms.matter
    words = sorted(set(one) & set(other), key=lambda w: (-one[w] * other[w], w))[:6]
    parts = [f"matter {matter:.0%} ({', '.join(words)})" if words else "no shared matter"]
    if called:
        parts.append(f"actors {', '.join(called[:5])}")
    if deeds:
        parts.append(f"events {', '.join(sorted({d.kind for d in deeds}))}")
    if clashes:
        parts.append(f"but other days or places of: {', '.join(sorted({d.kind for d in clashes}))}")
    parts.append("day unknown" if apart is None else "the same day" if apart == 0 else f"{apart} day{'s' if apart > 1 else ''} apart")
    return "; ".join(parts)
