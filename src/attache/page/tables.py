"""Pages from tables, one a row: CSV line by line, Parquet through a process of its own."""

from __future__ import annotations

import csv
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from attache.errors import SourceEmpty, SourceError, SourceTooLarge, SourceUnreadable
from attache.page.columns import Columns, found_columns, item_of
from attache.page.items import Item
from attache.page.limits import MAX_BYTES
from attache.page.parquet import rows_of


def csv_items(stream: IO[bytes], uri: str, columns: Columns, delimiter: str = ",") -> Iterator[Item | SourceError]:
    """The pages of a CSV file with a header; a row that fails gives its error."""
    csv.field_size_limit(MAX_BYTES)
    number = 0
    try:
        reader = csv.DictReader(_lines(stream, uri), delimiter=delimiter)
        if not reader.fieldnames:
            raise SourceEmpty(f"{uri}: no header line")
        names = found_columns(list(reader.fieldnames), columns, uri)
        for number, row in enumerate(reader, 1):
            try:
                yield item_of(row, names, uri, number)
            except SourceError as error:
                yield named(error, f"{uri}#{number}")
    except SourceTooLarge as error:
        yield named(error, uri)
        return
    except (csv.Error, EOFError, OSError, zlib.error) as error:
        yield named(SourceUnreadable(f"{uri}: damaged after row {number} ({error})"), uri)
        return
    if not number:
        yield named(SourceEmpty(f"{uri}: no rows in it"), uri)


def parquet_items(path: Path, uri: str, columns: Columns) -> Iterator[Item | SourceError]:
    """The pages of a Parquet file (extra ``tables``), read by a process of its own."""
    number = 0
    try:
        for number, row in enumerate(rows_of(path, uri, columns), 1):
            try:
                yield item_of(row, {part: part for part in row}, uri, number)
            except SourceError as error:
                yield named(error, f"{uri}#{number}")
    except SourceError as error:
        yield named(error, uri)
        return
    if not number:
        yield named(SourceEmpty(f"{uri}: no rows in it"), uri)


def _lines(stream: IO[bytes], uri: str) -> Iterator[str]:
    """The lines of a text file; one that does not end is an error, not all of memory."""
    first = True
    while line := stream.readline(MAX_BYTES + 1):
        if len(line) > MAX_BYTES:
            raise SourceTooLarge(f"{uri}: a line of more than {MAX_BYTES // 1_000_000} MB; the rest of the file is left out")
        yield line.decode("utf-8-sig" if first else "utf-8", errors="replace").replace("\0", "")
        first = False


def named(error: SourceError, uri: str) -> SourceError:
    """The error with the input's name."""
    error.uri = error.uri or uri
    return error
