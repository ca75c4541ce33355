"""Quotations beside a cue: before it, behind it, broken by it, and going on in the sentences that follow."""

from __future__ import annotations

from spacy.tokens import Token

from attache.what.grammar import child, label
from attache.what.saying.cues import book
from attache.what.saying.extents import Page, Run

_OWN = {
    "nsubj", "nsubj:pass", "aux", "aux:pass", "advmod", "iobj", "obl", "obl:tmod", "obl:unmarked", "obl:npmod", "compound:prt", "cc",
    "mark", "obj", "advcl",
}  # fmt: skip
_MOST = 6
_LONGEST_TITLE = 9
_OPEN_END = {",", "?", "!", "—", "–", "--", "…", "..."}


def quoted(page: Page, verb: Token) -> set[int]:
    """The tokens of the quotations that a verb of saying introduces or closes."""
    if verb.i in page.quoted:
        return set()
    start, end = clause_of_cue(page, verb)
    before, after = _before(page, start, verb), _after(page, end, verb)
    found = [run for run in (before, after) if run is not None]
    if before is not None and after is None:
        found += _resumed(page, end, verb)
    if not found:
        return set()
    at = max(end, *(run[1] for run in found))
    found += _going_on(page, at if before is None or at > verb.sent.end else int(verb.sent.end))
    return {i for run in found for i in range(*run)}


def clause_of_cue(page: Page, verb: Token) -> Run:
    """The words of speaker and cue alone: "she said on Monday", "said the man who had led the talks"."""
    start, end = verb.i, verb.i + 1
    for c in verb.children:
        left, right = c.left_edge.i, c.right_edge.i + 1
        if label(c) not in _OWN or any(i in page.quoted for i in (left, right - 1)):
            continue
        if c.i < verb.i and label(c) not in {"advcl", "obl", "cc", "mark"}:
            start = min(start, left)
        elif c.i > verb.i:
            end = max(end, right)
    return start, end


def _before(page: Page, start: int, verb: Token) -> Run | None:
    """The quotation that ends right before the cue's clause, and is neither a sentence of its own nor a title."""
    run = next((run for run in reversed(page.quotes) if run[1] <= start), None)
    if run is None or not page.blank(run[1], start) or run[1] - run[0] < 3 or _titles(page, run, verb):
        return None
    last = page.doc[run[1] - 2].text
    joined = any(t.text in {",", "—", "–", "--"} for t in page.doc[run[1] : start])
    return run if last in _OPEN_END or joined else None


def _titles(page: Page, run: Run, verb: Token) -> bool:
    """Whether a quotation is a word of the cue's own clause, as an adverbial: "on “Meet the Press,” she said"."""
    clause = child(verb, "ccomp")
    if clause is not None and clause.i > verb.i and verb.sent.start < run[0] - 1 and run[1] - run[0] <= _LONGEST_TITLE:
        return True
    top = next((t for t in page.doc[slice(*run)] if not t.is_punct and not run[0] <= t.head.i < run[1]), None)
    while top is not None and top.head != verb and top.head != top:
        top = top.head
    if top is None or top.head != verb or label(top) not in {"obl", "nsubj", "nmod", "advmod"}:
        return False
    return any(label(c) == "case" for c in top.children)


def _resumed(page: Page, end: int, verb: Token) -> list[Run]:
    """“A,” she said, but “B”: a quotation later in the sentence that no other verb of saying stands before."""
    run = next((run for run in page.quotes if end <= run[0] < verb.sent.end), None)
    if run is None or any(t.pos_ == "VERB" and speaks(t) for t in page.doc[end : run[0]]):
        return []
    return [run]


def speaks(verb: Token) -> bool:
    """Whether a verb is one that introduces quotations."""
    return any("quote" in cue.takes for cue in book().verbs.get(verb.lemma_.lower(), ()))


def _after(page: Page, end: int, verb: Token) -> Run | None:
    """The quotation right behind the cue's clause, in the next paragraph too where a colon calls for it."""
    run = next((run for run in page.quotes if run[0] >= verb.i + 1), None)
    if run is None:
        return None
    gap = page.doc[verb.i + 1 : run[0]]
    colon = any(t.text == ":" for t in gap)
    if page.blank(end, run[0]) or all(t.is_punct or t.is_space for t in page.doc[verb.i + 1 : run[0]]):
        full_stop = any(t.text in {".", ";"} for t in page.doc[max(end - 1, verb.i + 1) : run[0]])
        return run if not full_stop and page.paragraph[run[0]] == page.paragraph[verb.i] else None
    last = next((t for t in reversed(gap) if not t.is_space), None)
    near = page.paragraph[run[0]] - page.paragraph[verb.i] <= 2 and last is not None and last.i <= verb.sent.end
    return run if colon and last is not None and last.text == ":" and near else None


def _going_on(page: Page, at: int) -> list[Run]:
    """Quotations that follow one upon the other with nothing between them; one that has a cue of its own behind it ends the row."""
    found: list[Run] = []
    while len(found) < _MOST:
        run = next((run for run in page.quotes if run[0] >= at), None)
        if run is None or not page.blank(at, run[0]) or page.doc[run[1] - 2].text == ",":
            break
        rest = page.doc[run[1] : max(run[1], int(page.doc[run[1] - 1].sent.end))]
        if any(t.pos_ == "VERB" and speaks(t) for t in rest):
            break
        found.append(run)
        at = run[1]
    return found
