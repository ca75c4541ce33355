"""Sums within a sentence or two: years between two years, ages, ranges that run backwards, lists and their number, shares of a vote."""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.tokens import Doc

from attache.dossier import Finding
from attache.doubt.evidence import finding
from attache.doubt.lexicon import either, numbers
from attache.doubt.passages import Passage, paragraphs, sentences
from attache.doubt.stated import ANY_YEAR, DAY_MONTH, MONTH, YEAR, month_number, stated_dates
from attache.knowledge import Knowledge, builtin

NUMBER = rf"(?P<n>\d{{1,3}}|{'|'.join(numbers())})"
GAP = r"[^.;]{0,80}?"
SPANS = (
    re.compile(rf"\b(?P<a>{YEAR})\b{GAP}\b(?P<b>{YEAR}),?\s+{NUMBER} years later\b", re.IGNORECASE),
    re.compile(rf"\b(?P<a>{YEAR})\b[^.;]{{0,60}}?\b{NUMBER} years later,? in (?P<b>{YEAR})\b", re.IGNORECASE),
    re.compile(rf"\b(?P<b>{YEAR}),?\s+{NUMBER} years after{GAP}\bin (?P<a>{YEAR})\b", re.IGNORECASE),
)
ANNIVERSARY = re.compile(rf"\b(?P<n>\d{{1,3}})(?:st|nd|rd|th) anniversary of{GAP}\b(?P<a>{YEAR})\b{GAP}\bin (?P<b>{YEAR})\b")
AFTER_IT = re.compile(
    rf"\b(?P<b>{YEAR}),?\s+(?P<span>{NUMBER} years after) (?:it|he|she|they) (?:(?:was|were|had|been)\s)*(?P<verb>\w+ed)\b", re.I
)
BORN = rf"\bborn (?:on |in )?(?:{DAY_MONTH},? |{MONTH} )?(?P<a>{YEAR})\b"
AGE = re.compile(BORN + rf"[^.]{{0,90}}?\b(?P<b>{YEAR})[^.;]{{0,25}}? (?:aged?|at the age of|at age) (?P<n>\d{{1,3}})\b")
RANGE = re.compile(rf"\bfrom (?:{MONTH} )?(?P<a>{YEAR}) (?:to|until|till) (?:{MONTH} )?(?P<b>{YEAR})\b(?!\s+levels?)")
NAME = r"(?:the )?[A-Z][\w’'-]+(?: (?:and the |and )?[A-Z][\w’'-]+)*"
NAMES = rf"(?P<list>(?:{NAME}, ){{0,8}}{NAME}(?:,? and {NAME})?)"
LIST = re.compile(rf"\b(?i:{NUMBER}) (?:of the \w+ )?(?:[a-z-]+ ){{0,2}}(?:{either('states')})[,:]? {NAMES}(?=[,.;]| [a-z])")
STATED_STATES = re.compile(rf" (?:{either('states')})[,:]? (?:the )?[A-Z]")
LATE_DAY = re.compile(r"\b(?:29|30|31)")
SHARE = re.compile(r"\b(\d{1,2}(?:\.\d+)?) ?(?:%|per ?cent)")
DAYS_IN = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
NO_SUCH_DAY = re.compile(rf"\b{DAY_MONTH}")


def check_arithmetic(doc: Doc) -> Iterator[Finding]:
    """Everything above, sentence by sentence; a paragraph without a figure is passed over."""
    for line in paragraphs(doc):
        before = ""
        for piece in sentences(line):
            if ANY_YEAR.search(piece.text):
                if "year" in piece.text or "born" in piece.text or "anniversary" in piece.text:
                    yield from _spans(doc, piece)
                yield from _since_told(doc, piece, before)
                yield from _backwards(doc, piece)
            if LATE_DAY.search(piece.text):
                yield from _no_such_day(doc, piece)
            if STATED_STATES.search(piece.text):
                yield from _lists(doc, piece)
            yield from _shares(doc, piece)
            before = piece.text


def _number(text: str) -> int:
    return int(text) if text.isdigit() else numbers()[text.lower()]


def _spans(doc: Doc, piece: Passage) -> Iterator[Finding]:
    for pattern in (*SPANS, ANNIVERSARY, AGE):
        for match in pattern.finditer(piece.text):
            told, length = _number(match.group("n")), int(match.group("b")) - int(match.group("a"))
            if abs(length - told) > 1 and length > 0:
                message = f"From {match.group('a')} to {match.group('b')} is {length} years, not {told}."
                yield _found(doc, piece, match.start("n"), match.end("n"), message, "arithmetic-years", str(length))


def _since_told(doc: Doc, piece: Passage, before: str) -> Iterator[Finding]:
    """``closed in 2008, five years after it opened``, where the sentence before says in which year it opened."""
    match = AFTER_IT.search(piece.text) if "years after" in piece.text else None
    earlier = stated_dates(before)
    if match is None or len(earlier) != 1 or not re.search(rf"\b{match.group('verb')}\b", before, re.IGNORECASE):
        return
    told, length = _number(match.group("n")), int(match.group("b")) - int(earlier[0].value[:4])
    if abs(length - told) > 1 and length > 0:
        message = f"From {earlier[0].value[:4]} to {match.group('b')} is {length} years, not {told}."
        yield _found(doc, piece, *match.span("span"), message, "arithmetic-years", str(length))


def _backwards(doc: Doc, piece: Passage) -> Iterator[Finding]:
    for match in RANGE.finditer(piece.text):
        if int(match.group("a")) > int(match.group("b")):
            yield _found(doc, piece, *match.span(), "The years run backwards.", "arithmetic-range", None)


def _no_such_day(doc: Doc, piece: Passage) -> Iterator[Finding]:
    for match in NO_SUCH_DAY.finditer(piece.text):
        number, month = re.search(r"\d{1,2}", match.group()), re.search(MONTH, match.group())
        month_no = month_number(month.group()) if month else None
        if number and month_no and DAYS_IN[month_no - 1] < int(number.group()) <= 31:
            yield _found(doc, piece, *match.span(), "There is no such day.", "arithmetic-day", None)


def _lists(doc: Doc, piece: Passage) -> Iterator[Finding]:
    for match in LIST.finditer(piece.text):
        known = builtin()
        parts = [part for half in match.group("list").split(", ") for part in _apart(half.removeprefix("and "), known)]
        if len(parts) < 2 or any(known.country_named(part) is None for part in parts):
            continue
        count = _number(match.group("n"))
        if count != len(parts):
            message = f"{len(parts)} are named, not {count}."
            yield _found(doc, piece, *(match.start(), match.end()), message, "arithmetic-list", None)


def _apart(names: str, known: Knowledge) -> list[str]:
    """``Finland and Norway`` are two, ``Bosnia and Herzegovina`` is one."""
    return [names] if known.country_named(names) is not None else names.split(" and ")


def _shares(doc: Doc, piece: Passage) -> Iterator[Finding]:
    """For, against and abstained are parts of one whole."""
    if not (" against" in piece.text and re.search(r"\b(?:favou?r|for)\b", piece.text) and "abst" in piece.text):
        return
    shares = list(SHARE.finditer(piece.text))
    total = sum(float(share.group(1)) for share in shares)
    if len(shares) == 3 and total > 103:
        message = f"The shares make {total:g} per cent together."
        yield _found(doc, piece, shares[0].start(), shares[-1].end(), message, "arithmetic-shares", None)


def _found(doc: Doc, piece: Passage, start: int, end: int, message: str, rule: str, reading: str | None) -> Finding:
    impossible = rule == "arithmetic-day"
    return finding(
        doc, "contradiction", piece.start + start, piece.start + end, message, severity="error" if impossible else "warning",
        confidence=0.95 if impossible else 0.8, rule=rule, reading=reading, grounds=[f"arithmetic: {message}"],
    )  # fmt: skip
