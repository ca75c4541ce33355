"""Stretches of tokens that one statement covers: clauses without the cue inside them, quotations to their ends, trimmed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from spacy.tokens import Doc, Token

from attache.reading import text_of
from attache.what.saying.quotations import Quotation, quotations

Run = tuple[int, int]
_OUTER = {",", ";", ":", "-", "–", "—", "―", "--", ".", "”", "“"}


def subtree(head: Token, without: Iterable[Token] = ()) -> set[int]:
    """The tokens below a head, less the subtrees of some of them."""
    found = {t.i for t in head.subtree}
    for other in without:
        found -= {t.i for t in other.subtree}
    return found


class Page:
    """A document with its quotations as tokens; one a document."""

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.text = text_of(doc)
        self.quotes = [run for q in quotations(self.text) if (run := self._tokens(q)) is not None]
        self.quoted = {i: run for run in self.quotes for i in range(*run)}
        self.paragraph = self._paragraphs()

    def _tokens(self, quote: Quotation) -> Run | None:
        covered = self.doc.char_span(quote.start, quote.end, alignment_mode="expand")
        return (covered.start, covered.end) if covered is not None and len(covered) else None

    def _paragraphs(self) -> list[int]:
        """The number of the paragraph of each token."""
        number, found = 0, []
        for token in self.doc:
            found.append(number)
            number += token.is_space and "\n" in token.text
        return found

    def blank(self, start: int, end: int) -> bool:
        """Whether tokens ``[start, end)`` are nothing but punctuation within one paragraph."""
        if end < start or self.paragraph[max(start - 1, 0)] != self.paragraph[min(end, len(self.doc) - 1)]:
            return False
        return all(t.is_punct or t.is_space or t.text in _OUTER for t in self.doc[start:end])

    def paragraph_end(self, at: int) -> int:
        """The first token behind the paragraph of a token."""
        return next((i for i in range(at, len(self.doc)) if self.paragraph[i] != self.paragraph[at]), len(self.doc))

    def runs(self, tokens: Iterable[int], cue: range) -> tuple[Run, ...]:
        """Token numbers as stretches, each run to the end of a quotation it has begun, outer punctuation dropped."""
        held = {i for i in tokens if i not in cue}
        held |= self._completed(held, cue)
        found: list[Run] = []
        for i in sorted(held):
            if found and self.doc[found[-1][1] : i].text.strip() == "":
                found[-1] = (found[-1][0], i + 1)
            else:
                found.append((i, i + 1))
        trimmed = (self.trim(*run) for run in found)
        return tuple(run for run in trimmed if run is not None)

    def _completed(self, held: set[int], cue: range) -> set[int]:
        """The rest of quotations that are more than begun, the cue's own quotation excepted."""
        more: set[int] = set()
        for run in {self.quoted[i] for i in (min(held, default=-1), max(held, default=-1)) if i in self.quoted}:
            if not set(range(*run)) & set(cue):
                more |= set(range(*run))
        return more

    def trim(self, start: int, end: int) -> Run | None:
        """Without outer punctuation, quotation marks kept where the stretch holds the whole quotation."""
        while start < end and self._drops(start, start, end, self.quoted.get(start, (-1, -1))[0] == start):
            start += 1
        while end > start and self._drops(end - 1, start, end, self.quoted.get(end - 1, (-1, -1))[1] == end):
            end -= 1
        return (start, end) if any(not t.is_punct and not t.is_space for t in self.doc[start:end]) else None

    def _drops(self, at: int, start: int, end: int, edge: bool) -> bool:
        token = self.doc[at]
        if token.is_space or (token.text in _OUTER and at not in self.quoted):
            return True
        if at in self.quoted and edge:
            run = self.quoted[at]
            return not (start <= run[0] and run[1] <= end)
        return False

    def form(self, runs: tuple[Run, ...]) -> Literal["direct", "mixed", "indirect"]:
        """``direct`` where all words stand in quotation marks, ``mixed`` where some do, else ``indirect``."""
        words = [t.i for run in runs for t in self.doc[slice(*run)] if not t.is_punct and not t.is_space]
        inside = sum(i in self.quoted for i in words)
        if not inside:
            return "indirect"
        return "direct" if inside == len(words) else "mixed"
