"""How a name sounds to a careless ear. Nothing outside the standard library is used, since the build of the package runs this."""

from __future__ import annotations

import re
from functools import lru_cache

# Spellings that sound alike to a careless ear; applied in order to the folded word.
_EAR = tuple(
    (re.compile(pattern), to)
    for pattern, to in (
        ("sch|sh|ch|tch|cz|zh", "s"), ("ph", "f"), ("th", "t"), ("kh|gh|q|ck", "k"), ("c(?=[eiy])", "s"), ("c", "k"), ("x", "ks"),
        ("dj", "j"),
        ("w|v|b", "b"), ("r|l", "l"), ("z", "s"), ("d", "t"), ("g", "k"), ("p", "b"), ("y|j|ie?|e+", "i"), ("ou|oo|u|o", "o"), ("h", ""),
        (r"(.)\1+", r"\1"),
    )
)  # fmt: skip


@lru_cache(maxsize=32768)
def by_ear(word: str) -> str:
    """A rough sound key of a folded word."""
    for pattern, to in _EAR:
        word = pattern.sub(to, word)
    return word
