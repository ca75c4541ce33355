"""The desk: a record's pages in a browser, read only, on this machine alone, without scripts."""

from __future__ import annotations

from attache.desk.server import make_server, serve

__all__ = ["make_server", "serve"]
