"""Runs the scorers over a gold file or a folder of them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from attache._read import load, read
from attache.errors import DataError, SourceMissing
from attache.evaluate.dispatch import event_kinds, score
from attache.evaluate.forms import form_of, is_rows, open_gold, told
from attache.evaluate.gold import gold_pairs, load_gold
from attache.evaluate.measures import Score

if TYPE_CHECKING:
    from spacy.language import Language


def evaluate(place: Path, nlp: Language | None = None, every: int = 1) -> Iterator[Score]:
    """Score every gold file at a place, one after the other: dispatch pages singly, then files of rows.

    ``place``: a dispatch ``.json`` with its page beside it, a ``.jsonl`` of a known form, or a folder, whose files of other kinds are
    passed over. ``every`` takes each so-many-th row of a file of rows. A file or folder that is no gold raises
    :class:`~attache.errors.SourceMissing` or :class:`~attache.errors.DataError`, saying what would be.
    """
    pairs, rows = _gold_at(place)
    pipeline = nlp or load()
    for gold_path, page_path in pairs:
        dossier = read(page_path, nlp=pipeline)
        gold = load_gold(gold_path)
        yield Score(gold_path.stem, score(dossier, gold, page_path.read_text("utf-8")), [event_kinds(dossier, gold)])
    for path in rows:
        if form := form_of(path):
            yield form.score(open_gold(path, form, every), pipeline)


def _gold_at(place: Path) -> tuple[list[tuple[Path, Path]], list[Path]]:
    """Dispatch golds with their pages, and files of rows."""
    if not place.exists():
        raise SourceMissing(f"{place}: no such gold file or folder")
    if place.is_file() and is_rows(place) and not gold_pairs(place):
        if form_of(place) is None:
            raise DataError(f"{place}: not a gold file that attache scores; give {told()}")
        return [], [place]
    pairs = gold_pairs(place)
    rows = [p for p in sorted(place.rglob("*")) if is_rows(p) and form_of(p)]
    if not pairs and not rows:
        raise SourceMissing(f"{place}: no gold in it; give a dispatch .json with a .txt or .html of the same name beside it, or {told()}")
    return pairs, rows
