"""Feeds are watched with good manners, and what is new is filed."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from attache.cli import DONE, FAILED, main
from attache.errors import SourceError
from attache.record import Record, open_record
from attache.record.ingest import Options
from attache.record.watching import Manners, watch_feeds

STORY = "<html><body><article><p>Anna{0} met Bert in the town hall, and they spoke for an hour about fish.</p></article></body></html>"


class Site:
    """A small web site whose feed can grow."""

    def __init__(self) -> None:
        self.pages = {"/1": STORY.format(1), "/2": STORY.format(2)}
        self.robots = "User-agent: *\nDisallow: /private\n"
        self.asked: list[tuple[str, str | None]] = []
        self.broken = False

    def feed(self, base: str) -> str:
        items = "".join(f"<item><title>Page {path}</title><link>{base}{path}</link></item>" for path in self.pages)
        return f'<?xml version="1.0"?><rss version="2.0"><channel><title>News</title><ttl>60</ttl>{items}</channel></rss>'


@pytest.fixture
def site() -> Iterator[tuple[Site, str]]:
    state = Site()

    class Answers(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            state.asked.append((self.path, self.headers.get("If-None-Match")))
            base = f"http://127.0.0.1:{self.server.server_address[1]}"
            mark = f'"{len(state.pages)}"'
            body = {"/robots.txt": state.robots, "/feed": state.feed(base)}.get(self.path) or state.pages.get(self.path)
            if state.broken or body is None or body == "gone":
                self.send_error(503 if state.broken else 404)
            elif self.path == "/feed" and self.headers.get("If-None-Match") == mark:
                self.send_response(304)
                self.end_headers()
            else:
                self.send_response(200)
                self.send_header("Content-Type", "text/html" if self.path[1:].isdecimal() else "text/plain")
                self.send_header("ETag", mark)
                self.end_headers()
                self.wfile.write(body.encode())

        def log_message(self, *_: Any) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Answers) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield state, f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()
        thread.join()


@pytest.fixture
def record(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Record]:
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parent))
    monkeypatch.setattr("attache.record.watching.Options", lambda: Options(workers=1, reader="light_reader:make_reader"))
    with open_record(tmp_path / "r.db") as opened:
        yield opened


def look(record: Record, base: str, **manners: Any) -> tuple[int, int, list[str]]:
    told: list[SourceError] = []
    wanted = Manners(**{"host_seconds": 0.0, "allow_private": True, **manners})
    (summary,) = watch_feeds(record, [f"{base}/feed"], wanted, None, True, told.append)
    return summary.filed, summary.failed, [str(error) for error in told]


def test_new_pages_are_filed_once_and_an_unchanged_feed_is_not_sent_again(site: tuple[Site, str], record: Record) -> None:
    state, base = site
    assert look(record, base) == (2, 0, [])
    assert {page.uri for page in record.pages()} == {f"{base}/1", f"{base}/2"}
    state.asked.clear()
    assert look(record, base) == (0, 0, [])
    assert state.asked == [("/feed", '"2"')]
    state.pages["/3"] = STORY.format(3)
    state.asked.clear()
    assert look(record, base) == (1, 0, [])
    assert [path for path, _ in state.asked if path in state.pages] == ["/3"]


def test_a_page_that_fails_is_on_record_and_tried_again(site: tuple[Site, str], record: Record) -> None:
    state, base = site
    state.pages["/2"] = "gone"
    filed, failed, told = look(record, base)
    assert (filed, failed) == (1, 1) and "404" in told[0]
    assert [failure.uri for failure in record.failures()] == [f"{base}/2"]
    state.pages["/2"] = STORY.format(2)
    assert look(record, base)[:2] == (1, 0)
    assert not record.failures()


def test_robots_are_obeyed(site: tuple[Site, str], record: Record) -> None:
    state, base = site
    state.robots = "User-agent: *\nDisallow: /2\n"
    filed, failed, told = look(record, base)
    assert (filed, failed) == (1, 1) and "robots.txt" in told[0]
    assert "/2" not in [path for path, _ in state.asked]


def test_a_broken_feed_is_told(site: tuple[Site, str], record: Record) -> None:
    state, base = site
    state.broken = True
    filed, failed, told = look(record, base)
    assert (filed, failed) == (0, 1) and "503" in told[0]


def test_the_command(site: tuple[Site, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, base = site
    place = str(tmp_path / "w.db")
    assert main(["watch", f"{base}/feed", "--once", "--record", place]) == FAILED
    assert "private network" in capsys.readouterr().err
    assert main(["watch", f"{base}/nothing", "--once", "--allow-private", "--record", place]) == FAILED
    assert "404" in capsys.readouterr().err
    assert main(["failures", "--record", place, "--format", "json"]) == DONE
    assert len(capsys.readouterr().out.splitlines()) == 2
