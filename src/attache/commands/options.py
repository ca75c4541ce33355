"""What several commands share: exit statuses, options, messages."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, TypeVar

import click

DONE, FAILED, WRONG_USE, INTERRUPTED = 0, 1, 2, 130
Command = TypeVar("Command", bound=Callable[..., Any])


def complain(message: str) -> None:
    """One line on standard error, without control characters."""
    from attache.show.safe import printable

    click.echo(f"attache: {printable(' '.join(message.split()))}", err=True)


def day(_context: click.Context, _parameter: click.Parameter, value: str | None) -> str | None:
    """A day as an option's value."""
    if value is None:
        return None
    try:
        return date.fromisoformat(value).isoformat()
    except ValueError:
        raise click.BadParameter(f"{value!r} is not a day; write it as 2021-03-23") from None


sources = click.argument("sources", metavar="SOURCE...", nargs=-1, required=True)
pipeline = click.option("--pipeline", metavar="NAME", help="Another spaCy pipeline than attache's own, such as en_core_web_sm.")
published = click.option("--published", metavar="DATE", callback=day, help="The day of publication, where known (2021-03-23).")
record = click.option(
    "--record", metavar="RECORD", default="record.db", show_default=True, help="The record: a file, or a postgresql:// address."
)
form = click.option("--format", "form", type=click.Choice(["table", "json", "csv"]), default="table", show_default=True)


def days(command: Command) -> Command:
    """The options ``--since`` and ``--until``."""
    since = click.option("--since", "--from", "since", metavar="DATE", callback=day, help="Not before this day.")
    until = click.option("--until", "--to", "until", metavar="DATE", callback=day, help="Not after this day.")
    return since(until(command))


def slices(limit: int) -> Callable[[Command], Command]:
    """The options ``--limit`` and ``--offset``."""

    def wrap(command: Command) -> Command:
        most = click.option("--limit", type=click.IntRange(1), default=limit, show_default=True, help="At most so many.")
        skip = click.option("--offset", type=click.IntRange(0), default=0, help="Leave out so many first.")
        return most(skip(command))

    return wrap
