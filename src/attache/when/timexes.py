"""The times of a document: expressions, read against the day of the page."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from spacy.tokens import Doc

from attache.dossier import Span, Time
from attache.reading import text_of
from attache.when.expressions import Expression, find_expressions
from attache.when.lookalikes import is_time
from attache.when.quantities import Reference, Value
from attache.when.spans import interval_of
from attache.when.tense import direction_of
from attache.when.values import value_of

_NEAR = 250
"""How many characters after a date “a year earlier” still counts from it."""
_FIGURES = 60
_COMPARED = re.compile(r"[$£€#¥%\d]")
_QUARTER = re.compile(r"\d{4}-Q\d")
_OF_FIGURES = frozenset({"quarter-relative", "latest-quarter", "the-quarter", "year-ago", "year"})


def timexes(doc: Doc, day: date | None) -> list[Time]:
    """Every time of the text with type, value and interval; ``day`` is the page's own, where known."""
    times: list[Time] = []
    told = _Told()
    for expression in find_expressions(text_of(doc)):
        if not is_time(doc, expression):
            continue
        direction = direction_of(doc, expression.start, expression.end)
        value = value_of(expression, told.reference(expression, text_of(doc), day, direction))
        if value is None:
            continue
        days = interval_of(value.value) if value.type in ("DATE", "TIME") else None
        told.note(expression, value, days is not None)
        times.append(
            Time(
                span=Span(start=expression.start, end=expression.end),
                text=expression.text,
                type=value.type,  # type: ignore[arg-type]
                value=value.value,
                start=days.first.isoformat() if days and days.first else None,
                end=days.last.isoformat() if days and days.last else None,
                rule=f"when.{expression.rule.name}",
                confidence=_confidence(expression, day, value.value),
            )
        )
    return times


@dataclass
class _Told:
    """The date and the quarter that the text told last, and where."""

    focus: str | None = None
    at: int = 0
    quarter: str | None = None

    def note(self, expression: Expression, value: Value, dated: bool) -> None:
        """Remember a date for what is told after it."""
        if not dated or value.type != "DATE":
            return
        self.focus, self.at = value.value, expression.end
        if expression.rule.read == "quarter" and _QUARTER.fullmatch(value.value):
            self.quarter = value.value

    def reference(self, expression: Expression, text: str, day: date | None, direction: int) -> Reference:
        """What an expression is to be read against."""
        near = expression.start - self.at <= _NEAR
        lead = text[max(0, expression.start - _FIGURES) : expression.start]
        figures = self.quarter is not None and (_COMPARED.search(lead) is not None or expression.rule.name in _OF_FIGURES)
        return Reference(day, direction, self.focus, self.focus if near else None, self.quarter if figures else None)


def _confidence(expression: Expression, day: date | None, value: str) -> float:
    if "X" in value:
        return 0.5
    if expression.rule.name in ("numeric-date", "season-in", "past", "present", "future"):
        return 0.6
    return 0.95 if "year" in expression.parts else 0.85 if day else 0.6
