"""Quotation marks that do not pair: lost, or turned round, as copies of copies have them.

Paragraphs are checked one by one. A quotation may run over several, each opening with a mark and only the last closing it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.tokens import Doc

from attache.dossier import Finding
from attache.doubt.evidence import finding
from attache.doubt.lexicon import either
from attache.doubt.passages import Passage, paragraphs, sentences
from attache.reading import text_of

OPENING, STRAIGHT = "“«", '"'
OPENED_BY_CLOSING = re.compile(r"(?:^|\s)”\w")
PROGRAM = re.compile(r"\w ?= ?[a-z]?\"|\w\(\"|<-|\w\.\w+\(")  # what stands in quotation marks there is no speech
MARKS = re.compile(r"[“”«»\"]|’’|‘‘")


def check_quotations(doc: Doc) -> Iterator[Finding]:
    """One finding for each mark without its partner."""
    lines = paragraphs(doc)
    # Some papers (Swedish, Finnish ones) open with the closing mark throughout: there it says nothing.
    same = "“" not in text_of(doc) and len(OPENED_BY_CLOSING.findall(text_of(doc))) > 1
    for number, line in enumerate(lines):
        # Headings and captions may stand between two paragraphs of one quotation.
        following = next((later.text for later in lines[number + 1 :] if not later.heading), "")
        if (
            "„" not in line.text and not same and not PROGRAM.search(line.text)
        ):  # German and Polish pairs close with the English opening mark
            yield from _check_line(doc, line, following)


def _check_line(doc: Doc, line: Passage, following: str) -> Iterator[Finding]:
    opened: int | None = None
    marks = [(m.start(), _role(line.text, m.start())) for m in MARKS.finditer(line.text)]
    marks = [(at, role) for at, role in marks if role]
    both = [at for at, role in marks if role == "either"]
    for at, role in marks:
        if role == "either":  # a straight mark between spaces or stops: what is due
            role = "close" if opened is not None else "open"
        if role == "figure":  # after a figure: inches, unless it closes something
            if opened is None:
                continue
            role = "close"
        if role == "open":
            if opened is not None and _closes_wrongly(line.text, at):
                yield _turned(doc, line, opened, at)
                opened = None
                continue
            if opened is not None:
                yield _unclosed(doc, line, opened, at)
            opened = at
        elif opened is None:
            if not both:
                yield _unopened(doc, line, at)
        else:
            opened = None
    if opened is None:
        return
    if _speaker_follows(line.text, opened):
        yield _turned(doc, line, opened, None)
    elif following[:1] not in (*OPENING, STRAIGHT):
        yield _unclosed(doc, line, opened, len(line.text))


def _role(text: str, at: int) -> str:
    """``open``, ``close``, ``either``, ``figure`` after one, or empty for a mark that quotes nothing (inside a word)."""
    mark = text[at]
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    if before.isalpha() and after.isalpha() and after.islower():
        return ""  # a lost letter (Erdo"an)
    if mark in "“«‘":
        return "open"
    if mark == "’":  # two single marks typed for a double one
        return "close"
    if mark in "”»":
        inches = before.isdigit() and not re.search(r"[“\"]", text[:at])
        return "" if inches or (mark == "»" and "«" not in text) else "close"
    if before.isdigit():
        return "figure"
    blank_before, blank_after = not before or before in " \t([—–-‘'", not after or after in " \t.,;:!?)]—–-’'"
    if blank_before == blank_after:
        return "either"
    return "open" if blank_before else "close"


def _closes_wrongly(text: str, at: int) -> bool:
    """An opening mark where a closing one is due: right after a letter or stop, before a blank, or before the speaker."""
    if text[at] not in OPENING:
        return False
    tight = at > 0 and not text[at - 1].isspace() and (at + 1 == len(text) or text[at + 1].isspace())
    return tight or _speaker_follows(text, at)


def _speaker_follows(text: str, at: int) -> bool:
    """``, “Blinken said``: a mark after a comma, then a short name and a verb of saying."""
    if not re.search(r"[,.!?]\s?$", text[max(0, at - 2) : at]):
        return False
    said = either("saying")
    pattern = rf"\s?(?:(?:[A-Z][\w.’'-]*|the|a)\s+){{1,4}}(?:{said})\b|\s?(?:he|she|they|it|He|She|They)\s+(?:{said})\b(?!\s*[:,])"
    match = re.match(pattern, text[at + 1 :])
    if match is None:
        return False
    # `… talks. “Iran said it would come” ...` is a quotation of its own: its closing mark follows.
    return not re.search(r"[”\"]", text[at + 1 :])


def _sentence_end(line: Passage, at: int, limit: int) -> int:
    """The end of the sentence that holds ``at``, no further than ``limit``; all inside the line."""
    for piece in sentences(line):
        if piece.start - line.start <= at < piece.end - line.start:
            return max(at + 1, min(limit, piece.end - line.start))
    return limit


def _unclosed(doc: Doc, line: Passage, at: int, limit: int) -> Finding:
    end = line.start + len(line.text[: _sentence_end(line, at, limit)].rstrip())
    return finding(
        doc, "broken-quotation", line.start + at, end, "A quotation opens here and its closing mark is lost.",
        severity="warning", confidence=0.8, rule="quotation-unclosed", grounds=["no closing mark follows in the paragraph"],
    )  # fmt: skip


def _unopened(doc: Doc, line: Passage, at: int) -> Finding:
    start = next((p.start for p in sentences(line) if p.start - line.start <= at < p.end - line.start), line.start)
    return finding(
        doc, "broken-quotation", start, line.start + at + 1, "A quotation closes here and its opening mark is lost.",
        severity="warning", confidence=0.75, rule="quotation-unopened", grounds=["no opening mark precedes in the paragraph"],
    )  # fmt: skip


def _turned(doc: Doc, line: Passage, opened: int, at: int | None) -> Finding:
    """A closing mark turned into an opening one; without ``at`` the opening of the quotation is lost as well."""
    if at is not None:
        start, end = line.start + opened, line.start + at + 1
        lost = ""
    else:
        start, end = line.start + opened, line.start + _sentence_end(line, opened, len(line.text))
        end -= text_of(doc)[start:end].endswith(".")
        lost = "; the mark that opened the quotation is lost"
    return finding(
        doc, "broken-quotation", start, end, f"A closing quotation mark was turned into an opening one{lost}.",
        severity="error", confidence=0.9, rule="quotation-turned", grounds=["the speaker and a verb of saying follow the mark"],
    )  # fmt: skip
