"""Compression of what the record keeps whole: page sources and dossiers. The column `packing` names the method."""

from __future__ import annotations

import zlib

from attache.errors import DataError

ZLIB = "zlib"


def packed(data: bytes) -> bytes:
    """The bytes, compressed."""
    return zlib.compress(data, 6)


def unpacked(data: bytes, packing: str) -> bytes:
    """What was packed; `DataError` where the record is damaged or written by another hand."""
    if packing != ZLIB:
        raise DataError(f"the record holds a packing that this attache does not know: {packing!r}")
    try:
        return zlib.decompress(data)
    except zlib.error as error:
        raise DataError(f"a kept page of the record is damaged ({error})") from error
