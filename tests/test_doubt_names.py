"""Names that are only near a known one: a note with whom it may mean, and nothing about correct names."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

import pytest
from spacy.language import Language

import attache
from attache._read import read_page
from attache.dossier import Finding
from attache.page import page_from_text


@cache
def pipeline() -> Language:
    """attache's own."""
    return attache.load()


def suggested(text: str, day: str) -> list[Finding]:
    """The suggestions about a page of that day."""
    dossier = read_page(page_from_text(text), pipeline(), date.fromisoformat(day))
    return [found for found in dossier.findings if found.rule == "suggested"]


@pytest.mark.parametrize(
    ("day", "text", "written", "name"),
    [
        ("2013-05-01", "Divid Cameron said on Monday that Britain would vote.", "Divid Cameron", "David Cameron"),
        ("2016-12-01", "President-elect Tonalt Trump met reporters in New York.", "Tonalt Trump", "Donald Trump"),
        ("2015-03-12", "Nikos Kotsias said that Greece would pay.", "Nikos Kotsias", "Nikos Kotzias"),
        ("2015-03-12", "Reporters asked Angelo Merkel about the vote.", "Angelo Merkel", "Angela Merkel"),
    ],
)
def test_a_name_that_is_only_near_is_a_note(day: str, text: str, written: str, name: str) -> None:
    assert [(f.text, f.reading, f.kind, f.severity) for f in suggested(text, day)] == [(written, name, "corrupted-name", "note")]


@pytest.mark.parametrize(
    ("day", "text"),
    [
        ("2005-03-12", "Iyad Allawi spoke to reporters in Baghdad."),  # another transliteration
        ("1960-03-12", "Divid Cameron said that he would write."),  # decades before the one of nearly that name
        ("2013-05-01", "Dorbin Ashkettle said that he would write."),
    ],
)
def test_a_stranger_is_left_in_peace(day: str, text: str) -> None:
    assert suggested(text, day) == []


def test_no_correct_name_is_suggested_to_be_another() -> None:
    lines = (Path(__file__).parent / "clean_sentences.txt").read_text("utf-8").splitlines()
    told = [(f.text, f.reading) for day, text in (line.split(" ", 1) for line in lines if line[:1].isdigit()) for f in suggested(text, day)]
    assert told == []
