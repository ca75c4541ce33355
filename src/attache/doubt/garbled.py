"""Wording that cannot be English: doubled small words, small words that never meet, broken characters.

Only what no careful writer prints; everything here is a warning or a note.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from spacy.tokens import Doc

from attache.dossier import Finding, Severity
from attache.doubt.evidence import finding
from attache.doubt.lexicon import either, words
from attache.doubt.passages import Passage, paragraphs, sentences

# From the beginning of a word only, or a word of a million letters would be looked at from each of them.
BROKEN = re.compile(r"(?<!\S)\S*(?:\ufffd|â€|Ã[\u0080-\u00bf]|&(?:nbsp|amp|quot|rsquo|lsquo|ldquo|rdquo|#\d{2,5});)\S*")
TWICE = re.compile(r"\b(\w+ed) (\w{4,}) and (?:\w+ )?(\w+ed) \2\b")
WE = re.compile(r"\bAccording to (?:[A-Z][\w.’'-]*\s?){1,4}, (?:we|I|our)\b[^.]*")
ALONE = re.compile(rf"\b(?:{either('between_sides')}) between (?!\w+s\b|them\b|both\b|the two\b)[^.,;:]*")


def check_garbled(doc: Doc) -> Iterator[Finding]:
    """Broken characters and impossible sequences of words."""
    for line in paragraphs(doc):
        yield from _broken(doc, line)
        if line.heading:
            continue
        yield from _small_words(doc, line)
        yield from _sentences(doc, line)


def _broken(doc: Doc, line: Passage) -> Iterator[Finding]:
    for match in BROKEN.finditer(line.text):
        yield _found(doc, line, match, "Characters were lost or misread here.", "warning", 0.9, "garbled-characters")


def _small_words(doc: Doc, line: Passage) -> Iterator[Finding]:
    for match in _doubled().finditer(line.text):
        if match.group(1)[:1].isupper() == match.group(2)[:1].isupper():
            yield _found(doc, line, match, f"“{match.group(1)}” stands twice.", "warning", 0.8, "garbled-doubled")
    for match in _impossible().finditer(line.text):
        yield _found(doc, line, match, f"“{match.group()}” cannot stand in a sentence.", "note", 0.6, "garbled-sequence")


def _sentences(doc: Doc, line: Passage) -> Iterator[Finding]:
    for piece in sentences(line):
        for echo in TWICE.finditer(piece.text):
            yield _found(doc, piece, echo, "The same thing is said twice in one breath.", "note", 0.5, "garbled-echo")
        match = WE.search(piece.text)
        if match and not re.search(r"[“\"”]", piece.text):
            message = "First-person words outside quotation marks: a quotation seems to have lost its marks."
            yield _found(doc, piece, match, message, "note", 0.5, "garbled-person")
        match = ALONE.search(piece.text)
        if match and " and " not in piece.text[match.start() :] and re.search(r"[A-Z]\w+$", match.group()) and _one(doc, piece, match):
            yield _found(doc, piece, match, "“between” names one side only: the other is lost.", "note", 0.5, "garbled-one-sided")


def _one(doc: Doc, piece: Passage, match: re.Match[str]) -> bool:
    """Whether the words after ``between`` name persons by nothing plural and no dash."""
    span = doc.char_span(piece.start + match.start(), piece.start + match.end(), alignment_mode="expand")
    return span is not None and not any(t.tag_ in {"NNS", "NNPS"} or t.text in {"-", "–", "—", "&", "/"} or t.is_digit for t in span[2:])


def _found(doc: Doc, at: Passage, match: re.Match[str], message: str, severity: Severity, confidence: float, rule: str) -> Finding:
    return finding(
        doc, "garbled", at.start + match.start(), at.start + match.end(), message, severity=severity, confidence=confidence, rule=rule
    )


@cache
def _doubled() -> re.Pattern[str]:
    return re.compile(rf"\b({'|'.join(sorted(words('never_doubled')))})\s+(\1)\b", re.IGNORECASE)


@cache
def _impossible() -> re.Pattern[str]:
    # Lower case only: "The A Team", "Vitamin A and" and "the AND gate" are capitalised.
    return re.compile(rf"(?<![\w-])(?:{'|'.join(sorted(words('never_together')))})(?![\w’'.-])".replace(" ", r"\s"))
