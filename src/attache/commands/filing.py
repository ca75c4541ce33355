"""``attache ingest``, ``watch``, ``settle`` and ``failures``: pages into a record."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from attache.commands import options as o

if TYPE_CHECKING:
    from attache.page import Columns


@click.command(short_help="File pages into a record.")
@o.sources
@o.record
@o.published
@o.pipeline
@click.option("--text-column", metavar="NAME", help="The column of CSV, Parquet or JSON lines that holds the text.")
@click.option("--date-column", metavar="NAME", help="The column with the day of publication.")
@click.option("--url-column", metavar="NAME", help="The column with the address.")
@click.option("--title-column", metavar="NAME", help="The column with the title.")
@click.option("--workers", type=click.IntRange(1), help="Reader processes; by default as many as there are cores.")
@click.option("--page-seconds", type=click.FloatRange(0.1), default=120.0, show_default=True, help="The longest time for one page.")
@click.option("--page-megabytes", type=click.IntRange(50), default=2000, show_default=True, help="The most memory for one page.")
@click.option("--everything", is_flag=True, help="Read also pages that name no country, organisation or office.")
@click.option("--runner", metavar="WHERE", help="Read tables with Daft: local, ray, or ray://HOST:10001 (extra cluster).")
@click.option("--tables", metavar="FOLDER", help="With --runner: where what was read is kept as Parquet, also s3:// and the like.")
def ingest(
    sources: tuple[str, ...], record: str, published: str | None, pipeline: str | None, text_column: str | None,
    date_column: str | None, url_column: str | None, title_column: str | None, workers: int | None, page_seconds: float,
    page_megabytes: int, everything: bool, runner: str | None, tables: str | None,
) -> int:  # fmt: skip
    """File pages into a record; a page already there is passed over, so the same command goes on where it was stopped.

    A SOURCE is a file, a folder, an address, or -: HTML, text, .jsonl, .csv, .parquet, .warc and .wet (.gz and .zst too), RSS or Atom.
    """
    from attache.commands.progress import Bar
    from attache.page import Columns, Meter, extent
    from attache.record import open_record
    from attache.record.ingest import Options

    columns = Columns(text=text_column, date=date_column, url=url_column, title=title_column)
    if runner or tables:
        return _on_cluster(sources, record, runner or "local", tables, columns, pipeline, everything, published)
    meter = Meter()
    options = Options(workers or 0, page_seconds, page_megabytes, columns, everything, meter)
    with open_record(record) as book, Bar(sys.stderr, meter, lambda: extent(sources)) as bar:
        summary = book.ingest(
            sources, published, pipeline, on_error=lambda error: bar.aside(lambda: o.complain(str(error))), progress=bar.show,
            options=options,
        )  # fmt: skip
    bar.summary(summary)
    return o.FAILED if summary.failed else o.DONE


def _on_cluster(
    sources: tuple[str, ...], record: str, runner: str, tables: str | None, columns: Columns, pipeline: str | None, everything: bool,
    published: str | None,
) -> int:  # fmt: skip
    from attache.cluster import ingest_tables
    from attache.errors import UsageError
    from attache.record import open_record

    if published:
        raise UsageError("--published does not go with --runner; give the day in a column, --date-column")
    with open_record(record) as book:
        summary = ingest_tables(
            book, sources, runner, tables=tables, columns=columns, pipeline=pipeline, everything=everything,
            on_error=lambda error: o.complain(str(error)),
        )  # fmt: skip
    click.echo(f"{summary.filed} filed, {summary.known} already there, {summary.skipped} skipped, {summary.failed} failed", err=True)
    return o.FAILED if summary.failed else o.DONE


@click.command(short_help="File what is new in RSS or Atom feeds.")
@click.argument("feeds", metavar="FEED...", nargs=-1, required=True)
@o.record
@o.pipeline
@click.option("--every", type=click.FloatRange(1), default=15.0, show_default=True, help="Minutes between two looks at a feed.")
@click.option("--once", is_flag=True, help="Look once, then stop.")
@click.option("--fetch/--no-fetch", default=True, show_default=True, help="Fetch the pages linked to, or file what the feed carries.")
@click.option("--allow-private", is_flag=True, help="Also addresses inside the own network.")
def watch(feeds: tuple[str, ...], record: str, pipeline: str | None, every: float, once: bool, fetch: bool, allow_private: bool) -> int:
    """Look at RSS or Atom feeds again and again, and file what is new.

    A feed that has not changed is not sent again (ETag, Last-Modified); pages of one host are fetched seconds apart, and only where the
    host's robots.txt lets them.
    """
    from attache.record import open_record
    from attache.record.watching import Manners, watch_feeds

    failed = False
    with open_record(record) as book:
        manners = Manners(minutes=every, fetch_pages=fetch, allow_private=allow_private)
        for look in watch_feeds(book, feeds, manners, pipeline, once, lambda error: o.complain(str(error))):
            failed = failed or look.failed > 0
            click.echo(f"{look.filed} filed, {look.known} already there, {look.skipped} skipped, {look.failed} failed", err=True)
    return o.FAILED if failed else o.DONE


@click.command(short_help="Group and merge what is filed, after an upgrade or a kill.")
@o.record
def settle(record: str) -> int:
    """Bring the stories and events of a record up to date with its pages.

    Every ingest ends with it. It is needed by itself where an older attache filed the pages and compared them for copies in another way, as
    `ingest` then says: they are compared and grouped anew from the texts that the record keeps, and nothing is read again. The record
    can be asked meanwhile. Stopped, the same command goes on; where nothing is left to do, it changes nothing.
    """
    from attache.commands.progress import Steps
    from attache.record import open_record

    with open_record(record, create=False) as book, Steps(sys.stderr) as steps:
        done = book.settle(steps.show)
    click.echo(f"{done.texts} texts compared anew, {done.stories} stories grouped anew", err=True)
    return o.DONE


@click.command(short_help="List what could not be filed, and why.")
@o.record
@click.option("--resolved", is_flag=True, help="Also those that a later run filed.")
@o.slices(100)
@o.form
def failures(record: str, resolved: bool, limit: int, offset: int, form: str) -> int:
    """List the inputs that could not be filed, and why."""
    from attache.record import open_record
    from attache.show.rows import write_rows

    with open_record(record, create=False) as book:
        found = book.failures(resolved=resolved, limit=limit, offset=offset)
        write_rows(sys.stdout, found.dicts(), form, nothing="no failures")
    return o.DONE
