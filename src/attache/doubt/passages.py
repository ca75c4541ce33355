"""The clean text cut for checking: paragraphs (lines), and sentences found by punctuation alone.

The parser's sentence bounds are unsure exactly where a page is damaged, so the checkers of wording cut for themselves.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from spacy.tokens import Doc

from attache.doubt.lexicon import words
from attache.reading import reading_of, text_of

# From the beginning of a run only: looked at anew from each of its marks, a line of dots would cost its square.
STOP = re.compile(r"(?<![.!?…])[.!?…]++[\"”’»)\]]*+(?=\s+\S)")
ENDS = re.compile(r"[.!?…:;][\"”“’'»)\]]*$")
LAST_WORD = re.compile(r"(?<![\w.’'-])[\w.’'-]++$")
HEADING_WORDS = 18


@dataclass(frozen=True)
class Passage:
    """Characters of the clean text: a paragraph, or a sentence in one. ``last`` tells the end of its paragraph."""

    start: int
    end: int
    text: str
    heading: bool = False
    first: bool = True
    last: bool = True


def paragraphs(doc: Doc) -> tuple[Passage, ...]:
    """The lines that hold words; ``heading`` where the page says so or the line is short and ends without a stop."""
    return _lines(text_of(doc), tuple(reading_of(doc).headings))


# Every checker asks for the same lines and sentences of a page, one after the other.
@lru_cache(maxsize=8)
def _lines(whole: str, headings: tuple[tuple[int, int], ...]) -> tuple[Passage, ...]:
    found: list[Passage] = []
    for match in re.finditer(r"[^\n]+", whole):
        text = match.group().strip()
        if not text:
            continue
        start = match.start() + match.group().index(text)
        end = start + len(text)
        known = any(first <= start and end <= last for first, last in headings)
        titled = not ENDS.search(text) and len(text.split()) <= HEADING_WORDS and not re.search(r"[.!?] ", text)
        found.append(Passage(start, end, text, heading=known or titled))
    return tuple(found)


@lru_cache(maxsize=2048)
def sentences(paragraph: Passage) -> tuple[Passage, ...]:
    """Sentences of a paragraph by their stops, abbreviations and initials aside."""
    found: list[Passage] = []
    cuts = [0]
    for match in STOP.finditer(paragraph.text):
        if not _abbreviated(paragraph.text, match):
            cuts.append(match.end())
    cuts.append(len(paragraph.text))
    for number, (start, end) in enumerate(zip(cuts, cuts[1:], strict=False)):
        piece = paragraph.text[start:end]
        text = piece.strip()
        if text:
            at = paragraph.start + start + len(piece) - len(piece.lstrip())
            found.append(Passage(at, at + len(text), text, paragraph.heading, number == 0, number == len(cuts) - 2))
    return tuple(found)


def _abbreviated(text: str, stop: re.Match[str]) -> bool:
    """Whether the stop belongs to an abbreviation (``Gen.``), an initial (``J.``, ``U.S.``) or an ellipsis."""
    if not stop.group().startswith("."):
        return False
    before = LAST_WORD.search(text[: stop.start()])
    if before is None:
        return False
    word = before.group()
    following = text[stop.end() :].lstrip()[:1]
    if following.islower():
        return word.lower() in words("abbreviations") or len(word) == 1 or "." in word
    return word.lower() in words("abbreviations") or (len(word) == 1 and word.isalpha()) or bool(re.fullmatch(r"(?:\w\.)+\w", word))
