"""The record keeps each page once and answers questions."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from sample_dossier import sample

from attache.errors import RecordError, UsageError
from attache.record import Record, open_record


@pytest.fixture
def record(tmp_path: Path) -> Record:
    return open_record(tmp_path / "r.db")


def test_filing_is_idempotent_and_keeps_the_whole_dossier(record: Record) -> None:
    assert record.file(sample(), b"bytes") is True
    assert record.file(sample()) is False
    key = sample().source.sha256
    assert record.dossier(key) == sample()
    assert record.source(key) == b"bytes"
    assert record.has(key) and record.has(key, "page.txt") and not record.has("0" * 64)
    assert [(p.uri, p.events, p.findings) for p in record.pages()] == [("page.txt", 1, 2)]
    assert len(record.events()) == 1


@pytest.mark.parametrize(
    ("question", "count"),
    [
        ({}, 1), ({"kind": "meet"}, 1), ({"kind": "visit"}, 0), ({"status": "planned"}, 0), ({"actor": "petr novak"}, 1),
        ({"actor": "attache:ana-kovic"}, 1), ({"actor": "Nobody"}, 0), ({"since": "2021-03-22"}, 1), ({"since": "2021-03-23"}, 0),
        ({"until": "2021-03-21"}, 0), ({"since": "2021-01-01", "until": "2021-12-31", "kind": "meet", "actor": "Ana Kovic"}, 1),
        ({"actor": "' OR 1=1 --"}, 0), ({"actor": "Novák"}, 1), ({"actor": "Kovic", "other": "Novak"}, 1), ({"place": "Prague"}, 1),
        ({"actor": "Kovic", "other": "Nobody"}, 0), ({"place": "Czechia"}, 1), ({"place": "Belgium"}, 0), ({"kind": ("say", "meet")}, 1),
        ({"min_sources": 1}, 1), ({"min_sources": 2}, 0), ({"text": "prague monday"}, 1), ({"text": "%"}, 0), ({"page": 1}, 1),
        ({"outlet": "example.org"}, 0), ({"min_confidence": 0.9}, 0), ({"status": ["happened", "denied"]}, 1),
    ],
)  # fmt: skip
def test_events_can_be_asked_for(record: Record, question: dict[str, str], count: int) -> None:
    record.file(sample())
    assert len(record.events(**question)) == count
    assert record.count_events(**question) == count


def test_a_row_reads_in_names(record: Record) -> None:
    record.file(sample())
    row = record.events()[0]
    assert (row.who, row.whom, row.place, row.first) == ("Ana Kovic", "Petr Novák", "Prague", "2021-03-22")
    assert (row.uri, row.sources, row.reports) == ("page.txt", 1, 1)


def test_a_dossier_is_filed_wholly_or_not_at_all(record: Record) -> None:
    broken = sample()
    broken.events = broken.events * 2
    with pytest.raises(RecordError):
        record.file(broken)
    assert len(record.pages()) == 0


def test_it_lasts(tmp_path: Path) -> None:
    with open_record(tmp_path / "r.db") as first:
        first.file(sample())
    with open_record(tmp_path / "r.db", create=False) as again:
        assert len(again.pages()) == 1


def test_what_is_no_record_is_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no such record"):
        open_record(tmp_path / "none.db", create=False)
    (tmp_path / "text.db").write_text("this is no database at all, only some text", "utf-8")
    with pytest.raises(UsageError, match="not a record"):
        open_record(tmp_path / "text.db")
    other = sqlite3.connect(tmp_path / "other.db")
    other.execute("CREATE TABLE t (x)")
    other.close()
    with pytest.raises(UsageError, match="not a record of attache"):
        open_record(tmp_path / "other.db")
    with pytest.raises(UsageError, match="not a record that can be opened") as told:
        open_record("postgresql://me:secret@127.0.0.1:1/db")
    assert "secret" not in str(told.value)
    with pytest.raises(UsageError, match="not a record"):
        open_record(tmp_path / "no" / "folder" / "r.db")
