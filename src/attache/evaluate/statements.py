"""Scores statements: documents with the source, cue and content spans that a reader marked, in the form of PolNeAR.

Each row: ``text``, ``attributions`` (each with ``source``, ``cue`` and ``content``: lists of ``[start, end)`` characters) and perhaps
``primary``; rows with ``primary: false`` are second readings of the same text and are passed over. PolNeAR marks what the page itself
hands on and does not look inside a quotation or a report for another, so only statements of depth 0 are compared.

A content is found where it shares half of its characters or more with the one given, counted on the longer of the two, each taken once;
it is exact where both are the same characters, outer punctuation aside. The speaker is right where the head of the given source lies
in the one marked, and the head of the one marked in the given; or where neither names one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from spacy.language import Language
from spacy.tokens import Doc, Token

from attache.evaluate.forms import Form, GoldFile, Row
from attache.evaluate.measures import Measure, Score
from attache.reading import Statement
from attache.what.saying.extents import Page
from attache.what.saying.finding import statements

_HALF = 0.5
_FORMS = ("direct", "mixed", "indirect")
Spans = list[list[int]]


@dataclass(frozen=True)
class Said:
    """One attribution of either side as characters, punctuation and blanks left out."""

    content: frozenset[int]
    line: str


def score_statements(gold: GoldFile, nlp: Language) -> Score:
    """Contents, contents with the right speaker, exact contents, and the recall of each form; of ``nlp`` the language part is used."""
    measures = {name: Measure(name, right=0, given=0) for name in ("contents", "contents with speaker", "exact contents")}
    measures |= {form: Measure(form) for form in _FORMS}
    rows = [row for row in gold.rows if row.get("primary", True)]
    rooms = [name for name in nlp.pipe_names if name.startswith("attache_") and name != "attache_encoder"]
    with nlp.select_pipes(disable=rooms):
        docs = nlp.pipe(row["text"] for row in rows)
        for row, doc in zip(rows, docs, strict=True):
            _compare(row, doc, measures)
    return Score(gold.path.stem, list(measures.values()), form=FORM.name)


def _compare(row: Row, doc: Doc, measures: dict[str, Measure]) -> None:
    page = Page(doc)
    wanted = [a for a in row["attributions"] if a["content"]]
    given = [s for s in statements(doc) if s.depth == 0]
    left = [_of_gold(row, a) for a in wanted]
    right = [_of_statement(row, doc, s) for s in given]
    pairs = paired(left, right)
    for number, attribution in enumerate(wanted):
        match = pairs.get(number)
        statement = given[match] if match is not None else None
        same = match is not None and left[number].content == right[match].content
        _count(measures["contents"], statement is not None, left[number].line)
        _count(measures["contents with speaker"], statement is not None and _same_speaker(doc, attribution, statement), left[number].line)
        _count(measures["exact contents"], same, left[number].line)
        _count(measures[form_said(page, attribution["content"])], statement is not None, left[number].line)
    taken = set(pairs.values())
    measures["contents"].extra += [right[i].line for i in range(len(given)) if i not in taken]
    for name in ("contents", "contents with speaker", "exact contents"):
        measures[name].given = (measures[name].given or 0) + len(given)


def _count(measure: Measure, yes: bool, line: str) -> None:
    measure.wanted += 1
    measure.found += yes
    if measure.right is not None:
        measure.right += yes
    if not yes:
        measure.missed.append(line)


def _of_gold(row: Row, attribution: Row) -> Said:
    line = f"{_text(row, attribution['source'])} | {_text(row, attribution['cue'])} | {_text(row, attribution['content'])}"
    return Said(letters(row, attribution["content"]), f"{row.get('doc', '?')}: {line}")


def _of_statement(row: Row, doc: Doc, statement: Statement) -> Said:
    source = _chars(doc, [statement.source]) if statement.source else []
    content = _chars(doc, statement.content)
    line = f"{_text(row, source)} | {_text(row, _chars(doc, [statement.cue]))} | {_text(row, content)} ({statement.rule})"
    return Said(letters(row, content), f"{row.get('doc', '?')}: {line}")


def _chars(doc: Doc, runs: Sequence[tuple[int, int]]) -> Spans:
    return [[doc[start].idx, doc[end - 1].idx + len(doc[end - 1])] for start, end in runs]


def letters(row: Row, spans: Spans) -> frozenset[int]:
    """The characters of the spans that are letters or digits."""
    return frozenset(i for start, end in spans for i in range(start, end) if row["text"][i].isalnum())


def _text(row: Row, spans: Spans) -> str:
    return " … ".join(" ".join(row["text"][start:end].split()) for start, end in spans) or "–"


def paired(wanted: Sequence[Said], given: Sequence[Said]) -> dict[int, int]:
    """Gold numbers with the numbers of what was given for them, the best overlaps first."""
    scored = []
    for i, one in enumerate(wanted):
        for j, other in enumerate(given):
            shared = len(one.content & other.content)
            if shared and shared >= _HALF * max(len(one.content), len(other.content)):
                scored.append((shared / max(len(one.content), len(other.content)), -i, -j))
    pairs: dict[int, int] = {}
    for _, i, j in sorted(scored, reverse=True):
        if -i not in pairs and -j not in pairs.values():
            pairs[-i] = -j
    return pairs


def _same_speaker(doc: Doc, attribution: Row, statement: Statement) -> bool:
    head = head_of(doc, attribution["source"])
    if head is None or statement.speaker is None or statement.source is None:
        return head is None and statement.speaker is None
    at = doc[statement.speaker].idx
    inside = any(start <= at < end for start, end in attribution["source"])
    return inside and statement.source[0] <= head.i < statement.source[1]


def head_of(doc: Doc, spans: Spans) -> Token | None:
    """The word of a marked source that the others hang on."""
    covered = [doc.char_span(start, end, alignment_mode="expand") for start, end in spans]
    words = [t for span in covered if span is not None for t in span if not t.is_punct and not t.is_space]
    inside = {t.i for t in words}
    return next((t for t in words if t.head.i not in inside or t.head == t), None)


def form_said(page: Page, spans: Spans) -> str:
    """Whether the words marked are quoted whole, in part or not at all: ``direct``, ``mixed`` or ``indirect``."""
    covered = [page.doc.char_span(start, end, alignment_mode="expand") for start, end in spans]
    return page.form(tuple((span.start, span.end) for span in covered if span is not None and len(span)))


FORM = Form("statements", frozenset({"text", "attributions"}), score_statements)
