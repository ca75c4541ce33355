"""Search by the words of pages: what is found is shown in its place."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sample_dossier import sample

from attache.errors import UsageError
from attache.record import Record, open_record
from attache.record.searching import Query, parsed, snippet

TEXTS = {
    "a": "Ana Kovic met Petr Novack in Prague on Monday. The ministers signed nothing. Window.",
    "b": "Erdoğan visited Córdoba. He was meeting ministers of fisheries, and of windows. "
    + "Nothing else happened there. " * 40
    + "A treaty.",
    "c": "The treaty of Córdoba was never signed, said the fisheries minister.",
}


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Record]:
    with open_record(tmp_path / "r.db") as opened:
        for name, text in TEXTS.items():
            page = sample().model_copy(update={"text": text, "title": None, "actors": [], "events": [], "findings": []})
            source = page.source.model_copy(update={"uri": f"https://{name}.example/", "sha256": name * 64})
            day = page.date.model_copy(update={"published": f"2021-03-0{ord(name) - 96}"})
            opened.file(page.model_copy(update={"source": source, "date": day}))
        yield opened


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("treaty", "bc"), ("Treaties", "bc"), ("erdogan", "b"), ("ERDOĞAN", "b"), ("cordoba fisheries", "bc"), ('"treaty of Cordoba"', "c"),
        ('"cordoba treaty"', ""), ("cordoba -signed", "b"), ('minister -"Petr Novack"', "bc"), ("meet", "b"), ("nothing ( AND", "b"),
        ("prague*", "a"), ("title:treaty", ""), ("' OR 1=1 --", ""), ("absent", ""),
    ],
)  # fmt: skip
def test_words_phrases_and_without(record: Record, words: str, found: str) -> None:
    assert "".join(sorted(hit.uri[8] for hit in record.search(words))) == found


def test_a_hit_shows_the_words_where_they_stand(record: Record) -> None:
    (hit,) = record.search("erdogan treaty")
    assert "[Erdoğan]" in hit.snippet or "[treaty]" in hit.snippet
    text = TEXTS["b"]
    assert {text[start:end] for start, end in hit.spans} == {"Erdoğan", "treaty"}


def test_days_outlets_and_slices(record: Record) -> None:
    assert [hit.outlet for hit in record.search("treaty", since="2021-03-03")] == ["c.example"]
    assert [hit.outlet for hit in record.search("treaty", outlet="b.example")] == ["b.example"]
    first = record.search("treaty", limit=1)
    assert first.more and len(record.search("treaty", limit=1, offset=1)) == 1


@pytest.mark.parametrize("words", ["", "   ", "-treaty", '""', "!?"])
def test_a_search_for_nothing_is_told(record: Record, words: str) -> None:
    with pytest.raises(UsageError, match="nothing to search for"):
        record.search(words)


def test_parsing() -> None:
    assert parsed('a "b c" -d -"e f" g-h') == Query((("a",), ("b", "c"), ("g", "h")), (("d",), ("e", "f")))


def test_a_snippet_of_a_long_text_is_short_and_marked() -> None:
    body = "word " * 500 + "treaty" + " word" * 500
    start = body.index("treaty")
    shown = snippet(body, ((start, start + 6),))
    assert "[treaty]" in shown and shown.startswith("…") and shown.endswith("…") and len(shown) < 260
    assert snippet(body, ()).startswith("word word")
