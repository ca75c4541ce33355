"""Where names may stand: runs of capitalised words with their particles, read from the letters rather than the parse."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from spacy.tokens import Doc, Token

from attache.who.lexicon import words

MOST_WORDS = 7
DATELINE = 10
"""Most tokens behind the place of a dateline: the day and the agency."""
HYPHENS = frozenset("-‐‑–")
QUOTES = frozenset("\"“”'‘’")
POSSESSIVES = frozenset({"'s", "’s", "'", "’"})
_NAME = re.compile(r"^[^\W\d_][\w'’`\".-]*$")
NUMERAL = re.compile(r"^(?:I{2,3}|IV|VI{0,3}|IX|X[IVX]*)$")
"""What follows the name of whoever reigns; a lone I is the pronoun."""
_INITIAL = re.compile(r"^[A-Z]\.?$")
_PREFIXED = re.compile(r"^(al|el|d'|d’|bin|von)[-'’]?[A-Z]")


def is_namey(token: Token, after_name: bool = False) -> bool:
    """Whether a token could be a word of a person's name by its letters; after a name or title a few words more may be."""
    text = token.text
    return is_name_word(text) or (after_name and _may_be_name(text) and not token.is_sent_start)


@lru_cache(maxsize=65536)
def is_name_word(text: str) -> bool:
    """Whether letters could be those of a word of a person's name, wherever it stands."""
    return _looks_like_name(text) and (text.lower().rstrip(".") not in words().never_names or _INITIAL.match(text) is not None)


@lru_cache(maxsize=4096)
def _may_be_name(text: str) -> bool:
    """The same of a word that is a name after another name or a title only: May, Church."""
    return text.lower() in words().names_after_all and _looks_like_name(text)


def _looks_like_name(text: str) -> bool:
    if not (text[0].isupper() or _PREFIXED.match(text)) or not _NAME.match(text):
        return False
    return not (text.isupper() and 1 < len(text) <= 4 and text.isalpha()) and not any(c.isdigit() for c in text)


def name_end(doc: Doc, start: int, taken: Sequence[bool], titled: bool = False) -> int:
    """End of the run of name words that begins at a token; ``start`` itself where none does."""
    if titled and start < len(doc) and not taken[start] and NUMERAL.match(doc[start].text):
        return start + 1  # what is left of the name of whoever reigns
    if start >= len(doc) or not (is_namey(doc[start], titled) or doc[start].lower_ in words().particles):
        return start
    end, i, count = start, start, 0
    limit = doc[start].sent.end if doc.has_annotation("SENT_START") else len(doc)
    while i < min(limit, len(doc)) and count < MOST_WORDS:
        token = doc[i]
        if taken[i]:
            break
        if is_namey(token, titled or end > start):
            count, i = count + 1, i + 1
            end = i
        elif i == end > start and NUMERAL.match(token.text):
            return i + 1
        elif i == end > start and _nicknamed(doc, i, limit):
            i += 3
        elif (token.lower_ in words().particles or _joins(doc, i)) and _name_follows(doc, i + 1, limit):
            i += 1
        else:
            break
    return end


def _name_follows(doc: Doc, i: int, limit: int) -> bool:
    """After a particle: another particle or a name word."""
    for j in range(i, min(i + 3, limit)):
        if is_namey(doc[j]):
            return True
        if doc[j].lower_ not in words().particles and not _joins(doc, j):
            return False
    return False


def _nicknamed(doc: Doc, i: int, limit: int) -> bool:
    """Whether one word in quotation marks stands within a name: Philip "Brave" Davis."""
    return (
        i + 3 < min(limit, len(doc))
        and doc[i].text in QUOTES
        and doc[i + 2].text in QUOTES
        and not doc[i].whitespace_
        and not doc[i + 1].whitespace_
        and is_namey(doc[i + 1])
        and is_namey(doc[i + 3])
    )


def _joins(doc: Doc, i: int) -> bool:
    """Whether a token is the hyphen of "al-Sisi", which spaCy cuts out."""
    return (
        doc[i].text in HYPHENS
        and i > 0
        and doc[i - 1].lower_ in words().particles
        and not doc[i - 1].whitespace_
        and not doc[i].whitespace_
    )


def opens_dateline(doc: Doc, start: int, end: int) -> bool:
    """Whether words in capitals open a line as where it was written: "ADDIS ABABA, Nov 2 -", "MOSCOW/ANKARA (Reuters)"."""
    first = start
    while first > 0 and not doc[first - 1].is_space:
        first -= 1
        if not (doc[first].is_upper or doc[first].text in {"/", ",", "-"}):
            return False
    shouted = all(token.is_upper for token in doc[start:end] if token.is_alpha)
    rest = [token.text for token in doc[end : end + DATELINE]]
    return shouted and rest[:1] != [":"] and not {"-", "–", "—", "--", ")"}.isdisjoint(rest)


def extend_glued(doc: Doc, end: int) -> int:
    """Take in what hangs on a name by a hyphen or a stray mark: "Eui" + "-yong", "Erdo" + '"an'."""
    while end + 1 < len(doc) and not doc[end - 1].whitespace_ and not doc[end].whitespace_:
        mark, rest = doc[end].text, doc[end + 1].text
        if (mark in HYPHENS or mark == '"') and rest.isalpha() and (mark in HYPHENS or rest.islower()):
            end += 2
        else:
            break
    return end


def full_name_end(doc: Doc, start: int, taken: Sequence[bool], titled: bool = False) -> int:
    """End of a name that begins at a token, glued parts and the words after them included."""
    end = name_end(doc, start, taken, titled)
    while end > start:
        further = extend_glued(doc, end)
        if further == end:
            return end
        end = max(further, name_end(doc, further, taken) if further < len(doc) and doc[further - 1].whitespace_ == " " else further)
    return end


def name_start(doc: Doc, end: int, taken: Sequence[bool]) -> int:
    """Start of the name that ends before a token; ``end`` where none does."""
    first = max(0, end - MOST_WORDS - 3)
    for start in range(first, end):
        if not taken[start] and doc[start].text[0].isalpha() and full_name_end(doc, start, taken) == end:
            if start == first or is_namey(doc[start]) or doc[start].lower_ in words().particles:
                return start
    return end
