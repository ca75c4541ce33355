"""Scores the cleaning of HTML as article-extraction-benchmark does: shingles of four words of the text found and of the article.

A ``.json`` of one object a page, ``articleBody`` by the page's id, with ``ID.html.gz`` or ``ID.html`` beside it.
"""

from __future__ import annotations

import gzip
import re
from collections import Counter
from pathlib import Path

from spacy.language import Language

from attache.errors import SourceError, SourceMissing
from attache.evaluate.forms import Form, GoldFile
from attache.evaluate.measures import Measure, Score
from attache.page import page_from_bytes

LONG = 4


def score_pages(gold: GoldFile, nlp: Language) -> Score:
    """Precision, recall and F1 as the benchmark takes them, the mean over pages; as counts, in thousandths of a page."""
    measure = Measure("text", right=0, given=0)
    for row in gold.rows:
        page = page_from_bytes(source_of(gold.path.parent, row["id"]))
        ours = Counter() if isinstance(page, SourceError) else shingles(page.text)
        theirs = shingles(row["articleBody"])
        shared = (ours & theirs).total()
        recall, precision = shared / max(theirs.total(), 1), shared / max(ours.total(), 1)
        measure.found, measure.wanted = measure.found + round(1000 * recall), measure.wanted + 1000
        measure.right, measure.given = (measure.right or 0) + round(1000 * precision), (measure.given or 0) + 1000
        if recall < 0.9 or precision < 0.9:
            measure.missed.append(f"{row['id'][:12]}…: recall {recall:.2f}, precision {precision:.2f}")
    return Score(gold.path.stem, [measure], form=FORM.name)


def source_of(folder: Path, page: str) -> bytes:
    """The bytes of a page beside the gold; :class:`SourceMissing` where there is none."""
    for path in (folder / f"{page}.html.gz", folder / f"{page}.html"):
        if path.exists():
            return gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    raise SourceMissing(f"{folder / page}.html.gz: no such page beside the gold")


def shingles(text: str) -> Counter[tuple[str, ...]]:
    """The runs of four words of a text, with how often each stands in it."""
    words = re.findall(r"\w+", text)
    return Counter(tuple(words[n : n + LONG]) for n in range(max(1, len(words) - LONG + 1)))


FORM = Form("pages", frozenset({"id", "articleBody"}), score_pages)
