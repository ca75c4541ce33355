"""Documents to windows: whole paragraphs, long ones cut, a dateline apart; and windows to batches of like length."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Doc

from attache.language.pieces import Pieces, Window

MOST_WORDS = 160
MOST_PIECES = 380
BATCH_PIECES = 300
"""Small batches of like length: padding and attention cost more here than batching gains."""
MOST_DATELINE = 12
DASHES = frozenset("-–—") | {"--"}
ENDS = frozenset('.?!”"')


@dataclass
class Part:
    """A window of a document: which tokens, and the network's input."""

    doc: int
    tokens: list[int]
    window: Window


def parts(number: int, doc: Doc, pieces: Pieces) -> Iterator[Part]:
    """The windows of a document; spaces are not words, and a line break ends a paragraph."""
    words = [token.text for token in doc]
    paragraph: list[int] = []
    for place, word in enumerate([*words, "\n"]):
        blank = word.isspace() or not word
        if not blank:
            paragraph.append(place)
        elif "\n" in word:
            if paragraph:
                yield from _of_paragraph(number, doc, paragraph, [words[i] for i in paragraph], pieces)
            paragraph = []


def _of_paragraph(number: int, doc: Doc, places: list[int], words: list[str], pieces: Pieces) -> Iterator[Part]:
    lead = dateline(doc, places, words)
    bounds = [(0, lead)] * (lead > 0) + [(lead + begin, lead + end) for begin, end in cut(words[lead:])]
    for begin, end in bounds:
        while begin < end:
            window = pieces.window(words[begin:end])
            keep = end - begin
            while len(window) > MOST_PIECES:
                keep = keep * 3 // 4
                window = pieces.window(words[begin : begin + keep])
            yield Part(number, places[begin : begin + keep], window)
            begin += keep


def dateline(doc: Doc, places: list[int], words: list[str]) -> int:
    """How many words at a paragraph's head are a dateline ("ANKARA (AP) –"), which is no part of the first sentence; else 0."""
    for end, word in enumerate(words[:MOST_DATELINE]):
        if word in DASHES and end and doc[places[end - 1]].whitespace_ and doc[places[end]].whitespace_:
            lead = words[:end]
            named = all(w[:1].isupper() or not w[:1].isalpha() for w in lead)
            placed = (lead[0].isupper() and len(lead[0]) > 2) or "(" in lead
            return end + 1 if named and placed and end + 1 < len(words) else 0
    return 0


def cut(words: list[str]) -> Iterator[tuple[int, int]]:
    """Bounds of windows inside a paragraph, cut after a sentence's end where that is near."""
    begin = 0
    while len(words) - begin > MOST_WORDS:
        end = begin + MOST_WORDS
        for i in range(end - 1, begin + MOST_WORDS // 2, -1):
            if words[i] in ENDS and words[i + 1][:1].isupper():
                end = i + 1
                break
        yield begin, end
        begin = end
    yield begin, len(words)


def batched(found: list[Part]) -> Iterator[list[Part]]:
    """Runs of windows of like length, of about ``BATCH_PIECES`` padded pieces."""
    batch: list[Part] = []
    for part in found:
        if batch and (len(batch) + 1) * len(part.window) > BATCH_PIECES:
            yield batch
            batch = []
        batch.append(part)
    if batch:
        yield batch
