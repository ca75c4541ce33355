"""Who speaks, gone wrong: a speaker inside the quotation marks, two speakers of one quotation, ``I`` where it should be ``he``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from spacy.tokens import Doc

from attache.dossier import Finding, Severity
from attache.doubt.evidence import finding
from attache.doubt.lexicon import either, words
from attache.doubt.passages import Passage, paragraphs, sentences

NAME = r"(?:[A-Z][\w.’-]+ ?){1,3}"
QUOTED = re.compile(r"“[^“”]{8,400}”|(?<![\w\"])\"[^\"“”]{8,400}\"(?!\w)")
MARKS = re.compile(r"[“”\"«»‘]")
# "The minister said that I ...", and "he said that he ... because I ..."
REPORTED = re.compile(rf"\b(?:[A-Z][\w’-]+|{either('speakers')}) (?:{either('reporting')}) that (?P<i>(?:I|we|our|my)\b[^.]{{0,40}})")
SHIFT = re.compile(r"\bsaid that (?:he|she) [^.“\"]{0,80}\b(?:because|since|as|and|but) (?P<i>I (?:was|am|have|had|will)\b[^.]{0,30})")
DOUBLED = re.compile(r"““|””|(?<![\w\"])\"\"(?=\w)|«\s?«")


def check_speakers(doc: Doc) -> Iterator[Finding]:
    """All of the above; only where the page has marks or first persons at all."""
    for line in paragraphs(doc):
        if MARKS.search(line.text):
            yield from _inside(doc, line)
            yield from _two(doc, line)
            for match in DOUBLED.finditer(line.text):
                yield _found(doc, line, *match.span(), "A quotation mark stands twice.", "warning", 0.75, "quotation-doubled")
        if "that " in line.text:
            yield from _persons(doc, line)


def _inside(doc: Doc, line: Passage) -> Iterator[Finding]:
    for quoted in QUOTED.finditer(line.text):
        match = _attribution().search(quoted.group())
        if match:
            at = quoted.start()
            message = "The speaker stands inside the quotation marks: marks are lost on either side."
            yield _found(doc, line, at + match.start() + 2, at + match.end() - 1, message, "warning", 0.75, "quotation-speaker-inside")


def _two(doc: Doc, line: Passage) -> Iterator[Finding]:
    for match in _two_speakers().finditer(line.text):
        message = "Two speakers are named for one quotation."
        yield _found(doc, line, match.start() + 1, match.end(), message, "warning", 0.75, "quotation-two-speakers")


def _persons(doc: Doc, line: Passage) -> Iterator[Finding]:
    """First persons in reported speech; ``we`` is a note, since some papers report so."""
    for piece in sentences(line):
        if MARKS.search(piece.text) or _odd(line.text[: piece.start - line.start]):
            continue
        for pattern in (REPORTED, SHIFT):
            for match in pattern.finditer(piece.text):
                first = match.group("i").split()[0] in {"I", "my"}
                message = "First-person words outside quotation marks: a quotation seems to have lost its marks."
                yield _found(doc, piece, *match.span("i"), message, "warning" if first else "note", 0.7 if first else 0.5, "person-shift")


def _odd(before: str) -> bool:
    """Inside a quotation that began in an earlier sentence."""
    return before.count("“") > before.count("”") or before.count('"') % 2 == 1


@cache
def _attribution() -> re.Pattern[str]:
    said = "|".join(sorted(words("saying") - words("saying_elsewhere")))
    return re.compile(rf"\w, (?:(?:{said}) (?:the )?{NAME}|(?:the \w+|{NAME}) (?:said|told \w+|added)), \w")


@cache
def _two_speakers() -> re.Pattern[str]:
    return re.compile(rf"[”\"],? {NAME}(?:said|added|told \w+), {NAME}(?:said|added|told \w+)\b")


def _found(doc: Doc, at: Passage, start: int, end: int, message: str, severity: Severity, confidence: float, rule: str) -> Finding:
    kind = "garbled" if rule == "person-shift" else "broken-quotation"
    return finding(doc, kind, at.start + start, at.start + end, message, severity=severity, confidence=confidence, rule=rule)  # type: ignore[arg-type]
