"""Country codes of other tables (ISO 3166 alpha-2, Wikidata ids, names) as the alpha-3 that attache uses."""

from __future__ import annotations

from functools import cache

from attache.knowledge.compiling import rows_of
from attache.knowledge.fold import fold
from attache.knowledge.tables import DATA, load_countries


@cache
def _codes() -> dict[str, str]:
    codes = {row["code"]: row["where"] for row in rows_of(DATA / "country_codes.csv")}
    for iso3, country in load_countries().items():
        codes |= {iso3.lower(): iso3, country.id: iso3} | {fold(name): iso3 for name in country.names}
    return codes


def country_code(text: str) -> str:
    """ISO 3166 alpha-3 of an alpha-2 code, a Wikidata id (``wd:Q30``) or a name; empty where unknown."""
    return _codes().get(text) or _codes().get(fold(text), "")
