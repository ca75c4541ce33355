"""What may reach a terminal: no control characters of a page, and no colour where nobody looks."""

from __future__ import annotations

import re
from typing import IO

from rich.console import Console

# C0 and C1 controls but for line break and tab, and the marks that reverse the direction of writing.
_UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def printable(text: str) -> str:
    """The text with each unsafe character replaced by one mark, so that offsets stay."""
    return _UNSAFE.sub("�", text)


class _Console(Console):
    """Leaves it to the command line what becomes of output that nobody reads any more; rich would end the process with status 1."""

    def on_broken_pipe(self) -> None:
        """Hand the error on."""
        raise BrokenPipeError from None


def console(stream: IO[str], width: int | None = None) -> Console:
    """A console that colours only where a terminal is; piped text is as wide as a page."""
    tty = hasattr(stream, "isatty") and stream.isatty()
    return _Console(file=stream, width=width or (None if tty else 100), highlight=False, markup=False, emoji=False, soft_wrap=False)
