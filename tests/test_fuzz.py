"""What fuzzing found stays mended, and every entry of `fuzz/` stands its seeds and bytes drawn by hypothesis.

The finds lie in ``tests/finds``, one input a file named ``ENTRY-what.bin``; docs/fuzzing.md tells of each.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from attache.dossier import Actor, Dossier, Mention, Place, Span

PROJECT = Path(__file__).parent.parent
sys.path.insert(0, str(PROJECT))

from fuzz.entries import entries  # noqa: E402
from fuzz.run import checked  # noqa: E402
from fuzz.seeds import seeds  # noqa: E402

FINDS = sorted((PROJECT / "tests" / "finds").glob("*.bin"))
NAMES = sorted(entries(), key=len, reverse=True)
MODEL = {"reading"}
"""Entries that load the language model: other tests read pages with it."""
QUICK = [
    "html", "text", "file", "mending", "charset", "jsonl", "csv", "import-wikidata-line", "import-ftm-line", "times", "places", "garble",
    "rows", "carried", "dossier",
]  # fmt: skip
BYTES = st.binary(max_size=60) | st.text(max_size=60).map(str.encode)


def entry_of(find: Path) -> str:
    return next(name for name in NAMES if find.name.startswith(f"{name}-"))


@pytest.mark.parametrize("find", FINDS, ids=lambda find: find.stem)
def test_what_was_found_stays_mended(find: Path) -> None:
    checked(entries()[entry_of(find)], find.read_bytes())


@pytest.mark.parametrize("name", [name for name in entries() if name not in MODEL])
def test_every_entry_stands_its_seeds(name: str) -> None:
    for seed in (b"", *seeds(name)):
        checked(entries()[name], seed)


@pytest.mark.parametrize("name", QUICK)
def test_every_entry_stands_any_bytes(name: str) -> None:
    entry: Callable[[bytes], None] = entries()[name]

    @settings(max_examples=15, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(BYTES)
    def stands(data: bytes) -> None:
        checked(entry, data)

    stands()


@pytest.mark.parametrize("day", [date(1, 1, 1), date(9999, 12, 31)])
def test_a_page_at_either_end_of_the_calendar_is_read(day: date) -> None:
    """Found by the entry `times`: "last week" and holidays of the years 0 and 10000 ended in OverflowError and ValueError."""
    import spacy

    from attache.when.timexes import timexes

    words = "last week, last Tuesday, yesterday, Easter, Thanksgiving, Christmas, this morning, next month, three years ago, a century ago"
    doc = spacy.blank("en")(words)
    assert all(time.text for time in timexes(doc, day))


def test_a_dossier_holds_only_what_can_be_shown_and_filed() -> None:
    """Found by the entry `filed`: a reliability of 1e300 took all memory in the terminal view, spans of 2**70 broke the database."""
    for wrong in ({"start": -1, "end": 2}, {"start": 0, "end": 2**70}):
        with pytest.raises(ValidationError):
            Span.model_validate(wrong)
    from sample_dossier import sample

    sound = sample().model_dump()
    for wrong in ({"reliability": 1e300}, {"reliability": float("nan")}):
        with pytest.raises(ValidationError):
            Dossier.model_validate({**sound, **wrong})
    with pytest.raises(ValidationError):
        Mention(span=Span(start=0, end=1), text="x", confidence=float("nan"))
    with pytest.raises(ValidationError):
        Place(name="x", latitude=float("inf"))
    assert Actor(id="a", name="A", kind="person").mentions == []
