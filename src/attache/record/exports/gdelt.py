"""Events as the tab-separated table of GDELT 2.0: 61 columns, no header, in the order of its code book.

What differs from GDELT's own files: actor names are those of the record; actor types, groups, religions and the tone, which attache
does not judge, stay empty; ``ActionGeo`` alone is filled among the three places; NumSources counts independent sources, NumArticles pages.
Events without a CAMEO code or a first day have no row.
"""

from __future__ import annotations

import csv
from calendar import isleap
from collections.abc import Sequence
from datetime import date
from typing import IO, TYPE_CHECKING

from attache.record.exports.selection import Exported, codes, countries, exported
from attache.record.filters import EventFilters
from attache.record.rows import ActorRow

if TYPE_CHECKING:
    from attache.record.book import Record


def write(record: Record, stream: IO[str], filters: EventFilters) -> int:
    """Write the events that fit; how many rows."""
    columns: Sequence[str] = codes()["gdelt"]["columns"]
    table = csv.writer(stream, delimiter="\t", quoting=csv.QUOTE_NONE, escapechar=None, quotechar=None, lineterminator="\n")
    count = 0
    for one in exported(record, filters):
        if one.event.cameo and one.event.first:
            row = _row(one)
            table.writerow([_plain(row.get(column, "")) for column in columns])
            count += 1
    return count


def _row(one: Exported) -> dict[str, object]:
    event = one.event
    day, cameo = date.fromisoformat(event.first or ""), str(event.cameo)
    root = cameo[:2]
    added = date.fromisoformat(event.first_reported[:10]) if event.first_reported else day
    return {
        "GLOBALEVENTID": event.id, "SQLDATE": f"{day:%Y%m%d}", "MonthYear": f"{day:%Y%m}", "Year": day.year,
        "FractionDate": f"{day.year + (day.timetuple().tm_yday - 1) / (366 if isleap(day.year) else 365):.4f}",
        **_actor("Actor1", one.side("source")), **_actor("Actor2", one.side("target")),
        "IsRootEvent": 1, "EventCode": cameo, "EventBaseCode": cameo[:3], "EventRootCode": root, "QuadClass": _quad(int(root)),
        "GoldsteinScale": codes()["goldstein"][root],
        "NumMentions": event.reports, "NumSources": event.sources, "NumArticles": event.reports,
        **_geo(one), "DATEADDED": f"{added:%Y%m%d}000000", "SOURCEURL": one.pages[0][0] if one.pages else "",
    }  # fmt: skip


def _actor(column: str, actors: Sequence[ActorRow]) -> dict[str, object]:
    if not actors:
        return {}
    # A row has one actor a side: a person before the country that the page names with him.
    first = min(actors, key=lambda actor: (actor.kind == "country", actor.code))
    country = first.country or next((actor.country for actor in actors if actor.country), None) or ""
    return {f"{column}Code": country, f"{column}Name": first.name.upper(), f"{column}CountryCode": country}


def _geo(one: Exported) -> dict[str, object]:
    event = one.event
    if not (event.place or event.country):
        return {"ActionGeo_Type": 0}
    # 1 a whole country, 4 a city of the world; attache does not tell cities of the United States (3) apart.
    kind = 4 if event.place and event.latitude is not None else 1
    fips = countries().get(event.country or "", ("", ""))[0]
    return {"ActionGeo_Type": kind, "ActionGeo_FullName": event.place or "", "ActionGeo_CountryCode": fips,
            "ActionGeo_Lat": event.latitude if event.latitude is not None else "",
            "ActionGeo_Long": event.longitude if event.longitude is not None else ""}  # fmt: skip


def _quad(root: int) -> int:
    return 1 if root <= 5 else 2 if root <= 8 else 3 if root <= 13 else 4


def _plain(value: object) -> str:
    """GDELT quotes nothing, so that tabs and line ends become spaces."""
    return " ".join(str(value).split())
