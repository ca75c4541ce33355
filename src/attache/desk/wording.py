"""How days, numbers and kinds are said on the desk."""

from __future__ import annotations

import tomllib
from datetime import date
from functools import cache
from pathlib import Path

from attache.errors import DataError
from attache.knowledge import builtin
from attache.show.words import quoted as quoted
from attache.show.words import reliability_words

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_WORDS = Path(__file__).parent / "data" / "words.toml"


def day(value: str | None) -> str:
    """``2021-03-23`` as ``23 Mar 2021``; months and years as they are known; nothing for None."""
    if not value:
        return ""
    parts = value.split("-")
    if len(parts) == 3:
        try:
            whole = date.fromisoformat(value)
        except ValueError:
            return value
        return f"{whole.day} {_MONTHS[whole.month - 1]} {whole.year}"
    if len(parts) == 2 and parts[1].isdigit() and 1 <= int(parts[1]) <= 12:
        return f"{_MONTHS[int(parts[1]) - 1]} {parts[0]}"
    return value


def days(first: str | None, last: str | None) -> str:
    """One day, or the first and the last of several."""
    if first and last and first != last:
        return f"{day(first)} – {day(last)}"
    return day(first or last) or "day unknown"


def moment(value: str | None) -> str:
    """A moment (UTC) to the minute."""
    return value.replace("T", " ")[:16] + " UTC" if value else ""


def share(value: float) -> str:
    """0..1 as per cent."""
    return f"{value:.0%}"


def count(number: int, one: str, many: str = "") -> str:
    """``1 page``, ``2,000 pages``."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def initial(text: str) -> str:
    """With its first letter capital, the others untouched."""
    return text[:1].upper() + text[1:]


def soundness(value: float) -> str:
    """What a reliability means, in words."""
    return reliability_words(value)


def country(code: str | None) -> str:
    """A country's name by its ISO 3166 alpha-3 code; the code where it is not known."""
    found = builtin().countries.get(code) if code else None
    return found.name if found else code or ""


def kind_note(group: str, kind: str) -> str:
    """What a kind of finding or a status means, in a sentence."""
    return words()[group].get(kind, "")


def rule_note(rule: str) -> str:
    """What a rule looks at: the note of the longest name that one of the rule's parts begins with."""
    notes, parts = words()["rule"], rule.replace(":", " ").replace(".", " ").split()
    fitting = [name for name in notes if any(part.startswith(name) for part in parts)]
    return notes[max(fitting, key=len)] if fitting else ""


@cache
def words() -> dict[str, dict[str, str]]:
    """The sentences of ``data/words.toml``; `DataError` where the file is not as it should be."""
    try:
        found = tomllib.loads(_WORDS.read_text("utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise DataError(f"{_WORDS.name}: {error}") from error
    for group in ("finding", "status", "rule"):
        if not all(isinstance(note, str) and note for note in found.get(group, {"": ""}).values()):
            raise DataError(f"{_WORDS.name}: [{group}] needs a sentence for each of its kinds")
    return found
