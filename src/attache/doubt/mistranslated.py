"""Set phrases of diplomacy that a translation machine or a word spinner has put in other words.

The table ``lexicon/phrases.toml`` says which; its head explains the form of an entry.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cache, cached_property

from spacy.tokens import Doc

from attache.dossier import Finding, Severity
from attache.doubt.evidence import finding
from attache.doubt.lexicon import FOLDER, table
from attache.doubt.passages import paragraphs
from attache.errors import DataError
from attache.reading import text_of

TABLE = FOLDER / "phrases.toml"
WORD = re.compile(r"[^\W_]+(?:\.[^\W_]+)*\.?")
CONFIDENCE = {"error": 0.9, "warning": 0.75, "note": 0.5}


class Phrase:
    """One row of the table; what it is searched with is made ready when a page first asks for it."""

    def __init__(self, row: dict[str, object]) -> None:
        found, usual, severity = row.get("found"), row.get("usual"), row.get("severity", "warning")
        if not isinstance(found, str) or not isinstance(usual, str) or not found.strip() or not usual.strip():
            raise DataError(f"{TABLE}: `found` and `usual` must be words: {row}")
        if severity not in CONFIDENCE or set(row) - {"found", "usual", "severity", "cased", "needs", "unless"}:
            raise DataError(f"{TABLE}: unknown severity or key: {row}")
        self.found, self.usual = found, usual
        self.severity: Severity = "error" if severity == "error" else "warning" if severity == "warning" else "note"
        self.parts = tuple(_first_words(part) for part in found.split() if not part.endswith("?") and "'" not in part)
        """The words of which a page must have one each; of a word with an apostrophe nothing is asked."""
        if not self.parts:
            raise DataError(f"{TABLE}: `found` needs a word that may not be missing: {row}")
        self._cased, self._needs, self._unless = bool(row.get("cased")), _listed(row.get("needs")), _listed(row.get("unless"))

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Its words as they may stand in a text."""
        body = "".join(_part(part, number) for number, part in enumerate(self.found.split()))
        # No hyphen before: `Iran-US foreign ministers` and `non-state division` are other things.
        return re.compile(rf"(?<![\w-]){body}(?![\w])(?!-\w)", re.NOFLAG if self._cased else re.IGNORECASE)

    @cached_property
    def _needed(self) -> re.Pattern[str] | None:
        return _context(self._needs)

    @cached_property
    def _excluded(self) -> re.Pattern[str] | None:
        return _context(self._unless)

    def allowed(self, text: str) -> bool:
        """The words asked for stand in the paragraph, and none of those excluded does."""
        if self._needed is not None and not self._needed.search(text):
            return False
        return self._excluded is None or not self._excluded.search(text)


def check_mistranslated(doc: Doc) -> Iterator[Finding]:
    """Every phrase of the table that stands on the page in a context that its row allows."""
    there = {word.rstrip(".") for word in WORD.findall(text_of(doc).lower())}
    likely = [phrases()[number] for number in sorted({n for word in there & _index().keys() for n in _index()[word]})]
    likely = [phrase for phrase in likely if not any(part.isdisjoint(there) for part in phrase.parts)]
    for line in paragraphs(doc) if likely else []:
        for phrase in likely:
            for match in phrase.pattern.finditer(line.text):
                if phrase.allowed(line.text):
                    yield _found(doc, phrase, line.start + match.start(), line.start + match.end())


@cache
def phrases() -> tuple[Phrase, ...]:
    """The table, checked."""
    rows = table("phrases").get("phrase")
    if not isinstance(rows, list) or not rows:
        raise DataError(f"{TABLE}: there must be [[phrase]] entries")
    return tuple(Phrase(row) for row in rows)


@cache
def _index() -> dict[str, tuple[int, ...]]:
    """The rows to look at where a word stands on the page: each is filed under that of its parts which the fewest rows share."""
    shared = Counter(word for phrase in phrases() for part in phrase.parts for word in part)
    found: dict[str, list[int]] = defaultdict(list)
    for number, phrase in enumerate(phrases()):
        for word in min(phrase.parts, key=lambda part: sum(shared[word] for word in part)):
            found[word].append(number)
    return {word: tuple(numbers) for word, numbers in found.items()}


def _first_words(part: str) -> frozenset[str]:
    return frozenset(WORD.findall(word)[0].rstrip(".") for word in part.lower().split("|"))


def _part(part: str, number: int) -> str:
    optional = part.endswith("?")
    words = "|".join(re.escape(word).replace("'", "[’']") for word in part.rstrip("?").split("|"))
    gap = r"[\s-]+" if number else ""
    return f"(?:{gap}(?:{words}))?" if optional else f"{gap}(?:{words})"


def _listed(words: object) -> tuple[str, ...]:
    if words is None:
        return ()
    if not isinstance(words, list) or not words or not all(isinstance(word, str) for word in words):
        raise DataError(f"{TABLE}: `needs` and `unless` must be lists of words: {words}")
    return tuple(words)


def _context(words: tuple[str, ...]) -> re.Pattern[str] | None:
    return re.compile(rf"(?<!\w)(?:{'|'.join(re.escape(word) for word in words)})(?!\w)") if words else None


def _found(doc: Doc, phrase: Phrase, start: int, end: int) -> Finding:
    return finding(
        doc, "mistranslated", start, end, f"“{text_of(doc)[start:end]}” is not how this is called; usual is “{phrase.usual}”.",
        severity=phrase.severity, confidence=CONFIDENCE[phrase.severity], rule="mistranslated-phrase", reading=phrase.usual,
        grounds=[f"phrase table: “{phrase.found}” stands for “{phrase.usual}”"],
    )  # fmt: skip
