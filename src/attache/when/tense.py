"""Which way a sentence points in time: by the tense of the governing verb, and by word where there is no parse."""

from __future__ import annotations

import re

from spacy.tokens import Doc, Span, Token

from attache.reading import reading_of, text_of
from attache.when.wording import TenseWords, tense_words

_CLAUSE = re.compile(r"(?<![A-Z])[.;!?”“\"]\s")
_CLIMB = 8


def direction_of(doc: Doc, start: int, end: int) -> int:
    """+1 where the words lie ahead, -1 where behind (the same day included); worked out once a document."""
    known, key = reading_of(doc).directions, (start, end, doc.has_annotation("DEP"))
    if key not in known:
        known[key] = _direction(doc, start, end)
    return known[key]


def _direction(doc: Doc, start: int, end: int) -> int:
    words, text = tense_words(), text_of(doc)
    lead = text[max(0, start - 60) : start]
    before = re.search(r"([\w’']+)\W{1,3}$", lead)
    prior = before[1].lower() if before else ""
    if prior in words.before["behind"] or words.owner.search(lead):
        return -1
    if prior in words.before["ahead"]:
        return 1
    span = doc.char_span(start, end, alignment_mode="expand")
    if span is None or not (span.root.dep and span.root.tag):
        return _by_words(text, start, words)
    return _by_parse(span, prior, words)


def _by_parse(span: Span, prior: str, words: TenseWords) -> int:
    verb, noun = _governors(span.root, words)
    if noun is not None and any(c.lower_ in words.verbs["participles"] for c in noun.children):
        return 1
    if _owns(span):
        return _of_the_scheduled(span, verb, words) if noun else -1
    if verb is None and noun is not None:
        return 1
    if verb is None:
        return _by_words(text_of(span.doc), span.start_char, words)
    if prior in words.before["limit"] and verb.lemma_.lower() in words.verbs["limit"]:
        return 1
    if prior in words.before["invited"] and verb.lemma_.lower() in words.verbs["invites"] and verb.i < span.start:
        return 1
    return _verb_direction(verb, words)


def _governors(token: Token, words: TenseWords) -> tuple[Token | None, Token | None]:
    """The verb above a time, and on the way to it a noun of things that are scheduled."""
    noun: Token | None = None
    start = token.i
    for _ in range(_CLIMB):
        if (token.pos_ in ("VERB", "AUX") or token.tag_.startswith("VB")) and not _is_dated_aside(token, start):
            return token, noun
        if token.lemma_.lower() in words.scheduled["nouns"]:
            noun = noun or token
        if token.head.i == token.i:
            return None, noun
        token = token.head
    return None, noun


def _is_dated_aside(verb: Token, time: int) -> bool:
    """“..., which they signed in 1987, at a meeting on Wednesday”: an inserted clause that has its year ends at the comma."""
    if not verb.dep_.startswith("acl") or time < verb.i:
        return False
    between = verb.doc[verb.i + 1 : time]
    comma = next((t.i for t in between if t.text == ","), None)
    return comma is not None and any(t.is_digit and len(t) == 4 for t in verb.doc[verb.i + 1 : comma])


def _owns(span: Span) -> bool:
    """Whether the time is a possessive: “Tuesday's ruling”."""
    after = span.doc[span.end] if span.end < len(span.doc) else None
    return after is not None and after.lower_ in ("'s", "’s", "'", "’")


def _of_the_scheduled(span: Span, verb: Token | None, words: TenseWords) -> int:
    """“ahead of Thursday's summit”, “will attend Thursday's summit”; else the thing has been."""
    low = max(span.start - 2, span.sent.start)
    lead = span.doc[low : span.start].text.lower().removesuffix(" the")
    if any(lead == word or lead.endswith(f" {word}") for word in words.scheduled["ahead"]):
        return 1
    return _verb_direction(verb, words) if verb is not None else -1


def _verb_direction(verb: Token, words: TenseWords) -> int:
    helpers = {c.lower_ for c in verb.children if c.dep_ in ("aux", "aux:pass", "auxpass", "cop", "mark")}
    lemma = verb.lemma_.lower()
    if helpers & words.helpers["behind"]:
        return 1 if lemma in words.verbs["sets"] else -1
    if helpers & words.helpers["ahead"]:
        return _purpose(verb, words) if helpers & {"to"} else 1
    if helpers & words.helpers["could"]:
        return (
            -1 if verb.tag_ == "VBN" or any(c.dep_ == "neg" or c.lower_ in ("not", "n't", "n’t", "neither") for c in verb.children) else 1
        )
    if verb.tag_ == "VB" or verb.lower_ in words.verbs["participles"]:
        return 1
    if lemma in words.verbs["sets"] or (verb.tag_ == "VBN" and verb.lower_ in words.verbs["passives"]):
        return 1
    if verb.tag_ in ("VBP", "VBZ") and lemma not in words.verbs["speech"]:
        return 1
    if verb.tag_ == "VBG":
        return _participle(verb, helpers, words)
    return -1


def _purpose(verb: Token, words: TenseWords) -> int:
    """“flew to Geneva to meet him on Friday”: a purpose was pursued when its verb was; “agreed to meet” looks ahead."""
    if verb.dep_ in ("acl", "xcomp") and any(t.lower_ in words.verbs["ranks"] for t in (verb.head, *verb.head.children)):
        return _of_the_ranked(verb.head, words)
    if verb.dep_ == "advcl" and verb.head.i != verb.i and verb.head.tag_ in ("VBD", "VBN"):
        return _verb_direction(verb.head, words)
    return 1


def _of_the_ranked(noun: Token, words: TenseWords) -> int:
    """“was the first to sign it in January”: who is first to do a thing has done it, unless it is still to be."""
    copula = next((c for c in noun.children if c.dep_ == "cop"), None)
    if copula is None and noun.head.i != noun.i:
        return _verb_direction(noun.head, words)
    ahead = words.helpers["ahead"] - {"to"}
    return 1 if any(c.lower_ in ahead for c in noun.children if c.dep_.startswith("aux")) else -1


def _participle(verb: Token, helpers: set[str], words: TenseWords) -> int:
    if helpers & words.helpers["going"]:
        return 1
    above, _ = _governors(verb.head, words) if verb.head.i != verb.i else (None, None)
    return _verb_direction(above, words) if above is not None else -1


def _by_words(text: str, start: int, words: TenseWords) -> int:
    """The nearest future word before the time in the same clause, and no past verb nearer."""
    before = _CLAUSE.split(text[max(0, start - 90) : start])[-1]
    for word in reversed(re.findall(r"[\w’']+", before.lower())[-9:]):
        if word in words.futures["words"]:
            return 1
        if word in words.futures["pasts"] or re.fullmatch(r"\w{2,}ed", word):
            return -1
    return -1
