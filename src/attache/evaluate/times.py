"""Scores time expressions: documents with their day and the TIMEX3 spans, types and values that a reader marked.

Each row: ``text``, ``dct`` (the document's day) and ``timexes`` (``start``, ``end``, ``type``, ``value``). As in TempEval-3, a time is
found where the spans overlap, each taken once; its value is right where it is the same string. Strict spans are those with equal ends.
"""

from __future__ import annotations

from datetime import date

from spacy.language import Language

from attache.dossier import Time
from attache.evaluate.forms import Form, GoldFile, Row, language_of
from attache.evaluate.measures import Kinds, Measure, Score
from attache.when.timexes import timexes


def score_times(gold: GoldFile, nlp: Language) -> Score:
    """Spans, strict spans and values, and the types; of ``nlp`` the language part is used."""
    spans, strict, values = (Measure(name, right=0, given=0) for name in ("spans", "strict spans", "values"))
    types = Kinds("type")
    with language_of(nlp):
        docs = nlp.pipe(row["text"] for row in gold.rows)
        for row, doc in zip(gold.rows, docs, strict=True):
            found = timexes(doc, date.fromisoformat(row["dct"][:10]))
            compare(row, found, (spans, strict, values), types)
    return Score(gold.path.stem, [spans, strict, values, *types.measures()], [types], FORM.name)


def compare(row: Row, found: list[Time], measures: tuple[Measure, Measure, Measure], types: Kinds) -> None:
    """Count one document: spans, strict spans and values, in this order, and the types."""
    spans, strict, values = measures
    free = list(found)
    for wanted in row["timexes"]:
        said = f"{row.get('doc', '?')}: “{' '.join(row['text'][wanted['start'] : wanted['end']].split())}” {wanted['value']}"
        overlapping = [t for t in free if t.span.start < wanted["end"] and t.span.end > wanted["start"]]
        # Where two overlap, the one with the same ends is meant.
        match = min(overlapping, key=lambda t: abs(t.span.start - wanted["start"]) + abs(t.span.end - wanted["end"]), default=None)
        types.count(wanted["type"], match.type if match else None)
        if match:
            free.remove(match)
        same = match is not None and (match.span.start, match.span.end) == (wanted["start"], wanted["end"])
        _count(spans, match is not None, said)
        _count(strict, same, f"{said}, read “{match.text}”" if match else said)
        _count(values, match is not None and match.value == wanted["value"], f"{said}, read {match.value}" if match else said)
    for time in free:
        types.count(None, time.type)
        spans.extra.append(f"{row.get('doc', '?')}: “{time.text}” {time.value} ({time.rule})")
    for measure in measures:
        measure.given = (measure.given or 0) + len(found)


def _count(measure: Measure, yes: bool, missed: str) -> None:
    measure.wanted += 1
    if yes:
        measure.found += 1
        measure.right = (measure.right or 0) + 1
    else:
        measure.missed.append(missed)


FORM = Form("time", frozenset({"text", "dct", "timexes"}), score_times)
