"""Time expressions: attache beside dateparser and parsedatetime on the same documents, and what each costs."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from spacy.language import Language

from attache.when.timexes import timexes

EVERY = 5
Found = tuple[int, int, str]
"""Start, end, value."""


def documents(shared_data: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (shared_data / "time" / "timex.jsonl").read_text("utf-8").splitlines()][::EVERY]


def with_attache(nlp: Language) -> Callable[[str, datetime], list[Found]]:
    encoder = nlp.get_pipe("attache_encoder")

    def find(text: str, day: datetime) -> list[Found]:
        doc = encoder(nlp.make_doc(text))
        return [(t.span.start, t.span.end, t.value) for t in timexes(doc, day.date())]

    return find


def with_dateparser() -> Callable[[str, datetime], list[Found]]:
    search = pytest.importorskip("dateparser.search").search_dates

    def find(text: str, day: datetime) -> list[Found]:
        found, at = [], 0
        for words, moment in search(text, languages=["en"], settings={"RELATIVE_BASE": day}) or []:
            start = text.find(words, at)
            if start >= 0:
                at = start + len(words)
                found.append((start, at, moment.date().isoformat()))
        return found

    return find


def with_parsedatetime() -> Callable[[str, datetime], list[Found]]:
    calendar = pytest.importorskip("parsedatetime").Calendar()

    def find(text: str, day: datetime) -> list[Found]:
        return [(start, end, moment.date().isoformat()) for moment, _, start, end, _ in calendar.nlp(text, sourceTime=day) or []]

    return find


def figures(rows: list[dict[str, Any]], find: Callable[[str, datetime], list[Found]]) -> str:
    """Relaxed span F1, value F1 and seconds a document."""
    hits = right = given = wanted = 0
    began = time.perf_counter()
    for row in rows:
        found = find(row["text"], datetime.fromisoformat(row["dct"][:10]))
        given, wanted = given + len(found), wanted + len(row["timexes"])
        for match, gold in pairs(found, row["timexes"]):
            hits, right = hits + 1, right + (match[2] == gold["value"])
    seconds = (time.perf_counter() - began) / len(rows)
    return f"span F1 {2 * hits / (given + wanted):.3f}  value F1 {2 * right / (given + wanted):.3f}  {seconds:.3f} s a document"


def pairs(found: list[Found], gold: list[dict[str, Any]]) -> Iterator[tuple[Found, dict[str, Any]]]:
    free = list(found)
    for wanted in gold:
        match = next((f for f in free if f[0] < wanted["end"] and f[1] > wanted["start"]), None)
        if match:
            free.remove(match)
            yield match, wanted


def test_beside_others(shared_data: Path, pipeline: Language, shown) -> None:  # type: ignore[no-untyped-def]
    rows = documents(shared_data)
    systems = {"attache": lambda: with_attache(pipeline), "dateparser": with_dateparser, "parsedatetime": with_parsedatetime}
    lines = []
    for name, make in systems.items():
        try:
            lines.append((name, figures(rows, make())))
        except pytest.skip.Exception:
            lines.append((name, "not installed (extra bench)"))
    shown(f"Time expressions, {len(rows)} documents of time/timex.jsonl", lines)
