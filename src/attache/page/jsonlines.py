"""Pages from lines of JSON, one page a line."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator
from typing import IO, Any

from attache.errors import SourceEmpty, SourceError, SourceTooLarge, SourceUnreadable
from attache.page.columns import Columns
from attache.page.items import Item, name_of
from attache.page.limits import MAX_BYTES, MAX_SKIP

_CHUNK = 1 << 20
_BOM = b"\xef\xbb\xbf"


def line_items(stream: IO[bytes], uri: str, columns: Columns) -> Iterator[Item | SourceError]:
    """The pages of a ``.jsonl`` in order; a line that fails gives its error, named by line number or ``id``."""
    number = count = 0
    try:
        while line := stream.readline(MAX_BYTES + 1):
            number += 1
            if len(line) > MAX_BYTES:
                count += 1
                yield _named(SourceTooLarge(f"{uri}#{number}: a line of more than {MAX_BYTES // 1_000_000} MB"), f"{uri}#{number}")
                if not _skipped(stream):
                    raise SourceTooLarge(f"{uri}: line {number} does not end; the rest of the file is left out")
            elif line.strip():
                count += 1
                yield _item(line.removeprefix(_BOM) if number == 1 else line, uri, number, columns)
    except (EOFError, OSError, zlib.error) as error:
        yield _named(SourceUnreadable(f"{uri}: damaged after line {number} ({error})"), uri)
        return
    if not count:
        yield _named(SourceEmpty(f"{uri}: no pages in it"), uri)


def _skipped(stream: IO[bytes]) -> bool:
    """Passes over the rest of a line; False where it goes on beyond reason."""
    passed = 0
    while passed < MAX_SKIP:
        piece = stream.readline(_CHUNK)
        passed += len(piece)
        if not piece or piece.endswith(b"\n"):
            return True
    return False


def _item(line: bytes, uri: str, number: int, columns: Columns) -> Item | SourceError:
    name = f"{uri}#{number}"
    try:
        row = _row(line, name)
        if row.get(columns.id or "id") not in (None, ""):
            name = name_of(f"{uri}#{row[columns.id or 'id']}")
        html = row.get(columns.html or "html")
        body = html if html else row.get(columns.text or "text")
        if not isinstance(body, str):
            raise SourceUnreadable(f"{name}: needs `{columns.text or 'text'}` or `{columns.html or 'html'}` with a string")
        if not body.strip():
            raise SourceEmpty(f"{name}: its text is empty")
        title, day, url = (_string(row, key) for key in (columns.title or "title", columns.date or "date", columns.url or "url"))
        return Item(name, text=body, html=bool(html), title=title, published=day, url=url)
    except SourceError as error:
        return _named(error, name)


def _row(line: bytes, name: str) -> dict[str, Any]:
    try:
        row = json.loads(line.decode("utf-8", errors="replace"))
    except (ValueError, RecursionError) as error:
        raise SourceUnreadable(f"{name}: not JSON ({str(error)[:120]})") from error
    if not isinstance(row, dict):
        raise SourceUnreadable(f"{name}: not a JSON object")
    return row


def _string(row: dict[str, Any], key: str) -> str | None:
    value = row.get(key)
    return " ".join(value.split()) or None if isinstance(value, str) else None


def _named(error: SourceError, uri: str) -> SourceError:
    error.uri = error.uri or uri
    return error
