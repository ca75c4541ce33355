"""The command that damages clean pages on purpose."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO, TYPE_CHECKING

import click

from attache.commands import options
from attache.commands.options import DONE, FAILED, complain
from attache.errors import SourceError

if TYPE_CHECKING:
    from attache.garble import Damage, Garbled
    from attache.page import Page


@click.command(short_help="Damage clean pages, and list the damage.")
@options.sources
@click.option("--seed", type=int, default=0, show_default=True, help="The same seed makes the same damage.")
@click.option("--strength", type=click.Choice(["light", "medium", "heavy"]), default="medium", show_default=True)
@click.option("--kind", "kinds", metavar="KIND", multiple=True, help="Only this kind of damage; may be repeated. By default all.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option("--list", "listed", metavar="FILE", type=click.Path(dir_okay=False, path_type=Path), help="With text: write the list there.")
def garble(sources: tuple[str, ...], seed: int, strength: str, kinds: tuple[str, ...], form: str, listed: Path | None) -> int:
    """Damage clean pages, and list what was damaged: to measure how a reader copes with it.

    Text goes to standard output, with the list after it or in FILE. As json each page is a line that `attache read` takes and
    `attache evaluate` scores.
    """
    from attache.garble import garble as damage
    from attache.page import open_sources

    failed = False
    for page in open_sources(list(sources)):
        if isinstance(page, SourceError):
            failed = True
            complain(str(page))
            continue
        garbled = damage(page.text, seed, strength, kinds or None)
        if form == "json":
            click.echo(json.dumps(_row(page, garbled), ensure_ascii=False))
        else:
            click.echo(garbled.text)
            _tell(garbled, listed)
    return FAILED if failed else DONE


def _row(page: Page, garbled: Garbled) -> dict[str, object]:
    """A line of a ``.jsonl``; the day goes along, since the reader of a copy would know it too."""
    known = {"id": page.source.uri, "date": page.published, "title": page.title}
    return {**{name: value for name, value in known.items() if value}, **garbled.as_row()}


def _tell(garbled: Garbled, listed: Path | None) -> None:
    if listed is None:
        click.echo()
        _lines(garbled, sys.stdout)
        return
    with listed.open("a", encoding="utf-8") as file:
        _lines(garbled, file)


def _lines(garbled: Garbled, stream: IO[str]) -> None:
    for line in _table(garbled.damages):
        print(line, file=stream)


def _table(damages: list[Damage]) -> Iterator[str]:
    """``72-86  name  “Mike Pompeo” → “Mike Pompeyo” (insert)``; line breaks shown as a sign."""
    for damage in damages:
        before, after = (" ".join(words.split()) for words in (damage.before, damage.after))
        change = f"“{before}” → “{after}”" if before and after else f"“{before}” lost" if before else f"“{after}” put in"
        yield f"{f'{damage.start}-{damage.end}':>11}  {damage.kind:<11} {change} ({damage.way})"
