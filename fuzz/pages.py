"""Everything that gives pages: HTML, text, bytes, feeds, archives, lines, tables, addresses."""

from __future__ import annotations

import io
import os
import socket
import tempfile
from collections.abc import Iterable
from pathlib import Path

from attache.errors import AttacheError, SourceError
from attache.page import Item
from attache.page.address import is_public
from attache.page.aligned import Aligned
from attache.page.charset import decoded
from attache.page.columns import Columns, item_of
from attache.page.feeds import feed_items
from attache.page.items import page_of
from attache.page.jsonlines import line_items
from attache.page.mend import mended, normalised
from attache.page.page import Page, page_from_bytes, page_from_text
from attache.page.parquet import table_rows
from attache.page.published import stated_day
from attache.page.tables import csv_items
from attache.page.warc import warc_items
from fuzz.entries import Entry, as_text

_COLUMNS = Columns()
_MOST = 20
"""Of many pages in one input so many are cleaned."""


def _sound(page: Page) -> None:
    """What a page promises: one kind of line end, no control characters, offsets that lead back."""
    assert page.text.strip()
    assert not any(c < " " and c != "\n" for c in page.text), "a control character is left"
    assert len(page.offsets.origins) == len(page.text)
    for start in range(0, len(page.text), max(1, len(page.text) // 50)):
        span = page.raw_span(start, start + 1)
        assert span is None or page.raw[span.start : span.end] == page.text[start]
    for piece in page.residue:
        assert piece.raw is None or 0 <= piece.raw.start <= piece.raw.end <= len(page.raw)


def _all(items: Iterable[Item | SourceError]) -> None:
    for number, item in enumerate(items):
        if isinstance(item, SourceError):
            assert item.uri and "\n" not in str(item)[:-1]
        elif number < _MOST:
            _cleaned(item)


def _cleaned(item: Item) -> None:
    assert len(item.sha256) == 64
    try:
        _sound(page_of(item))
    except AttacheError:
        return


def html(data: bytes) -> None:
    """A page of HTML."""
    _sound(page_from_text(as_text(data), html=True))


def text(data: bytes) -> None:
    """A page of plain text."""
    _sound(page_from_text(as_text(data), html=False))


def file(data: bytes) -> None:
    """A file of any kind: packing, signature, encoding, HTML or not."""
    _sound(page_from_bytes(data, "page"))


def mending(data: bytes) -> None:
    """Mojibake and invisible characters."""
    page, _ = mended(normalised(Aligned.of(as_text(data))))
    assert len(page.text) == len(page.origins)
    stated_day(page.text)


def charset(data: bytes) -> None:
    """An encoding, declared or guessed; the first byte says how long the declared name is."""
    size = data[0] % 24 if data else 0
    decoded(data[1 + size :], "page", data[1 : 1 + size].decode("latin-1") or None)


def feed(data: bytes) -> None:
    """An RSS or Atom feed."""
    _all(feed_items(data, "feed.xml"))


def _archive(ending: str) -> Entry:
    def read(data: bytes) -> None:
        _all(warc_items(io.BytesIO(data), Path(f"a.warc{ending}"), "a.warc"))

    return read


def jsonl(data: bytes) -> None:
    """Lines of JSON."""
    _all(line_items(io.BytesIO(data), "a.jsonl", _COLUMNS))


def csv(data: bytes) -> None:
    """A table as CSV."""
    _all(csv_items(io.BytesIO(data), "a.csv", _COLUMNS))


def parquet(data: bytes) -> None:
    """A table as Parquet, which is read from a file."""
    handle, name = tempfile.mkstemp(suffix=".parquet", dir="/dev/shm" if os.path.isdir("/dev/shm") else None)
    try:
        os.write(handle, data)
        os.close(handle)
        for row in table_rows(Path(name), "a.parquet", _COLUMNS):
            item_of(row, {part: part for part in row}, "a.parquet", 1)
    except BaseException as error:
        # attache runs this in a process of its own, which may say anything but must not take all memory or time (`parquet.rows_of`).
        if not type(error).__module__.startswith(("polars", "pyo3")) and not isinstance(error, OSError | AttacheError):
            raise
    finally:
        os.unlink(name)


def address(data: bytes) -> None:
    """An address, with every name resolved as a numeric one or to a private one: nothing private may be connected to."""
    from attache.page import address as module

    def connect(where: tuple[str, int], timeout: float | None = None) -> socket.socket:
        assert is_public(where[0]), f"{where[0]} is private"
        raise OSError("no network here")

    def resolve(host: str, port: int, **_: object) -> list[tuple[object, ...]]:
        return real(host, port, type=socket.SOCK_STREAM, flags=socket.AI_NUMERICHOST)

    real, before = socket.getaddrinfo, socket.create_connection
    module.socket.getaddrinfo, module.socket.create_connection = resolve, connect  # type: ignore[assignment]
    try:
        module.fetch(as_text(data))
    finally:
        module.socket.getaddrinfo, module.socket.create_connection = real, before


ENTRIES: dict[str, Entry] = {
    "html": html, "text": text, "file": file, "mending": mending, "charset": charset, "feed": feed, "warc": _archive(""),
    "warc-gz": _archive(".gz"), "jsonl": jsonl, "csv": csv, "parquet": parquet, "address": address,
}  # fmt: skip
