"""How sure it is that somebody held an office on a day: an end that nobody knows is no promise that there was none."""

from __future__ import annotations

from datetime import date
from functools import cache

from attache.errors import DataError
from attache.knowledge.compiling import KINDS
from attache.knowledge.facts import Tenure
from attache.knowledge.store import last_day
from attache.knowledge.tables import load_toml
from attache.reading import Days

YEAR = 365.25


@cache
def half_lives() -> dict[str, float]:
    """Years after which half the holders of a kind of office have gone (``certainty.toml``, where the numbers are explained)."""
    table = load_toml("certainty.toml").get("half_life", {})
    if set(table) != KINDS or not all(isinstance(years, float) and years > 0 for years in table.values()):
        raise DataError(f"knowledge/data/certainty.toml: needs a number of years for each of {', '.join(sorted(KINDS))}")
    return dict(table)


def certainty(tenure: Tenure, on: Days) -> float:
    """0..1: 1 within a term of known ends, or one known to last by then; 0 outside; less with each year that an open end is unconfirmed.

    Of several days the best counts.
    """
    if not tenure.days.overlaps(on):
        return 0.0
    if not tenure.open_end:
        return 1.0
    known = last_day(tenure.as_of)
    first = max(filter(None, (on.first, tenure.days.first)), default=date.min)
    if known is None or first <= known:
        return 1.0
    return float(0.5 ** ((first - known).days / YEAR / half_lives()[tenure.office.kind]))
