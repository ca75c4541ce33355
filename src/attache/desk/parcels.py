"""An export as one file to be sent: written to a folder of its own, freed of the paths of this machine, Parquet packed into a zip."""

from __future__ import annotations

import json
import re
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import cast, get_args
from urllib.parse import quote

from sqlalchemy import select

from attache.desk.veil import shown
from attache.record import EventFilters, Record
from attache.record import tables as t
from attache.record.exports import Form, export

FILES = {
    "parquet": ("events-parquet.zip", "application/zip"),
    "gdelt": ("events.tsv", "text/tab-separated-values; charset=utf-8"),
    "plover": ("events.plover.jsonl", "application/x-ndjson"),
    "jsonld": ("events.jsonld", "application/ld+json"),
    "ftm": ("events.ftm.jsonl", "application/x-ndjson"),
    "ics": ("events.ics", "text/calendar; charset=utf-8"),
}
"""File name and media type of each form."""
assert set(FILES) == set(get_args(Form))


@contextmanager
def parcel(record: Record, form: str, filters: EventFilters) -> Iterator[Path]:
    """The file with the events that fit; it is gone afterwards. `UsageError` as `export` has it."""
    with tempfile.TemporaryDirectory(prefix="attache-") as folder:
        target = Path(folder) / ("tables" if form == "parquet" else "events")
        export(record, cast(Form, form), target, **filters)
        if form == "parquet":
            yield _zipped(target)
        else:
            _without_folders(target, _folders(record))
            yield target


def _folders(record: Record) -> list[str]:
    """The folders that pages of the record were read from, the deepest first."""
    p = t.pages.c
    with record.reading() as connection:
        uris = connection.execute(select(p.uri).where(~p.uri.startswith("http"))).scalars()
        found = {uri[: len(uri) - len(shown(uri))] for uri in uris}
    return sorted((folder for folder in found if "/" in folder or "\\" in folder), key=len, reverse=True)


def _without_folders(path: Path, folders: list[str]) -> None:
    """Take the folders out of a text, as they stand, as JSON writes them, as addresses do, and where a calendar folds its lines."""
    text = path.read_text("utf-8")
    for folder in folders:
        for written in dict.fromkeys((folder, json.dumps(folder)[1:-1], folder.replace("/", "\\/"), quote(folder), quote(folder, safe=""))):
            text = re.sub("(?:\n )?".join(map(re.escape, written)), "", text)
    path.write_text(text, "utf-8")


def _zipped(folder: Path) -> Path:
    import polars

    pages = folder / "pages.parquet"
    frame = polars.read_parquet(pages)
    frame.with_columns(polars.Series("uri", [shown(uri) for uri in frame["uri"]], dtype=polars.String)).write_parquet(pages)
    packed = folder.with_suffix(".zip")
    with zipfile.ZipFile(packed, "w") as archive:
        for one in sorted(folder.iterdir()):
            archive.write(one, one.name)
    return packed
