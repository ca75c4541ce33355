"""The entries: a name, and a function that does with some bytes what attache does with them.

An entry may raise only attache's own errors. Anything else that it raises, and every broken promise that it asserts, is a find.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

Entry = Callable[[bytes], None]
MODULES = ("pages", "importing", "rooms", "keeping", "showing")


def entries() -> dict[str, Entry]:
    """All entries by name."""
    found: dict[str, Entry] = {}
    for name in MODULES:
        found |= import_module(f"fuzz.{name}").ENTRIES
    return found


def as_text(data: bytes) -> str:
    """Bytes as characters; what is no UTF-8 becomes lone surrogates, as JSON may hold them."""
    return data.decode("utf-8", "surrogateescape")


def scalars(data: bytes) -> str:
    """Bytes as characters without lone surrogates, as pages have them once cleaned."""
    return data.decode("utf-8", "replace")


def halves(data: bytes) -> tuple[bytes, bytes]:
    """Two inputs of one, parted at the first NUL."""
    first, _, second = data.partition(b"\0")
    return first, second
