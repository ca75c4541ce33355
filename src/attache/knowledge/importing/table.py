"""CSV: EveryPolitician's term tables, and a user's own (``name``, ``aliases``, ``country``, ``office``, ``start``, ``end``)."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator

from attache.errors import SourceUnreadable
from attache.knowledge.fold import fold
from attache.knowledge.importing.countries import country_code
from attache.knowledge.importing.facts import Fact, OfficeFact, PersonFact, TenureFact

_DATE = re.compile(r"(\d{4}(-\d\d){0,2})?$")


def facts_of(text: bytes, name: str, country: str, pass_over: Callable[[str, Exception], None]) -> Iterator[Fact]:
    """All facts of a table; ``country`` for rows that name none. Told which rows cannot be read."""
    reader = csv.DictReader(io.StringIO(text.decode("utf-8-sig"), newline=""))
    columns = set(reader.fieldnames or ())
    if "name" not in columns or not columns & {"office", "chamber"}:
        raise SourceUnreadable(
            f"{name}: needs the columns name and office (or EveryPolitician's chamber); it has {', '.join(sorted(columns))}"
        )
    for number, row in enumerate(reader, 2):
        try:
            facts = list(_row({k: (v or "").strip() for k, v in row.items() if k}, country))
        except ValueError as error:
            pass_over(f"{name}, line {number}", error)
        else:
            yield from facts


def _row(row: dict[str, str], country: str) -> Iterator[Fact]:
    where = country_code(row.get("country", "")) or row.get("country", "") or country
    start, end = row.get("start", row.get("start_date", "")), row.get("end", row.get("end_date", ""))
    if not row["name"] or not _DATE.match(start) or not _DATE.match(end):
        raise ValueError("needs a name, and dates such as 2021, 2021-03 or 2021-03-23")
    known = row.get("wikidata", "")
    identity = row.get("id", "") if row.get("id", "").startswith("wd:") else f"wd:{known}" if known else f"own:{where}:{fold(row['name'])}"
    aliases = tuple(a.strip() for a in (row.get("aliases") or row.get("sort_name", "")).split("|") if a.strip())
    yield PersonFact(identity, row["name"], aliases, where)
    office = row.get("office") or f"Member of the {row['chamber']}"
    yield OfficeFact(f"own:{where}:{fold(office)}", office, where)
    yield TenureFact(identity, f"own:{where}:{fold(office)}", start, end)
