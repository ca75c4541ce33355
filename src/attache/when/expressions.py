"""Find time expressions in a text: the rules run in windows around words of time; the longest match wins."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from attache.when.rules import Rule, piece, rules
from attache.when.vocabulary import triggers

WINDOW = 45


@dataclass(frozen=True)
class Expression:
    """Words of time with the rule that found them and what its groups caught."""

    start: int
    end: int
    text: str
    rule: Rule
    parts: dict[str, str]


@lru_cache(maxsize=4)
def find_expressions(text: str) -> tuple[Expression, ...]:
    """Time expressions in order, never overlapping; the last pages are remembered, since each is read twice."""
    found: list[Expression] = []
    for low, high in _windows(text):
        for order, rule in _that_may(text, low, high):
            for match in rule.pattern.finditer(text, low, high):
                if match.end() > match.start():
                    found.append(_expression(match, rule, order))
    found.sort(key=lambda e: (-(e.end - e.start), e.start))
    taken: list[Expression] = []
    covered = bytearray(len(text))
    for expression in found:
        if covered.find(1, expression.start, expression.end) < 0:
            taken.append(expression)
            covered[expression.start : expression.end] = bytes([1]) * (expression.end - expression.start)
    return tuple(sorted(taken, key=lambda e: e.start))


def _that_may(text: str, low: int, high: int) -> Iterator[tuple[int, Rule]]:
    """The rules that may match in a window, with their places: those of which it has a word of every list needed."""
    there: dict[str, bool] = {}
    for order, rule in enumerate(rules()):
        for name in rule.needs:
            if name not in there:
                there[name] = piece(name).search(text, low, high) is not None
            if not there[name]:
                break
        else:
            yield order, rule


def _expression(match: re.Match[str], rule: Rule, order: int) -> Expression:
    parts = {k.split("__")[0]: v for k, v in match.groupdict().items() if v}
    return Expression(match.start(), match.end(), match.group(), rule, parts)


def _windows(text: str) -> Iterator[tuple[int, int]]:
    """Stretches of text around words of time, widened to whole words and merged."""
    low = high = -1
    for hit in triggers().finditer(text):
        start, end = max(0, hit.start() - WINDOW), min(len(text), hit.end() + WINDOW)
        while start > 0 and not text[start - 1].isspace():
            start -= 1
        while end < len(text) and not text[end].isspace():
            end += 1
        if low < 0:
            low, high = start, end
        elif start <= high:
            high = max(high, end)
        else:
            yield low, high
            low, high = start, end
    if low >= 0:
        yield low, high
