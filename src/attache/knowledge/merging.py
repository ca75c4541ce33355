"""One row for one thing: people and offices that stand in the tables twice, terms that are told twice or wrongly."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from attache.errors import DataError

Row = dict[str, str]
LAST = "9999-12-31"
FIRST = "0000-01-01"


def merge_people(people: dict[str, Row], tenures: list[Row], same: Iterable[Row]) -> None:
    """Give what belongs to one id of ``same_people.csv`` to the other; both names are kept."""
    kept: dict[str, str] = {}
    for row in same:
        gone, left = row["id"], row["same_as"]
        if gone not in people or left not in people or left in kept or gone == left:
            raise DataError(f"same_people.csv: {gone} or {left} is unknown, or itself merged")
        kept[gone] = left
        one, other = people.pop(gone), people[left]
        names = {one["name"], *one["aliases"].split("|"), *other["aliases"].split("|")} - {"", other["name"]}
        people[left] = {**other, "aliases": "|".join(sorted(names)), "country": other["country"] or one["country"]}
    for row in tenures:
        row["person"] = kept.get(row["person"], row["person"])


def merge_offices(offices: dict[str, Row], tenures: list[Row], same: Iterable[Row]) -> None:
    """Give the terms of one id of ``same_offices.csv`` to the other, whose name and kind stand."""
    kept: dict[str, str] = {}
    for row in same:
        gone, left = row["id"], row["same_as"]
        if gone not in offices or left not in offices or left in kept or gone == left or offices[gone]["where"] != offices[left]["where"]:
            raise DataError(f"same_offices.csv: {gone} or {left} is unknown, itself merged, or of another place")
        kept[gone] = left
        offices.pop(gone)
    for row in tenures:
        row["office"] = kept.get(row["office"], row["office"])


def without_mistakes(tenures: Iterable[Row], mistakes: Iterable[Row]) -> Iterator[Row]:
    """The terms but those of ``corrections.csv``, each named by person, office and start with what is wrong; an end given there stands."""
    wrong = {(row["person"], row["office"], row["start"]): row for row in mistakes}
    for row in tenures:
        mended = wrong.get((row["person"], row["office"], row["start"]))
        if mended is None:
            yield row
        elif mended["end"]:
            yield {**row, "end": mended["end"], "source": f"{row['source']}+{mended['source']}", "as_of": mended["as_of"]}


def merge_tenures(tenures: Iterable[Row]) -> list[Row]:
    """The terms of one person in one office that share days as one term, with the better known start and end."""
    held: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in tenures:
        held[row["person"], row["office"]].append(row)
    return [row for rows in held.values() for row in _merged(rows)]


def _merged(rows: list[Row]) -> list[Row]:
    """Terms in order, those that overlap joined; a row without a start says nothing of its own beside one that has it."""
    rows = sorted(rows, key=lambda row: (row["start"] or FIRST, row["end"] or LAST))
    dated = [row for row in rows if row["start"]] or rows[:1]
    found = [dated[0]]
    for row in dated[1:]:
        last = found[-1]
        if not _overlap(last, row):
            found.append(row)
            continue
        found[-1] = _joined(last, row)
    return found


def _overlap(one: Row, later: Row) -> bool:
    """Whether the later starts before the earlier ends; an end that nobody knows is no ground to join two terms years apart."""
    if not one["end"]:
        return later["start"][:4] == one["start"][:4]
    # a term that ends in the month in which the next begins is another one
    return later["start"] < one["end"][: len(later["start"])]


def _joined(one: Row, other: Row) -> Row:
    """The more exact start, and of two ends the later known one, with the newer word."""
    starts = sorted((one["start"], other["start"]), key=lambda day: (-len(day), day))
    newer = max(one, other, key=lambda row: row["as_of"])
    ends = [row["end"] for row in (one, other) if row["end"]]
    sources = "+".join(dict.fromkeys(source for row in (one, other) for source in row["source"].split("+")))
    start = starts[0] if len(one["start"]) != len(other["start"]) else min(one["start"], other["start"])
    return {**one, "start": start, "end": max(ends, default=""), "source": sources, "as_of": newer["as_of"]}
