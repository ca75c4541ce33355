"""How what was read travels with a spaCy document: to another process, into a ``DocBin``, onto a disk.

spaCy packs a document's own data with msgpack, which asks the functions registered here (entry points of ``pyproject.toml``) for objects
that it does not know. They go as JSON, checked against their types when they come back: nothing in a file is ever run.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import Any

from pydantic import BaseModel, TypeAdapter

from attache import dossier
from attache.reading import Reading

MARK = "__attache__"


@cache
def _adapter(name: str) -> TypeAdapter[Any]:
    """How objects of one type are checked: the reading, or a type of the dossier."""
    if name == Reading.__name__:
        from attache.dossier import Actor, Agreement, Event, Finding, Mention, PageDate, PlaceMention, Time

        types = {t.__name__: t for t in (Actor, Agreement, Event, Finding, Mention, PageDate, PlaceMention, Time)}
        adapter: TypeAdapter[Any] = TypeAdapter(Reading, _parent_depth=0)
        adapter.rebuild(_types_namespace={**types, **vars(dossier)})
        return adapter
    return TypeAdapter(getattr(dossier, name))


def encode(obj: Any, chain: Callable[[Any], Any] | None = None) -> Any:
    """An object of attache as a marked dictionary of plain values; others are left to the next encoder.

    What a reading keeps only to be quick, the words and their directions in time, is left behind.
    """
    if isinstance(obj, Reading):
        bare = replace(obj, tokens=None, directions={})
        return {MARK: Reading.__name__, "json": _adapter(Reading.__name__).dump_json(bare).decode()}
    if isinstance(obj, BaseModel) and type(obj).__module__ == dossier.__name__:
        return {MARK: type(obj).__name__, "json": obj.model_dump_json()}
    return obj if chain is None else chain(obj)


def decode(obj: Any, chain: Callable[[Any], Any] | None = None) -> Any:
    """The object of a dictionary that :func:`encode` made; others are left to the next decoder.

    Raises pydantic's ``ValidationError`` where the values do not fit the type, and ``AttributeError`` where attache has no such type.
    """
    if isinstance(obj, dict) and MARK in obj:
        return _adapter(obj[MARK]).validate_json(obj["json"])
    return obj if chain is None else chain(obj)
