"""The word lists and tables of the doubt room, read from the TOML files beside this one."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from attache.errors import DataError

FOLDER = Path(__file__).parent


@cache
def table(name: str) -> dict[str, Any]:
    """One TOML file of this folder."""
    path = FOLDER / f"{name}.toml"
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise DataError(f"{path}: cannot be read as TOML ({error}); restore the file or mend its syntax") from error


@cache
def words(name: str, file: str = "words") -> frozenset[str]:
    """One list of ``words.toml``, or of another file."""
    listed = table(file).get(name)
    if not isinstance(listed, list) or not listed or not all(isinstance(word, str) and word for word in listed):
        raise DataError(f"{FOLDER / f'{file}.toml'}: `{name}` must be a list of words")
    return frozenset(listed)


@cache
def either(name: str, file: str = "words") -> str:
    """The same as the alternatives of a regular expression, the longest first."""
    return "|".join(map(re.escape, sorted(words(name, file), key=lambda word: (-len(word), word))))


@cache
def numbers() -> dict[str, int]:
    """``numbers.toml``: number words and what they count."""
    found = table("numbers").get("numbers")
    if not isinstance(found, dict) or not found or not all(isinstance(value, int) and value > 0 for value in found.values()):
        raise DataError(f"{FOLDER / 'numbers.toml'}: [numbers] must give words their numbers")
    return found
