"""The record's tables as Parquet, one file each, for DuckDB, polars, pandas or Spark (extra ``tables``)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Float, Integer, LargeBinary, Select, Table, false, select
from sqlalchemy.types import BigInteger

from attache.errors import UsageError
from attache.record import tables as t
from attache.record.filters import EventFilters, choice

if TYPE_CHECKING:
    from attache.record.book import Record

CHUNK = 50_000
_OF_EVENTS = (t.events, t.event_actors, t.reports, t.report_actors)
_WHOLE = (t.pages, t.actors, t.offices, t.findings, t.stories, t.links)


def write(record: Record, folder: Path, filters: EventFilters) -> int:
    """Write the tables; events and what belongs to them only as far as they fit the filters. How many events.

    A file appears whole or not at all; files of an earlier export are replaced.
    """
    try:
        import polars
    except ImportError as error:
        raise UsageError("Parquet needs the package polars: pip install 'attache[tables]'") from error
    folder.mkdir(exist_ok=True)
    count = 0
    with record.reading() as connection:
        chosen = choice(connection, filters, "oldest")
        for table in (*_OF_EVENTS, *_WHOLE):
            schema = {column.name: _type(polars, column.type) for column in table.c if not isinstance(column.type, LargeBinary)}
            frames = [polars.DataFrame(rows, schema, orient="row") for rows in _chunks(connection, _query(table, chosen, tuple(schema)))]
            frame = polars.concat([polars.DataFrame(schema=schema), *frames])
            part = folder / f"{table.name}.parquet.part"
            frame.write_parquet(part, compression="zstd")
            part.replace(folder / f"{table.name}.parquet")
            count = len(frame) if table is t.events else count
    return count


def _query(table: Table, chosen: Select[Any] | None, columns: tuple[str, ...]) -> Select[Any]:
    query = select(*(table.c[name] for name in columns)).order_by(*table.primary_key.columns)
    if table not in _OF_EVENTS:
        return query
    events = select(chosen.order_by(None).subquery().c.id) if chosen is not None else select(t.events.c.id).where(false())
    if table is t.report_actors:
        return query.where(table.c.report_id.in_(select(t.reports.c.id).where(t.reports.c.event_id.in_(events))))
    return query.where((table.c.id if table is t.events else table.c.event_id).in_(events))


def _chunks(connection: Connection, query: Select[Any]) -> Iterator[list[tuple[Any, ...]]]:
    for rows in connection.execution_options(yield_per=CHUNK).execute(query).partitions(CHUNK):
        yield [tuple(row) for row in rows]


def _type(polars: Any, column: Any) -> Any:
    """Integers, floats and text: the record has no other columns."""
    return polars.Int64 if isinstance(column, Integer | BigInteger) else polars.Float64 if isinstance(column, Float) else polars.String
