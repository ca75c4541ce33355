"""What was said: the span of words that a statement gives, direct or reported, with damaged quotation marks tolerated."""

from __future__ import annotations

import re
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from attache.dossier import Span
from attache.reading import text_of
from attache.what.grammar import child, is_verb, label, subject

_OPEN, _CLOSE = "“«„", "”»"
_ANY = re.compile(r"[“”«»„\"]")
_TRIM = ' \t\r\n,.;:“”"«»—–-'
_REACH = 9


@dataclass(frozen=True)
class Quotation:
    """Characters between quotation marks, the marks included; ``broken`` where a mark is missing or turned round."""

    start: int
    end: int
    broken: bool = False


def quotations(text: str) -> list[Quotation]:
    """The quotations of a text; straight marks alternate, a line end closes what nothing else closes."""
    found: list[Quotation] = []
    opened: int | None = None
    for mark in _ANY.finditer(text):
        at, sign = mark.start(), mark.group()
        if opened is not None and "\n\n" in text[opened:at]:
            opened = None
        before = text[at - 1] if at else " "
        if opened is None:
            after = text[at + 1] if at + 1 < len(text) else " "
            if sign not in _CLOSE and not (sign == '"' and (before.isalnum() or after.isspace())):
                opened = at
        elif sign in _CLOSE or sign == '"' or before in ",.?!":
            found.append(Quotation(opened, at + 1, broken=sign in _OPEN))
            opened = None
        else:
            opened = at
    return found


class Statements:
    """Finds contents on one page."""

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.quotes = quotations(text_of(doc))

    def content(self, cue: Token) -> Span | None:
        """What the cue verb or noun introduces."""
        if self._inside_quote(cue):
            return self._reported(cue)
        quoted = self._quoted_before(cue)
        if quoted is not None:
            return quoted
        found = self._reported(cue) or self._inverted(cue)
        if found is not None:
            return found
        after, thing = self._quoted_after(cue), self._object(cue)
        return after if after is not None and (thing is None or after.start <= thing.end) else thing

    def according(self, marker: Token, speaker_end: int) -> Span | None:
        """ "According to X, CONTENT" and "CONTENT, according to X"."""
        sentence = marker.sent
        if marker.i - sentence.start <= 2:
            return self._span(speaker_end, sentence.end)
        return self._span(sentence.start, marker.i)

    def _inside_quote(self, token: Token) -> bool:
        return any(q.start < token.idx < q.end for q in self.quotes if not q.broken)

    def _quoted_before(self, cue: Token) -> Span | None:
        """A quotation that ends just before the clause of the cue ("...", she said); it may run over sentences."""
        start = self._clause_start(cue)
        for quote in self.quotes:
            gap = text_of(self.doc)[quote.end : start]
            finished = quote.end - quote.start < 3 or text_of(self.doc)[quote.end - 2] == "." or gap.strip(" ").startswith(".")
            if finished and self._clause_start(cue) != cue.idx:
                continue  # “... negotiable.” She also regretted: the quotation belongs to the sentence before
            if quote.end <= cue.idx and len(gap.strip(_TRIM)) == 0 and quote.end - quote.start > 12:
                return self._whole(quote, cue)
        return None

    def _whole(self, quote: Quotation, cue: Token) -> Span:
        """With the unquoted words before it in the same sentence, where the quotation is only part of what was said."""
        sentence = self.doc.char_span(quote.start, quote.end, alignment_mode="contract")
        start = sentence.sent.start_char if sentence is not None and len(sentence) else quote.start
        lead = text_of(self.doc)[start : quote.start]
        start = start if lead.strip(_TRIM) and cue.sent.start_char == start else quote.start
        return Span(start=start, end=quote.end)

    def _clause_start(self, cue: Token) -> int:
        """Where the words of the speaker and cue begin: "Blinken said", "said Blinken"."""
        who = subject(cue) if is_verb(cue) else None
        near = who is not None and 0 < cue.i - who.left_edge.i <= _REACH
        return int(who.left_edge.idx) if near and who is not None else cue.idx

    def _reported(self, cue: Token) -> Span | None:
        """A that-clause, or the clause right behind the cue."""
        sentence_end = int(cue.sent.end)
        if not is_verb(cue):
            return self._from_that(cue, sentence_end)
        clause = child(cue, "ccomp")
        if clause is not None and clause.i > cue.i:
            start = max(clause.left_edge.i, cue.i + 1)
            return self._span(start, self._stop(cue, clause, sentence_end))
        found = self._from_that(cue, sentence_end)
        if found is not None:
            return found
        return self._bare_clause(cue, sentence_end)

    def _stop(self, cue: Token, clause: Token, sentence_end: int) -> int:
        """Content mostly runs to the end of the sentence; not into a second clause of the speaker's ("... and added")."""
        for c in cue.children:
            if label(c) == "conj" and c.i > clause.i and is_verb(c) and c.tag_ in {"VBD", "VBZ"} and child(c, "nsubj") is None:
                edge = c.left_edge.i
                return edge - 1 if self.doc[edge - 1].lower_ in {"and", ","} else edge
        return max(sentence_end if clause.right_edge.i > cue.i else 0, clause.right_edge.i + 1)

    def _from_that(self, cue: Token, sentence_end: int) -> Span | None:
        for token in self.doc[cue.i + 1 : min(cue.i + _REACH, sentence_end)]:
            if token.lower_ == "that" and token.pos_ in {"SCONJ", "PRON", "DET"} and label(token) in {"mark", "det", "nsubj", "obj"}:
                return self._span(token.i, sentence_end)
            if is_verb(token) and token.tag_ != "VBN":
                return None
        return None

    def _bare_clause(self, cue: Token, sentence_end: int) -> Span | None:
        """ "Blinken said the situation is ...": a subject and a finite verb behind the cue, where the parse missed the clause."""
        who = subject(cue)
        if who is None or who.i > cue.i or cue.i + 3 >= sentence_end:
            return None
        first = self.doc[cue.i + 1]
        head = first.head if label(first) in {"compound", "amod", "det"} else first
        if label(head).startswith("obl") or label(head) == "npadvmod":
            return None  # "said Friday afternoon, as they ..."
        finite = any(t.tag_ in {"VBD", "VBZ", "VBP", "MD"} for t in self.doc[cue.i + 2 : sentence_end])
        if first.pos_ in {"DET", "PRON", "PROPN", "NOUN", "ADJ", "NUM"} and finite and child(cue, "obj") is None:
            return self._span(cue.i + 1, sentence_end)
        return None

    def _inverted(self, cue: Token) -> Span | None:
        """CONTENT, X said (in a statement Monday): all before the comma, a stray quotation mark or not."""
        start = int(cue.sent.start)
        stop = self._clause_token(cue)
        if stop - start < 4:
            return None
        before = self.doc[stop - 1]
        if before.text[-1:] not in set(',“”"?!'):
            return None
        if not any(t.tag_ in {"VBD", "VBZ", "VBP", "MD", "VB"} for t in self.doc[start:stop]):
            return None
        return self._span(start, stop)

    def _clause_token(self, cue: Token) -> int:
        who = subject(cue) if is_verb(cue) else None
        if who is not None and 0 < cue.i - who.left_edge.i <= _REACH and who.i < cue.i:
            return int(who.left_edge.i)
        return int(cue.i)

    def _quoted_after(self, cue: Token) -> Span | None:
        for quote in self.quotes:
            gap = quote.start - (cue.idx + len(cue))
            if gap >= 0 and quote.start < cue.sent.end_char and "\n" not in text_of(self.doc)[cue.idx : quote.start]:
                return Span(start=quote.start, end=quote.end)
        return None

    def _object(self, cue: Token) -> Span | None:
        """What a statement verb has for an object or infinitive: "deny this", "vowed to respond"."""
        if not is_verb(cue):
            return None
        part = child(cue, "xcomp") or child(cue, "obj") or child(cue, "advcl")
        if part is None or part.i < cue.i or cue.lemma_.lower() in {"speak", "talk"}:
            return None
        return self._span(max(part.left_edge.i, cue.i + 1), part.right_edge.i + 1)

    def _span(self, start: int, end: int) -> Span | None:
        """Tokens as characters, outer punctuation dropped."""
        while start < end and (self.doc[start].is_space or self.doc[start].text in {",", ":", ";", "-", "–", "—"}):
            start += 1
        while end > start and (self.doc[end - 1].is_space or self.doc[end - 1].text in set(",.:;“")):
            end -= 1
        if end - start < 1:
            return None
        return Span(start=self.doc[start].idx, end=self.doc[end - 1].idx + len(self.doc[end - 1]))
