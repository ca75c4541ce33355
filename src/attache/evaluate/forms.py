"""The forms of gold made of rows (``.jsonl``, ``.jsonl.gz``, or a ``.json`` of objects by id), each with the module that scores it.

To add a form: write ``attache/evaluate/NAME.py`` with a ``FORM`` and add its name to :data:`SCORERS`. A scorer is given the rows, of
which all the fields named by its form are there, and the whole pipeline of :func:`attache.load`::

    FORM = Form("time", frozenset({"text", "dct", "timexes"}), score_times)

    def score_times(gold: GoldFile, nlp: Language) -> Score: ...
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from itertools import islice
from pathlib import Path
from typing import Any

from spacy.language import Language

from attache.errors import DataError, SourceMissing
from attache.evaluate.measures import Score

SCORERS = (
    "cameo",
    "cleaning",
    "copying",
    "damage",
    "entities",
    "events",
    "repair",
    "statements",
    "times",
    "travels",
)
"""Modules of this package that score a form, one a line, in the order of the alphabet."""

Row = dict[str, Any]


@dataclass(frozen=True)
class GoldFile:
    """One gold file: its path, and its rows or a sample of them."""

    path: Path
    rows: list[Row]


@dataclass(frozen=True)
class Form:
    """One form of gold: how it is called, the fields by which its rows are known, and who scores it."""

    name: str
    fields: frozenset[str]
    score: Callable[[GoldFile, Language], Score]


@cache
def forms() -> tuple[Form, ...]:
    """Every form that is registered."""
    return tuple(import_module(f"attache.evaluate.{name}").FORM for name in SCORERS)


def is_rows(path: Path) -> bool:
    """Whether a file is made of rows, by its name."""
    return path.name.endswith((".jsonl", ".jsonl.gz", ".json"))


def form_of(path: Path) -> Form | None:
    """The form of a file, told by the fields of its first row; None where it is of none."""
    try:
        lines = _lines(path, 1)
        row = json.loads(lines[0]) if lines else None
    except (ValueError, DataError):
        return None
    return next((form for form in forms() if isinstance(row, dict) and form.fields <= row.keys()), None)


def open_gold(path: Path, form: Form, every: int = 1) -> GoldFile:
    """Read a file's rows, or each ``every``-th of them from the first on.

    A row that is not JSON or lacks a field of the form raises :class:`~attache.errors.DataError` with its line.
    """
    rows = []
    for number, line in enumerate(_lines(path), 1):
        if (number - 1) % every or not line.strip():
            continue
        try:
            row = json.loads(line)
        except ValueError as error:
            raise DataError(f"{path}, line {number}: not JSON ({error}); every line is to be one object") from error
        lacking = form.fields - row.keys() if isinstance(row, dict) else form.fields
        if lacking:
            raise DataError(f"{path}, line {number}: lacks {', '.join(sorted(lacking))}, which a row of {form.name} gold must have")
        rows.append(row)
    return GoldFile(path, rows)


@contextmanager
def language_of(nlp: Language) -> Iterator[None]:
    """The pipeline without attache's rooms: what scorers need that look at one room alone."""
    rooms = [name for name in nlp.pipe_names if name.startswith("attache_") and name != "attache_encoder"]
    with nlp.select_pipes(disable=rooms):
        yield


def told() -> str:
    """The forms in words, for messages."""
    rows = [f"{form.name} ({', '.join(sorted(form.fields))})" for form in forms()]
    return f"a .jsonl whose rows have the fields of one form: {'; '.join(rows)}"


def _lines(path: Path, most: int | None = None) -> list[str]:
    """The rows as JSON texts; of a ``.json`` the objects in it, each with its name as ``id``."""
    if path.suffix == ".json":
        return _objects(path)[:most]
    try:
        with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as file:
            return list(islice(file, most))
    except UnicodeDecodeError as error:
        raise DataError(f"{path}: not UTF-8 text; gold files are") from error
    except EOFError as error:
        raise DataError(f"{path}: the compressed file ends too early; fetch it again") from error
    except OSError as error:
        raise SourceMissing(f"{path}: cannot be read: {error.strerror or error}") from error


def _objects(path: Path) -> list[str]:
    try:
        found = json.loads(path.read_text("utf-8"))
    except OSError as error:
        raise SourceMissing(f"{path}: cannot be read: {error.strerror or error}") from error
    except ValueError as error:
        raise DataError(f"{path}: not JSON ({error})") from error
    if not isinstance(found, dict) or not all(isinstance(row, dict) for row in found.values()):
        return []
    return [json.dumps({"id": name, **row}) for name, row in found.items()]
