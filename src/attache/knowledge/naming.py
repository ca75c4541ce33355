"""People of the tables put right before they are compiled: entries that are nobody, aliases that name no person, names without a peerage.

Wikidata's bots take the last word of a name for a family name, so that Margrethe II of Denmark would be called Denmark. Nothing outside
the standard library is used, since the build of the package runs this.
"""

from __future__ import annotations

from collections.abc import Iterable

from attache.errors import DataError
from attache.knowledge.fold import fold
from attache.knowledge.spellings import rules

Row = dict[str, str]


def nobodies(corrections: Iterable[Row]) -> set[str]:
    """The ids of ``people.csv.gz`` that a line of ``corrections.csv`` without an office says to be no person."""
    return {row["person"] for row in corrections if not row["office"]}


def without_nobodies(people: dict[str, Row], tenures: Iterable[Row], gone: set[str]) -> list[Row]:
    """Take those out of the people; the terms that are left."""
    for identity in gone:
        if people.pop(identity, None) is None:
            raise DataError(f"corrections.csv: no person {identity}")
    return [row for row in tenures if row["person"] not in gone]


def without_wrong_names(people: dict[str, Row], wrong: Iterable[Row]) -> None:
    """Take the aliases of ``wrong_names.csv`` from the people who do not bear them: a son with his father's name."""
    for row in wrong:
        person = people.get(row["person"])
        aliases = person["aliases"].split("|") if person else []
        if person is None or row["name"] not in aliases:
            raise DataError(f"wrong_names.csv: {row['person']} has no alias {row['name']!r}")
        person["aliases"] = "|".join(alias for alias in aliases if alias != row["name"])


def only_names(person: Row) -> Row:
    """The person with aliases that are names: no government's, no territory's; what stands before a peerage is one of them."""
    name = person["name"]
    given = [*person["aliases"].split("|"), *filter(None, map(before_peerage, [name, *person["aliases"].split("|")]))]
    territory = " of " in name and name.split()[-1]
    kept = {alias for alias in given if alias and alias not in (territory, name) and not rules().governments & set(fold(alias).split())}
    return {**person, "aliases": "|".join(sorted(kept))}


def before_peerage(name: str) -> str:
    """ "Tariq Ahmad" of "Tariq Ahmad, Baron Ahmad of Wimbledon"; empty where a name is not of that form."""
    first, comma, rest = name.partition(",")
    words = fold(rest).split()
    return first.strip() if comma and words and (" " in first.strip()) and rules().peerages & set(words[:2]) else ""
