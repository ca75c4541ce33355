"""One import from beginning to end: which form a source has, reading it in batches, finishing the database."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from attache.errors import SourceTooLarge, SourceUnreadable, UsageError
from attache.knowledge.importing import followthemoney, popolo, table, wikidata
from attache.knowledge.importing.facts import Fact
from attache.knowledge.importing.streams import lines_of, opened
from attache.knowledge.importing.target import Target

FORMS = ("wikidata", "ftm", "popolo", "csv")
BATCH = 2_000
MOST_TOLD = 20
MOST_BYTES = 500_000_000
"""The largest Popolo or CSV file, which is read at once."""
LINES: dict[str, Callable[[bytes], Iterator[Fact]]] = {"wikidata": wikidata.facts_of, "ftm": followthemoney.facts_of}


Progress = Callable[[str, int, int], None]
"""Told what is being done (``reading`` or ``indexing``), how far (bytes of the file, people) and of how much."""


@dataclass
class Summary:
    """What an import did: lines read, lines passed over (how many, and what was wrong with the first), rows of the finished database."""

    lines: int = 0
    bad: int = 0
    wrong: list[str] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)

    def pass_over(self, place: str, error: Exception) -> None:
        """Note a line that cannot be read."""
        self.bad += 1
        if len(self.wrong) < MOST_TOLD:
            self.wrong.append(f"{place}: {type(error).__name__}: {str(error)[:120]}")


def form_of(path: Path) -> str:
    """The form of a source, from its name and beginning."""
    suffixes = [s for s in path.suffixes if s not in (".gz", ".bz2", ".zst", ".zstd")]
    if suffixes[-1:] == [".csv"]:
        return "csv"
    with opened(path) as (stream, _):
        head = stream.read(65536).lstrip()
    if head.startswith(b"{") and b'"schema"' in head.split(b"\n", 1)[0]:
        return "ftm"
    if head.startswith(b"[") and b'"type"' in head[:4096]:
        return "wikidata"
    if b'"persons"' in head or b'"memberships"' in head or b'"events"' in head:
        return "popolo"
    raise UsageError(f"{path}: what it is cannot be told from its beginning; say --format {', '.join(FORMS)}")


def import_facts(
    source: Path, into: Path, form: str | None = None, country: str = "", progress: Progress = lambda what, done, total: None
) -> Summary:
    """Import one source into a knowledge database, going on where an earlier call stopped. Lines that cannot be read are passed over.

    ``country`` (ISO 3166 alpha-3) is for forms that do not say it. Raises ``SourceError`` for a source that cannot be read at all.
    """
    form = form or form_of(source)
    summary = Summary()
    with opened(source):
        pass  # a missing source makes no database
    target = Target(into)
    name = f"{form}:{source.name}"
    try:
        if form in LINES:
            _by_lines(source, target, name, form, summary, progress)
        else:
            _at_once(source, target, name, form, country, summary)
        summary.counts = target.finish(datetime.now(UTC).date().isoformat(), lambda done, total: progress("indexing", done, total))
    finally:
        target.close()
    return summary


def _by_lines(source: Path, target: Target, name: str, form: str, summary: Summary, progress: Progress) -> None:
    batch: list[Fact] = []
    size = source.stat().st_size
    last = begun = target.line(name)
    for last, line in lines_of(source, begun, lambda position: progress("reading", position, size)):
        summary.lines += 1
        try:
            batch.extend(LINES[form](line))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            summary.pass_over(f"{source}, line {last}", error)
        if summary.lines % BATCH == 0:
            target.add(batch, name, last)
            batch = []
    target.add(batch, name, last)
    progress("reading", size, size)


def _at_once(source: Path, target: Target, name: str, form: str, country: str, summary: Summary) -> None:
    with opened(source) as (stream, _):
        data = stream.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise SourceTooLarge(f"{source}: larger than {MOST_BYTES // 1_000_000} MB; split it")
    read = popolo.facts_of if form == "popolo" else table.facts_of
    try:
        target.add(list(read(data, str(source), country, summary.pass_over)), name, 0)
    except (UnicodeDecodeError, KeyError, TypeError, AttributeError) as error:
        raise SourceUnreadable(f"{source}: not in the form {form}: {error!r}") from error
