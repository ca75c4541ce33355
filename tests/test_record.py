"""The record keeps each page once and answers questions."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from sample_dossier import sample

from attache.errors import RecordError, UsageError
from attache.record import Record, open_record, store, tables


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


def test_the_migrations_make_the_tables_that_the_code_knows(record: Record) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.config import Config
    from alembic.runtime.migration import MigrationContext
    from alembic.script import ScriptDirectory

    with record.reading() as connection:
        others = ("search", "search_data", "search_idx", "search_docsize", "search_config")
        context = MigrationContext.configure(connection, opts={"include_name": lambda name, kind, _: kind != "table" or name not in others})
        assert compare_metadata(context, tables.metadata) == []
    config = Config()
    config.set_main_option("script_location", str(Path(tables.__file__).parent / "migrations"))
    assert ScriptDirectory.from_config(config).get_current_head() == store.REVISION


def test_a_record_of_a_newer_attache_is_refused(tmp_path: Path) -> None:
    with open_record(tmp_path / "r.db") as record, record.writing() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(UsageError, match="newer attache"):
        open_record(tmp_path / "r.db")


def test_every_table_and_column_is_documented(project: Path) -> None:
    text = (project / "docs" / "record.md").read_text("utf-8")
    names = {name for table in tables.metadata.sorted_tables for name in (table.name, *table.columns.keys())}
    hidden = {"word", "key", "band", "text_id", "report_id", "actor_id", "data", "rank"}
    assert not [name for name in sorted(names - hidden) if f"`{name}`" not in text]


def test_any_sql_tool_can_read_it(tmp_path: Path) -> None:
    with open_record(tmp_path / "r.db") as record:
        record.file(sample())
    plain = sqlite3.connect(tmp_path / "r.db")
    row = plain.execute(
        'SELECT e.kind, e.who, substr(t.text, r.start + 1, r."end" - r.start) FROM events e JOIN reports r ON r.event_id = e.id '
        "JOIN pages p ON p.id = r.page_id JOIN texts t ON t.id = p.text_id"
    ).fetchone()
    plain.close()
    assert row == ("meet", "Ana Kovic", "Ana Kovic met Petr Novack in Prague on Monday.")


def test_judgements_are_kept_apart_and_checked(record: Record) -> None:
    record.file(sample())
    mention = next(m for m in record.mentions(1) if m.repaired)
    first = record.judge("repair", "reject", page=1, start=mention.start, end=mention.end, note="no", by="me")
    second = record.judge("repair", "confirm", page=1, start=mention.start, end=mention.end, actor="attache:ana-kovic")
    assert [(j.id, j.verdict, j.actor) for j in record.judgements()] == [(second, "confirm", "attache:ana-kovic")]
    assert [j.id for j in record.judgements(withdrawn=True, page=1)] == [second, first]
    assert next(m for m in record.mentions(1) if m.start == mention.start).verdict == "confirm"
    assert record.dossier(1) == sample(), "what was read stays as it was"
    for wrong in ({"page": 99, "start": 0, "end": 1}, {"page": 1}, {"page": 1, "start": 0, "end": 1, "actor": "nobody"}):
        with pytest.raises(UsageError):
            record.judge("link", "confirm", **wrong)
    with pytest.raises(UsageError, match="judged report by report"):
        record.judge("event", "confirm", page=1)


def test_a_life(record: Record) -> None:
    record.file(sample())
    life = record.person("novak")
    assert life is not None and life.actor.name == "Petr Novák" and len(life.meetings) == 1
    assert [(o.office, o.first) for o in life.offices] == [("Minister of Windows", "2021-03-23")]
    assert life.spellings == (("Petr Novack", 1, True),)
    assert [(one.name, count) for one, count in life.company] == [("Ana Kovic", 1)]
    assert record.person("nobody at all") is None
