"""Taking along: the events shown, in every form that the record exports."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import asdict, fields

from fastapi import APIRouter, Depends, HTTPException
from fastapi.responses import Response, StreamingResponse

from attache.desk.asked import Asked, asked
from attache.desk.parcels import FILES, parcel
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


@router.get("/events/as/{form}", tags=["taking along"], response_class=StreamingResponse)
def events_as(form: str, what: Asked = Depends(asked), desk: Desk = Depends(the_desk)) -> Response:
    """The events that fit, in a form that other tools read: parquet (zipped), gdelt, plover, jsonld, ftm; ics of one actor."""
    if form not in FILES:
        raise HTTPException(404, f"There is no such form; choose from {', '.join(FILES)}.")
    name, media_type = FILES[form]
    packed = parcel(desk.record, form, what.filters())
    path = packed.__enter__()  # closed when the last piece was sent, since the file is gone then

    def pieces() -> Iterator[bytes]:
        with ExitStack() as closing:
            closing.push(packed)
            with path.open("rb") as stream:
                while piece := stream.read(65_536):
                    yield piece

    return StreamingResponse(pieces(), media_type=media_type, headers={"Content-Disposition": f'attachment; filename="{name}"'})


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
