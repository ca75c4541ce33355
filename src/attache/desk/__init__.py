"""The desk: a record in a browser, on this machine alone, with a REST API that says the same as the pages."""

from __future__ import annotations

from attache.desk.settings import Settings

__all__ = ["Settings", "make_app", "serve"]


def __getattr__(name: str) -> object:
    # Resolved on first use: the web framework is an extra, and `attache --help` must not wait for it.
    if name == "make_app":
        from attache.desk.app import make_app

        return make_app
    if name == "serve":
        from attache.desk.serving import serve

        return serve
    raise AttributeError(f"module 'attache.desk' has no attribute {name!r}")
