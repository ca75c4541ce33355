"""Takes a record along in the forms that other tools read.

======== ====================================================================== ===================
form      what is written                                                        extra
======== ====================================================================== ===================
parquet   a folder with one file a table                                         ``tables``
gdelt     the 61 columns of a GDELT 2.0 events file, tab-separated, no header    none
plover    one PLOVER event a line (JSON)                                         none
jsonld    schema.org as JSON-LD, with its context inside                         none
ftm       FollowTheMoney entities, one a line (JSON)                             ``ftm``
ics       a person's meetings, past and planned, as a calendar                   ``calendar``
======== ====================================================================== ===================

Every form but Parquet holds merged events, one for all the pages that tell of it; Parquet holds the reports of single pages too.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Unpack, get_args

from attache.errors import UsageError
from attache.record.exports.selection import Form
from attache.record.filters import EventFilters
from attache.record.telling import sound

if TYPE_CHECKING:
    from attache.record.book import Record

__all__ = ["FORMS", "Form", "export"]

FORMS: tuple[str, ...] = get_args(Form)


def export(record: Record, form: Form, target: str | Path, **filters: Unpack[EventFilters]) -> int:
    """Write the events that fit the filters (all of them without) to a file, of Parquet to a folder; how many were written.

    An ``ics`` needs the filter `actor`. The file appears whole or not at all. `UsageError` names a missing extra or filter.
    """
    if form not in FORMS:
        raise UsageError(f"{form!r}: no form of export; choose from {', '.join(FORMS)}")
    write: Callable[..., int] = import_module(f"attache.record.exports.{form}").write
    place = Path(target)
    if not place.parent.is_dir():
        raise UsageError(f"{place}: there is no folder {place.parent}; make it first")
    if form == "parquet":
        with sound(record.place):
            return write(record, place, filters)
    rest = place.with_name(place.name + ".part")
    try:
        with sound(record.place), rest.open("w", encoding="utf-8", newline="") as stream:
            count = write(record, stream, filters)
        rest.replace(place)
    except OSError as error:
        raise UsageError(f"{place}: cannot be written: {error.strerror}") from error
    finally:
        rest.unlink(missing_ok=True)
    return count


def __dir__() -> list[Any]:
    return list(__all__)
