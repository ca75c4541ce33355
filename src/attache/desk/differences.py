"""Where a copy departs from another copy of the same text, word by word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Indel

LIKE = 0.5
"""Texts that share less than this part of their words are told in other words; their differences would mark everything."""
MOST_WORDS = 4_000
_LONG = 12
_WORD = re.compile(r"\S+\s*")


@dataclass(frozen=True)
class Stretch:
    """Some words of a copy. `differs`: not so in the base, which has `base` in their place ("" where it has nothing)."""

    text: str
    differs: bool = False
    base: str | None = None


@dataclass(frozen=True)
class Variant:
    """One difference: the base's words and the copy's, either empty where words are missing, and the word before them."""

    before: str
    base: str
    copy: str


def compared(base: str, copy: str) -> tuple[tuple[Stretch, ...], tuple[Variant, ...]] | None:
    """The copy in stretches, joined the same text, and its short differences; None where it is told in other words."""
    ours, theirs = _WORD.findall(base), _WORD.findall(copy)
    if max(len(ours), len(theirs)) > MOST_WORDS:
        return None
    one, two = [word.strip() for word in ours], [word.strip() for word in theirs]
    if Indel.normalized_similarity(one, two) < LIKE:
        return None
    # What stands before the first word belongs to it.
    lead = copy[: len(copy) - len(copy.lstrip())]
    steps = list(_steps(one, two))
    stretches = [Stretch(lead)] if lead else []
    variants = []
    for same, (a, b), (c, d) in steps:
        words, missing = "".join(theirs[c:d]), " ".join(one[a:b])
        if same:
            stretches.append(Stretch(words))
            continue
        bare = words.rstrip()
        stretches += [Stretch(bare, True, missing), Stretch(words[len(bare) :])]
        if b - a <= _LONG and d - c <= _LONG:
            variants.append(Variant(" ".join(one[max(0, a - 3) : a]), missing, " ".join(two[c:d])))
    return tuple(stretches), tuple(variants)


def _steps(one: Sequence[str], two: Sequence[str]) -> Iterator[tuple[bool, tuple[int, int], tuple[int, int]]]:
    """Runs of equal words, and between them runs where either side has its own: (equal, its range in one, in two)."""
    a = c = b = d = 0
    for step in Indel.opcodes(one, two):
        if step.tag == "equal":
            if b > a or d > c:
                yield False, (a, b), (c, d)
            yield True, (step.src_start, step.src_end), (step.dest_start, step.dest_end)
            a, b, c, d = step.src_end, step.src_end, step.dest_end, step.dest_end
        else:
            b, d = max(b, step.src_end), max(d, step.dest_end)
    if b > a or d > c:
        yield False, (a, b), (c, d)
