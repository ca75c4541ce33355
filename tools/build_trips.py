"""Compile ``travels.jsonl`` (HistoryAtState, CC0) to the trip table of the when room.

    python tools/build_trips.py ../shared/data/knowledge

Each row: person id, country, cities, first and last day, and the telling words of the remarks (names of those met, bodies).
"""

from __future__ import annotations

import collections
import csv
import json
import re
import sys
import unicodedata
from pathlib import Path
from typing import Any

TARGET = Path(__file__).parents[1] / "src/attache/when/data/trips.csv"
FIRST_YEAR = "1995"
SPELLED = {"Joseph R. Biden": "Joe Biden", "William J. Clinton": "Bill Clinton", "Warren Minor Christopher": "Warren Christopher"}
COMMON = 60  # a capitalised word in more remarks than this is a title or a country, and tells nothing


def people_ids(path: Path) -> dict[str, str]:
    """Every name and alias of the people table."""
    ids: dict[str, str] = {}
    with path.open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            for name in [*row["aliases"].split("|"), row["name"]]:
                ids.setdefault(name, row["id"])
    return ids


def telling(remarks: str, counts: collections.Counter[str]) -> list[str]:
    """Words of the remarks that set this trip apart, accents taken off."""
    plain = unicodedata.normalize("NFKD", remarks).encode("ascii", "ignore").decode()
    words = dict.fromkeys(re.findall(r"\b[A-Z][A-Za-z-]{3,}\b|\b[A-Z]{2,5}\b|\bG-?\d+\b", plain))
    return [w for w in words if counts[w] <= COMMON or w in ("NATO", "ASEAN", "APEC", "OSCE")][:14]


def main(folder: Path) -> None:
    """Write the table."""
    trips: list[dict[str, Any]] = [json.loads(line) for line in (folder / "travels.jsonl").open(encoding="utf-8")]
    trips = [t for t in trips if t["start"] >= FIRST_YEAR]
    counts: collections.Counter[str] = collections.Counter()
    for trip in trips:
        plain = unicodedata.normalize("NFKD", trip["remarks"] or "").encode("ascii", "ignore").decode()
        counts.update(set(re.findall(r"\b[A-Z][A-Za-z-]+\b", plain)))
    ids = people_ids(folder / "people.csv")
    missing: set[str] = set()
    with TARGET.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(["person", "country", "places", "start", "end", "words"])
        for trip in sorted(trips, key=lambda t: t["start"]):
            person = ids.get(trip["person"]) or ids.get(SPELLED.get(trip["person"], ""))
            if person is None:
                missing.add(trip["person"])
                continue
            places = "|".join(p.strip() for p in re.split(r",| and ", trip["locale"] or "") if p.strip())
            words = "|".join(telling(trip["remarks"] or "", counts))
            writer.writerow([person, trip["country_iso3"] or trip["country"], places, trip["start"], trip["end"] or trip["start"], words])
    if missing:
        print("not in the people table:", ", ".join(sorted(missing)), file=sys.stderr)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
