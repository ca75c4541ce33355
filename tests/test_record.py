"""The record keeps each page once and answers questions."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from sample_dossier import sample

from attache.errors import UsageError
from attache.record import Record, open_record


@pytest.fixture
def record(tmp_path: Path) -> Record:
    return open_record(tmp_path / "r.db")


def test_filing_is_idempotent_and_keeps_the_whole_dossier(record: Record) -> None:
    assert record.file(sample()) is True
    assert record.file(sample()) is False
    key = sample().source.sha256
    assert record.dossier(key) == sample()
    assert record.has(key) and not record.has("0" * 64)
    assert [(p.uri, p.events, p.findings) for p in record.pages()] == [("page.txt", 1, 2)]
    assert len(record.events()) == 1


@pytest.mark.parametrize(
    ("question", "count"),
    [
        ({}, 1), ({"kind": "meet"}, 1), ({"kind": "visit"}, 0), ({"status": "planned"}, 0), ({"actor": "petr novak"}, 1),
        ({"actor": "attache:ana-kovic"}, 1), ({"actor": "Nobody"}, 0), ({"start": "2021-03-22"}, 1), ({"start": "2021-03-23"}, 0),
        ({"end": "2021-03-21"}, 0), ({"start": "2021-01-01", "end": "2021-12-31", "kind": "meet", "actor": "Ana Kovic"}, 1),
        ({"actor": "' OR 1=1 --"}, 0),
    ],
)  # fmt: skip
def test_events_can_be_asked_for(record: Record, question: dict[str, str], count: int) -> None:
    record.file(sample())
    assert len(record.events(**question)) == count


def test_a_row_reads_in_names(record: Record) -> None:
    record.file(sample())
    row = record.events()[0]
    assert (row["who"], row["whom"], row["place"], row["day"]) == ("Ana Kovic", "Petr Novák", "Prague", "2021-03-22")


def test_a_dossier_is_filed_wholly_or_not_at_all(record: Record) -> None:
    broken = sample()
    broken.events = broken.events * 2
    with pytest.raises(sqlite3.IntegrityError):
        record.file(broken)
    assert record.pages() == []


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
    with pytest.raises(UsageError, match="PostgreSQL"):
        open_record("postgresql://host/db")
    with pytest.raises(UsageError, match="not a record"):
        open_record(tmp_path / "no" / "folder" / "r.db")
