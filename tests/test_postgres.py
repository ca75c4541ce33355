"""A record in PostgreSQL answers as one in SQLite does; on a real server, where one is installed."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import psycopg
import pytest
from postgres_cluster import cluster, missing
from sample_dossier import sample
from test_ingest import contents, lines, options

from attache.errors import RecordError, UsageError
from attache.record import Record, open_record

WHY = missing()
pytestmark = pytest.mark.skipif(WHY is not None, reason=WHY or "")


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with cluster() as address:
        yield address


@pytest.fixture
def address(server: str, request: pytest.FixtureRequest) -> str:
    name = f"t{abs(hash(request.node.name)) % 10**9}"
    with psycopg.connect(server.format("postgres"), autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')  # type: ignore[arg-type]
    return server.format(name)


@pytest.fixture
def both(address: str, tmp_path: Path) -> Iterator[tuple[Record, Record]]:
    with open_record(tmp_path / "r.db") as one, open_record(address) as other:
        yield one, other


def answers(record: Record) -> list[Any]:
    """What a record says to many questions."""
    questions: list[dict[str, Any]] = [
        {}, {"actor": "anna1"}, {"actor": "Bert2", "kind": "meet"}, {"since": "2021-03-10", "until": "2021-03-12"}, {"min_sources": 2},
        {"outlet": "paper1.example"}, {"status": ("happened", "planned")}, {"actor": "Anna3", "other": "Bert1"}, {"text": "anna1 bert"},
        {"order": "oldest"}, {"order": "sources"}, {"limit": 3, "offset": 2}, {"actor": "nobody"}, {"place": "Belgium"}, {"text": "100%"},
    ]  # fmt: skip
    found: list[Any] = []
    for question in questions:
        rows = record.events(**{"limit": 500, **question})
        key = [(row.kind, row.who, row.whom, row.first, row.status, row.sources, row.reports, row.uri) for row in rows]
        found.append((sorted(key) if len(rows) > 3 else len(key), rows.more))
    for words in ("anna1", "News bert2", '"met Bert1"', "anna1 -bert1", "meeting"):
        found.append(sorted((hit.uri, hit.snippet, hit.spans) for hit in record.search(words, limit=500)))
    life = record.person("Anna1")
    assert life is not None
    found.append((life.actor.name, life.spellings, [(one.name, count) for one, count in life.company], len(life.meetings)))
    found.append(len(record.stories(min_pages=2)))
    return found


def test_both_databases_answer_alike(both: tuple[Record, Record], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parent))
    source = lines(tmp_path / "p.jsonl", 60)
    for record in both:
        assert record.ingest([str(source)], options=options()).filed == 60
        assert record.ingest([str(source)], options=options()).known == 60
    assert contents(both[0]) == contents(both[1])
    assert answers(both[0]) == answers(both[1])


def test_a_whole_dossier_comes_back(both: tuple[Record, Record]) -> None:
    for record in both:
        assert record.file(sample(), b"\x00bytes")
        assert record.dossier(sample().source.sha256) == sample() and record.source(sample().source.sha256) == b"\x00bytes"
        broken = sample(uri="other.txt", text="Ana Kovic met Petr Novack in Prague on Monday. <b>“went well”</b> Window.")
        broken.events = broken.events * 2
        with pytest.raises(RecordError):
            record.file(broken)
        assert len(record.pages()) == 1


def test_judgements(both: tuple[Record, Record]) -> None:
    for record in both:
        record.file(sample())
        report = record.reports(page=1)[0]
        made = record.judge("event", "reject", page=1, report=report.id, by="me")
        assert not record.events() and len(record.events(rejected=True)) == 1
        assert record.withdraw(made) and len(record.events()) == 1


def test_a_database_of_something_else_is_left_alone(server: str, address: str) -> None:
    with pytest.raises(UsageError, match="no record in this database"):
        open_record(address, create=False)
    with psycopg.connect(address) as connection:
        connection.execute("CREATE TABLE pages (x int)")
    with pytest.raises(UsageError, match="not a record of attache"):
        open_record(address)
    with pytest.raises(UsageError, match="does not exist"):
        open_record(server.format("nowhere"))


def test_two_ingests_at_once_give_the_result_of_one(address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parent))
    first, second = lines(tmp_path / "a.jsonl", 60), lines(tmp_path / "b.jsonl", 60, start=40)
    with open_record(tmp_path / "one.db") as alone:
        for source in (first, second):
            alone.ingest([str(source)], options=options())
        wanted = contents(alone)
    open_record(address).close()

    def ingest(source: Path) -> list[str]:
        failed: list[str] = []
        with open_record(address) as record:
            record.ingest([str(source)], options=options(workers=1), on_error=lambda error: failed.append(str(error)))
        return failed

    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(ingest, (first, second))) == [[], []]
    with open_record(address) as record:
        found = contents(record)
    assert found == wanted
