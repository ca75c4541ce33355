"""Opens what is imported: plain, .gz, .bz2 or .zst, line by line, with a limit on the length of a line."""

from __future__ import annotations

import bz2
import gzip
from collections.abc import Iterator
from pathlib import Path
from typing import IO, cast

from attache.errors import SourceMissing, SourceTooLarge, SourceUnreadable

MOST_LINE = 32_000_000
"""The longest line in bytes; Wikidata's longest entities are some ten million."""


def opened(path: Path) -> IO[bytes]:
    """The unpacked bytes of a file."""
    if not path.is_file():
        raise SourceMissing(f"{path}: no such file")
    if path.suffix == ".gz":
        return cast("IO[bytes]", gzip.open(path))
    if path.suffix == ".bz2":
        return bz2.open(path)
    if path.suffix in (".zst", ".zstd"):
        try:
            import zstandard
        except ImportError as error:
            raise SourceUnreadable(f"{path}: .zst needs a package more: pip install 'attache[import]'") from error
        return cast("IO[bytes]", zstandard.open(path, "rb"))
    return path.open("rb")


def lines_of(path: Path, after: int = 0) -> Iterator[tuple[int, bytes]]:
    """(number, line) of the lines after a number, counted from 1; empty ones left out."""
    number = 0
    try:
        with opened(path) as stream:
            while line := stream.readline(MOST_LINE + 1):
                number += 1
                if len(line) > MOST_LINE:
                    raise SourceTooLarge(f"{path}: line {number} is longer than {MOST_LINE // 1_000_000} MB")
                if number > after and line.strip():
                    yield number, line
    except (EOFError, OSError) as error:
        raise SourceUnreadable(f"{path}: damaged after line {number} ({error}); what was read before is kept") from error
