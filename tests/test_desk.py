"""The desk: read only, local, and safe with what pages contain."""

from __future__ import annotations

import http.client
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from sample_dossier import sample

from attache.desk import make_server
from attache.dossier import Dossier
from attache.errors import UsageError
from attache.record import open_record


@pytest.fixture
def port(tmp_path: Path) -> Iterator[int]:
    with open_record(tmp_path / "r.db") as record:
        record.file(sample(title="<script>alert(1)</script>"))
    with make_server(tmp_path / "r.db") as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield server.server_port
        server.shutdown()
        thread.join()


def ask(port: int, path: str, method: str = "GET", host: str | None = None) -> tuple[int, str, http.client.HTTPMessage]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request(method, path, headers={"Host": host} if host else {})
    answer = connection.getresponse()
    body = answer.read().decode()
    connection.close()
    return answer.status, body, answer.headers


def test_the_list_and_the_reading_view(port: int) -> None:
    status, listed, headers = ask(port, "/")
    key = sample().source.sha256
    assert status == 200 and f"/page/{key}" in listed and "<script" not in listed
    assert headers["Content-Security-Policy"].startswith("default-src 'none'")
    status, page, _ = ask(port, f"/page/{key}")
    assert status == 200 and "Petr Novák" in page and "<script" not in page


def test_a_page_as_json(port: int) -> None:
    status, body, headers = ask(port, f"/page/{sample().source.sha256}.json")
    assert status == 200 and headers["Content-Type"] == "application/json"
    assert Dossier.model_validate_json(body).title == "<script>alert(1)</script>"


@pytest.mark.parametrize("path", ["/page/" + "0" * 64, "/page/../../etc/passwd", "/nothing", "/page/'"])
def test_nothing_else_is_there(port: int, path: str) -> None:
    assert ask(port, path)[0] == 404


@pytest.mark.parametrize("path", ["/?from=-1", "/?from=abc", "/?from=99999999999999999999", "/?from=5"])
def test_odd_offsets_do_no_harm(port: int, path: str) -> None:
    assert ask(port, path)[0] == 200


def test_other_hosts_and_methods_are_refused(port: int) -> None:
    assert ask(port, "/", host="evil.example")[0] == 421
    assert ask(port, "/", method="POST")[0] == 501


def test_it_needs_a_record(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no such record"):
        make_server(tmp_path / "none.db")
