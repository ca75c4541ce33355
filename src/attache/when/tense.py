"""Which way a sentence points in time: by the tense of the governing verb, and by word where there is no parse."""

from __future__ import annotations

import re

from spacy.tokens import Doc, Span, Token

from attache.reading import text_of
from attache.when.vocabulary import vocabulary

TOLD = re.compile(
    r"(?i)\b(?:said|told (?:\w+ )?\w+|announced|met|spoke|arrived|added|stated|reported|was|were|had been|held|signed)"
    r"(?: in a statement| in \w+)?(?: late| early)?(?: on)? $"
)
"""A past verb right before a day owns it, whatever the parse makes of a garbled sentence."""
SPEECH = frozenset(["say", "tell", "add", "announce", "report", "state"])


def direction_of(doc: Doc, start: int, end: int) -> int:
    """+1 where the words lie ahead, -1 where behind (the same day included)."""
    span = doc.char_span(start, end, alignment_mode="expand")
    if span is None or TOLD.search(text_of(doc)[max(0, start - 40) : start]):
        return -1
    if span.root.dep and span.root.tag:
        return _by_parse(span)
    return _by_words(text_of(doc), start, end)


def _by_parse(span: Span) -> int:
    token = span.root
    for _ in range(8):
        if token.pos_ in ("VERB", "AUX") or token.tag_.startswith("VB"):
            return _verb_direction(token)
        if token.head.i == token.i:
            break
        token = token.head
    return _by_words(text_of(span.doc), span.start_char, span.end_char)


def _verb_direction(verb: Token) -> int:
    helpers = [c for c in verb.children if c.dep_ in ("aux", "aux:pass", "auxpass", "cop", "mark")]
    words = {c.lower_ for c in helpers}
    if words & {"have", "has", "had", "having", "’ve", "'ve"}:
        return -1
    if words & {"will", "shall", "'ll", "’ll", "wo", "would", "should", "must", "may", "might", "could", "can"}:
        return 1
    if words & {"to"} or verb.tag_ == "VB":
        return 1
    if verb.lower_ in ("scheduled", "due", "expected", "planned", "slated", "set", "upcoming"):
        return 1
    if verb.tag_ in ("VBP", "VBZ") and verb.lemma_ not in SPEECH:
        return 1
    if verb.tag_ == "VBG":
        if words & {"are", "is", "'re", "’re", "am"}:
            return 1
        if verb.dep_ in ("advcl", "acl", "xcomp", "conj") and verb.head.i != verb.i and verb.head.pos_ in ("VERB", "AUX"):
            return _verb_direction(verb.head)
    return -1


def _by_words(text: str, start: int, end: int) -> int:
    """The nearest future word before the time in the same clause, and no past verb nearer."""
    before = re.split(r"[.;!?”“\"]\s", text[max(0, start - 90) : start])[-1]
    words = re.findall(r"[\w’']+", before.lower())[-9:]
    for word in reversed(words):
        if word in vocabulary().futures:
            return 1
        if re.fullmatch(r"\w{2,}ed|said|told|met|was|were|had|took|came|began|went|held|made|gave|saw", word):
            return -1
    return -1
