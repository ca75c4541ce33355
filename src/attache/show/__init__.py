"""The ways to show dossiers: on a terminal, as JSON lines, as one HTML file, and their findings as SARIF or ClaimReview."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Protocol

from attache.dossier import Dossier
from attache.errors import SourceError

_BATCH_LINE = re.compile(r"\.jsonl(\.gz)?#", re.IGNORECASE)


class Writer(Protocol):
    """Takes the results of a run one by one."""

    def dossier(self, dossier: Dossier) -> None:
        """Show one page."""

    def failure(self, error: SourceError) -> None:
        """Note an input that could not be read."""


class _Terminal:
    def __init__(self, stream: IO[str]) -> None:
        from attache.show.safe import console

        self._console = console(stream)

    def dossier(self, dossier: Dossier) -> None:
        from attache.show.terminal import show

        show(self._console, dossier)

    def failure(self, error: SourceError) -> None:
        """Standard error has said it."""


class _Json:
    def __init__(self, stream: IO[str]) -> None:
        self._stream = stream

    def dossier(self, dossier: Dossier) -> None:
        self._line(dossier.model_dump_json())

    def failure(self, error: SourceError) -> None:
        """A line of a .jsonl keeps its place among the results; other inputs have none."""
        if _BATCH_LINE.search(error.uri):
            self._line(json.dumps({"error": str(error)}, ensure_ascii=False))

    def _line(self, text: str) -> None:
        self._stream.write(text + "\n")
        self._stream.flush()


class _Html:
    def __init__(self) -> None:
        self.dossiers: list[Dossier] = []

    def dossier(self, dossier: Dossier) -> None:
        self.dossiers.append(dossier)

    def failure(self, error: SourceError) -> None:
        """Standard error has said it."""

    def finish(self, stream: IO[str]) -> None:
        """Write the file, where any page was read."""
        from attache.show.html import document

        if self.dossiers:
            stream.write(document(self.dossiers))


class _Collecting(Writer, Protocol):
    """A writer of a form that is one document; it is written at the end."""

    def finish(self, stream: IO[str]) -> None:
        """Write the document."""


@contextmanager
def writer(form: str, stream: IO[str]) -> Iterator[Writer]:
    """A writer of a form; what is one document is written at the end, also where the run was interrupted."""
    if form == "json":
        yield _Json(stream)
    elif form == "terminal":
        yield _Terminal(stream)
    else:
        out = _collecting(form)
        try:
            yield out
        finally:
            out.finish(stream)


def _collecting(form: str) -> _Collecting:
    if form == "sarif":
        from attache.show.sarif import SarifWriter

        return SarifWriter()
    if form == "claimreview":
        from attache.show.claimreview import ClaimReviewWriter

        return ClaimReviewWriter()
    return _Html()
