"""The knowledge room: its data files have their shape, and names, offices and days find each other."""

from __future__ import annotations

import importlib.util
import threading
import time
from datetime import date
from pathlib import Path

import pytest

from attache.knowledge import Knowledge, builtin, fold, name_similarity
from attache.knowledge.store import first_day, last_day
from attache.knowledge.tables import load_toml
from attache.knowledge.titles import load_titles
from attache.reading import Days


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return builtin()


def day(text: str) -> Days:
    return Days(date.fromisoformat(text), date.fromisoformat(text))


def holders(knowledge: Knowledge, words: str, on: str) -> set[str]:
    phrase = knowledge.office_phrases(words.split())[0]
    return {knowledge.people[t.person].name for office in phrase.offices for t in knowledge.holders(office.id, day(on))}


def test_fold() -> None:
    assert fold("Mevlüt ÇAVUŞOĞLU") == "mevlut cavusoglu"
    assert fold("Chung Eui-yong") == fold("Chung Eui Yong")
    assert fold("U.S.") == fold("US") == "us"
    assert fold("Sa’ar") == fold("Saar")


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ("sophie wilmes", "Sophie Wilmès"),
        ("Yang Jie Chi", "Yang Jiechi"),
        ("Blinken Antony", "Antony Blinken"),
        ("Chung Eui Yong", "Chung Eui-yong"),
    ],
)
def test_people_named(knowledge: Knowledge, asked: str, name: str) -> None:
    assert name in {person.name for person in knowledge.people_named(asked)}


def test_people_surnamed(knowledge: Knowledge) -> None:
    for surname in ("Leyen", "von der Leyen"):
        assert "Ursula von der Leyen" in {p.name for p in knowledge.people_surnamed(surname)}
    assert "Wang Yi" in {p.name for p in knowledge.people_surnamed("Wang")}
    assert knowledge.people_named("Nobody Whatsoever") == []


@pytest.mark.parametrize(
    ("words", "on", "name"),
    [
        ("US Secretary of State", "2014-06-01", "John Kerry"),
        ("U.S. Foreign Minister", "2014-06-01", "John Kerry"),
        ("Russia 's Foreign Minister", "2015-01-01", "Sergey Lavrov"),
        ("Foreign Minister of Ukraine", "2022-03-01", "Dmytro Kuleba"),
        ("NATO Secretary - General", "2025-01-01", "Mark Rutte"),
        ("NATO chief", "2020-01-01", "Jens Stoltenberg"),
        ("UN Secretary-General", "2019-01-01", "António Guterres"),
        ("European Commission President", "2022-01-01", "Ursula von der Leyen"),
        ("President of the European Council", "2022-01-01", "Charles Michel"),
        ("EU foreign policy director", "2022-01-01", "Josep Borrell"),
        ("German Chancellor", "2010-01-01", "Angela Merkel"),
        ("Kremlin spokesman", "2016-01-01", "Dmitry Peskov"),
        ("Vice Premier", "2019-01-01", "Liu He"),
        ("State Councilor", "2015-01-01", "Yang Jiechi"),
        ("US supreme diplomat", "2022-01-01", "Antony Blinken"),
        ("British Foreign Secretary", "2024-12-01", "David Lammy"),
    ],
)
def test_office_phrase_and_day_give_the_holder(knowledge: Knowledge, words: str, on: str, name: str) -> None:
    assert name in holders(knowledge, words, on)


def test_office_phrase_spans(knowledge: Knowledge) -> None:
    tokens = "He told us that former US President Barack Obama met Dutch Deputy Prime Minister and Foreign Minister X".split()
    first, second = knowledge.office_phrases(tokens)
    assert (tokens[first.start : first.end], first.former, first.where) == (["former", "US", "President"], True, "USA")
    assert tokens[second.start : second.end] == "Dutch Deputy Prime Minister and Foreign Minister".split()
    assert {"deputy-head", "foreign-minister"} <= {office.kind for office in second.offices}
    assert knowledge.office_phrases("The talks went on until noon".split()) == []


def test_supplements_and_open_ends(knowledge: Knowledge) -> None:
    spokesman = next(t for t in knowledge.holders("attache:chief-spokesperson-of-the-european-commission", day("2021-04-08")))
    assert knowledge.people[spokesman.person].name == "Eric Mamer" and not spokesman.open_end
    assert any(t.open_end for t in knowledge.holders("attache:secretary-general-of-nato"))


def test_precision_of_days() -> None:
    assert (first_day("2001"), last_day("2001")) == (date(2001, 1, 1), date(2001, 12, 31))
    assert (last_day("2020-02"), first_day(""), last_day("2020-02-03")) == (date(2020, 2, 29), None, date(2020, 2, 3))


@pytest.mark.parametrize(
    ("damaged", "name"),
    [
        ("Jon Karry", "John Kerry"),
        ("Sergey Lovrof", "Sergey Lavrov"),
        ("Angela Merckle", "Angela Merkel"),
        ("Dmitro Culeba", "Dmytro Kuleba"),
    ],
)
def test_similar(knowledge: Knowledge, damaged: str, name: str) -> None:
    assert knowledge.similar(damaged)[0].person.name == name


def test_similarity_orders() -> None:
    assert name_similarity("Wilmes", "Sophie Wilmès") > name_similarity("Wilson", "Sophie Wilmès")
    assert name_similarity("Lukashenka", "Alexander Lukashenko") > 0.9
    assert name_similarity("Çavuşoğlu", "cavusoglu") == 1.0
    assert name_similarity("", "x") == 0.0


def test_countries_and_organisations(knowledge: Knowledge) -> None:
    named = {text: knowledge.country_named(text) for text in ("Burma", "the US", "U.S.", "DPRK", "Britain", "Swaziland", "us", "Narnia")}
    assert {text: c and c.iso3 for text, c in named.items()} == {
        "Burma": "MMR", "the US": "USA", "U.S.": "USA", "DPRK": "PRK", "Britain": "GBR", "Swaziland": "SWZ", "us": None, "Narnia": None,
    }  # fmt: skip
    for demonym, iso3 in (("Turks", "TUR"), ("Briton", "GBR"), ("Chinese", "CHN"), ("Burmese", "MMR"), ("Nigerien", "NER")):
        country = knowledge.country_of_demonym(demonym)
        assert country is not None and country.iso3 == iso3
    organisation = knowledge.organisation_named("the State Department")
    assert organisation is not None and organisation.kind == "body" and organisation.country == "USA"
    assert knowledge.metonym("Kremlin") == "RUS" and knowledge.metonym("Brussels") == "wd:Q458"


def test_shape_of_tables(knowledge: Knowledge) -> None:
    assert len(knowledge.countries) > 190 and len(knowledge.organisations) > 150
    assert len({c.id for c in knowledge.countries.values()}) == len(knowledge.countries)
    for of in load_toml("metonyms.toml")["metonym"].values():
        assert of in knowledge.countries or of in knowledge.organisations, of
    for organisation in knowledge.organisations.values():
        assert organisation.country is None or organisation.country in knowledge.countries, organisation


def test_shape_of_agreements(knowledge: Knowledge) -> None:
    codes = {o.code for o in knowledge.organisations.values() if o.code}
    known = {*knowledge.countries, *knowledge.organisations, *codes}
    assert len(knowledge.agreements) >= 60
    for agreement in knowledge.agreements.values():
        assert agreement.signed and set(agreement.parties) <= known, agreement
        assert not agreement.in_force or agreement.signed[:4] <= agreement.in_force[:4] or "indus" in agreement.id
        for left in agreement.withdrawals:
            assert left.party in known and (not left.under or left.under in knowledge.people), left
            if left.under:
                assert any("head" in t.office.kind for t in knowledge.tenures_of(left.under)), left


def test_shape_of_dated_facts(knowledge: Knowledge) -> None:
    ids = {c.id for c in knowledge.countries.values()} | set(knowledge.organisations)
    assert len(knowledge.dated_facts) >= 60
    for fact in knowledge.dated_facts:
        assert set(fact.actors) <= ids, fact
        assert all(word == word.lower() for group in fact.words for word in group), fact


def test_shape_of_titles(knowledge: Knowledge) -> None:
    titles = [title for found in load_titles().by_word.values() for title in found]
    for title in titles:
        assert all(office in knowledge.offices for office in title.offices), title
        assert title.where is None or knowledge.offices_at(title.where), title


def test_fast_and_safe_between_threads(knowledge: Knowledge) -> None:
    knowledge.similar("warm up")
    begun = time.perf_counter()
    for n in range(20):
        knowledge.similar(f"Anders Fogh Rasmusen{n}")
    assert (time.perf_counter() - begun) / 20 < 0.05  # some 5 ms where nothing else runs
    found: list[str] = []
    threads = [threading.Thread(target=lambda: found.append(builtin().people_named("Sophie Wilmes")[0].name)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == ["Sophie Wilmès"] * 8


def test_two_terms_of_one_year_are_two(knowledge: Knowledge) -> None:
    """Tsipras was prime minister of Greece twice in 2015."""
    held = [t.start for t in knowledge.holders("wd:Q4377230") if knowledge.people[t.person].name == "Alexis Tsipras"]
    assert held == ["2015-01-26", "2015-09-21"]
