"""The desk's HTTP server: GET only, bound to 127.0.0.1, and deaf to other host names (against DNS rebinding)."""

from __future__ import annotations

import re
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from attache.desk.views import PER_PAGE, page_list, problem, reading_view
from attache.errors import UsageError
from attache.record import open_record
from attache.show.html import CONTENT_POLICY

_ADDRESS = "127.0.0.1"
_HEADERS = {
    "Content-Security-Policy": f"{CONTENT_POLICY}; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}


def serve(record: str | Path, port: int, on_ready: Callable[[str], None]) -> None:
    """Serve a record until interrupted."""
    with make_server(record, port) as server:
        on_ready(f"http://{_ADDRESS}:{server.server_port}/")
        server.serve_forever()


def make_server(record: str | Path, port: int = 0) -> ThreadingHTTPServer:
    """A bound server; port 0 takes any free one."""
    with open_record(record, create=False):
        pass  # so that a wrong file is told at once, not at the first request
    handler = type("RecordDesk", (_Desk,), {"record": record})
    try:
        return ThreadingHTTPServer((_ADDRESS, port), handler)
    except OSError as error:
        raise UsageError(f"port {port} cannot be used ({error.strerror}); name another with --port") from error


class _Desk(BaseHTTPRequestHandler):
    """Answers one request; each opens the record for itself, since SQLite connections do not change threads."""

    record: str | Path
    server_version = "attache"
    sys_version = ""
    timeout = 30

    def do_GET(self) -> None:
        """The list of pages, one page, or one page as JSON."""
        host = self.headers.get("Host", "").rsplit(":", 1)[0]
        if host not in (_ADDRESS, "localhost"):
            self._send(421, problem(421, "This desk answers to 127.0.0.1 only."))
            return
        url = urlsplit(self.path)
        named = re.fullmatch(r"/page/([0-9a-f]{64})(\.json)?", url.path)
        if named:
            self._one(named[1], as_json=bool(named[2]))
        elif url.path == "/":
            self._list(parse_qs(url.query).get("from", ["0"])[0])
        else:
            self._send(404, problem(404, "There is nothing at this address."))

    def _list(self, offset: str) -> None:
        start = int(offset) if re.fullmatch(r"[0-9]{1,9}", offset) else 0
        with open_record(self.record, create=False) as book:
            self._send(200, page_list(book.pages(PER_PAGE, start), start))

    def _one(self, sha256: str, as_json: bool) -> None:
        with open_record(self.record, create=False) as book:
            dossier = book.dossier(sha256)
        if dossier is None:
            self._send(404, problem(404, "No such page in the record."))
        elif as_json:
            self._send(200, dossier.model_dump_json(), "application/json")
        else:
            self._send(200, reading_view(dossier))

    def _send(self, status: int, body: str, media_type: str = "text/html; charset=utf-8") -> None:
        data = body.encode("utf-8", "replace")
        self.send_response(status)
        self.send_header("Content-Type", media_type)
        self.send_header("Content-Length", str(len(data)))
        for name, value in _HEADERS.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *args: object) -> None:
        """Keep quiet: nobody reads a local desk's log."""
