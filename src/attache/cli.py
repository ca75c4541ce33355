"""The commands: thin, since everything they do is in the public API.

Imports of the rooms stand inside the commands, so that ``--help`` does not wait for them.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import date
from pathlib import Path
from typing import IO

import click

from attache import __version__
from attache.errors import AttacheError, SourceError, UsageError

DONE, FAILED, WRONG_USE, INTERRUPTED = 0, 1, 2, 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command line (by default the process's own) and give its exit status."""
    if arguments is None and not any(word.startswith("--pipeline") for word in sys.argv):
        _leave_torch_out()
    try:
        # Not click's own `main`, which ends the process with status 1 where the reader of a pipe has left.
        with commands.make_context("attache", list(sys.argv[1:] if arguments is None else arguments)) as context:
            result = commands.invoke(context)
        sys.stdout.flush()
        return result if isinstance(result, int) else DONE
    except click.exceptions.Exit as leaving:
        return leaving.exit_code
    except click.ClickException as error:
        error.show()
        return WRONG_USE
    except (click.Abort, KeyboardInterrupt):
        complain("interrupted")
        return INTERRUPTED
    except BrokenPipeError:
        # The reader of our output went away (`| head`): nobody is left to tell, and Python's own flush at exit must not try.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except UsageError as error:
        complain(str(error))
        return WRONG_USE
    except AttacheError as error:
        complain(str(error))
        return FAILED


def _leave_torch_out() -> None:
    """spaCy imports torch wherever it is installed, which takes seconds; only other pipelines than attache's own need it."""
    if "spacy" not in sys.modules:
        sys.modules.setdefault("torch", None)  # type: ignore[arg-type]


def complain(message: str) -> None:
    """One line on standard error, without control characters."""
    from attache.show.safe import printable

    click.echo(f"attache: {printable(' '.join(message.split()))}", err=True)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="attache", message="%(prog)s %(version)s")
def commands() -> None:
    """Read diplomatic news as found: who did what to whom, when and where, and what to doubt."""


def _day(_context: click.Context, _parameter: click.Parameter, value: str | None) -> str | None:
    if value is None:
        return None
    try:
        return date.fromisoformat(value).isoformat()
    except ValueError:
        raise click.BadParameter(f"{value!r} is not a day; write it as 2021-03-23") from None


_sources = click.argument("sources", metavar="SOURCE...", nargs=-1, required=True)
_pipeline = click.option("--pipeline", metavar="NAME", help="Another spaCy pipeline than attache's own, such as en_core_web_trf.")
_published = click.option("--published", metavar="DATE", callback=_day, help="The day of publication, where known (2021-03-23).")
_record = click.option("--record", metavar="FILE", default="record.db", show_default=True, help="The record's file.")


@commands.command()
@_sources
@click.option("--format", "form", type=click.Choice(["terminal", "json", "html"]), default="terminal", show_default=True)
@_published
@_pipeline
@click.option("--output", metavar="FILE", type=click.Path(dir_okay=False), help="Write there instead of to standard output.")
def read(sources: tuple[str, ...], form: str, published: str | None, pipeline: str | None, output: str | None) -> int:
    """Read pages: files, folders, addresses, .jsonl, or - for standard input."""
    from attache._read import Reader
    from attache.show import writer

    failed, reader = False, Reader(pipeline, published)
    with _out(output) as stream, writer(form, stream) as out:
        for result in map(reader.read, reader.pages(sources)):
            if isinstance(result, SourceError):
                failed = True
                complain(str(result))
                out.failure(result)
            else:
                out.dossier(result)
    return FAILED if failed else DONE


@contextmanager
def _out(path: str | None) -> Iterator[IO[str]]:
    if path is None:
        yield sys.stdout
        return
    with ExitStack() as closing:
        try:
            stream = closing.enter_context(Path(path).open("w", encoding="utf-8", newline="\n"))
        except OSError as error:
            raise UsageError(f"{path}: cannot be written: {error.strerror}") from error
        yield stream


@commands.command()
@_sources
@_record
@_published
@_pipeline
def ingest(sources: tuple[str, ...], record: str, published: str | None, pipeline: str | None) -> int:
    """File pages into a record; a page already there is passed over."""
    from attache.record import open_record

    with open_record(record) as book:
        summary = book.ingest(sources, published=published, pipeline=pipeline, on_error=lambda error: complain(str(error)))
    click.echo(f"{summary.filed} filed, {summary.known} already there, {summary.failed} failed", err=True)
    return FAILED if summary.failed else DONE


@commands.command()
@_record
@click.option("--actor", metavar="NAME", help="Only events in which this actor (name or id) takes part.")
@click.option("--kind", metavar="KIND", help="Only events of this kind, such as meet.")
@click.option("--status", metavar="STATUS", help="Only events of this status, such as planned.")
@click.option("--since", metavar="DATE", callback=_day, help="Not before this day.")
@click.option("--until", metavar="DATE", callback=_day, help="Not after this day.")
@click.option("--format", "form", type=click.Choice(["table", "json", "csv"]), default="table", show_default=True)
def events(record: str, actor: str | None, kind: str | None, status: str | None, since: str | None, until: str | None, form: str) -> int:
    """List the events of a record."""
    from attache.record import open_record
    from attache.show.rows import write_rows

    with open_record(record, create=False) as book:
        found = book.events(actor=actor, kind=kind, status=status, since=since, until=until)
        write_rows(sys.stdout, found.dicts(), form)
    return DONE


@commands.command()
@_record
@click.option("--port", type=click.IntRange(0, 65535), default=8484, show_default=True)
@click.option("--host", metavar="ADDRESS", default="127.0.0.1", show_default=True, help="Another address demands a token.")
@click.option("--token", metavar="TOKEN", envvar="ATTACHE_TOKEN", help="What must be shown to be let in; drawn anew where none is given.")
@click.option("--name", "names", metavar="NAME", multiple=True, help="A host name to answer to besides addresses; may be repeated.")
@click.option("--allow-private", is_flag=True, help="Let pages be added from addresses inside a private network.")
def serve(record: str, port: int, host: str, token: str | None, names: tuple[str, ...], allow_private: bool) -> int:
    """Look at a record in a browser."""
    from attache.desk.serving import serve as serve_record

    def ready(address: str) -> None:
        click.echo(f"attache: the desk is at {address} (Ctrl-C ends it)", err=True)

    serve_record(record, port, ready, host=host, token=token, names=names, allow_private=allow_private)
    return DONE


@commands.group()
def knowledge() -> None:
    """The dated facts that attache knows."""


@knowledge.command()
@click.argument("name")
@click.option("--on", "day", metavar="DATE", callback=_day, help="The offices held on this day.")
@click.option("--office", metavar="PHRASE", help='Only holders of such an office: "US Secretary of State".')
def find(name: str, day: str | None, office: str | None) -> int:
    """Look a name up, with the offices held."""
    from attache.show.facts import people_lines

    lines = people_lines(name, day, office)
    for line in lines:
        click.echo(line)
    if not lines:
        complain(f"nobody known by the name {name!r}" + (f" in the office {office!r}" if office else ""))
    return DONE if lines else FAILED


@knowledge.command()
def stats() -> int:
    """Count what is known."""
    from attache.show.facts import counts

    for name, count in counts():
        click.echo(f"{count:>8,}  {name}")
    return DONE


@commands.command()
@click.argument("gold", type=click.Path(path_type=Path))
@click.option("--details/--no-details", default=True, show_default=True, help="List what was missed and what was found beyond the gold.")
@click.option("--every", metavar="N", type=click.IntRange(min=1), default=1, help="Only each Nth row of a .jsonl file, for a quick look.")
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)
@_pipeline
def evaluate(gold: Path, details: bool, every: int, form: str, pipeline: str | None) -> int:
    """Score against gold: a dispatch .json with its page beside it, a .jsonl of a known form, or a folder of such files."""
    from attache._read import load
    from attache.evaluate.layout import as_json, show
    from attache.evaluate.report import evaluate as scores_of
    from attache.show.safe import console

    scores = scores_of(gold, load(pipeline), every)
    if form == "json":
        for score in scores:
            click.echo(as_json(score, details))
    else:
        show(console(sys.stdout), list(scores), details)
    return DONE
