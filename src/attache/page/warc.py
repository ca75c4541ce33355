"""Pages from web archives: responses of WARC and texts of WET, plain or packed (``.gz``, ``.zst``), one at a time."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from attache.errors import SourceEmpty, SourceError, SourceTooLarge, SourceUnreadable
from attache.page.items import Item, name_of
from attache.page.limits import MAX_BYTES

_MEDIA = ("text/html", "application/xhtml+xml", "text/plain")
_MARKS = {".gz": b"\x1f\x8b\x08", ".zst": b"\x28\xb5\x2f\xfd"}
_BLOCK = 1 << 20


def warc_items(stream: IO[bytes], path: Path, uri: str) -> Iterator[Item | SourceError]:
    """The pages of an archive in order (extra ``warc``); after a damaged record the next sound one is looked for."""
    try:
        import fastwarc  # noqa: F401
    except ImportError as error:
        raise SourceUnreadable("web archives need the package fastwarc: pip install 'attache[warc]'") from error
    mark = _MARKS.get(path.suffix.casefold(), b"WARC/1.")
    start: int | None = 0
    count = 0
    while start is not None:
        stream.seek(start)
        last = start
        try:
            for record in _records(stream):
                last = start + record.stream_pos
                found = _item(record, uri)
                if found is not None:
                    count += 1
                    yield found
            break
        except (OSError, EOFError, RuntimeError, ValueError) as error:
            count += 1
            yield _named(SourceUnreadable(f"{uri}: damaged after byte {last:,} ({error})"), f"{uri}#{last}")
            start = _next(stream, mark, last + 1)
    if not count:
        yield _named(SourceEmpty(f"{uri}: no pages in it"), uri)


def _records(stream: IO[bytes]) -> Iterator[Any]:
    from fastwarc import ArchiveIterator, WarcRecordType

    kinds = WarcRecordType.response | WarcRecordType.conversion | WarcRecordType.resource
    return iter(ArchiveIterator(stream, record_types=kinds, parse_http=True, auto_decode="all"))


def _item(record: Any, archive: str) -> Item | SourceError | None:
    """The page of a record; None where it is no page (a picture, a redirect, an error of the server)."""
    url = record.headers.get("WARC-Target-URI", "").strip("<> ")
    name = name_of(url or f"{archive}#{record.record_id}")
    headers = record.http_headers
    if "Content-Length" not in record.headers:
        return _named(SourceUnreadable(f"{name}: its record in {archive} is cut short"), name)
    if record.is_http:
        if headers is None or headers.status_code is None:
            return _named(SourceUnreadable(f"{name}: its record in {archive} is cut short"), name)
        media = record.http_content_type
        if headers.status_code != 200 or (media and media not in _MEDIA):
            return None
    else:
        media = record.headers.get("Content-Type", "").split(";")[0].strip() or None
        if media and media not in _MEDIA:
            return None
    data = record.reader.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        return _named(SourceTooLarge(f"{name}: more than {MAX_BYTES // 1_000_000} MB"), name)
    encoded = headers is not None and ("Content-Encoding" in headers or "Transfer-Encoding" in headers)
    if not encoded and len(data) < record.content_length:
        return _named(SourceUnreadable(f"{name}: its record in {archive} is cut short"), name)
    charset = record.http_charset if record.is_http else "utf-8"
    return Item(name, data=data, media_type=media, charset=charset, url=url or None)


def _next(stream: IO[bytes], mark: bytes, start: int) -> int | None:
    """Where the mark of a record stands next."""
    at, kept = start, b""
    stream.seek(start)
    while block := stream.read(_BLOCK):
        window = kept + block
        place = window.find(mark)
        if place >= 0:
            return at - len(kept) + place
        kept = window[-(len(mark) - 1) :]
        at += len(block)
    return None


def _named(error: SourceError, uri: str) -> SourceError:
    error.uri = error.uri or uri
    return error
