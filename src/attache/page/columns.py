"""Which column of a table holds the text, the date, the address: named by the user, or known by its usual names."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from attache.errors import DataError, SourceEmpty, SourceUnreadable
from attache.page.items import Item

PARTS = ("text", "html", "date", "url", "title", "id")


@dataclass(frozen=True)
class Columns:
    """Columns as the user names them; None looks for the usual names."""

    text: str | None = None
    date: str | None = None
    url: str | None = None
    title: str | None = None
    html: str | None = None
    id: str | None = None


@cache
def usual_names() -> dict[str, tuple[str, ...]]:
    """The usual names of each column, from ``columns.toml``."""
    path = Path(__file__).parent / "columns.toml"
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    if set(table) != set(PARTS) or not all(names and all(isinstance(n, str) and n == n.lower() for n in names) for names in table.values()):
        raise DataError(f"{path.name}: needs lower-case names for each of {', '.join(PARTS)}")
    return {part: tuple(names) for part, names in table.items()}


def found_columns(header: Sequence[str], wanted: Columns, uri: str) -> dict[str, str]:
    """The columns to read by what they hold; `SourceUnreadable` where a named one or any text is missing."""
    lowered = {name.strip().lower(): name for name in reversed(header)}
    found: dict[str, str] = {}
    for part in PARTS:
        named = getattr(wanted, part)
        if named is not None and named not in header:
            raise SourceUnreadable(f"{uri}: has no column {named!r}; it has {_listed(header)}")
        usual = next((lowered[name] for name in usual_names()[part] if name in lowered), None)
        if chosen := named or usual:
            found[part] = chosen
    if "text" not in found and "html" not in found:
        raise SourceUnreadable(f"{uri}: no column of text is known by its name; say which with --text-column, it has {_listed(header)}")
    return found


def item_of(row: Mapping[str, Any], columns: Mapping[str, str], uri: str, number: int) -> Item:
    """The page in a row; named by its address, its id, or its number."""
    values = {part: plain(row.get(column)) for part, column in columns.items()}
    url = values.get("url")
    name = url or f"{uri}#{values.get('id') or number}"
    html = values.get("html")
    body = html or values.get("text")
    if not body:
        raise SourceEmpty(f"{uri}#{number}: its text is empty")
    day = values.get("date")
    title = " ".join((values.get("title") or "").split()) or None
    return Item(name, text=body, html=True if html else None, title=title, published=day[:40] if day else None, url=url)


def plain(value: Any) -> str | None:
    """A cell as text; None where it holds nothing."""
    if value is None:
        return None
    text = value if isinstance(value, str) else value.isoformat() if hasattr(value, "isoformat") else str(value)
    return text if text.strip() else None


def _listed(header: Sequence[str]) -> str:
    return ", ".join(repr(str(name)[:40]) for name in list(header)[:20]) or "no columns"
