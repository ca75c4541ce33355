"""All statements of a document: every construction's drafts, one a cue, laid out as stretches of tokens."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence, Set
from dataclasses import replace
from itertools import chain

from spacy.tokens import Doc

from attache.reading import Statement
from attache.what.grammar import child, label
from attache.what.lexicon import words
from attache.what.saying.drafts import Draft
from attache.what.saying.extents import Page
from attache.what.saying.lines import line_statements
from attache.what.saying.phrases import phrase_statements
from attache.what.saying.running import run_on, told_in_quotation
from attache.what.saying.speakers import phrase_of
from attache.what.saying.verbs import verb_statements


def statements(doc: Doc) -> list[Statement]:
    """The statements of a parsed document in order of their cues."""
    page = Page(doc)
    drafts = chain(line_statements(page), verb_statements(page), phrase_statements(page))
    made = (_laid_out(page, draft) for draft in _once(drafts))
    return _deepened(page, run_on(page, [found for found in made if found is not None]))


def _once(drafts: Iterable[Draft]) -> list[Draft]:
    """One draft a cue word and content, in order."""
    kept: dict[tuple[int, frozenset[int]], Draft] = {}
    for draft in drafts:
        kept.setdefault((draft.cue.start, frozenset(draft.content)), draft)
    return sorted(kept.values(), key=lambda d: d.cue.start)


def _laid_out(page: Page, draft: Draft) -> Statement | None:
    source = phrase_of(draft.speaker, draft.cue) if draft.speaker is not None else None
    content = set(draft.content)
    if source is not None:
        beside = source[1] == draft.cue.start or source[0] == draft.cue.stop
        if beside or (draft.speaker is not None and draft.speaker.i not in content):
            content -= set(range(*source))
    runs = page.runs(content - asides(page.doc, content), draft.cue)
    if not runs:
        return None
    return Statement(
        source=source, speaker=draft.speaker.i if draft.speaker is not None else None, cue=(draft.cue.start, draft.cue.stop), content=runs,
        form=page.form(runs), speech=draft.speech, rule=draft.rule, confidence=draft.confidence,
    )  # fmt: skip


def asides(doc: Doc, content: Set[int]) -> set[int]:
    """Of what is told, the clauses that another adds to it: "accused Russia of sending tanks, which the Kremlin denied"."""
    found: set[int] = set()
    for i in content:
        verb = doc[i]
        if verb.lemma_.lower() not in words("disputing") or not label(verb).startswith(("acl", "advcl")):
            continue
        which, disputer = child(verb, "obj"), child(verb, "nsubj")
        if which is not None and which.lower_ == "which" and doc[which.i - 1].text == "," and disputer is not None and disputer.i > which.i:
            found |= {t.i for t in verb.subtree}
    return found if found < set(content) else set()


def _deepened(page: Page, found: Sequence[Statement]) -> list[Statement]:
    """With the depth of each: how many other statements its cue lies in, a quotation that nobody is found for included."""
    cues = sorted({statement.cue[0] for statement in found})
    around: dict[int, set[int]] = {}
    for number, statement in enumerate(found):
        for start, end in statement.content:
            for at in cues[bisect_left(cues, start) : bisect_left(cues, end)]:
                around.setdefault(at, set()).add(number)
    deepened = []
    for statement in found:
        tellers = sum(found[other].cue != statement.cue for other in around.get(statement.cue[0], ()))
        depth = max(tellers, int(told_in_quotation(page, statement)))
        deepened.append(replace(statement, depth=depth))
    return deepened
