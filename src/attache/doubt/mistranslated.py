"""Set phrases of diplomacy that a translation machine or a word spinner has put in other words.

The table ``lexicon/phrases.toml`` says which; its head explains the form of an entry.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Doc

from attache.dossier import Finding, Severity
from attache.doubt.evidence import finding
from attache.doubt.lexicon import FOLDER, table
from attache.doubt.passages import paragraphs
from attache.errors import DataError
from attache.reading import text_of

WORD = re.compile(r"[^\W_]+(?:\.[^\W_]+)*\.?")
CONFIDENCE = {"error": 0.9, "warning": 0.75, "note": 0.5}


@dataclass(frozen=True)
class Phrase:
    """One row of the table, made ready to search."""

    found: str
    usual: str
    pattern: re.Pattern[str]
    parts: tuple[frozenset[str], ...]
    severity: Severity
    needs: re.Pattern[str] | None
    unless: re.Pattern[str] | None


def check_mistranslated(doc: Doc) -> Iterator[Finding]:
    """Every phrase of the table that stands on the page in a context that its row allows."""
    lowered = text_of(doc).lower()
    # A phrase is only searched for where each of its parts occurs at all.
    there = {word.rstrip(".") for word in WORD.findall(lowered)}
    likely = [phrase for phrase in phrases() if not any(part.isdisjoint(there) for part in phrase.parts)]
    for line in paragraphs(doc) if likely else []:
        for phrase in likely:
            for match in phrase.pattern.finditer(line.text):
                if _allowed(phrase, line.text, match.start()):
                    yield _found(doc, phrase, line.start + match.start(), line.start + match.end())


@cache
def phrases() -> tuple[Phrase, ...]:
    """The table, checked."""
    rows = table("phrases").get("phrase")
    if not isinstance(rows, list) or not rows:
        raise DataError(f"{FOLDER / 'phrases.toml'}: there must be [[phrase]] entries")
    return tuple(_phrase(row) for row in rows)


def _phrase(row: dict[str, object]) -> Phrase:
    found, usual, severity = row.get("found"), row.get("usual"), row.get("severity", "warning")
    if not isinstance(found, str) or not isinstance(usual, str) or not found.strip() or not usual.strip():
        raise DataError(f"{FOLDER / 'phrases.toml'}: `found` and `usual` must be words: {row}")
    if severity not in CONFIDENCE or set(row) - {"found", "usual", "severity", "cased", "needs", "unless"}:
        raise DataError(f"{FOLDER / 'phrases.toml'}: unknown severity or key: {row}")
    parts = found.split()
    body = "".join(_part(part, number) for number, part in enumerate(parts))
    flags = re.NOFLAG if row.get("cased") else re.IGNORECASE
    # No hyphen before: `Iran-US foreign ministers` and `non-state division` are other things.
    pattern = re.compile(rf"(?<![\w-]){body}(?![\w])(?!-\w)", flags)
    level: Severity = "error" if severity == "error" else "warning" if severity == "warning" else "note"
    needed = tuple(_first_words(part) for part in parts if not part.endswith("?") and "'" not in part)
    return Phrase(found, usual, pattern, needed, level, _context(row.get("needs")), _context(row.get("unless")))


def _first_words(part: str) -> frozenset[str]:
    return frozenset(WORD.findall(word)[0].rstrip(".") for word in part.lower().split("|"))


def _part(part: str, number: int) -> str:
    optional = part.endswith("?")
    words = "|".join(re.escape(word).replace("'", "[’']") for word in part.rstrip("?").split("|"))
    gap = r"[\s-]+" if number else ""
    return f"(?:{gap}(?:{words}))?" if optional else f"{gap}(?:{words})"


def _context(words: object) -> re.Pattern[str] | None:
    if words is None:
        return None
    if not isinstance(words, list) or not words or not all(isinstance(word, str) for word in words):
        raise DataError(f"{FOLDER / 'phrases.toml'}: `needs` and `unless` must be lists of words: {words}")
    return re.compile(rf"(?<!\w)(?:{'|'.join(re.escape(word) for word in words)})(?!\w)")


def _allowed(phrase: Phrase, text: str, at: int) -> bool:
    """The words asked for stand in the paragraph, and none of those excluded does."""
    if phrase.needs is not None and not phrase.needs.search(text):
        return False
    return phrase.unless is None or not phrase.unless.search(text)


def _found(doc: Doc, phrase: Phrase, start: int, end: int) -> Finding:
    return finding(
        doc, "mistranslated", start, end, f"“{text_of(doc)[start:end]}” is not how this is called; usual is “{phrase.usual}”.",
        severity=phrase.severity, confidence=CONFIDENCE[phrase.severity], rule="mistranslated-phrase", reading=phrase.usual,
        grounds=[f"phrase table: “{phrase.found}” stands for “{phrase.usual}”"],
    )  # fmt: skip
