"""The where room: the place tables, and what is a place and what is not."""

from __future__ import annotations

import csv
import gzip
import tomllib
from collections import Counter
from functools import cache
from pathlib import Path

import pytest
import spacy
from spacy.tokens import Doc

import attache
from attache.dossier import Actor, Mention, Span
from attache.reading import Linked, reading_of
from attache.where import gazetteer as load_gazetteer
from attache.where.component import WhereRoom
from attache.where.finding import words
from attache.where.gazetteer import DATA, country_places


def places(text: str, linked: list[tuple[str, str, str]] | None = None) -> dict[str, tuple[str | None, str]]:
    """Text to (country, role) for every place found; ``linked`` gives (words, actor id, kind)."""
    doc: Doc = spacy.blank("en")(text)
    reading = reading_of(doc)
    for name, actor, kind in linked or []:
        span = doc.char_span(text.index(name), text.index(name) + len(name))
        assert span is not None
        mention = Mention(span=Span(start=span.start_char, end=span.end_char), text=name)
        reading.linked.append(Linked(span.start, span.end, actor, kind, mention))
        reading.actors[actor] = Actor(id=actor, name=name, kind="person" if kind == "name" else "organisation")
    WhereRoom()(doc)
    return {p.text: (p.place.country, p.role) for p in reading.places}


def test_tables_have_their_shape() -> None:
    rows = list(csv.DictReader(gzip.decompress((DATA / "places.csv.gz").read_bytes()).decode().splitlines()))
    assert len(rows) > 25_000
    for row in rows:
        assert row["name"] and len(row["iso3"]) == 3
        assert -90 <= float(row["lat"]) <= 90 and -180 <= float(row["lon"]) <= 180
    assert (DATA / "places.csv.gz").stat().st_size < 1_500_000
    assert sum(bool(row["capital"]) for row in rows) > 190
    for row in csv.DictReader((DATA / "regions.csv").read_text("utf-8").splitlines()):
        assert row["kind"] in ("continent", "region", "sea") and len(row["country"]) in (0, 3)
    assert all(words().values())


@pytest.mark.parametrize(
    ("name", "place", "country"),
    [("Kiev", "Kyiv", "UKR"), ("Peking", "Beijing", "CHN"), ("Bombay", "Mumbai", "IND"), ("Saigon", "Ho Chi Minh City", "VNM"),
     ("Rangoon", "Yangon", "MMR"), ("Geneva", "Geneva", "CHE"), ("Xinjiang", "Xinjiang", "CHN"), ("Crimea", "Crimea", "UKR"),
     ("Mosul", "Mosul", "IRQ"), ("Leningrad", "Saint Petersburg", "RUS"), ("Burma", "Myanmar", "MMR")],
)  # fmt: skip
def test_names_older_and_newer(name: str, place: str, country: str) -> None:
    entry = load_gazetteer().named(name)[0]
    assert (entry.place.name, entry.place.country) == (place, country)


def test_dateline_and_scene() -> None:
    found = places("NAIROBI (Reuters) - The minister met his guest in Kampala on Monday.")
    assert found == {"NAIROBI": ("KEN", "dateline"), "Kampala": ("UGA", "scene")}


def test_country_context_settles_a_shared_name() -> None:
    assert places("They met in Tripoli, Lebanon, last week.")["Tripoli"][0] == "LBN"
    assert places("They met in Tripoli last week.")["Tripoli"][0] == "LBY"


def test_a_small_namesake_in_a_country_of_the_page_is_not_meant() -> None:
    linked = [("US", "wd:Q30", "country"), ("America", "wd:Q30", "country")]
    assert places("The US minister of America will travel to Geneva next week.", linked)["Geneva"][0] == "CHE"


def test_names_of_people_and_bodies_are_no_places() -> None:
    found = places("Secretary Austin praised Orlando Bloom and the London School of Economics.", [("Austin", "wd:Q1", "name")])
    assert found == {}


def test_metonym_is_a_place_only_where_something_happens() -> None:
    assert places("Washington rejected the plan.", [("Washington", "wd:Q30", "metonym")]) == {}
    assert places("They spoke in Washington.", [("Washington", "wd:Q30", "metonym")])["Washington"] == ("USA", "scene")


def test_region_and_unknown() -> None:
    assert places("He arrived in Europe after talks in the Middle East.") == {"Europe": (None, "scene"), "Middle East": (None, "scene")}
    assert places("Nothing happened in Xyzzyville.") == {}


def test_countries_have_points() -> None:
    assert country_places()["BEL"].latitude is not None


def test_every_data_file_is_known() -> None:
    assert {p.name for p in Path(DATA).iterdir()} == {
        "places.csv.gz",
        "regions.csv",
        "countries.csv",
        "older_names.csv",
        "words.toml",
        "named_events.toml",
    }


@cache
def whole_pipeline() -> spacy.Language:
    """Every component, loaded once."""
    return attache.load()


def named(text: str) -> dict[str, tuple[str, str]]:
    """Text to (label, finder) for every name of a page read whole."""
    return {e.text: (e.label_, e._.found_by) for e in whole_pipeline()(text).ents}


def test_names_are_labelled_and_say_who_found_them() -> None:
    found = named(
        "US Secretary of State Antony Blinken met Lavrov in Reykjavik on May 19, 2021. Blinken spoke of the North Sea and Chinese ships. "
        "Jane Fairweather of Northbrook Steel Company was there before the Munich Security Conference."
    )
    assert found["Antony Blinken"] == ("PERSON", "title")
    assert found["Blinken"] == ("PERSON", "propagation")
    assert found["Reykjavik"] == ("GPE", "gazetteer")
    assert found["Chinese"] == ("NORP", "gazetteer")
    assert found["Jane Fairweather"] == ("PERSON", "model")
    assert found["Northbrook Steel Company"] == ("ORG", "model")
    assert found["Munich Security Conference"][0] == "EVENT"
    assert found["North Sea"][0] == "LOC"


def test_titles_are_spans_of_their_own() -> None:
    doc = whole_pipeline()("US Secretary of State Antony Blinken met the Russian foreign minister on May 19, 2021.")
    assert [(s.text, s.label_) for s in doc.spans["titles"]] == [("US Secretary of State", "TITLE"), ("Russian foreign minister", "TITLE")]


def test_a_vote_is_an_event_and_its_country_no_name_in_it() -> None:
    found = named("The 2019 United Kingdom general election returned Boris Johnson, who thanked voters in London.")
    assert found["2019 United Kingdom general election"] == ("EVENT", "gazetteer")
    assert "United Kingdom" not in found and found["London"][0] == "GPE"


def test_named_event_words_have_their_shape() -> None:
    from attache.where.entities import event_words

    table = event_words()
    assert all(word[0].isupper() for word in table["heads"])
    assert all(word.islower() or not word.isalpha() for name in ("inside", "votes", "kinds") for word in table[name])


PASSAGES = tomllib.loads((Path(__file__).parent / "passages" / "places.toml").read_text("utf-8"))


def test_places_of_our_own_sentences() -> None:
    """Older names, datelines, scenes and namesakes; docs/measured.md has the figures of the first run and of this one."""
    rows = [row for kind in PASSAGES.values() for row in kind]
    assert len(rows) >= 60
    wanted = right = beyond = 0
    for row, doc in zip(rows, whole_pipeline().pipe(row["text"] for row in rows), strict=True):
        gold = Counter(row["places"])
        found = Counter(f"{p.text} = {p.place.name} {p.place.country or '-'} {p.role}" for p in reading_of(doc).places)
        wanted, right, beyond = wanted + gold.total(), right + (gold & found).total(), beyond + (found - gold).total()
    assert right >= 0.94 * wanted and beyond <= 0.03 * wanted, (right, wanted, beyond)


def test_a_city_of_note_is_meant_where_only_its_country_is_spoken_of() -> None:
    doc = whole_pipeline()("The US secretary flew to Athens, and Lebanon's army entered Tripoli.")
    # Athens in Georgia is no city of note, though the page speaks of the United States
    assert [p.place.country for p in reading_of(doc).places if p.role == "scene"] == ["GRC", "LBN"]


def test_every_older_name_is_of_a_city_of_the_table() -> None:
    rows = list(csv.DictReader((DATA / "older_names.csv").read_text("utf-8").splitlines()))
    for row in rows:
        assert any(e.place.name == row["city"] and e.place.country == row["iso3"] for e in load_gazetteer().named(row["name"])), row
    assert len(rows) > 180
