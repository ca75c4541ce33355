"""What bylines state: the day of publication and the author."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from datetime import date
from functools import cache
from pathlib import Path

from attache.dossier import Residue
from attache.errors import DataError

_ISO = re.compile(r"\b((?:19|20)\d\d)[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
_DAY_FIRST = re.compile(r"\b(\d{1,2})(?:st|nd|rd|th)?(?: of)?[ -]([^\W\d_]{3,9})\.?,?[ -]((?:19|20)\d\d)\b", re.IGNORECASE)
_MONTH_FIRST = re.compile(r"\b([^\W\d_]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?,? ((?:19|20)\d\d)\b", re.IGNORECASE)
_NUMBERS = re.compile(r"\b(\d{1,2})[/.-](\d{1,2})[/.-]((?:19|20)\d\d)\b")
_AUTHOR = re.compile(
    r"(?:^|\b(?:posted|published|written|reported|story) )by:? +([^|•·,\d]{2,60}?)(?= on\b| at\b| in\b|[|•·,\d]| - |$)",
    re.IGNORECASE,
)


@cache
def _table() -> tuple[dict[str, int], tuple[str, ...]]:
    path = Path(__file__).parent / "dates.toml"
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    months = {name: int(number) for number, names in table["months"].items() for name in names}
    if sorted(set(months.values())) != list(range(1, 13)):
        raise DataError(f"{path.name}: [months] needs the numbers 1 to 12")
    return months, tuple(table["words"]["changed"])


def stated_day(text: str) -> str | None:
    """The first day written out in the text, as ISO 8601; None where none is or its order of day and month cannot be known."""
    months, _ = _table()
    if match := _ISO.search(text):
        return _iso(int(match[1]), int(match[2]), int(match[3]))
    for match in (*_DAY_FIRST.finditer(text), *_MONTH_FIRST.finditer(text)):
        day, name = (match[1], match[2]) if match[1].isdigit() else (match[2], match[1])
        if month := months.get(name.casefold()):
            return _iso(int(match[3]), month, int(day))
    if match := _NUMBERS.search(text):
        one, two, year = int(match[1]), int(match[2]), int(match[3])
        if one > 12 or one == two:
            return _iso(year, two, one)
        if two > 12:
            return _iso(year, one, two)
    return None


def _iso(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def stated_in(bylines: Iterable[Residue]) -> tuple[str | None, str | None]:
    """Day of publication and author that a page's bylines state; a day of change counts only where no other is stated."""
    _, changed = _table()
    published = altered = author = None
    for line in bylines:
        if line.kind != "byline":
            continue
        day = stated_day(line.text)
        if day and any(word in line.text.casefold() for word in changed):
            altered = altered or day
        else:
            published = published or day
        match = _AUTHOR.search(line.text)
        author = author or (" ".join(match[1].split()) if match else None)
    return published or altered, author
