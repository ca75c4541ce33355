"""Measured on many names: repair with and without the true person, trips as they happened, and correct sentences left alone."""

from __future__ import annotations

import random
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import spacy
from rapidfuzz import fuzz, process
from rapidfuzz.distance import JaroWinkler
from spacy.language import Language

import attache
from attache.evaluate.forms import Row, form_of, open_gold
from attache.evaluate.measures import Measure
from attache.evaluate.repair import Lacking, score_repair
from attache.evaluate.travels import people_named, score_travels
from attache.garble import damage_name
from attache.knowledge import Office, builtin, fold
from attache.reading import Days, Reading, reading_of
from attache.who.component import Who
from attache.who.lexicon import readings
from attache.who.linking import by_office
from attache.who.namesakes import one_person
from attache.who.titled import Titled

FLOORS = tomllib.loads((Path(__file__).parent / "floors.toml").read_text("utf-8"))["names"]
SENTENCES = [
    line.split(" ", 1) for line in (Path(__file__).parent / "clean_sentences.txt").read_text("utf-8").splitlines() if line[:1].isdigit()
]


@pytest.fixture(scope="module")
def plain() -> Language:
    """A pipeline without a parse."""
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    return nlp


def read(nlp: Language, text: str, day: str | None = None) -> Reading:
    """A page read by the who room alone."""
    doc = nlp(text)
    reading = reading_of(doc)
    if day:
        reading.published = Days(date.fromisoformat(day), date.fromisoformat(day))
    Who()(doc)
    return reading


def name_in(reading: Reading, words: str) -> tuple[str, bool]:
    """Whom the words mean, and whether they were repaired."""
    link = next(k for k in reading.linked if k.mention.text == words)
    return reading.actors[link.actor].name, link.mention.repaired


@pytest.mark.parametrize("dated", [True, False])
def test_no_correct_name_is_flagged(plain: Language, dated: bool) -> None:
    assert len(SENTENCES) >= 200
    for day, text in SENTENCES:
        for link in read(plain, text, day if dated else None).linked:
            assert not link.mention.repaired, (link.mention.text, link.reason)


def test_names_damaged_on_purpose(plain: Language) -> None:
    """Holders of notable offices on random days: nearly all damaged names find them, next to none somebody else, present or not."""
    known, rng = Lacking(), random.Random(23)
    sample = rng.sample([t for o in _notable() for t in known.holders(o.id) if "1995" <= t.start < "2024" and t.days.first], 250)
    right = wrong = lacking = 0
    for tenure in sample:
        assert tenure.days.first is not None
        person, on = known.people[tenure.person], Days(tenure.days.first, tenure.days.first)
        written, _ = damage_name(person.name.split(" of ")[0], rng, rng.choice([1, 2, 2, 3]))
        where = tenure.office.where
        titled = Titled(1, 3, written, (tenure.office,), tenure.office.kind, where, False, (0, 1))
        known.gone = set()
        choice = by_office(titled, on, known)
        right += choice is not None and one_or_same(choice.person.id, person.id)
        wrong += choice is not None and choice.repaired and not one_or_same(choice.person.id, person.id)
        known.gone = {p.id for p in known.people_surnamed(person.name.split()[-1]) if p.id == person.id or one_person(p, person)}
        known.gone.add(person.id)
        choice = by_office(titled, on, known)
        lacking += choice is not None and choice.repaired
    assert right / len(sample) >= 0.93 and wrong / len(sample) <= 0.01 and lacking / len(sample) <= 0.03, (right, wrong, lacking)


def _notable() -> list[Office]:
    """Offices of kinds that are in the news."""
    known = builtin()
    kinds = {"head-of-state", "head-of-government", "foreign-minister", "defence-minister"}
    return [known.offices[i] for i in sorted(known.offices) if known.offices[i].kind in kinds]


def one_or_same(one: str, other: str) -> bool:
    """Whether two ids are of one person."""
    people = builtin().people
    return one == other or one_person(people[one], people[other])


@pytest.mark.parametrize(
    ("day", "text", "written", "name"),
    [
        ("2022-05-01", "Chinese Foreign Minister King Yi spoke.", "King Yi", "Wang Yi"),
        ("2015-05-01", "Chinese President Shu Kinpei spoke.", "Shu Kinpei", "Xi Jinping"),
        ("2015-05-01", "Japanese Prime Minister Anbei Jinsan spoke.", "Anbei Jinsan", "Shinzō Abe"),
        ("2012-05-01", "Italian Prime Minister Mario Mountains spoke.", "Mario Mountains", "Mario Monti"),
        ("2020-05-01", "Austrian Chancellor Sebastian Short spoke.", "Sebastian Short", "Sebastian Kurz"),
        ("2020-05-01", "European Commission President Ursula van den Layen spoke.", "Ursula van den Layen", "Ursula von der Leyen"),
        ("2010-05-01", "German Chancellor AngelaMerkle spoke.", "AngelaMerkle", "Angela Merkel"),
        ("2012-12-29", "Moroccan King Mohamad VI spoke.", "Mohamad VI", "Mohammed VI"),
        ("2010-10-01", "Prime Minister Nuri al-Malliki spoke.", "Nuri al-Malliki", "Nouri al-Maliki"),
        ("2012-12-29", "Moroccan King Mifaine VI spoke.", "Mifaine VI", "Mohammed VI"),
        ("2022-10-12", "Uruguayan President RuisLacallePoe spoke.", "RuisLacallePoe", "Luis Lacalle Pou"),
        ("2019-10-12", "North Korean leader KimYenngUn spoke.", "KimYenngUn", "Kim Jong-un"),
    ],
)
def test_classes_of_translated_names(plain: Language, day: str, text: str, written: str, name: str) -> None:
    assert fold(name_in(read(plain, text, day), written)[0]) == fold(name)


@pytest.mark.parametrize(
    ("day", "text", "written", "name"),
    [
        ("2022-07-15", "The president flew to Jeddah. Saudi leaders met President Biden there.", "Biden", "Joe Biden"),
        ("2000-11-30", "The delegation flew to Mexico for the inauguration of President Fox.", "Fox", "Vicente Fox Quesada"),
        ("2003-10-01", "Lebanese Prime Minister Rafiq Hariri spoke.", "Rafiq Hariri", "Rafic Hariri"),
        ("2010-10-01", "Rafiq Hariri was killed years before.", "Rafiq Hariri", "Rafic Hariri"),
        ("1996-05-01", "Russian Prime Minister Viktor S. Chernomyrdin spoke.", "Viktor S. Chernomyrdin", "Viktor Chernomyrdin"),
        ("2020-02-28", "Qatari Amir Sheikh Tamim bin Hamad Al Thani spoke.", "Sheikh Tamim bin Hamad Al Thani", "Tamim bin Hamad Al Thani"),
        ("2020-08-14", "He flew to Austria and met Chancellor Kurz.", "Kurz", "Sebastian Kurz"),
        ("2022-10-01", 'Bahamian Prime Minister Philip "Brave" Davis spoke.', 'Philip "Brave" Davis', 'Philip "Brave" Davis'),
        ("2007-06-01", "Spanish President Zapatero spoke.", "Zapatero", "José Luis Rodríguez Zapatero"),
    ],
)
def test_exact_names_are_linked_and_not_repaired(plain: Language, day: str, text: str, written: str, name: str) -> None:
    assert name_in(read(plain, text, day), written) == (name, False)


def test_what_is_too_unlike_is_suggested_only(plain: Language) -> None:
    reading = read(plain, "German Chancellor Angie Morgan spoke.", "2010-08-29")
    link = next(k for k in reading.linked if k.mention.text == "Angie Morgan")
    assert link.actor == "attache:angie-morgan" and not link.mention.repaired
    assert "Angela Merkel may be meant" in link.reason


def test_counterparts_and_offices_without_a_name(plain: Language) -> None:
    text = "Russian Foreign Minister Sergei Lavrov met his Turkish counterpart. The UN chief warned both."
    links = {k.mention.text: k for k in read(plain, text, "2021-03-23").linked}
    assert links["counterpart"].actor == "wd:Q249206" and links["counterpart"].kind == "office"
    assert any(k.kind == "office" and k.actor == "wd:Q311440" for k in links.values())


def test_a_rank_may_stand_before_the_place() -> None:
    phrase = builtin().office_phrases("The top US diplomat spoke".split())[0]
    assert (phrase.start, phrase.end, phrase.where) == (1, 4, "USA")


def test_readings_have_their_shape() -> None:
    assert "wang" in readings().translated["king"] and "abe" in readings().characters["anbei"]


def test_who_is_named_in_remarks() -> None:
    text = "Accompanied President Bush. Met with Foreign Minister Livni, Palestinian Prime Minister Fayyad and former President Carter."
    assert [(n.name, n.where) for n in people_named(text, builtin())] == [("Bush", "USA"), ("Livni", None), ("Fayyad", "PSE")]


def share(measures: list[Measure], name: str) -> float:
    """The share that a measure found."""
    return next(m.recall or 0.0 for m in measures if m.name == name)


@pytest.mark.bench
def test_repair_and_peers(shared_data: Path) -> None:
    path = shared_data / "names" / "name_repair.jsonl"
    form = form_of(path)
    assert form is not None
    gold = open_gold(path, form)
    measures = score_repair(gold, attache.load()).measures
    for m in measures:
        print(f"{m.name}: {m.found}/{m.wanted} = {m.recall:.1%}")
    rows = gold.rows
    for name, scorer in (("rapidfuzz WRatio", fuzz.WRatio), ("Jaro-Winkler", JaroWinkler.similarity)):
        print(f"{name} over all names: {_peer(rows, scorer):.1%} right of those damaged")
    assert share(measures, "linked to the right person") >= FLOORS["right"]
    assert share(measures, "left alone") >= FLOORS["left alone"]
    assert share(measures, "wrong repairs") <= FLOORS["most wrong"]
    assert share(measures, "wrong repairs, the true person removed") <= FLOORS["most wrong without the person"]


def _peer(rows: list[Row], scorer: Any) -> float:
    """How often the best of all names by one string measure is the right person's."""
    known = builtin()
    names = {fold(form): p.id for p in known.people.values() for form in (p.name, *p.aliases)}
    damaged = [row for row in rows if row["type"] == "repair"]
    right = 0
    for row in damaged:
        best = process.extractOne(fold(row["mention"]), names.keys(), scorer=scorer)
        wanted = {fold(n) for n in (row["gold"], *row["gold_aliases"].split("|")) if n}
        person = known.people[names[best[0]]] if best else None
        right += person is not None and bool(wanted & {fold(form) for form in (person.name, *person.aliases)})
    return right / len(damaged)


@pytest.mark.bench
def test_people_of_the_trips(shared_data: Path) -> None:
    path = shared_data / "knowledge" / "travels.jsonl"
    form = form_of(path)
    assert form is not None
    measures = score_travels(open_gold(path, form), attache.load()).measures
    for m in measures:
        print(f"{m.name}: {m.found}/{m.wanted} = {m.recall:.1%}")
    assert share(measures, "people linked on the day") >= FLOORS["people of the trips"]
