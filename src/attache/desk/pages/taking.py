"""Taking along: the events shown, in every form that the record exports."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import asdict, fields

from fastapi import APIRouter, Depends
from fastapi.responses import Response, StreamingResponse

from attache.desk.asked import Asked, asked
from attache.desk.state import Desk, the_desk
from attache.desk.veil import veiled
from attache.record import EventRow

router = APIRouter()
MOST = 100_000
_CHUNK = 1000


@router.get("/events.csv", tags=["taking along"], response_class=StreamingResponse)
def events_csv(what: Asked = Depends(asked), desk: Desk = Depends(the_desk)) -> Response:
    """The events that fit, as CSV, up to 100,000 rows."""
    headers = {"Content-Disposition": 'attachment; filename="events.csv"'}
    return StreamingResponse(_rows(desk, what), media_type="text/csv; charset=utf-8", headers=headers)


def _rows(desk: Desk, what: Asked) -> Iterator[str]:
    names = [field.name for field in fields(EventRow)]
    yield _line(names)
    for start in range(0, MOST, _CHUNK):
        found = desk.record.events(limit=_CHUNK, offset=start, order=what.sorting, **what.filters())
        for row in found:
            yield _line([_tame(value) for value in asdict(veiled(row)).values()])
        if not found.more:
            return


def _line(values: list[object] | list[str]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerow(values)
    return out.getvalue()


def _tame(value: object) -> object:
    """A cell that a spreadsheet would run as a formula is given a leading apostrophe."""
    return f"'{value}" if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r") else value
