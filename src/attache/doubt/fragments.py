"""Orphan words and cut sentences.

Writers use short pieces without a verb on purpose, so only bare nouns, names and participles that stand between or after full
sentences count, and never inside quotations or headings.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.tokens import Doc, Span

from attache.dossier import Finding
from attache.doubt.collocations import collocations
from attache.doubt.evidence import finding
from attache.doubt.lexicon import either, words
from attache.doubt.passages import ENDS, Passage, paragraphs, sentences
from attache.reading import text_of

LONGEST = 3
CLOSED = ("”", '"', "»")
FINITE = {"VBD", "VBZ", "VBP", "MD"}
CONTENT = {"NOUN", "PROPN", "VERB", "ADJ", "X", "ADV"}
BODY_WORDS = 8
STUMP = re.compile(r"\b(?:the|an|(?<!sort )(?<!kind )(?<!course )of|and|or|by|to|from|its|their|his|with|[a-z]+ a)\.$")
STUMP_WORDS = 8
KNOWN = 5  # times that the table of collocations has seen a word that English has
CAPITALS = re.compile(r"(?<![\w.])[A-Z]{1,4}\.$")
SMALL_I = re.compile(r"(?<![\w.’'*-])i(?:[’']m|[’']ve|[’']d)?(?= [a-z])")  # who writes so begins sentences so


def check_fragments(doc: Doc) -> Iterator[Finding]:
    """Orphans, sentences cut off, and sentences that lost their beginning."""
    lines = paragraphs(doc)
    for number, line in enumerate(lines):
        if line.heading:
            continue
        before = lines[number - 1] if number else None
        yield from _orphans(doc, line, before)
        yield from _headless(doc, line, before)
        yield from _stumps(doc, line)
        yield from _cut_off(doc, line)


def _orphans(doc: Doc, line: Passage, before: Passage | None) -> Iterator[Finding]:
    pieces = sentences(line)
    for number, piece in enumerate(pieces):
        previous = pieces[number - 1] if number else None
        if previous is None and (len(pieces) > 1 or before is None or not _body(before)):
            continue  # a short opening is a dateline, a label or style
        if previous is not None and not _may_precede(previous.text):
            continue
        if previous is None and before is not None and before.text.endswith(CLOSED):
            continue  # whose words the quotation above it was
        if " " in piece.text and previous is not None and CAPITALS.search(previous.text):
            continue  # the stop may belong to an abbreviation in the middle of a name
        span = doc.char_span(piece.start, piece.end, alignment_mode="expand")
        if span is not None and _orphaned(piece, span) and not _quoted(line, piece):
            yield _orphan(doc, piece, previous, span)


def _body(line: Passage) -> bool:
    return not line.heading and len(line.text.split()) >= BODY_WORDS


def _may_precede(text: str) -> bool:
    """A full sentence that ends with a plain stop: not a question it answers, a list, or another short piece of style."""
    plain = text.rstrip('”"’)')
    return plain.endswith(".") and len(text.split()) > LONGEST + 1


def _orphaned(piece: Passage, span: Span) -> bool:
    inner = piece.text.rstrip(".")
    tokens = [t for t in span if not t.is_punct and not t.is_space]
    if (
        not piece.text.endswith(".")
        or CAPITALS.search(piece.text)
        or piece.text.endswith("..")
        or re.search(r"[\d:@/“”\"‘()%$€£!?&]", piece.text)
    ):
        return False
    if not 0 < len(inner.split()) <= LONGEST or not tokens:
        return False
    if inner.lower() in words("stock_fragments") or tokens[0].lower_ in words("fragment_openers"):
        return False
    if len(tokens) > 1 and any(t.tag_ in FINITE and not t.text.istitle() for t in tokens):
        return False
    named = all(t.text[:1].isupper() for t in tokens)
    if len(tokens) == 1:
        return tokens[0].pos_ in CONTENT and len(inner) > 2
    # More than one word: names and titles only; other verbless pairs are more often style than damage.
    return named


def _quoted(line: Passage, piece: Passage) -> bool:
    """Whether the piece lies inside quotation marks of its paragraph, or in a paragraph that continues a quotation."""
    before = line.text[: piece.start - line.start]
    opened = before.count("“") > before.count("”") or before.count('"') % 2 == 1
    return opened


def _orphan(doc: Doc, piece: Passage, previous: Passage | None, span: Span) -> Finding:
    name = len(piece.text.split()) > 1
    reading = None
    if name and previous is not None:
        message = f"“{piece.text}” stands alone: the sentence before it was cut before a name."
    else:
        message = f"“{piece.text}” stands alone and belongs to no sentence."
    single = len([t for t in span if t.is_alpha]) == 1
    return finding(
        doc, "fragment", piece.start, piece.end, message, severity="error" if single and previous is not None else "warning",
        confidence=0.85 if previous is not None else 0.7, rule="fragment-name" if name else "fragment-orphan", reading=reading,
        grounds=["no verb", "stands after a full sentence" if previous is not None else "a paragraph of its own"],
    )  # fmt: skip


def _headless(doc: Doc, line: Passage, before: Passage | None) -> Iterator[Finding]:
    """A sentence that starts in lower case after a full stop, or a paragraph that does after a closed one."""
    for number, piece in enumerate(sentences(line)):
        first = re.match(r"[\w.’'-]+", piece.text)
        if first is None or not first.group().islower() or not first.group().isalpha():
            continue
        if first.group().lower() in words("lower_case_starts") or _quoted(line, piece) or not ENDS.search(piece.text):
            continue
        # A page or the text under a heading begins with a capital as well.
        closed = before is None or before.heading or (_body(before) and re.search(r"[.!?][”\"’]?$", before.text))
        leading = line.text[: piece.start - line.start].rstrip()
        if (number == 0 and not closed) or (number > 0 and leading[-1:] != "."):
            continue
        plain = _plain_start(piece, first.group(), leading) and not SMALL_I.search(text_of(doc))
        yield finding(
            doc, "fragment", piece.start, piece.end, "The sentence starts in the middle: its beginning is lost.",
            severity="warning" if plain else "note", confidence=0.8 if plain else 0.5, rule="fragment-headless",
            grounds=["starts in lower case after a stop" if leading else "starts in lower case where a paragraph begins"],
        )  # fmt: skip


def _plain_start(piece: Passage, first: str, leading: str) -> bool:
    """A word that English has, at the head of a sentence with its stop, after one that is surely over: no line of a program, no brand
    in small letters, nothing after dots or a stop that may belong to an abbreviation (``ID.``)."""
    over = not re.search(r"\.\s?\.$", leading) and not CAPITALS.search(leading)
    program = re.search(r"[_=:;{}<>|#\\]|\w\(", piece.text)
    return over and not program and collocations().words.get(first, 0) >= KNOWN and re.search(r"[.!?][\"”’)]*$", piece.text) is not None


def _stumps(doc: Doc, line: Passage) -> Iterator[Finding]:
    """A short piece whose full stop stands after a word that asks for more: ``Due to the.``"""
    for piece in sentences(line):
        if piece.first or not STUMP.search(piece.text) or len(piece.text.split()) > STUMP_WORDS or _quoted(line, piece):
            continue
        span = doc.char_span(piece.start, piece.end, alignment_mode="expand")
        if span is None or any(t.tag_ in FINITE for t in span):
            continue
        yield finding(
            doc, "fragment", piece.start, piece.end, "The sentence stops in the middle: its end is lost.", severity="warning",
            confidence=0.85, rule="fragment-stump", grounds=["no verb, and a stop after a word that needs another"],
        )  # fmt: skip


def _cut_off(doc: Doc, line: Passage) -> Iterator[Finding]:
    """The last sentence of a paragraph ends without a stop though others before it have theirs."""
    pieces = sentences(line)
    last = pieces[-1]
    if len(pieces) < 2 or ENDS.search(last.text) or len(last.text.split()) < 3:
        return
    if not re.search(r"[\w,]$", last.text) or re.search(r"https?:|www\.|@|pic\.", last.text):
        return
    ends_small = re.search(rf"\b(?:{either('asks_for_more')})$|,$", last.text)
    yield finding(
        doc, "fragment", last.start, last.end, "The paragraph breaks off: its last sentence has no end.",
        severity="warning" if ends_small else "note", confidence=0.85 if ends_small else 0.5, rule="fragment-cut",
        grounds=["no stop at the end of the paragraph"],
    )  # fmt: skip
