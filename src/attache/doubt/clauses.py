"""What a stated date belongs to: the verb or noun it stands beside in the parse, and the words of that clause.

The dependency labels are those of Universal Dependencies, which attache's own pipeline gives.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

import numpy as np
from spacy.attrs import LEMMA  # type: ignore[import-not-found]
from spacy.tokens import Doc, Token

from attache.doubt.lexicon import words
from attache.reading import text_of

# Ways by which a date hangs on the word it dates.
CLIMBED = frozenset({"nmod", "obl", "compound", "nummod", "amod", "flat", "obj", "appos", "nsubj"})
OTHER_CLAUSES = frozenset({"acl:relcl", "advcl", "parataxis", "ccomp", "csubj", "csubj:pass", "discourse", "vocative"})
SUBJECTS = frozenset({"nsubj", "nsubj:pass", "csubj"})
VERBAL = frozenset({"VERB", "AUX"})
WHEN = re.compile(r"\s*,?\s*(?:the year\s+)?when\b")
FEW = 6


@dataclass(frozen=True)
class Clause:
    """A verb or noun with the words that belong to it; ``tokens`` in order, ``far`` those borrowed from the clause around it."""

    anchor: Token
    tokens: tuple[Token, ...]
    far: tuple[Token, ...] = ()

    @property
    def scope(self) -> frozenset[int]:
        """Indices of all its tokens."""
        return frozenset(t.i for t in (*self.tokens, *self.far))


def with_lemmas(doc: Doc, lemmas: Collection[str]) -> Iterator[Token]:
    """The tokens with one of these dictionary forms, in order; spaCy compares the numbers of all at once."""
    strings = doc.vocab.strings
    wanted = [strings[form] for lemma in lemmas for form in (lemma, lemma.capitalize()) if form in strings]
    return (doc[int(i)] for i in np.flatnonzero(np.isin(doc.to_array(LEMMA), np.array(wanted, np.uint64))))


def anchors(doc: Doc, start: int, end: int) -> Iterator[Token]:
    """The words that the date at characters ``[start, end)`` may belong to, nearest first; up to the verb of its clause."""
    span = doc.char_span(start, end, alignment_mode="expand")
    if span is None:
        return
    token = span.root
    if WHEN.match(text_of(doc)[end : end + 20]):
        opened = next((t for t in doc[span.end : span.end + 4] if t.lower_ == "when"), None)
        if opened is not None and opened.head.i > opened.i:
            yield opened.head
        return
    for _ in range(FEW):
        head = token.head
        if head is token or token.dep_.partition(":")[0] not in CLIMBED:
            return
        yield head
        if head.pos_ in VERBAL and head.dep_ == "xcomp":  # "voted to leave in 2016"
            yield head.head
        if head.pos_ in VERBAL or span.end <= head.i and token.i < span.end:
            return  # its verb; or a date before its noun ("the 2003 invasion") belongs to no other word
        token = head


def clause_of(anchor: Token) -> Clause:
    """The anchor with what hangs on it, other clauses left out; a subject or antecedent it shares is borrowed."""
    tokens = sorted(_own(anchor), key=lambda t: t.i)
    return Clause(anchor, tuple(tokens), tuple(sorted(_borrowed(anchor), key=lambda t: t.i)))


def _own(anchor: Token) -> list[Token]:
    found, waiting = [anchor], [anchor]
    while waiting:
        word = waiting.pop()
        for child in word.children:
            if child.dep_ in OTHER_CLAUSES or (child.dep_ == "conj" and (word is anchor and anchor.pos_ in VERBAL or child.pos_ in VERBAL)):
                continue
            found.append(child)
            waiting.append(child)
    return found


def _borrowed(anchor: Token) -> list[Token]:
    head = anchor.head
    if head is anchor:
        return []
    if anchor.dep_ in {"acl:relcl", "acl"}:
        between = anchor.doc[head.i + 1 : anchor.left_edge.i + 1]
        if head.dep_ == "nmod" and not any(t.is_punct for t in between):
            return []  # "a body of the UN founded in 1988": which of the two is not to be known
        return [t for t in _nominal(head) if t.i < anchor.i]
    if anchor.dep_ in {"appos"}:
        return _nominal(head)
    if any(child.dep_ in SUBJECTS for child in anchor.children):
        return []
    if anchor.dep_ in {"conj", "xcomp", "advcl", "nsubj", "obl", "parataxis"}:
        return [t for child in head.children if child.dep_ in SUBJECTS and child is not anchor for t in _nominal(child)]
    return []


def _nominal(head: Token) -> list[Token]:
    """A noun with its compounds, attributes and those it is joined to; no clauses."""
    found, waiting = [head], [head]
    while waiting:
        for child in waiting.pop().children:
            if child.dep_ in {"compound", "amod", "flat", "nmod", "nmod:poss", "conj", "appos", "det"}:
                found.append(child)
                waiting.append(child)
    return found


def unreal(token: Token) -> bool:
    """Whether a verb or noun is denied, wished, planned or hypothetical rather than told as done."""
    for child in token.children:
        if child.lower_ in words("denials") or (child.dep_ in {"aux", "amod", "mark", "compound"} and child.lower_ in words("unreal")):
            return True
    # "the talks to join", "wanted to join", "agreed that it would join": the word above decides
    if token.dep_ in {"xcomp", "ccomp", "acl", "conj", "obj"} and token.head is not token:
        return token.head.lemma_.lower() in words("wishes") and token.dep_ != "conj" or (token.dep_ == "xcomp" and unreal(token.head))
    return False
