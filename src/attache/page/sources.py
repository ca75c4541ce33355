"""Opens sources one after the other: files, folders, addresses, standard input, tables, web archives, feeds."""

from __future__ import annotations

import gzip
import io
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, TypeVar, cast

from attache.errors import SourceEmpty, SourceError, SourceMissing, SourceTooLarge, SourceUnreadable
from attache.page.columns import Columns
from attache.page.feeds import feed_items, is_feed
from attache.page.items import Item, page_of
from attache.page.jsonlines import line_items
from attache.page.limits import MAX_BYTES, MAX_WINDOW
from attache.page.page import Page
from attache.page.tables import csv_items, parquet_items
from attache.page.warc import warc_items

_PAGES = ("", ".html", ".htm", ".xhtml", ".txt")
_FEEDS = (".xml", ".rss", ".atom")
_LINES = (".jsonl", ".ndjson")
_ARCHIVES = (".warc", ".wet")
_DELIMITERS = {".csv": ",", ".tsv": "\t"}
_PACKED = (".gz", ".zst")


@dataclass
class Meter:
    """How many bytes of the sources' files are read, for those who show progress."""

    done: int = 0


_Error = TypeVar("_Error", bound=SourceError)
_ANY = Columns()


def open_sources(sources: Iterable[str], *, allow_private: bool = False) -> Iterator[Page | SourceError]:
    """The pages of all sources in order, read only when asked for; an input that fails gives its error in its place.

    Each error has an attribute ``uri`` that names the input.
    """
    for found in open_items(sources, allow_private=allow_private):
        yield found if isinstance(found, SourceError) else cleaned(found)


def open_items(
    sources: Iterable[str], columns: Columns = _ANY, *, allow_private: bool = False, meter: Meter | None = None
) -> Iterator[Item | SourceError]:
    """The same before cleaning: each page as its source holds it, one at a time whatever the source's size."""
    for source in sources:
        yield from _opened(source, columns, allow_private, meter or Meter())


def extent(sources: Iterable[str]) -> int:
    """The bytes of all files in the sources, as far as they can be told beforehand."""
    total = 0
    for source in sources:
        path = Path(source)
        with suppress(OSError, ValueError):
            files = _walk(path, _wanted) if path.is_dir() else [path] if path.is_file() else []
            total += sum(file.stat().st_size for file in files)
    return total


def cleaned(item: Item) -> Page | SourceError:
    """The page of an item, or its error."""
    try:
        return page_of(item)
    except SourceError as error:
        return named(error, item.uri)


def read_source(source: str, *, allow_private: bool = False) -> Page:
    """The page of a source that holds just one; raises its error."""
    for found in _opened(source, _ANY, allow_private, Meter()):
        if isinstance(found, SourceError):
            raise found
        return page_of(found)
    raise SourceEmpty(f"{source}: nothing to read")


def _opened(source: str, columns: Columns, allow_private: bool, meter: Meter) -> Iterator[Item | SourceError]:
    try:
        if source == "-":
            yield _standard_input()
        elif source.casefold().startswith(("http://", "https://")):
            yield from _fetched(source, allow_private)
        elif "://" in source[:20] and not Path(source).exists():
            raise SourceUnreadable(f"{source}: only http and https addresses are read")
        else:
            yield from _path(source, columns, meter)
    except SourceError as error:
        yield named(error, source)
    except OSError as error:
        yield named(SourceUnreadable(f"{source}: {error.strerror or error}"), source)
    except ValueError as error:
        # A path with a NUL byte, for one.
        yield named(SourceMissing(f"{source!r}: no such file ({error})"), source)


def named(error: _Error, uri: str) -> _Error:
    """The error with the input's name, for those who report it."""
    error.uri = error.uri or uri
    return error


def _standard_input() -> Item:
    data = sys.stdin.buffer.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise SourceTooLarge(f"standard input: more than {MAX_BYTES // 1_000_000} MB; split it")
    if not data.strip():
        raise SourceEmpty("standard input: nothing in it")
    return Item("-", data=data)


def _fetched(source: str, allow_private: bool) -> Iterator[Item]:
    from attache.page.address import fetch  # the network's modules only where they are needed

    answer = fetch(source, allow_private=allow_private)
    if is_feed(answer.data):
        yield from feed_items(answer.data, source)
    else:
        yield Item(source, data=answer.data, media_type=answer.media_type, charset=answer.charset, url=source)


def _path(source: str, columns: Columns, meter: Meter) -> Iterator[Item | SourceError]:
    path = Path(source)
    if path.is_dir():
        yield from _folder(path, columns, meter)
        return
    if not path.exists():
        raise SourceMissing(f"{source}: no such file or folder")
    if not path.is_file():
        raise SourceUnreadable(f"{source}: neither a file nor a folder")
    before = meter.done
    try:
        yield from _file(path, source, columns, meter)
    finally:
        meter.done = before + path.stat().st_size


def _file(path: Path, source: str, columns: Columns, meter: Meter) -> Iterator[Item | SourceError]:
    kind = _kind(path)
    if kind in _LINES or kind in _DELIMITERS:
        with path.open("rb") as raw, _unpacking(raw, path) as stream:
            lines = kind in _LINES
            found = line_items(stream, source, columns) if lines else csv_items(stream, source, columns, _DELIMITERS[kind])
            yield from _each(found, source, raw, meter)
    elif kind in _ARCHIVES:
        with path.open("rb") as raw:
            yield from _each(warc_items(raw, path, source), source, raw, meter)
    elif kind == ".parquet":
        yield from parquet_items(path, source, columns)
    else:
        data = _whole(path, source)
        yield from feed_items(data, source) if is_feed(data) else (Item(source, data=data),)


def _each(found: Iterator[Item | SourceError], source: str, raw: IO[bytes], meter: Meter) -> Iterator[Item | SourceError]:
    before = meter.done
    for one in found:
        meter.done = before + raw.tell()
        yield named(one, source) if isinstance(one, SourceError) else one


def _unpacking(raw: IO[bytes], path: Path) -> IO[bytes]:
    """A stream of the file's bytes, unpacked as they are read."""
    suffix = path.suffix.casefold()
    if suffix == ".gz":
        return cast("IO[bytes]", gzip.GzipFile(fileobj=raw))
    if suffix == ".zst":
        try:
            import zstandard
        except ImportError as error:
            raise SourceUnreadable("a .zst file needs the package zstandard: pip install 'attache[warc]'") from error
        unpacker = zstandard.ZstdDecompressor(max_window_size=MAX_WINDOW)
        return io.BufferedReader(_Zstandard(unpacker.stream_reader(raw, read_across_frames=True)))
    return raw


class _Zstandard(io.RawIOBase):
    """A zstandard stream whose damage is an `OSError`, as gzip's is."""

    def __init__(self, reader: Any) -> None:
        self._reader = reader

    def readable(self) -> bool:
        """It is."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Unpack some bytes."""
        from zstandard import ZstdError

        try:
            return int(self._reader.readinto(buffer))
        except ZstdError as error:
            raise OSError(str(error)) from error


def _whole(path: Path, source: str) -> bytes:
    size = path.stat().st_size
    if size > MAX_BYTES:
        raise SourceTooLarge(f"{source}: {size / 1_000_000:,.0f} MB, the limit is {MAX_BYTES // 1_000_000} MB; split it")
    data = path.read_bytes()
    if not data.strip():
        raise SourceEmpty(f"{source}: the file is empty")
    return data


def _folder(path: Path, columns: Columns, meter: Meter) -> Iterator[Item | SourceError]:
    """The pages in and below a folder, sorted; hidden files and those of other kinds are passed over."""
    count = 0
    for inner in _walk(path, _wanted):
        count += 1
        yield from _opened(str(inner), columns, False, meter)
    if not count:
        raise SourceEmpty(f"{path}: no pages in this folder (.html, .txt, .jsonl, .csv, .parquet, .warc, .wet, .xml, or .gz of these)")


def _wanted(file: Path) -> bool:
    return _kind(file) in {*_PAGES, *_FEEDS, *_LINES, *_ARCHIVES, *_DELIMITERS, ".parquet"}


def _walk(folder: Path, wanted: Callable[[Path], bool]) -> Iterator[Path]:
    """The files below a folder in order, one folder's names at a time, so that a million files need no memory."""
    for inner in sorted(folder.iterdir()):
        if inner.name.startswith("."):
            continue
        if inner.is_dir():
            if not inner.is_symlink():
                yield from _walk(inner, wanted)
        elif inner.is_file() and wanted(inner):
            yield inner


def _kind(path: Path) -> str:
    """The ending that tells what is in a file, that of its packing aside."""
    name = path.name.casefold()
    for packing in _PACKED:
        name = name.removesuffix(packing)
    return Path(name).suffix
