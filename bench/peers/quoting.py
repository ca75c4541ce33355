"""Statements beside textacy's quotations: contents and speakers by their characters, on the documents of PolNeAR."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from attache.evaluate.statements import Said, form_said, letters, paired
from attache.what.saying.extents import Page
from attache.what.saying.finding import statements
from bench.peers.tables import System, Task
from bench.peers.tasks import Quality, add_peers, timed

FORMS = ("direct", "mixed", "indirect")


def quoting(shared: Path, nlp: Language) -> Task:
    """Who is said to have said what."""
    lines = (shared / "statements" / "polnear_dev.jsonl").read_text("utf-8").splitlines()
    rows = [row for row in map(json.loads, lines) if row.get("primary", True)]
    count = sum(bool(a["content"]) for row in rows for a in row["attributions"])
    given = f"{len(rows)} documents of PolNeAR dev with {count:,} attributions, few of them quotations; half of a content must be shared."
    task = Task("Statements and quotations", given, "documents", "F1")
    encoder = nlp.get_pipe("attache_encoder")
    docs: dict[str, Doc] = {}

    def find(text: str) -> list[Any]:
        doc = docs[text] = encoder(nlp.make_doc(text))
        told = [s for s in statements(doc) if s.depth == 0]
        return [[_chars(doc, [s.source] if s.source else []), _chars(doc, s.content)] for s in told]

    texts = [row["text"] for row in rows]
    found, seconds = timed(find, texts)
    remark = "contents are outside, inside and without quotation marks"

    def score(answers: list[Any]) -> Quality:
        return _score(rows, docs, answers)

    task.systems.append(System("attache", score(found), len(rows) / seconds, remark))
    remarks = {"textacy": "looks for quotation marks only, and needs a verb of saying and a name or pronoun beside them"}
    add_peers(task, {"textacy": "textacy"}, texts, len(rows), score, remarks)
    return task


def _chars(doc: Doc, runs: Any) -> list[list[int]]:
    return [[doc[start].idx, doc[end - 1].idx + len(doc[end - 1])] for start, end in runs]


def _score(rows: list[Any], docs: dict[str, Doc], answers: list[Any]) -> Quality:
    wanted = dict.fromkeys(FORMS, 0)
    hits, given, speakers = dict.fromkeys(FORMS, 0), 0, 0
    for row, told in zip(rows, answers, strict=True):
        page = Page(docs[row["text"]])
        gold = [a for a in row["attributions"] if a["content"]]
        pairs = paired([Said(letters(row, a["content"]), "") for a in gold], [Said(letters(row, content), "") for _, content in told])
        given += len(told)
        for number, one in enumerate(gold):
            form = form_said(page, one["content"])
            wanted[form] += 1
            if number in pairs:
                hits[form] += 1
                source, speaker = letters(row, one["source"]), letters(row, told[pairs[number]][0])
                speakers += bool(source & speaker) or not (source or speaker)
    total, right = sum(wanted.values()), sum(hits.values())
    f1 = 2 * right / (total + given) if given else 0.0
    shares = {form: hits[form] / max(wanted[form], 1) for form in FORMS}
    precision, with_speaker = right / max(given, 1), 2 * speakers / max(total + given, 1)
    return {"precision": precision, "recall": right / total, "F1": f1, "F1 with speaker": with_speaker, **shares}
