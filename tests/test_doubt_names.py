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
from attache.doubt.lexicon import words
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
        # a vowel is lost, or one is changed that transliterators do not change
        ("2018-02-14", "Jacob Zumo said on Wednesday that he would go.", "Jacob Zumo", "Jacob Zuma"),
        ("2021-06-16", "Vldimir Putin spoke for three hours in Geneva on Wednesday.", "Vldimir Putin", "Vladimir Putin"),
        # both words are damaged, words run together, a surname that is a month, a hyphen
        ("2008-11-05", "Balack Obamu defeated John McCain on Tuesday.", "Balack Obamu", "Barack Obama"),
        ("2021-06-14", "BerisJohnson, who was the host, had meant the summit to be short.", "BerisJohnson", "Boris Johnson"),
        ("2018-03-14", "Therisa May told the Commons that there was no alternative.", "Therisa May", "Theresa May"),
        # out of office, but nobody else is called so
        ("2020-01-03", "Zalmay Kharilzad told reporters that he would go to Doha.", "Zalmay Kharilzad", "Zalmay Khalilzad"),
        # a surname alone, of somebody whom the page names
        (
            "2024-06-19",
            "President Vladimir Putin flew to Pyongyang. Putick said the two would help each other.",
            "Putick",
            "Vladimir Putin",
        ),
    ],
)
def test_a_name_that_is_only_near_is_a_note(day: str, text: str, written: str, name: str) -> None:
    assert [(f.text, f.reading, f.kind, f.severity) for f in suggested(text, day)] == [(written, name, "corrupted-name", "note")]


@pytest.mark.parametrize(
    ("day", "text"),
    [
        ("2005-03-12", "Iyad Allawi spoke to reporters in Baghdad."),  # another transliteration
        ("1960-03-12", "Divid Cameron said that he would write."),  # decades before the one of nearly that name
        ("2014-03-12", "Hassan Rowhani spoke to reporters in Tehran."),
        ("2017-03-12", "Tom Barrow said that he would write."),  # many are called Tom
        ("2013-05-01", "Dorbin Ashkettle said that he would write."),
    ],
)
def test_a_stranger_is_left_in_peace(day: str, text: str) -> None:
    assert suggested(text, day) == []


def test_no_correct_name_is_suggested_to_be_another() -> None:
    lines = (Path(__file__).parent / "clean_sentences.txt").read_text("utf-8").splitlines()
    told = [(f.text, f.reading) for day, text in (line.split(" ", 1) for line in lines if line[:1].isdigit()) for f in suggested(text, day)]
    assert told == []


def test_shape_of_the_vowels() -> None:
    pairs = words("pairs", "vowels")
    assert all(len(set(pair)) == 2 and set(pair) <= set("aeiouy") for pair in pairs) and "ao" not in pairs
