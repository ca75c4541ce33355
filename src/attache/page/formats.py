"""What a file is: gzip to unpack, HTML, plain text, or nothing that attache reads."""

from __future__ import annotations

import re
import tomllib
import zlib
from functools import cache
from pathlib import Path

from attache.errors import DataError, SourceTooLarge, SourceUnreadable
from attache.page.limits import MAX_BYTES

_GZIP = b"\x1f\x8b"
_HTML_START = re.compile(
    r"\ufeff?\s{0,200}(?:<!--[^>]{0,2000}-->\s{0,200})?(?:<\?xml[^>]{0,200}>\s{0,200})?"
    r"<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE,
)
_HTML_TAGS = re.compile(r"<(?:p|div|br|article|h[1-6]|a href|span|script|meta|title)\b[^<>]{0,300}>", re.IGNORECASE)
_SHORT_MARKS = 3


@cache
def _signatures() -> tuple[tuple[int, bytes, str], ...]:
    path = Path(__file__).parent / "formats.toml"
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    try:
        found = [(0, bytes.fromhex(mark), name) for mark, name in table["magic"].items()]
        found += [(entry["at"], bytes.fromhex(entry["bytes"]), entry["name"]) for entry in table["inside"]]
    except (KeyError, ValueError, TypeError) as error:
        raise DataError(f"{path.name}: {error}") from error
    return tuple(found)


def unpacked(data: bytes, uri: str) -> bytes:
    """The bytes, without gzip if they are packed; never more than ``MAX_BYTES``."""
    for _ in range(2):
        if not data.startswith(_GZIP):
            break
        try:
            unpacker = zlib.decompressobj(wbits=31)
            data = unpacker.decompress(data, MAX_BYTES + 1)
        except zlib.error as error:
            raise SourceUnreadable(f"{uri}: a damaged gzip file ({error})") from error
    if len(data) > MAX_BYTES:
        raise SourceTooLarge(f"{uri}: more than {MAX_BYTES // 1_000_000} MB; split it")
    return data


def refuse_binary(data: bytes, uri: str) -> None:
    """Raises where the first bytes say that this is a picture, a PDF, an archive and so on."""
    for at, mark, name in _signatures():
        # Two-byte marks may begin a text ("BM..."), so bytes no text has must follow soon.
        if data[at : at + len(mark)] == mark and (len(mark) > _SHORT_MARKS or b"\x00" in data[:64] or not _is_ascii(data[:64])):
            raise SourceUnreadable(f"{uri}: this is {name}, not text; save the page as HTML or text")


def _is_ascii(data: bytes) -> bool:
    return data.isascii()


def is_html(text: str, uri: str, media_type: str | None) -> bool:
    """Whether a text is HTML: it begins as such, or is called so and has a tag, or is unnamed and full of tags."""
    if _HTML_START.match(text[:5000]):
        return True
    name = uri.casefold().removesuffix(".gz")
    if (media_type and "html" in media_type) or name.endswith((".html", ".htm", ".xhtml")):
        return True
    return len(_HTML_TAGS.findall(text[:5000])) >= 3 and not name.endswith(".txt") and not (media_type and "plain" in media_type)
