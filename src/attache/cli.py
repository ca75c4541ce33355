"""The commands: thin, since everything they do is in the public API.

Imports of the rooms stand inside the commands, so that ``--help`` does not wait for them.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import ModuleType
from typing import IO

import click

from attache import __version__
from attache.commands import asking, completing, doctor, exporting, filing, garbling, options
from attache.commands.grouping import Grouped
from attache.commands.options import DONE, FAILED, INTERRUPTED, WRONG_USE, complain
from attache.errors import AttacheError, SourceError, UsageError


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command line (by default the process's own) and give its exit status."""
    if arguments is None and not any(word.startswith("--pipeline") for word in sys.argv):
        _lighten_spacy()
    status = completing.asked(commands) if arguments is None else None
    if status is not None:
        return status
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


def _lighten_spacy() -> None:
    """Leave out what spaCy imports, and attache's own pipeline needs not: torch wherever it is installed, and its own command line.

    The one takes seconds, the other a quarter of one; only pipelines of others may want them.
    """
    if "spacy" in sys.modules:
        return
    sys.modules.setdefault("torch", None)  # type: ignore[arg-type]
    command_line, info = ModuleType("spacy.cli"), ModuleType("spacy.cli.info")
    info.info = None  # type: ignore[attr-defined]
    sys.modules |= {"spacy.cli": command_line, "spacy.cli.info": info}


@click.group(cls=Grouped, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="attache", message="%(prog)s %(version)s")
def commands() -> None:
    """Read diplomatic news as found: who did what to whom, when and where, and what to doubt."""


READ_FORMS = ["terminal", "json", "html", "sarif", "claimreview"]
_day, _sources, _pipeline, _published, _record = options.day, options.sources, options.pipeline, options.published, options.record


@commands.command(short_help="Read pages and say who, what, when, where.")
@_sources
@click.option("--format", "form", type=click.Choice(READ_FORMS), default="terminal", show_default=True)
@_published
@_pipeline
@click.option("--output", metavar="FILE", type=click.Path(dir_okay=False), help="Write there instead of to standard output.")
@click.option("--strict", is_flag=True, help="End with status 1 where a page has a finding of the level error.")
def read(sources: tuple[str, ...], form: str, published: str | None, pipeline: str | None, output: str | None, strict: bool) -> int:
    """Read pages: files, folders, addresses, .jsonl, or - for standard input.

    Besides dossiers, findings can be had as sarif (for editors) and claimreview (contradictions with known facts, as JSON-LD).
    """
    from attache._read import Reader, load_ahead
    from attache.show import writer

    if pipeline is None:
        load_ahead()
    failed, reader = False, Reader(pipeline, published)
    with _out(output) as stream, writer(form, stream) as out:
        for result in map(reader.read, reader.pages(sources)):
            if isinstance(result, SourceError):
                failed = True
                complain(str(result))
                out.failure(result)
            else:
                out.dossier(result)
                errors = sum(finding.severity == "error" for finding in result.findings) if strict else 0
                if errors:
                    failed = True
                    complain(f"{result.source.uri}: {errors} finding{'s' * (errors > 1)} at error level")
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


for _command in (
    filing.ingest,
    filing.watch,
    filing.settle,
    filing.failures,
    asking.events,
    asking.search,
    asking.stories,
    asking.story,
    asking.person,
    exporting.export,
    garbling.garble,
    doctor.doctor,
    completing.completion,
):
    commands.add_command(_command)


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
@click.option("--office", metavar="PHRASE", help='Holders of such an office come first: "US Secretary of State".')
@click.option("--format", "form", type=click.Choice(["terminal", "json"]), default="terminal", show_default=True)
def find(name: str, day: str | None, office: str | None, form: str) -> int:
    """Look a name up: who may be meant, with the reasons and the offices held."""
    from attache.show.facts import people_json, people_lines

    lines = (people_json if form == "json" else people_lines)(name, day, office)
    for line in lines:
        click.echo(line)
    if not lines:
        complain(f"nobody known by the name {name!r}" + (f" in the office {office!r}" if office else ""))
    return DONE if lines else FAILED


@knowledge.command("import")
@click.argument("sources", metavar="SOURCE...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--into", metavar="FILE", type=click.Path(dir_okay=False, path_type=Path), help="The database; by default the user's own.")
@click.option(
    "--format", "form", type=click.Choice(["wikidata", "ftm", "popolo", "csv"]), help="What the sources are, where it is not seen."
)
@click.option("--country", metavar="CODE", default="", help="The country (USA) of sources that do not say it, such as Popolo.")
def import_(sources: tuple[Path, ...], into: Path | None, form: str | None, country: str) -> int:
    """Import people and offices: Wikidata's JSON dump, OpenSanctions, Popolo, CSV; .gz, .bz2 and .zst too.

    An import that was cut off goes on where it stopped when the same command is given again.
    """
    from attache.knowledge.importing import import_sources

    return FAILED if import_sources(sources, into, form, country, complain) else DONE


@knowledge.command()
@click.option("--country", metavar="CODE", help="One country or organisation (DEU, NATO): which years each office is covered.")
def stats(country: str | None) -> int:
    """Count what is known, with the years and countries it covers."""
    from attache.show.coverage import stats_lines

    for line in stats_lines(country):
        click.echo(line)
    return DONE


@commands.command(short_help="Score against gold files.")
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
