"""Quotations that run on over paragraphs: a paragraph in quotation marks without a cue goes on with what was quoted before it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from attache.reading import Statement
from attache.what.saying.extents import Page, Run
from attache.what.saying.lines import paragraphs

_SHORTEST = 4


def run_on(page: Page, found: Sequence[Statement]) -> list[Statement]:
    """The statements, the last quoting one of a paragraph given the bare quotations of those that follow."""
    grown = list(found)
    before: int | None = None
    for start, end in paragraphs(page):
        cues = [n for n, statement in enumerate(grown) if start <= statement.cue[0] < end and not told_in_quotation(page, statement)]
        if before is not None and not cues and _bare(page, (start, end)):
            grown[before] = _with(page, grown[before], (start, end))
            continue
        quoting = [n for n in cues if grown[n].speech and grown[n].form != "indirect"]
        before = max(quoting, key=lambda n: max(run[1] for run in grown[n].content), default=None)
    return grown


def told_in_quotation(page: Page, statement: Statement) -> bool:
    """Whether a cue is itself quoted; that of a transcript ("“PENCE: ...”") is not told but laid out."""
    return statement.cue[0] in page.quoted and not statement.rule.startswith("say:line")


def _bare(page: Page, paragraph: Run) -> bool:
    """Whether a paragraph is one quotation from end to end, or several."""
    start, end = paragraph
    words = [i for i in range(start, end) if not page.doc[i].is_punct and not page.doc[i].is_space]
    return end - start >= _SHORTEST and start in page.quoted and all(i in page.quoted for i in words)


def _with(page: Page, statement: Statement, paragraph: Run) -> Statement:
    content = (*statement.content, paragraph)
    return replace(statement, content=content, form=page.form(content))
