"""Folding of names: the form in which two spellings of one name are the same string."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from functools import lru_cache

# Letters without a decomposition in Unicode, and apostrophes of every make (dropped: Sa'ar = Saar).
_LETTERS = str.maketrans(
    {
        "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ı": "i", "ə": "a", "ŋ": "n", "ħ": "h",
        "'": None, "’": None, "‘": None, "ʼ": None, "ʻ": None, "`": None, "´": None, "ʿ": None, "ʾ": None, "′": None,
        ".": " ", ",": " ",
    }
)  # fmt: skip
_BREAKS = str.maketrans(dict.fromkeys("-‐‑‒–—―_/·\u00a0", " "))

_ASCII = str.maketrans({"'": None, "`": None, ".": " ", ",": " ", "-": " ", "_": " ", "/": " "})

# U.S. and U.K. are one word, not letters
_INITIALS = re.compile(r"\b(?:[^\W\d_]\.){2,}")


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Lower case, no diacritics, no apostrophes or dots, hyphens and runs of space as one space."""
    if text.isascii() and text.isalpha():
        return text.lower()
    if "." in text:
        text = _INITIALS.sub(lambda found: found[0].replace(".", ""), text)
    if text.isascii():
        return " ".join(text.lower().translate(_ASCII).split())
    plain = unicodedata.normalize("NFKD", text.lower().translate(_LETTERS).translate(_BREAKS))
    return " ".join("".join(c for c in plain if not unicodedata.combining(c)).split())


def squeeze(text: str) -> str:
    """Folded text without spaces: Yang Jie Chi = Yang Jiechi = Yang Jie-chi."""
    return fold(text).replace(" ", "")


def key_of(text: str) -> int:
    """A short number for the squeezed text, by which the database finds names (48 bits: collisions are not to be expected)."""
    return number_of(squeeze(text))


def number_of(squeezed: str) -> int:
    """:func:`key_of` of a text that is squeezed already."""
    return int.from_bytes(hashlib.blake2b(squeezed.encode(), digest_size=6).digest(), "big")
