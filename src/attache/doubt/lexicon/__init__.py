"""The word lists and tables of the doubt room, read from the TOML files beside this one."""

from __future__ import annotations

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
def words(name: str) -> frozenset[str]:
    """One list of ``words.toml``."""
    listed = table("words").get(name)
    if not isinstance(listed, list) or not listed or not all(isinstance(word, str) for word in listed):
        raise DataError(f"{FOLDER / 'words.toml'}: `{name}` must be a list of words")
    return frozenset(listed)
