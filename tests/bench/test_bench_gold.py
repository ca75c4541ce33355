"""Every gold file of the shared data, scored whole."""

from __future__ import annotations

from pathlib import Path

import pytest
from spacy.language import Language

from attache.evaluate.forms import form_of, is_rows
from attache.evaluate.measures import Measure
from attache.evaluate.report import evaluate

FILES = ["dispatches", "events", "time", "names", "statements/polnear_dev.jsonl"]


@pytest.mark.parametrize("file", FILES)
def test_gold(file: str, shared_data: Path, pipeline: Language, shown) -> None:  # type: ignore[no-untyped-def]
    place = shared_data / file
    if is_rows(place) and not form_of(place):
        pytest.skip(f"no scorer for {file} yet")
    for score in evaluate(place, pipeline):
        shown(f"{file}: {score.name}", [(m.name, _figures(m)) for m in score.measures])


def _figures(m: Measure) -> str:
    return f"{m.found}/{m.wanted}  recall {_share(m.recall)}  precision {_share(m.precision)}  F1 {_share(m.f1)}"


def _share(share: float | None) -> str:
    return "   –" if share is None else f"{share:.3f}"
