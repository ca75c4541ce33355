"""Lays scores out: tables for the terminal, or one JSON object a score."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from attache.evaluate.measures import Kinds, Measure, Score, total

WIDE = 8
"""A table of more kinds than this would not fit a terminal."""


def show(console: Console, scores: list[Score], details: bool) -> None:
    """Print a table a score with its confusions, then the totals of the dispatch pages."""
    pages = [s for s in scores if s.form == "dispatches"]
    for page in scores:
        # The kinds of a few events say little; those of all pages stand below.
        kinds = [] if page in pages and len(pages) > 1 else page.kinds
        console.print(_page(replace(page, kinds=kinds), details))
    if len(pages) > 1:
        summed = total(pages)
        figures = [m for kinds in summed.kinds for m in kinds.measures()]
        console.print(_page(replace(summed, measures=[*summed.measures, *figures]), False))


def as_json(score: Score, details: bool) -> str:
    """One line: ``name``, ``form``, ``measures`` (counts, recall, precision, f1; shares 0..1 or null) and ``kinds`` (pairs counted)."""
    kinds = [
        {"name": k.name, "pairs": [{"wanted": w, "given": g, "count": n} for (w, g), n in sorted(k.pairs.items())]} for k in score.kinds
    ]
    measures = [_measure(m, details) for m in score.measures]
    return json.dumps({"name": score.name, "form": score.form, "measures": measures, "kinds": kinds}, ensure_ascii=False)


def _measure(m: Measure, details: bool) -> dict[str, Any]:
    counts = {"name": m.name, "found": m.found, "wanted": m.wanted, "right": m.right, "given": m.given}
    shares = {"recall": m.recall, "precision": m.precision, "f1": m.f1}
    lists = {"missed": m.missed, "extra": m.extra} if details else {}
    return counts | {name: None if share is None else round(share, 4) for name, share in shares.items()} | lists


def _page(page: Score, details: bool) -> RenderableType:
    table = Table(title=page.name, title_justify="left", title_style="bold", box=None, pad_edge=False)
    table.add_column("measure")
    for column in ("found", "wanted", "recall", "right", "given", "precision", "F1"):
        table.add_column(column, justify="right")
    for m in page.measures:
        counts = ("" if m.right is None else str(m.right), "" if m.given is None else str(m.given))
        table.add_row(m.name, str(m.found), str(m.wanted), _percent(m.recall), *counts, _percent(m.precision), _percent(m.f1))
    confusions = [_confusions(kinds) for kinds in page.kinds]
    return Group(table, "", *confusions, *(_details(page.measures) if details else []), "")


def _confusions(kinds: Kinds) -> RenderableType:
    """Rows are wanted, columns given; a dot is none. Of many kinds only what was confused is listed."""
    columns, rows = kinds.table()
    if len(columns) > WIDE:
        confused = sorted(((n, w, g) for (w, g), n in kinds.pairs.items() if w != g), key=lambda c: (-c[0], c[1:]))
        lines = [Text(f"  {count:>4}  {wanted} → {given}") for count, wanted, given in confused]
        return Group(Text(f"{kinds.name}: wanted → given", style="bold"), *lines, "")
    table = Table(title=f"{kinds.name}: wanted by given", title_justify="left", title_style="bold", box=None, pad_edge=False)
    table.add_column("")
    for column in columns:
        table.add_column(column, justify="right")
    for name, counts in rows:
        table.add_row(name, *(str(n) if n else "·" for n in counts))
    return Group(table, "")


def _details(measures: list[Measure]) -> list[Text]:
    lines = []
    for m in measures:
        lines += [Text(f"  missed {m.name}: {line}") for line in m.missed]
        lines += [Text(f"  beyond the gold, {m.name}: {line}", style="dim") for line in m.extra]
    return lines


def _percent(share: float | None) -> str:
    return "" if share is None else f"{share:.0%}"
