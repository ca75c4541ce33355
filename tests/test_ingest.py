"""Filing many pages: nothing lost, nothing twice, whatever goes wrong on the way."""

from __future__ import annotations

import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import pytest

from attache.errors import RecordError, SourceError
from attache.record import Record, Summary, open_record
from attache.record import running as running_module
from attache.record.ingest import Options

LIGHT = "light_reader:make_reader"
TESTS = str(Path(__file__).parent)


@pytest.fixture(autouse=True)
def _readers_see_the_tests(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", TESTS)


def options(**more: Any) -> Options:
    return Options(**{"workers": 2, "reader": LIGHT, **more})


def lines(path: Path, count: int, start: int = 0, head: str = "") -> Path:
    """A .jsonl of pages, every tenth the same text under another address."""
    rows = []
    for n in range(start, start + count):
        twin = n - 1 if n % 10 == 9 else n
        text = f"{head}News {twin}\n\nAnna{twin % 7} met Bert{twin % 5} on 2021-03-{twin % 28 + 1:02}."
        rows.append(json.dumps({"id": n, "text": text, "date": "2021-03-30", "url": f"https://paper{n % 3}.example/{n}"}))
    path.write_text("\n".join(rows) + "\n", "utf-8")
    return path


def contents(record: Record) -> dict[str, Any]:
    """All that a record says, without what depends on the order and the time of filing."""
    with record.reading() as connection:

        def rows(sql: str) -> list[tuple[Any, ...]]:
            return sorted(tuple(row) for row in connection.exec_driver_sql(sql))

        return {
            "pages": rows("SELECT uri, sha256, url, outlet, title, day, state, events, findings FROM pages"),
            "reports": rows("SELECT p.uri, r.code, r.kind, r.who, r.whom, r.first FROM reports r JOIN pages p ON p.id = r.page_id"),
            "events": rows("SELECT kind, who, whom, first, last, status, sources, reports, first_reported FROM events"),
            "parties": rows("SELECT a.code, e.who, e.first, x.role FROM event_actors x JOIN actors a ON a.id = x.actor_id JOIN events e ON e.id = x.event_id"),  # noqa: E501
            "stories": rows("SELECT s.pages, s.wordings, min(p.uri) FROM stories s JOIN pages p ON p.story_id = s.id GROUP BY s.id"),
            "mentions": rows("SELECT p.uri, m.start, m.\"end\", m.text FROM mentions m JOIN pages p ON p.id = m.page_id"),
            "failures": rows("SELECT uri, kind FROM failures WHERE resolved IS NULL"),
        }  # fmt: skip


def test_a_batch_is_filed_once(tmp_path: Path) -> None:
    source = lines(tmp_path / "p.jsonl", 40)
    with open_record(tmp_path / "r.db") as record:
        first = record.ingest([str(source)], options=options())
        assert (first.filed, first.known, first.failed) == (40, 0, 0)
        again = record.ingest([str(source)], options=options())
        assert (again.filed, again.known, again.failed) == (0, 40, 0)
        page = record.pages(limit=1)[0]
        dossier = record.dossier(page.id)
        assert dossier is not None and record.source(page.id) == dossier.text.encode()
        assert [run.state for run in record.runs()] == ["done", "done"]
        assert record.totals().pages == 40 and record.totals().texts == 36


def test_a_long_run_can_be_asked_while_it_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running_module, "SETTLE_PAGES", 20)
    monkeypatch.setattr(running_module, "KEEP_PAGES", 5)
    source = lines(tmp_path / "p.jsonl", 60)
    seen: list[int] = []
    with open_record(tmp_path / "a.db") as record, open_record(tmp_path / "b.db") as other:
        record.ingest([str(source)], progress=lambda _summary, _at: seen.append(record.count_events()), options=options())
        assert any(0 < count < seen[-1] for count in seen)
        monkeypatch.setattr(running_module, "SETTLE_PAGES", 2_000)
        other.ingest([str(source)], options=options())
        assert contents(record) == contents(other)


def test_relative_and_absolute_paths_are_one_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "a.txt").write_text("Anna met Bert.", "utf-8")
    monkeypatch.chdir(tmp_path)
    with open_record("r.db") as record:
        assert record.ingest(["pages"], options=options()).filed == 1
        assert record.ingest([str(tmp_path / "pages")], options=options()).known == 1


@pytest.mark.parametrize(
    ("fault", "reason"),
    [("CRASH", "process that read it died"), ("HANG", "not read within 1 seconds"), ("HUNGRY", "needs more than 500 MB"),
     ("FAULT", "RuntimeError")],
)  # fmt: skip
def test_a_bad_page_costs_only_itself(tmp_path: Path, fault: str, reason: str) -> None:
    folder = tmp_path / "pages"
    folder.mkdir()
    for n in range(6):
        (folder / f"{n}.txt").write_text(f"{fault if n == 2 else 'News'} {n}: Anna met Bert{n}.", "utf-8")
    told: list[SourceError] = []
    with open_record(tmp_path / "r.db") as record:
        limits = options(seconds=1.0, megabytes=500) if fault != "CRASH" else options()
        summary = record.ingest([str(folder)], on_error=told.append, options=limits)
        assert (summary.filed, summary.failed) == (5, 1)
        failure = record.failures()[0]
        assert failure.uri.endswith("2.txt") and reason in failure.reason
        assert [str(error) for error in told] == [failure.reason]
        (folder / "2.txt").write_text("News 2: Anna met Bert2.", "utf-8")
        mended = record.ingest([str(folder)], options=options())
        assert (mended.filed, mended.known) == (1, 5)
        assert not record.failures() and record.failures(resolved=True)[0].resolved


def test_a_killed_reader_is_replaced_and_its_page_read_again(tmp_path: Path) -> None:
    source = lines(tmp_path / "p.jsonl", 200, head="SLOW ")
    with open_record(tmp_path / "r.db") as record:
        done = threading.Event()

        def kill() -> None:
            for _ in range(3):
                time.sleep(1.0)
                victims = children_of(os.getpid())
                if victims and not done.is_set():
                    os.kill(random.choice(victims), signal.SIGKILL)

        killer = threading.Thread(target=kill)
        killer.start()
        summary = record.ingest([str(source)], options=options())
        done.set()
        killer.join()
        assert summary.filed + summary.failed == 200
        assert summary.failed <= 1, "a page is given up when two processes die on it"


def children_of(parent: int) -> list[int]:
    """The reader processes of a process (Linux)."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdecimal():
            try:
                if f"PPid:\t{parent}\n" in (entry / "status").read_text() and b"attache.record.worker" in (entry / "cmdline").read_bytes():
                    found.append(int(entry.name))
            except OSError:
                continue
    return found


SCRIPT = """
import sys
from attache.record import open_record
from attache.record.ingest import Options
import attache.record.running as running
running.KEEP_SECONDS = 0.05
with open_record(sys.argv[1]) as record:
    record.ingest([sys.argv[2]], options=Options(workers=2, reader="light_reader:make_reader"))
"""


def killed_runs(record: Path, source: Path, kills: int, longest: float, seed: int) -> int:
    """Start an ingest again and again and kill it at random moments, at last let it finish; how many were killed before their end."""
    chance, killed = random.Random(seed), 0
    for _ in range(kills):
        process = subprocess.Popen([sys.executable, "-c", SCRIPT, str(record), str(source)], start_new_session=True)
        try:
            process.wait(chance.uniform(0.3, longest))
        except subprocess.TimeoutExpired:
            killed += 1
            os.kill(process.pid, signal.SIGKILL)
            process.wait()
    subprocess.run([sys.executable, "-c", SCRIPT, str(record), str(source)], check=True)
    return killed


def test_kills_at_any_moment_lose_nothing_and_double_nothing(tmp_path: Path) -> None:
    source = lines(tmp_path / "p.jsonl", 300, head="SLOW ")
    assert killed_runs(tmp_path / "k.db", source, kills=4, longest=4.0, seed=7) > 0
    with open_record(tmp_path / "u.db") as undisturbed, open_record(tmp_path / "k.db") as killed:
        undisturbed.ingest([str(source)], options=options())
        assert contents(killed) == contents(undisturbed)
        assert "running" not in {run.state for run in killed.runs()}


def test_a_locked_record_is_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = lines(tmp_path / "p.jsonl", 20)
    with open_record(tmp_path / "r.db") as record:
        other = sqlite3.connect(tmp_path / "r.db", isolation_level=None, check_same_thread=False)
        other.execute("BEGIN IMMEDIATE")
        release = threading.Timer(2.0, lambda: other.execute("ROLLBACK"))
        release.start()
        assert record.ingest([str(source)], options=options()).filed == 20
        release.join()
        other.close()


def test_a_full_disk_is_told_and_the_next_run_goes_on(tmp_path: Path) -> None:
    source = lines(tmp_path / "p.jsonl", 300)
    with open_record(tmp_path / "r.db") as record:

        def full(connection: Any, _record: object) -> None:
            connection.execute("PRAGMA max_page_count = 150")

        from sqlalchemy import event

        event.listen(record.engine, "connect", full)
        record.engine.dispose()
        with pytest.raises(RecordError, match="full.*make room"):
            record.ingest([str(source)], options=options())
        event.remove(record.engine, "connect", full)
        record.engine.dispose()
        record.ingest([str(source)], options=options())
        assert len(record.pages(limit=1000)) == 300
        with open_record(tmp_path / "u.db") as undisturbed:
            undisturbed.ingest([str(source)], options=options())
            assert contents(record) == contents(undisturbed)


def test_the_order_of_pages_does_not_matter(tmp_path: Path) -> None:
    source = lines(tmp_path / "p.jsonl", 60)
    rows = source.read_text("utf-8").splitlines()
    random.Random(3).shuffle(rows)
    (tmp_path / "q").mkdir()
    shuffled = tmp_path / "q" / "p.jsonl"
    shuffled.write_text("\n".join(rows) + "\n", "utf-8")
    with open_record(tmp_path / "a.db") as one, open_record(tmp_path / "b.db") as other:
        one.ingest([str(source)], options=options())
        for part in range(3):
            some = tmp_path / "q" / "part.jsonl"
            some.write_text("\n".join(rows[part::3]) + "\n", "utf-8")
            other.ingest([str(some)], options=options(workers=1))

        def strip(found: dict[str, Any]) -> Any:
            return found["events"], [row[1:] for row in found["pages"]].sort()

        assert strip(contents(one)) == strip(contents(other))


def test_an_interrupted_run_says_so_and_keeps_what_is_done(tmp_path: Path) -> None:
    source = lines(tmp_path / "p.jsonl", 200, head="SLOW ")

    def stop(summary: Summary, _at: str) -> None:
        if summary.filed > 20:
            raise KeyboardInterrupt

    with open_record(tmp_path / "r.db") as record:
        with pytest.raises(KeyboardInterrupt):
            record.ingest([str(source)], progress=stop, options=options())
        run = record.runs()[0]
        assert run.state == "interrupted" and run.filed >= 20
        assert len(record.pages(limit=1000)) == run.filed


def test_a_page_that_the_tables_refuse_fails_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = lines(tmp_path / "p.jsonl", 5)
    real = running_module.filing.file_sheet

    def refuse(connection: Any, sheet: Any, run: int | None = None) -> int | None:
        if sheet.page["uri"].endswith("#3"):
            sheet.page["uri"] = None
        return real(connection, sheet, run)

    monkeypatch.setattr(running_module.filing, "file_sheet", refuse)
    with open_record(tmp_path / "r.db") as record:
        summary = record.ingest([str(source)], options=options())
        assert (summary.filed, summary.failed) == (4, 1)
        assert "cannot be filed" in record.failures()[0].reason
