"""Opens sources one after the other: files, folders, addresses, standard input, lines of JSON."""

from __future__ import annotations

import gzip
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, TypeVar, cast

from attache.errors import SourceEmpty, SourceError, SourceMissing, SourceTooLarge, SourceUnreadable
from attache.page.jsonlines import pages_of_lines
from attache.page.limits import MAX_BYTES
from attache.page.page import Page, page_from_bytes

_SUFFIXES = ("", ".html", ".htm", ".xhtml", ".txt", ".jsonl")
_Error = TypeVar("_Error", bound=SourceError)


def open_sources(sources: Iterable[str], *, allow_private: bool = False) -> Iterator[Page | SourceError]:
    """The pages of all sources in order, read only when asked for; an input that fails gives its error in its place.

    Each error has an attribute ``uri`` that names the input.
    """
    for source in sources:
        yield from _opened(source, allow_private)


def read_source(source: str, *, allow_private: bool = False) -> Page:
    """The page of a source that holds just one; raises its error."""
    for found in _opened(source, allow_private):
        if isinstance(found, SourceError):
            raise found
        return found
    raise SourceEmpty(f"{source}: nothing to read")


def _opened(source: str, allow_private: bool) -> Iterator[Page | SourceError]:
    try:
        if source == "-":
            yield _standard_input()
        elif source.casefold().startswith(("http://", "https://")):
            from attache.page.address import fetch  # the network's modules only where they are needed

            answer = fetch(source, allow_private=allow_private)
            yield page_from_bytes(answer.data, source, media_type=answer.media_type, charset=answer.charset)
        elif "://" in source[:20] and not Path(source).exists():
            raise SourceUnreadable(f"{source}: only http and https addresses are read")
        else:
            yield from _path(source)
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


def _standard_input() -> Page:
    data = sys.stdin.buffer.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise SourceTooLarge(f"standard input: more than {MAX_BYTES // 1_000_000} MB; split it")
    if not data.strip():
        raise SourceEmpty("standard input: nothing in it")
    return page_from_bytes(data, "-")


def _path(source: str) -> Iterator[Page | SourceError]:
    path = Path(source)
    if path.is_dir():
        yield from _folder(path)
    elif not path.exists():
        raise SourceMissing(f"{source}: no such file or folder")
    elif not path.is_file():
        raise SourceUnreadable(f"{source}: neither a file nor a folder")
    elif _bare_name(path).endswith(".jsonl"):
        packed = path.name.casefold().endswith(".gz")
        with cast("IO[bytes]", gzip.open(path, "rb")) if packed else path.open("rb") as stream:
            for found in pages_of_lines(stream, source):
                yield named(found, source) if isinstance(found, SourceError) else found
    else:
        yield _file(path, source)


def _file(path: Path, source: str) -> Page:
    size = path.stat().st_size
    if size > MAX_BYTES:
        raise SourceTooLarge(f"{source}: {size / 1_000_000:,.0f} MB, the limit is {MAX_BYTES // 1_000_000} MB; split it")
    data = path.read_bytes()
    if not data.strip():
        raise SourceEmpty(f"{source}: the file is empty")
    return page_from_bytes(data, source)


def _folder(path: Path) -> Iterator[Page | SourceError]:
    """The pages in and below a folder, sorted; hidden files and those of other kinds are passed over."""
    count = 0
    for inner in sorted(path.rglob("*")):
        hidden = any(part.startswith(".") for part in inner.relative_to(path).parts)
        if not hidden and inner.is_file() and Path(_bare_name(inner)).suffix in _SUFFIXES:
            count += 1
            yield from _opened(str(inner), False)
    if not count:
        raise SourceEmpty(f"{path}: no pages in this folder (.html, .htm, .txt, .jsonl, or .gz of these)")


def _bare_name(path: Path) -> str:
    return path.name.casefold().removesuffix(".gz")
