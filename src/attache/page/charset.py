"""From bytes to characters."""

from __future__ import annotations

import codecs
import re

from attache.errors import SourceUnreadable
from attache.page.speech import looks_english

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(rb"""(?:charset|encoding)\s{0,9}=\s{0,9}["']?\s{0,9}([A-Za-z0-9_.:-]{2,40})""", re.IGNORECASE)
_HEAD = 4096
_SAMPLE = 200_000
_MAX_NULS = 0.02
_FEW_BROKEN = 0.02
_MAX_CONTROLS = 0.05
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def decoded(data: bytes, uri: str, declared: str | None = None) -> str:
    """The characters of a page.

    In this order: byte order mark; UTF-8, which other encodings do not resemble by chance; what the page or its server declares;
    Windows-1252 where that reads as English; what charset-normalizer makes of it.
    """
    for mark, codec in _BOMS:
        if data.startswith(mark):
            return _checked(data.decode(codec, errors="replace"), uri)
    if data.count(0) > len(data) * _MAX_NULS:
        return _checked(_wide(data, uri), uri)
    codec_name = _known(declared) or _declared(data)
    if text := _strict(data, "utf-8"):
        # Only escapes tell the seven-bit encodings from ASCII.
        escaped = _strict(data, codec_name) if codec_name and codec_name.startswith("iso2022") and b"\x1b" in data else None
        return _checked(escaped or text, uri)
    if _nearly_utf8(data):
        return _checked(data.decode("utf-8", errors="replace"), uri)
    if codec_name and codec_name not in ("utf-8", "ascii") and (text := _strict(data, _as_browsers(codec_name))):
        return _checked(text, uri)
    if (text := _strict(data, "cp1252")) and looks_english(text):
        return _checked(text, uri)
    return _checked(_guessed(data, uri), uri)


def _strict(data: bytes, codec: str) -> str | None:
    try:
        return data.decode(codec)
    except (UnicodeDecodeError, LookupError, ValueError):
        return None


def _known(name: str | None) -> str | None:
    """The codec's own name for a declared name, None for unknown ones and those that do not give text (``base64``, ``zip``)."""
    if not name:
        return None
    try:
        info = codecs.lookup(name)
        "".encode(info.name)
    except (LookupError, ValueError):
        return None
    return info.name


def _declared(data: bytes) -> str | None:
    match = _DECLARED.search(data[:_HEAD]) if b"<" in data[:_HEAD] else None
    return _known(match.group(1).decode("ascii")) if match else None


def _as_browsers(codec: str) -> str:
    """Pages that declare Latin-1 or ASCII mean Windows-1252, as the HTML standard says."""
    return "cp1252" if codec in ("iso8859-1", "ascii") else codec


def _nearly_utf8(data: bytes) -> bool:
    """Whether a few broken bytes stand among many good UTF-8 sequences, as in a page cut in the middle of a character."""
    text = data.decode("utf-8", errors="replace")
    broken = text.count("\ufffd")
    beyond = sum(1 for c in text if c > "\x7f") - broken
    return broken <= max(1, beyond * _FEW_BROKEN) and beyond > broken


def _wide(data: bytes, uri: str) -> str:
    """UTF-16 without a byte order mark: one of each two bytes is mostly zero."""
    half = max(1, len(data) // 2)
    even, odd = data[0::2].count(0) / half, data[1::2].count(0) / half
    for share, other, codec in ((odd, even, "utf-16-le"), (even, odd, "utf-16-be")):
        if share > 0.4 and other < 0.1 and (text := _strict(data[: len(data) // 2 * 2], codec)):
            return text
    raise SourceUnreadable(f"{uri}: not text (it is full of zero bytes)")


def _guessed(data: bytes, uri: str) -> str:
    from charset_normalizer import from_bytes

    best = from_bytes(data[:_SAMPLE]).best()
    if best is None:
        raise SourceUnreadable(f"{uri}: not text in any known encoding; save it as UTF-8")
    return data.decode(best.encoding, errors="replace")


def _checked(text: str, uri: str) -> str:
    if text and len(_CONTROLS.findall(text[:_SAMPLE])) > min(len(text), _SAMPLE) * _MAX_CONTROLS:
        raise SourceUnreadable(f"{uri}: not text (control characters all over)")
    return text
