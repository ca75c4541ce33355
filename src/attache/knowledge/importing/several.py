"""Several imports one after the other, told as they go."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from attache.errors import SourceError, UsageError
from attache.knowledge.importing.bars import bar
from attache.knowledge.importing.command import Summary, import_facts
from attache.knowledge.packaged import VARIABLE, imported, usual_import
from attache.knowledge.tables import load_countries, load_organisations


def import_sources(sources: Iterable[Path], into: Path | None, form: str | None, country: str, tell: Callable[[str], None]) -> bool:
    """Import each; whether any of them, or a line of them, failed. ``tell`` gets what there is to say, a line a time."""
    if country and country not in load_countries() and country not in {o.code for o in load_organisations().values()}:
        raise UsageError(f"--country {country!r} is no ISO 3166 alpha-3 code such as USA, nor an organisation's such as NATO")
    target = into or usual_import()
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(f"{target.parent}: cannot be made: {error.strerror}; name another place with --into") from error
    failed = False
    for source in sources:
        try:
            with bar(source.name) as progress:
                summary = import_facts(source, target, form, country, progress)
        except SourceError as error:
            failed = True
            tell(str(error))
        else:
            failed |= bool(summary.bad)
            _report(source, summary, tell)
    if target not in imported():
        tell(f"the facts are in {target}; set {VARIABLE}={target} to have them asked")
    return failed


def _report(source: Path, summary: Summary, tell: Callable[[str], None]) -> None:
    for wrong in summary.wrong:
        tell(wrong)
    if summary.bad > len(summary.wrong):
        tell(f"{source}: {summary.bad - len(summary.wrong):,} more lines could not be read")
    held = ", ".join(f"{summary.counts[name]:,} {name}s" for name in ("office", "tenure", "organisation", "agreement"))
    tell(f"{source}: the database now holds {summary.counts['person']:,} people, {held}")
