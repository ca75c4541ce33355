"""``attache events``, ``search``, ``story``, ``stories`` and ``person``: questions to a record."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict

import click

from attache.commands import completing
from attache.commands import options as o


@click.command(short_help="Who did what to whom, from all pages.")
@o.record
@click.option("--actor", metavar="NAME", help="Only events in which this actor (name, part of it, or id) takes part.")
@click.option("--with", "other", metavar="NAME", help="... together with this one.")
@click.option(
    "--kind",
    metavar="KIND",
    multiple=True,
    shell_complete=completing.kinds,
    help="Only events of this kind, such as meet; may be given several times.",
)
@click.option(
    "--status",
    metavar="STATUS",
    multiple=True,
    shell_complete=completing.statuses,
    help="Only events of this status, such as planned; several times too.",
)
@o.days
@click.option("--place", metavar="NAME", help="Only events there: a place, or a country by name or ISO code (BEL).")
@click.option("--about", metavar="NAME", help="Only events about this actor or agreement.")
@click.option("--source", "outlet", metavar="HOST", help="Only events that this outlet tells of, such as example.org.")
@click.option("--text", metavar="WORDS", help="Only events whose sentence has these words.")
@click.option("--min-sources", type=click.IntRange(1), help="Only events with so many independent sources.")
@click.option("--reports", is_flag=True, help="Every report of the events found, one a row, with its characters.")
@click.option("--order", type=click.Choice(["newest", "oldest", "sources", "reported"]), default="newest", show_default=True)
@o.slices(100)
@o.form
def events(
    record: str, actor: str | None, other: str | None, kind: tuple[str, ...], status: tuple[str, ...], since: str | None,
    until: str | None, place: str | None, about: str | None, outlet: str | None, text: str | None, min_sources: int | None,
    reports: bool, order: str, limit: int, offset: int, form: str,
) -> int:  # fmt: skip
    """List the events of a record, each merged from all pages that tell of it."""
    from attache.record import open_record
    from attache.show.rows import EVENT_COLUMNS, REPORT_COLUMNS, write_rows

    with open_record(record, create=False) as book:
        found = book.events(
            actor=actor, other=other, kind=kind or None, status=status or None, since=since, until=until, place=place, about=about,
            outlet=outlet, text=text, min_sources=min_sources, limit=limit, offset=offset, order=order,  # type: ignore[arg-type]
        )  # fmt: skip
        if reports:
            rows = [asdict(one) for event in found for one in book.reports(event=event.id)]
            write_rows(sys.stdout, rows, form, REPORT_COLUMNS)
        else:
            write_rows(sys.stdout, found.dicts(), form, EVENT_COLUMNS)
        _more(found.more, limit, offset)
    return o.DONE


# `-word` means without it, so no short option may be taken out of it.
@click.command(short_help="Find pages by their text.", context_settings={"ignore_unknown_options": True, "help_option_names": ["--help"]})
@click.argument("words", nargs=-1, required=True)
@o.record
@o.days
@click.option("--source", "outlet", metavar="HOST", help="Only pages of this outlet.")
@o.slices(20)
@o.form
def search(words: tuple[str, ...], record: str, since: str | None, until: str | None, outlet: str | None, limit: int, offset: int,
           form: str) -> int:  # fmt: skip
    """Find pages by their text: words, "a phrase", -without. What was found is shown in [brackets]."""
    from attache.record import open_record
    from attache.show.rows import HIT_COLUMNS, write_rows

    with open_record(record, create=False) as book:
        found = book.search(" ".join(words), since=since, until=until, outlet=outlet, limit=limit, offset=offset)
        write_rows(sys.stdout, found.dicts(), form, HIT_COLUMNS, nothing="no pages")
        _more(found.more, limit, offset)
    return o.DONE


@click.command(short_help="Stories that several pages tell.")
@o.record
@o.days
@click.option("--min-wordings", type=click.IntRange(1), default=1, show_default=True, help="Only stories in so many independent wordings.")
@click.option("--min-pages", type=click.IntRange(1), default=2, show_default=True, help="Only stories of so many pages.")
@o.slices(100)
@o.form
def stories(record: str, since: str | None, until: str | None, min_wordings: int, min_pages: int, limit: int, offset: int,
            form: str) -> int:  # fmt: skip
    """List the stories that several pages tell."""
    from attache.record import open_record
    from attache.show.rows import write_rows

    with open_record(record, create=False) as book:
        found = book.stories(
            min_wordings=min_wordings, min_pages=min_pages, since=since, until=until, limit=limit, offset=offset
        )  # fmt: skip
        write_rows(sys.stdout, found.dicts(), form, nothing="no stories")
        _more(found.more, limit, offset)
    return o.DONE


@click.command(short_help="One story, its copies side by side.")
@click.argument("number", metavar="ID", type=int)
@o.record
@o.form
def story(number: int, record: str, form: str) -> int:
    """Show a story: its pages, why they belong together, and their texts side by side with what varies."""
    from attache.record import open_record
    from attache.show.rows import PAGE_COLUMNS, write_rows
    from attache.show.safe import printable
    from attache.story import apparatus

    with open_record(record, create=False) as book:
        found = book.story(number)
        side_by_side = book.collation(number) if found and len(found.pages) > 1 else None
    if found is None:
        o.complain(f"no story {number} in {record}; `attache stories` lists them")
        return o.FAILED
    if form == "json":
        collated = side_by_side.model_dump(mode="json") if side_by_side else None
        click.echo(json.dumps({**asdict(found), "collation": collated}, ensure_ascii=False))
        return o.DONE
    write_rows(sys.stdout, [asdict(page) for page in found.pages], form, PAGE_COLUMNS)
    if form == "table":
        for part, rows in (("why they belong together", found.links), ("what they disagree on", found.disputes)):
            if rows:
                click.echo(f"{part}:")
                write_rows(sys.stdout, [asdict(row) for row in rows], form, ("first", "second", "kind", "message", "score", "reason"))
        for line in apparatus(side_by_side) if side_by_side else ():
            click.echo(printable(line))
    return o.DONE


@click.command(short_help="What a person did, said and was.")
@click.argument("name")
@o.record
@o.days
@click.option("--limit", type=click.IntRange(1), default=20, show_default=True, help="At most so many events of each sort.")
@o.form
def person(name: str, record: str, since: str | None, until: str | None, limit: int, form: str) -> int:
    """A person's life in the record: offices, meetings, statements, company."""
    from attache.commands.life import write_life
    from attache.record import open_record

    with open_record(record, create=False) as book:
        life = book.person(name, since=since, until=until, limit=limit)
        others = book.people(name)[1:]
    if life is None:
        o.complain(f"nobody called {name!r} in {record}")
        return o.FAILED
    write_life(sys.stdout, life, form)
    if others:
        o.complain(f"{name!r} may also mean " + ", ".join(f"{one.name} ({one.code})" for one in others[:5]))
    return o.DONE


def _more(more: bool, limit: int, offset: int) -> None:
    if more:
        click.echo(f"attache: there are more; --offset {offset + limit} shows the next", err=True)
