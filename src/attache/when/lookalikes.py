"""What looks like a time and is none: May as a verb, March as a march, Jan as a name, “$5 a year”, “a quarter of”, “a second chance”."""

from __future__ import annotations

import re

from spacy.tokens import Doc

from attache.reading import text_of
from attache.when.expressions import Expression
from attache.when.vocabulary import vocabulary

_RATE_OR_SHARE = ("duration", "duration-the")
_ARTICLE = re.compile(r"(?i)an? ")


def is_time(doc: Doc, expression: Expression) -> bool:
    """Whether the words mean a time where they stand."""
    if expression.rule.name in _RATE_OR_SHARE:
        return not (_is_share(doc, expression) or _is_rate(doc, expression) or _is_title(expression))
    bare = expression.text.rstrip(".")
    if bare in _ambiguous_months():
        return _is_month(doc, expression)
    if expression.rule.name == "relative-unit" and expression.text.istitle():
        return text_of(doc)[max(0, expression.start - 1) : expression.start] not in ("“", '"', "‘")
    return True


def _ambiguous_months() -> frozenset[str]:
    """Names of months that are also words or names, as written in a sentence or in capitals."""
    words = vocabulary().lookalikes["months"]
    return words | {word.upper() for word in words}


def _is_month(doc: Doc, expression: Expression) -> bool:
    text = text_of(doc)
    before = re.search(r"(\w+)\W+$", text[max(0, expression.start - 25) : expression.start])
    after = text[expression.end : expression.end + 8]
    if before and before[1].lower() in vocabulary().lookalikes["leading"]:
        return True
    if any(re.match(rf"\s+{word}\b", after) for word in vocabulary().lookalikes["not_before"]):
        return False
    if expression.text.lower() not in vocabulary().lookalikes["full"] or not before or text[expression.start - 1] in "“\"`'":
        return False
    if before[1].lower() == "the":
        return True
    span = doc.char_span(expression.start, expression.end, alignment_mode="expand")
    if span and span.root.ent_type_ in ("PERSON", "PER"):
        return False
    return bool(span and doc.has_annotation("POS") and span.root.pos_ in ("PROPN", "NOUN") and not before[1][0].isupper())


def _is_share(doc: Doc, expression: Expression) -> bool:
    """“a quarter of the vote”, “three-quarters of its food”, “a second chance”."""
    after = text_of(doc)[expression.end : expression.end + 12].lower()
    unit = expression.parts["unit"].lower()
    if unit == "quarter":
        return bool(re.match(r"\s+of\b(?!\s+the\s+year)", after)) or expression.parts["num"].lower() in vocabulary().lookalikes["articles"]
    return unit == "second" and expression.parts["num"].lower() in vocabulary().lookalikes["articles"]


def _is_rate(doc: Doc, expression: Expression) -> bool:
    """“$35 a night”, “four flights a week”: the unit hangs on the noun before it, which is counted."""
    if not _ARTICLE.match(expression.text) or not doc.has_annotation("DEP"):
        return False
    span = doc.char_span(expression.start, expression.end, alignment_mode="expand")
    if span is None or span.start == 0 or doc[span.start - 1].is_punct:
        return False
    before, head = doc[span.start - 1], span.root.head
    counted = before.pos_ in ("NOUN", "NUM", "SYM") or before.tag_ in ("$", "CD")
    return counted and head.i < span.start and head.pos_ in ("NOUN", "NUM", "SYM", "PROPN")


def _is_title(expression: Expression) -> bool:
    """“60 Minutes”: a capital where a unit has none."""
    unit = expression.text[expression.text.lower().rfind(expression.parts["unit"].lower()) :]
    return unit[:1].isupper() and not unit.isupper() and not expression.text[0].isupper()
