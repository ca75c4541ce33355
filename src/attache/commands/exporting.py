"""``attache export``: a record in the forms that other tools read."""

from __future__ import annotations

import click

from attache.commands import options as o

_ENDINGS = {"parquet": "", "gdelt": ".tsv", "plover": ".jsonl", "jsonld": ".jsonld", "ftm": ".ftm.json", "ics": ".ics"}


@click.command(short_help="Take events along: Parquet, GDELT, ...")
@o.record
@click.option("--to", "form", type=click.Choice(list(_ENDINGS)), required=True, help="The form; `docs/exports.md` describes each.")
@click.option("--output", metavar="FILE", help="Write there (parquet: a folder). Without: events with the form's ending.")
@click.option("--actor", metavar="NAME", help="Only events in which this actor takes part; whose calendar it is.")
@click.option("--kind", metavar="KIND", multiple=True, help="Only events of this kind; may be given several times.")
@click.option("--status", metavar="STATUS", multiple=True, help="Only events of this status; several times too.")
@click.option("--since", metavar="DATE", callback=o.day, help="Not before this day.")
@click.option("--until", metavar="DATE", callback=o.day, help="Not after this day.")
@click.option("--place", metavar="NAME", help="Only events there: a place, or a country by name or ISO code.")
@click.option("--min-sources", type=click.IntRange(1), help="Only events with so many independent sources.")
def export(
    record: str, form: str, output: str | None, actor: str | None, kind: tuple[str, ...], status: tuple[str, ...], since: str | None,
    until: str | None, place: str | None, min_sources: int | None,
) -> int:  # fmt: skip
    """Take the events of a record along: Parquet, GDELT, PLOVER, JSON-LD, FollowTheMoney, iCalendar."""
    from attache.record import open_record
    from attache.record.exports import export as write

    target = output or f"events{_ENDINGS[form]}"
    asked = {"actor": actor, "kind": kind, "status": status, "since": since, "until": until, "place": place, "min_sources": min_sources}
    filters = {name: value for name, value in asked.items() if value}
    with open_record(record, create=False) as book:
        count = write(book, form, target, **filters)  # type: ignore[arg-type]
    click.echo(f"{count} events written to {target}", err=True)
    return o.DONE
