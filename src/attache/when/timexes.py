"""The times of a document: expressions, read against the day of the page."""

from __future__ import annotations

import re
from datetime import date

from spacy.tokens import Doc

from attache.dossier import Span, Time
from attache.reading import text_of
from attache.when.expressions import Expression, find_expressions
from attache.when.quantities import Reference
from attache.when.spans import interval_of
from attache.when.tense import direction_of
from attache.when.values import value_of

LEADING = frozenset("in since until by of last this next from to through before after during late early mid for".split())
BARE_MONTH_VERBS = re.compile(r"(?:May|March|MAY|MARCH|Mar|Sun|Sat)\b")


def timexes(doc: Doc, day: date | None) -> list[Time]:
    """Every time of the text with type, value and interval; ``day`` is the page's own, where known."""
    times: list[Time] = []
    focus: str | None = None
    for expression in find_expressions(text_of(doc)):
        if not _is_time(doc, expression):
            continue
        direction = direction_of(doc, expression.start, expression.end)
        value = value_of(expression, Reference(day, direction, focus))
        if value is None:
            continue
        days = interval_of(value.value) if value.type in ("DATE", "TIME") else None
        if days and value.type == "DATE":
            focus = value.value
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


def _confidence(expression: Expression, day: date | None, value: str) -> float:
    if "X" in value:
        return 0.5
    if expression.rule.name in ("numeric-date", "season-in", "past", "present", "future"):
        return 0.6
    return 0.95 if "year" in expression.parts else 0.85 if day else 0.6


def _is_time(doc: Doc, expression: Expression) -> bool:
    """May, March and the like are times only where they are not verbs or names."""
    if not BARE_MONTH_VERBS.fullmatch(expression.text):
        return True
    before = re.search(r"(\w+)\W+$", text_of(doc)[max(0, expression.start - 25) : expression.start])
    if before and before[1].lower() in LEADING:
        return True
    if not expression.text.startswith(("May", "March")) or not before or text_of(doc)[expression.start - 1] in '“"':
        return False
    if before[1].lower() == "the":
        return True
    span = doc.char_span(expression.start, expression.end, alignment_mode="expand")
    return bool(span and doc.has_annotation("POS") and span.root.pos_ in ("PROPN", "NOUN") and not before[1][0].isupper())
