"""Damage to names, and offices that were taken for others."""

from __future__ import annotations

import random
import re

from attache.garble.damage import Edit
from attache.garble.names import damage_name
from attache.garble.places import people_in
from attache.garble.tables import others
from attache.knowledge import builtin, fold

TRIES = 8


def names(text: str, rng: random.Random) -> list[Edit]:
    """Every person's name once, damaged once or twice; no spelling that the person also bears."""
    found = []
    for place in people_in(text):
        for _ in range(TRIES):
            damaged, ways = damage_name(place.text, rng, times=rng.choice((1, 1, 2)))
            accepted = fold(damaged) == fold(place.text) or builtin().people_named(damaged) or builtin().people_surnamed(damaged)
            if ways and not accepted:
                found.append(Edit(place.start, place.end, damaged, "+".join(ways), (place.start, place.end)))
                break
    return found


def offices(text: str, rng: random.Random) -> list[Edit]:
    """A title before a person's name replaced by that of another office."""
    titles = others("offices", "titles")
    pattern = re.compile(rf"\b(?:{'|'.join(sorted(map(re.escape, titles), key=len, reverse=True))})(?= $)")
    found = []
    for place in people_in(text):
        before = pattern.search(text, max(0, place.start - 40), place.start)
        if before is not None:
            other = rng.choice(titles[before.group()])
            found.append(Edit(before.start(), before.end(), other, "other office", (before.start(), place.end)))
    return found
