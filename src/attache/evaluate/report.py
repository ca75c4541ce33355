"""Runs a scorer over gold files and lays the figures out as a table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from attache._read import load, read
from attache.evaluate.dispatch import Measure, score
from attache.evaluate.gold import gold_pairs, load_gold
from attache.evaluate.repair import is_repair_gold, score_repair
from attache.evaluate.travels import is_travel_gold, score_travels

if TYPE_CHECKING:
    from spacy.language import Language


@dataclass(frozen=True)
class PageScore:
    """The measures of one page."""

    name: str
    measures: list[Measure]


def evaluate(place: Path, nlp: Language | None = None) -> Iterator[PageScore]:
    """Score every gold pair at a place, one page at a time; or a file of names to be repaired, or of trips."""
    if place.is_file() and place.suffix == ".jsonl" and is_repair_gold(place):
        yield PageScore(place.stem, score_repair(place, nlp or load()))
        return
    if place.is_file() and place.suffix == ".jsonl" and is_travel_gold(place):
        yield PageScore(place.stem, score_travels(place, nlp or load()))
        return
    pairs = gold_pairs(place)
    pipeline = nlp or load()
    for gold_path, page_path in pairs:
        dossier = read(page_path, nlp=pipeline)
        yield PageScore(gold_path.stem, score(dossier, load_gold(gold_path), page_path.read_text("utf-8")))


def total(scores: list[PageScore]) -> PageScore:
    """The sum over pages."""
    sums: dict[str, Measure] = {}
    for page in scores:
        for measure in page.measures:
            sums[measure.name] = sums[measure.name].add(measure) if measure.name in sums else measure.add(Measure(measure.name))
    return PageScore("total", list(sums.values()))


def show(console: Console, scores: list[PageScore], details: bool) -> None:
    """Print a table a page, then the totals."""
    for page in scores:
        console.print(_page(page, details))
    if len(scores) > 1:
        console.print(_page(total(scores), False))


def _page(page: PageScore, details: bool) -> RenderableType:
    table = Table(title=page.name, title_justify="left", title_style="bold", box=None, pad_edge=False)
    table.add_column("measure")
    for column in ("found", "wanted", "recall", "right", "given", "precision"):
        table.add_column(column, justify="right")
    for m in page.measures:
        counts = ("" if m.right is None else str(m.right), "" if m.given is None else str(m.given))
        table.add_row(m.name, str(m.found), str(m.wanted), _percent(m.recall), *counts, _percent(m.precision))
    return Group(table, *_details(page.measures), "") if details else Group(table, "")


def _details(measures: list[Measure]) -> list[Text]:
    lines = []
    for m in measures:
        lines += [Text(f"  missed {m.name}: {line}") for line in m.missed]
        lines += [Text(f"  beyond the gold, {m.name}: {line}", style="dim") for line in m.extra]
    return lines


def _percent(share: float | None) -> str:
    return "" if share is None else f"{share:.0%}"
