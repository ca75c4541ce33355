"""Compression of what the record keeps whole: page sources and dossiers. The column `packing` names the method."""

from __future__ import annotations

import zlib

from attache.errors import DataError

ZLIB = "zlib"
MAX_KEPT = 400_000_000
"""The largest dossier or page source that is unpacked; a page has 50 MB at most, its dossier some times its text."""


def packed(data: bytes) -> bytes:
    """The bytes, compressed."""
    return zlib.compress(data, 6)


def unpacked(data: bytes, packing: str) -> bytes:
    """What was packed; `DataError` where the record is damaged or written by another hand."""
    if packing != ZLIB:
        raise DataError(f"the record holds a packing that this attache does not know: {packing!r}")
    try:
        unpacker = zlib.decompressobj()
        whole = unpacker.decompress(data, MAX_KEPT + 1)
    except zlib.error as error:
        raise DataError(f"a kept page of the record is damaged ({error})") from error
    if len(whole) > MAX_KEPT:
        raise DataError(f"a kept page of the record unpacks to more than {MAX_KEPT // 1_000_000} MB; attache keeps none so large")
    if not unpacker.eof:
        raise DataError("a kept page of the record is damaged (it is cut short)")
    return whole
