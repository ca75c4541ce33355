"""What one running desk holds: the record, its settings, its secret, and what it remembers for a moment."""

from __future__ import annotations

import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from fastapi import Request

from attache.desk.jobs import Jobs
from attache.desk.names import Names
from attache.desk.settings import Settings
from attache.record import Record, Totals

Kept = TypeVar("Kept")
_SECONDS = 15.0


@dataclass
class Desk:
    """A desk over one record."""

    record: Record
    settings: Settings
    secret: bytes = b""
    names: Names = field(init=False)
    jobs: Jobs = field(init=False)
    _kept: dict[str, tuple[float, Any]] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        """Draw a secret where the settings name none."""
        self.secret = self.settings.secret or secrets.token_bytes(32)
        self.names = Names(self.record)
        self.jobs = Jobs(self.record, self.settings)

    def remembered(self, key: str, make: Callable[[], Kept]) -> Kept:
        """What `make` gives, asked again only after some seconds: counts over a whole record are slow and change slowly."""
        with self._lock:
            at, value = self._kept.get(key, (0.0, None))
        if time.monotonic() - at < _SECONDS and at:
            return value  # type: ignore[no-any-return]
        fresh = make()
        with self._lock:
            self._kept[key] = (time.monotonic(), fresh)
        return fresh

    def forget(self) -> None:
        """After a change of the record by this desk."""
        with self._lock:
            self._kept.clear()

    def totals(self) -> Totals:
        """How much the record holds, up to some seconds ago."""
        return self.remembered("totals", self.record.totals)


def the_desk(request: Request) -> Desk:
    """The desk that a request came to."""
    desk: Desk = request.app.state.desk
    return desk
