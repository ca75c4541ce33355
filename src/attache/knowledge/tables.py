"""Loads the smaller tables (countries, organisations, agreements), each checked for its shape."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

from attache.errors import DataError
from attache.knowledge.compiling import rows_of
from attache.knowledge.facts import Agreement, Country, Organisation, Withdrawal

DATA = Path(__file__).parent / "data"
_DATE = re.compile(r"(\d{4}(-\d\d(-\d\d)?)?)?")
_ORGANISATION_KINDS = frozenset({"organisation", "group", "body"})


def split(text: str) -> tuple[str, ...]:
    """The parts of a ``|`` field."""
    return tuple(part for part in text.split("|") if part)


def load_toml(name: str) -> dict[str, Any]:
    """A packaged TOML file."""
    try:
        return tomllib.loads((DATA / name).read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise DataError(f"knowledge/data/{name}: {error}") from error


def load_countries() -> dict[str, Country]:
    """Countries by ISO 3166 alpha-3."""
    found: dict[str, Country] = {}
    for row in rows_of(DATA / "countries.csv"):
        if not re.fullmatch("[A-Z]{3}", row["iso3"]) or not row["name"] or row["iso3"] in found:
            raise DataError(f"knowledge/data/countries.csv: bad or repeated row {row}")
        identity = row["id"] or f"attache:country-{row['iso3'].lower()}"
        names = (row["name"], *split(row["names"]))
        found[row["iso3"]] = Country(row["iso3"], row["name"], identity, names, split(row["demonyms"]), row["capital"])
    return found


def load_organisations() -> dict[str, Organisation]:
    """Organisations, groups and bodies by id."""
    found: dict[str, Organisation] = {}
    for row in rows_of(DATA / "organisations.csv"):
        if row["kind"] not in _ORGANISATION_KINDS or not row["id"] or row["id"] in found:
            raise DataError(f"knowledge/data/organisations.csv: bad or repeated row {row}")
        names = (row["name"], *split(row["names"]))
        found[row["id"]] = Organisation(row["id"], row["name"], row["kind"], names, row["country"] or None, row["code"] or None)
    return found


def _date(entry: dict[str, Any], field: str) -> str:
    value = str(entry.get(field, ""))
    if not _DATE.fullmatch(value):
        raise DataError(f"{entry.get('id')}: {field} is no ISO date: {value!r}")
    return value


def load_agreements() -> dict[str, Agreement]:
    """Agreements by id."""
    found: dict[str, Agreement] = {}
    for entry in load_toml("agreements.toml")["agreement"]:
        if entry["id"] in found or not entry["id"].startswith("attache:"):
            raise DataError(f"agreements.toml: bad or repeated id {entry['id']}")
        left = tuple(
            Withdrawal(w["party"], _date({"id": entry["id"], **w}, "date"), w.get("under", "")) for w in entry.get("withdrawals", ())
        )
        found[entry["id"]] = Agreement(
            entry["id"],
            entry["name"],
            (entry["name"], *entry.get("names", ())),
            tuple(tuple(cue.split()) for cue in entry.get("cues", ())),
            tuple(entry.get("parties", ())),
            _date(entry, "signed"),
            _date(entry, "in_force"),
            _date(entry, "ended"),
            left,
            entry["topic"],
            entry["source"],
        )
    return found
