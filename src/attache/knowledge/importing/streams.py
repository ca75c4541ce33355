"""Opens what is imported: plain, .gz, .bz2 or .zst, line by line, with a limit on the length of a line."""

from __future__ import annotations

import bz2
import gzip
import io
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import IO, cast

from attache.errors import SourceMissing, SourceTooLarge, SourceUnreadable

try:
    from zstandard import ZstdError
except ImportError:
    _DAMAGE: tuple[type[Exception], ...] = (EOFError, OSError, zlib.error)
else:
    _DAMAGE = (EOFError, OSError, zlib.error, ZstdError)
OFTEN = 500
MOST_LINE = 32_000_000
"""The longest line in bytes; Wikidata's longest entities are some ten million."""


@contextmanager
def opened(path: Path) -> Iterator[tuple[IO[bytes], IO[bytes]]]:
    """The unpacked bytes of a file, and the file itself, whose position shows how far the reading is."""
    if not path.is_file():
        raise SourceMissing(f"{path}: no such file")
    try:
        with path.open("rb") as file, _unpacked(path, file) as stream:
            yield stream, file
    except _DAMAGE as error:
        raise SourceUnreadable(f"{path}: cannot be read ({error})") from error


def _unpacked(path: Path, file: IO[bytes]) -> IO[bytes]:
    if path.suffix == ".gz":
        return cast("IO[bytes]", gzip.open(file))
    if path.suffix == ".bz2":
        return bz2.open(file)
    if path.suffix in (".zst", ".zstd"):
        try:
            import zstandard
        except ImportError as error:
            raise SourceUnreadable(f"{path}: .zst needs a package more: pip install 'attache[import]'") from error
        return io.BufferedReader(cast("io.RawIOBase", zstandard.ZstdDecompressor().stream_reader(file, read_across_frames=True)))
    return cast("IO[bytes]", nullcontext(file))


def lines_of(path: Path, after: int = 0, at: Callable[[int], None] = lambda position: None) -> Iterator[tuple[int, bytes]]:
    """(number, line) of the lines after a number, counted from 1; empty ones left out. ``at`` is told the position in the file."""
    number = 0
    try:
        with opened(path) as (stream, file):
            while line := stream.readline(MOST_LINE + 1):
                number += 1
                if len(line) > MOST_LINE:
                    raise SourceTooLarge(f"{path}: line {number} is longer than {MOST_LINE // 1_000_000} MB")
                if number % OFTEN == 0:
                    at(file.tell())
                if number > after and line.strip():
                    yield number, line
    except SourceUnreadable as error:
        if not number:
            raise
        raise SourceUnreadable(f"{path}: damaged after line {number} ({error.__cause__}); what was read before is kept") from error
