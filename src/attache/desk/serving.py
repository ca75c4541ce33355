"""Serves a record at an address until interrupted."""

from __future__ import annotations

import ipaddress
import secrets
import socket
from collections.abc import Callable, Iterable
from pathlib import Path

from attache.desk.settings import LOCAL, LOCAL_NAMES, Settings
from attache.errors import UsageError
from attache.record import open_record


def serve(
    record: str | Path, port: int, on_ready: Callable[[str], None], *, host: str = LOCAL, token: str | None = None,
    names: Iterable[str] = (), allow_private: bool = False,
) -> None:  # fmt: skip
    """Serve a record. On another address than this machine's own a token is demanded, and drawn where none is given."""
    try:
        import uvicorn

        from attache.desk.app import make_app
    except ImportError as error:
        raise UsageError(f"the desk needs the package {error.name}: pip install 'attache[desk]'") from error
    if not is_local(host):
        token = token or secrets.token_urlsafe(24)
        if len(token) < 16:
            raise UsageError("--token: too short to keep anybody out; take 16 characters or more")
    settings = Settings(token=token, names=LOCAL_NAMES | {name.lower() for name in names}, allow_private=allow_private)
    with open_record(record, create=False) as book, bound(host, port) as listening:
        number = listening.getsockname()[1]
        shown = f"[{host}]" if ":" in host else host
        config = uvicorn.Config(make_app(book, settings), log_level="warning", server_header=False, timeout_graceful_shutdown=5)
        on_ready(f"http://{shown}:{number}/" + (f"?token={token}" if token else ""))
        uvicorn.Server(config).run(sockets=[listening])


def bound(host: str, port: int) -> socket.socket:
    """A listening socket; port 0 takes any free one."""
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        found = socket.socket(family, socket.SOCK_STREAM)
        found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        found.bind((host, port))
    except (OSError, OverflowError) as error:
        raise UsageError(f"{host}, port {port}: cannot be used ({error}); name others with --host and --port") from error
    return found


def is_local(host: str) -> bool:
    """Whether an address is reached from this machine alone."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
