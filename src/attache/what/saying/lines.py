"""Statements by layout: "PENCE: ...", a headline "Iran: the deal is dead" or "Minister to resign: report", “...” ― Name."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import takewhile

from spacy.tokens import Token

from attache.what.grammar import is_verb
from attache.what.saying.cues import book
from attache.what.saying.drafts import Draft
from attache.what.saying.extents import Page, Run
from attache.what.saying.quotations import MARKS

_LONGEST_NAME = 7
_NAMES = {"PERSON", "ORG", "PER", "GPE", "LOC", "NORP"}
_LONGEST_SIGNATURE = 14
_DASHES = {"―", "—", "–", "--", "-"}


def line_statements(page: Page) -> Iterator[Draft]:
    """The drafts of all paragraphs that are laid out as a speaker and words."""
    for start, end in paragraphs(page):
        made = _colon(page, start, end) or _dash(page, start, end)
        if made is not None:
            yield made


def paragraphs(page: Page) -> Iterator[Run]:
    """The paragraphs of a document as tokens, spaces left out at their ends."""
    start = 0
    for i in range(1, len(page.doc) + 1):
        if i == len(page.doc) or page.paragraph[i] != page.paragraph[start]:
            end = i
            while end > start and page.doc[end - 1].is_space:
                end -= 1
            first = start
            while first < end and page.doc[first].is_space:
                first += 1
            if first < end:
                yield first, end
            start = i


def _colon(page: Page, start: int, end: int) -> Draft | None:
    while start < end and page.doc[start].is_punct:
        start += 1
    at = next((i for i in range(start, end) if page.doc[i].text == ":"), None)
    if at is None or at == start or end - at < 2:
        return None
    if page.doc[at + 1].text[:2] == "//" or not _spaced(page, at):
        return None
    name = page.doc[start:at]
    if len(name) <= _LONGEST_NAME and _names(list(name)) and end - at > 3:
        return _draft(page, at, _head(list(name)), set(range(at + 1, end)))
    last = [t for t in page.doc[at + 1 : end] if not t.is_punct]
    sayer = any(t.lower_ in book().lists["documents"] for t in last)
    if 0 < len(last) <= 3 and sayer and at - start > 3 and not any(is_verb(t) for t in last):
        return _draft(page, at, _head(last), set(range(start, at)))
    return None


def _spaced(page: Page, at: int) -> bool:
    return bool(page.doc[at].whitespace_) or page.doc[at + 1].is_space or page.doc[at + 1].text in {"‘", "“", '"'}


def _names(words: list[Token]) -> bool:
    """Whether words before a colon name somebody: a name in capitals or as written, or what a report is called."""
    text = " ".join(t.lower_ for t in words)
    if text in book().lists["labels"] or any(is_verb(t) or t.pos_ in {"AUX", "PRON", "SCONJ"} for t in words):
        return False
    if words[-1].lower_ in book().lists["documents"]:
        return True
    if _shouted(words):
        return not _is_dateline(words)
    return words[-1].pos_ == "PROPN" and any(t.ent_type_ in _NAMES for t in words)


def _is_dateline(words: list[Token]) -> bool:
    """Whether capitals before a colon are where the page was written ("NEW DELHI: India on Monday ..."), as many papers have it.

    A dateline stands before all sentences; a speaker of a transcript speaks again, in quotation marks, or of himself and to others.
    """
    doc, colon = words[0].doc, words[-1].i + 1
    if any(t.text == "." for t in doc[: words[0].i]):
        return False
    said = list(takewhile(lambda t: "\n" not in t.text, doc[colon + 1 :]))
    again = any(t.is_upper and len(t) > 2 and t.nbor(1).text == ":" for t in doc[colon + 1 : -1])
    quoted = said and said[0].text[:1] in {"“", '"', "‘", "'"}
    spoken = any(t.lower_ in book().lists["spoken"] for t in _unquoted(said)) or not any(t.text == "." for t in said)
    return not (again or quoted or spoken)


def _unquoted(words: list[Token]) -> Iterator[Token]:
    """The words outside of quotation marks: what a source of the report says in them is not said by the dateline."""
    inside = False
    for word in words:
        if word.text in {"“", "”", '"'}:
            inside = word.text == "“" or (word.text == '"' and not inside)
        elif not inside:
            yield word


def _shouted(words: list[Token]) -> bool:
    return all(t.text.isupper() for t in words if t.is_alpha) and any(t.is_alpha for t in words)


def _dash(page: Page, start: int, end: int) -> Draft | None:
    """A paragraph in quotation marks, a dash, and a name to the end; marks inside it do not count."""
    doc = page.doc
    dash = next((i for i in range(end - 2, max(start, end - _LONGEST_SIGNATURE), -1) if doc[i].text in _DASHES), None)
    if dash is None or not doc[start].is_quote and doc[start].text[0] not in MARKS or doc[dash - 1].text[-1] not in MARKS:
        return None
    name = [t for t in doc[dash + 1 : end] if not t.is_space]
    if any(is_verb(t) for t in name[:3]) or not name[0].is_title and not name[0].is_upper:
        return None
    return _draft(page, dash, _head(name), set(range(start, dash)))


def _head(words: list[Token]) -> Token:
    """The word of a name that the others hang on."""
    inside = {t.i for t in words}
    return next((t for t in words if t.head.i not in inside or t.head == t), words[-1])


def _draft(page: Page, cue: int, speaker: Token, content: set[int]) -> Draft:
    rule = "say:line:" + page.doc[cue].text
    return Draft(range(cue, cue + 1), speaker, content, rule, speech=True, confidence=0.75)
