"""Which language a page is in, told by its function words."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from functools import cache
from pathlib import Path

from attache.errors import DataError

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_SAMPLE = 20_000
_ENOUGH = 12
_ENGLISH = 0.16
_OTHER = 0.12
_FEW = 3
"""Two function words of another language in a line may be English words and names: "Putin met Erdogan in Sochi" is not Dutch."""
_BRIEF, _BRIEF_ENGLISH = 80, 0.07
"""In texts of fewer words than this, names crowd the function words out: a smaller share tells English if no other language has as many."""


@cache
def function_words() -> dict[str, frozenset[str]]:
    """Function words by ISO 639-1 code."""
    path = Path(__file__).parent / "function_words.toml"
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    for code, words in table.items():
        if len(code) != 2 or not isinstance(words, str) or len(words.split()) < 15:
            raise DataError(f"{path.name}: {code} needs a two-letter code and at least 15 words")
    return {code: frozenset(words.split()) for code, words in table.items()}


def language_of(text: str) -> str | None:
    """``en`` or another code where the function words say so, None where they do not."""
    words = [w.casefold().replace("’", "'") for w in _WORD.findall(text[:_SAMPLE])]
    if not words:
        return None
    counts = Counter(words)
    shares = {code: sum(counts[w] for w in known & counts.keys()) / len(words) for code, known in function_words().items()}
    best = max(shares, key=lambda code: (shares[code], code == "en"))
    few = shares[best] * len(words) < _FEW and best != "en"
    if len(words) < _ENOUGH and (shares[best] < 2 * _OTHER or few):
        return None
    ahead = max((share for code, share in shares.items() if code != "en"), default=0.0) < shares["en"]
    if _ENOUGH <= len(words) < _BRIEF and ahead and shares["en"] >= _BRIEF_ENGLISH:
        return "en"
    return best if shares[best] >= (_ENGLISH if best == "en" else _OTHER) else None


def looks_english(text: str) -> bool:
    """Whether the text reads as English; texts too short to tell pass when they are in Latin letters."""
    code = language_of(text)
    if code is not None:
        return code == "en"
    words = _WORD.findall(text[:_SAMPLE])
    return len(words) < _ENOUGH and all(letter < "\u0250" for word in words for letter in word)
