"""What the knowledge base covers, year by year and country by country, in lines of text."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date

from attache.errors import UsageError
from attache.knowledge import Knowledge, Office, builtin, certainty
from attache.reading import Days

FIRST, LAST = 1990, 2026
KINDS = ("head-of-state", "head-of-government", "foreign-minister", "defence-minister", "finance-minister")
SURE = 0.5
"""A holder counts as known on a day from this certainty on."""
SHORT = {"head-of-state": "state", "head-of-government": "government", "foreign-minister": "foreign", "defence-minister": "defence",
         "finance-minister": "finance"}  # fmt: skip


def counts(known: Knowledge) -> dict[str, int]:
    """How many facts of each kind there are."""
    return {
        "people": len(known.people), "offices": len(known.offices), "countries": len(known.countries),
        "organisations": len(known.organisations), "agreements": len(known.agreements), "memberships": len(known.bonds.memberships),
        "alliances": len(known.bonds.alliances), "sanctions programmes": len(known.bonds.sanctions), "dated facts": len(known.dated_facts),
    }  # fmt: skip


def years_covered(known: Knowledge, offices: list[Office]) -> set[int]:
    """The years in which, on 1 July, somebody is known to hold one of the offices."""
    found = set()
    tenures = [tenure for office in offices for tenure in known.holders(office.id)]
    for year in range(FIRST, LAST + 1):
        day = Days(date(year, 7, 1), date(year, 7, 1))
        if any(tenure.start and certainty(tenure, day) >= SURE for tenure in tenures):
            found.add(year)
    return found


def covered(known: Knowledge) -> dict[str, dict[str, set[int]]]:
    """The years covered by kind of office and country; that of a president who heads the government counts for both."""
    found: dict[str, dict[str, set[int]]] = defaultdict(dict)
    for kind in KINDS:
        for country in known.countries:
            if offices := known.offices_of_kind(kind, country):
                found[kind][country] = years_covered(known, offices)
    return found


def stats_lines(where: str | None) -> Iterator[str]:
    """The whole, or one country or organisation."""
    known = builtin()
    if where:
        yield from _place_lines(known, where)
        return
    for name, count in counts(known).items():
        yield f"{count:>8,}  {name}"
    table = covered(known)
    yield ""
    yield f"Countries (of {len(known.countries)}) with a holder known on 1 July: {', '.join(SHORT[kind] for kind in KINDS)}"
    for year in range(FIRST, LAST + 1):
        yield f"  {year}  " + "  ".join(f"{sum(year in years for years in table[kind].values()):>4}" for kind in KINDS)
    yield ""
    yield f"Years covered of {LAST - FIRST + 1} ({FIRST}–{LAST}), by country: {', '.join(SHORT[kind] for kind in KINDS)}"
    for code, country in sorted(known.countries.items(), key=lambda row: row[1].name):
        cells = "  ".join(f"{len(table[kind].get(code, ())):>3}" for kind in KINDS)
        yield f"  {code}  {cells}  {country.name}"


def _place_lines(known: Knowledge, where: str) -> Iterator[str]:
    """Every office of a place that several held, with the years covered as runs."""
    offices = known.offices_at(where)
    if not offices:
        raise UsageError(
            f"--country {where!r} has no offices; give an ISO 3166 alpha-3 code such as DEU, or an organisation's such as NATO"
        )
    sources: Counter[str] = Counter()
    for office in offices:
        tenures = known.holders(office.id)
        sources.update(tenure.source.split("/")[0] for tenure in tenures)
        yield f"{len(tenures):>4}  {office.name}: {runs(years_covered(known, [office])) or 'no year'}"
    yield "sources: " + ", ".join(f"{source} {count}" for source, count in sources.most_common())


def runs(years: set[int]) -> str:
    """1990–1995, 1999."""
    found: list[list[int]] = []
    for year in sorted(years):
        if found and found[-1][1] == year - 1:
            found[-1][1] = year
        else:
            found.append([year, year])
    return ", ".join(f"{a}–{b}" if a != b else f"{a}" for a, b in found)
