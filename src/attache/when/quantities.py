"""What a reader of values gets and gives, and numbers in words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from attache.when.vocabulary import vocabulary


@dataclass(frozen=True)
class Reference:
    """What an expression is read against.

    ``day``: of the page. ``direction``: the way the verb points. ``focus``: the last date spoken of. ``told``: the same, where it stands
    so near that “a year earlier” counts from it. ``quarter``: the quarter whose figures are being compared, “$3 million a year ago”.
    """

    day: date | None = None
    direction: int = -1
    focus: str | None = None
    told: str | None = None
    quarter: str | None = None


@dataclass(frozen=True)
class Value:
    """TIMEX3 type and value."""

    type: str
    value: str


def number(words: str | None) -> float | None:
    """A number written in figures or words."""
    if not words:
        return None
    words = " ".join(words.lower().split())
    if found := re.fullmatch(r"(\d+)(?:\s*(1/2|½)|(\.\d+))?", words):
        return int(found[1]) + (0.5 if found[2] else float(found[3] or 0))
    table = vocabulary().numbers
    if words in table:
        return table[words]
    halves = re.split(r"[- ]", words)
    if len(halves) == 2 and all(h in table for h in halves):
        return table[halves[0]] + table[halves[1]]
    return None
