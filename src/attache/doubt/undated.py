"""A page whose day is neither stated nor to be worked out."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc

from attache.dossier import Finding
from attache.reading import reading_of


def check_undated(doc: Doc) -> Iterator[Finding]:
    """A note when the page has no date."""
    day = reading_of(doc).date
    if day.best is not None or day.published is not None:
        return
    bounds = f"; it lies between {day.earliest or '?'} and {day.latest or '?'}" if day.earliest or day.latest else ""
    yield Finding(
        kind="undated", span=None, text="", message=f"The page states no date and none could be worked out{bounds}.",
        grounds=[ground.reason for ground in day.grounds], severity="note", confidence=0.9, rule="undated",
    )  # fmt: skip
