"""The knowledge room: its data files have their shape, and names, offices and days find each other."""

from __future__ import annotations

import gzip
import math
import subprocess
import sys
import threading
import tomllib
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from attache.errors import DataError
from attache.knowledge import Knowledge, Tenure, builtin, certainty, compiling, fold, name_similarity, naming, packaged
from attache.knowledge.certainty import half_lives
from attache.knowledge.store import first_day, last_day
from attache.knowledge.tables import load_toml
from attache.knowledge.titles import load_titles
from attache.reading import Days
from attache.show.coverage import KINDS, counts, covered


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
    assert sum(agreement.source == "own-knowledge" for agreement in knowledge.agreements.values()) <= 3
    for agreement in knowledge.agreements.values():
        assert agreement.signed and agreement.source and set(agreement.parties) <= known, agreement
        assert not agreement.in_force or agreement.signed[:4] <= agreement.in_force[:4] or "indus" in agreement.id
        for left in agreement.withdrawals:
            assert left.party in known and (not left.under or left.under in knowledge.people), left
            if left.under:
                assert any("head" in t.office.kind for t in knowledge.tenures_of(left.under)), left


def test_shape_of_dated_facts(knowledge: Knowledge) -> None:
    """Codes, dates, weekdays and words are checked as the table is loaded; here that it is full, and no date lies ahead."""
    facts = knowledge.dated_facts
    assert len(facts) >= 900 and sum(len(fact.dates) for fact in facts) >= 1600
    assert len({fact.id for fact in facts}) == len(facts)
    for fact in facts:
        assert fact.source and fact.about and all(day.first and day.first.year <= 2028 for day in fact.days), fact
        assert not fact.dating or any(date.startswith(fact.dating) for date in fact.dates), fact


@pytest.mark.parametrize(
    ("id", "date"),
    [("join-nato-pol", "1999-03-12"), ("independence-gha", "1957-03-06"), ("khashoggi", "2018-10-02"), ("leave-eu-gbr", "2020-01-31"),
     ("resolution-1973", "2011-03-17"), ("join-wto-chn", "2001-12-11")],
)  # fmt: skip
def test_dated_facts_known_to_all(knowledge: Knowledge, id: str, date: str) -> None:
    assert date in next(fact.dates for fact in knowledge.dated_facts if fact.id == f"attache:fact-{id}")


def test_shape_of_titles(knowledge: Knowledge) -> None:
    for title in load_titles().by_words.values():
        assert all(office in knowledge.offices for office in title.offices), title
        assert title.where is None or knowledge.offices_at(title.where), title


def test_safe_between_threads() -> None:
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


def test_a_term_without_an_end_loses_weight(knowledge: Knowledge) -> None:
    office = knowledge.offices["wd:Q81066"]
    known = Tenure("x", office, Days(date(2017, 1, 1), None), "2017-01-01", "", True, "own", "2020-01-01")
    ended = Tenure("x", office, Days(date(2017, 1, 1), date(2020, 1, 1)), "2017-01-01", "2020-01-01", False, "own", "2020-01-01")
    assert certainty(known, day("2016-12-31")) == 0.0 and certainty(known, day("2019-01-01")) == 1.0
    half = half_lives()[office.kind]
    assert certainty(known, day("2024-02-06")) == pytest.approx(0.5 ** (4.1 / half), abs=0.01)
    assert certainty(known, day("2023-01-01")) > certainty(known, day("2025-01-01")) > 0
    assert (certainty(ended, day("2020-01-01")), certainty(ended, day("2020-01-02"))) == (1.0, 0.0)
    assert certainty(known, Days(date(2019, 1, 1), date(2030, 1, 1))) == 1.0


def test_half_lives_are_those_of_the_table(knowledge: Knowledge) -> None:
    """Ends per year in office since 1995, by kind; ln 2 over it is what the file says."""
    ends: Counter[str] = Counter()
    years: Counter[str] = Counter()
    for kind, start, stop, as_of in knowledge._store.stores[0].ask(  # type: ignore[attr-defined]
        "SELECT kind, start, stop, as_of FROM tenure JOIN office ON office.n = office JOIN origin ON origin.n = origin"
        " WHERE start >= '1995'"
    ):
        first, last = first_day(start), last_day(stop or as_of)
        if first and last and last >= first:
            ends[kind] += bool(stop)
            years[kind] += (last - first).days / 365.25
    for kind, half in half_lives().items():
        assert math.log(2) * years[kind] / ends[kind] == pytest.approx(half, rel=0.15), kind


def test_members_alliances_and_sanctions_by_day(knowledge: Knowledge) -> None:
    bonds = knowledge.bonds
    sizes = {
        ("EU", "2000-01-01"): 15, ("EU", "2005-01-01"): 25, ("EU", "2015-01-01"): 28, ("EU", "2021-01-01"): 27,
        ("NATO", "1998-01-01"): 16, ("NATO", "2018-01-01"): 29, ("NATO", "2024-04-01"): 32,
        ("OPEC", "2024-06-01"): 12, ("ASEAN", "2010-01-01"): 10, ("OECD", "2022-01-01"): 38, ("COE", "2021-01-01"): 47,
        ("COE", "2023-01-01"): 46,
    }  # fmt: skip
    assert {key: len(bonds.members(key[0], day(key[1]))) for key in sizes} == sizes
    assert "NATO" in bonds.allied("FRA", "USA", day("2010-01-01")) and bonds.allied("FRA", "RUS", day("2010-01-01")) == []
    assert bonds.allied("JPN", "USA", day("2010-01-01"))
    names = {s.name for s in bonds.sanctions_against("RUS", day("2015-01-01"))}
    assert "EU sanctions against Russia" in names and names != {s.name for s in bonds.sanctions_against("RUS", day("2013-12-01"))}
    ids = [row.id for row in (*bonds.alliances, *bonds.sanctions)]
    assert len(set(ids)) == len(ids)


def test_coverage_never_shrinks(knowledge: Knowledge) -> None:
    """The countries with a known holder on 1 July, summed over the years, by kind of office; and how many facts of each kind."""
    floors = tomllib.loads((Path(__file__).parent / "floors.toml").read_text(encoding="utf-8"))["knowledge"]
    table = covered(knowledge)
    found = counts(knowledge) | {kind: sum(len(years) for years in table[kind].values()) for kind in KINDS}
    short = {name: (found[name], floor) for name, floor in floors["least"].items() if found[name] < floor}
    assert not short, short
    for code, years in floors["years"].items():
        missing = [kind for kind in KINDS if len(table[kind].get(code, ())) < years]
        assert not missing, (code, missing)


def test_every_fact_has_a_source_and_a_day(knowledge: Knowledge) -> None:
    rows = knowledge._store.stores[0].ask("SELECT source, as_of FROM origin")  # type: ignore[attr-defined]
    assert rows and all(source and last_day(as_of) for source, as_of in rows)


def test_corrections_name_terms_of_the_tables() -> None:
    """A line of corrections.csv that no term answers to mends nothing."""
    rows = list(compiling.rows_of(packaged.DATA / "tenures.csv.gz"))
    terms = {(row["person"], row["office"], row["start"]): row["end"] for row in rows}
    for row in compiling.rows_of(packaged.DATA / "corrections.csv"):
        if not row["office"]:
            assert row["person"] and row["fault"] and row["source"] and date.fromisoformat(row["as_of"]), row
            continue
        key = (row["person"], row["office"], row["start"])
        assert key in terms and row["fault"] and row["source"] and date.fromisoformat(row["as_of"]), row
        assert not row["end"] or row["end"] != terms[key], row


def test_no_term_ends_before_it_starts_and_few_offices_have_two_holders(knowledge: Knowledge) -> None:
    """Two at once for half a year, both ends known to the month: rival governments and ministers who deputised; their number only falls."""
    floors = tomllib.loads((Path(__file__).parent / "floors.toml").read_text(encoding="utf-8"))["knowledge"]
    both = []
    for identity in knowledge.offices:
        office = knowledge.offices[identity]
        held = [t for t in knowledge.holders(identity) if t.days.first and t.days.last]
        assert all(t.days.first <= t.days.last for t in held if t.days.first and t.days.last), office
        if office.kind in compiling.SOLE_KINDS and office.where not in compiling.JOINT_HEADS:
            held = [t for t in held if min(len(t.start), len(t.end)) >= len("2001-01")]
            both += [(a, b) for n, a in enumerate(held) for b in held[n + 1 :] if a.person != b.person and _days_of_both(a, b) > 183]
    assert len(both) <= floors["most with two holders"], both


def _days_of_both(one: Tenure, other: Tenure) -> int:
    assert one.days.first and one.days.last and other.days.first and other.days.last
    return (min(one.days.last, other.days.last) - max(one.days.first, other.days.first)).days


def test_offices_told_twice_are_one(knowledge: Knowledge) -> None:
    for row in compiling.rows_of(packaged.DATA / "same_offices.csv"):
        assert row["id"] not in knowledge.offices and knowledge.holders(row["same_as"])


def test_database_is_made_anew_where_the_tables_changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tables = tmp_path / "data"
    tables.mkdir()
    for name in packaged.TABLE_FILES:
        (tables / name).write_bytes((packaged.DATA / name).read_bytes())
    small = "id,name,aliases,country\nwd:Q1,Ada Test,,FRA\n"
    for name, text in (("people.csv.gz", small), ("tenures.csv.gz", "person,office,start,end,source,as_of\n")):
        (tables / name).write_bytes(gzip.compress(text.encode()))
    for name in ("supplement_people.csv", "supplement_tenures.csv", "same_people.csv", "corrections.csv", "wrong_names.csv", "names.csv"):
        (tables / name).write_text((tables / name).read_text(encoding="utf-8").splitlines()[0] + "\n", encoding="utf-8")
    target, before = tmp_path / "knowledge.sqlite", packaged.digest(tables)
    assert not packaged.is_fresh(target, before)
    assert packaged.build(target, tables)["people"] == 1 and packaged.is_fresh(target, before)
    (tables / "people.csv.gz").write_bytes(gzip.compress((small + "wd:Q2,Bea Test,,FRA\n").encode()))
    assert not packaged.is_fresh(target, packaged.digest(tables))
    target.write_bytes(b"not a database")
    assert not packaged.is_fresh(target, before) and not list(tmp_path.glob("*.part"))


def test_build_needs_nothing_installed(project: Path) -> None:
    """What compiles the tables while a wheel is built runs without any package."""
    code = (
        "import sys; from types import ModuleType\n"
        "for name in ('attache', 'attache.knowledge'):\n"
        "    module = ModuleType(name); module.__path__ = [sys.argv[1] + '/' + name.replace('.', '/')]; sys.modules[name] = module\n"
        "from attache.knowledge import packaged; print(packaged.digest())"
    )
    ran = subprocess.run([sys.executable, "-S", "-E", "-c", code, str(project / "src")], capture_output=True, text=True, check=False)
    assert ran.returncode == 0 and ran.stdout.strip() == packaged.digest(), ran.stderr


def test_only_people_are_people(knowledge: Knowledge) -> None:
    """An office, a country or an organisation among the people takes its own name from itself on every page."""
    offices = {fold(knowledge.offices[identity].name) for identity in knowledge.offices}
    places = {fold(name) for country in knowledge.countries.values() for name in (*country.names, *country.demonyms)}
    bodies = {fold(name) for body in knowledge.organisations.values() for name in body.names}
    told = {
        "minister", "ministry", "government", "cabinet", "administration", "council", "committee", "commission", "parliament", "family",
        "brothers", "dynasty", "embassy", "list", "office", "party", "republic", "emirates", "state", "states",
    }  # fmt: skip
    titled = {"secretary", "deputy", "president", "vice"}  # "Secretary Of State John Kerry" is an alias, and his
    for identity in knowledge.people:
        person = knowledge.people[identity]
        assert any("a" <= c <= "z" for c in fold(person.name)), f"{person}: an English page writes a name in Latin letters"
        for name in (person.name, *person.aliases):
            words = fold(name).split()
            assert len(words) < 2 or fold(name) not in offices | places | bodies, (person, name)
            assert not told & set(words) or titled & set(words), (person, name)
            assert len(words) > 1 or fold(name) not in places or fold(name) in fold(person.name).split()[-2:], (person, name)
            assert len(words) > 1 or " of " not in person.name or words != fold(person.name).split()[-1:], (person, name)


@pytest.mark.parametrize(
    ("territory", "name"),
    [("Denmark", "Margrethe"), ("Sweden", "Carl XVI Gustaf"), ("Pahang", "Abdullah"), ("Abersoch", "Davies"), ("Lothbury", "King")],
)
def test_a_territory_is_no_family_name(knowledge: Knowledge, territory: str, name: str) -> None:
    assert not [p for p in knowledge.people_surnamed(territory) if name in p.name]


def test_a_peer_is_also_called_by_the_name_before_the_peerage(knowledge: Knowledge) -> None:
    for name in ("Tariq Ahmad", "Glenys Kinnock", "Alan West", "Charles Falconer"):
        assert any(f"{name}, Baron" in p.name for p in knowledge.people_named(name)), name


def test_a_correction_without_an_office_takes_a_person_out() -> None:
    people = {"wd:Q1": {"id": "wd:Q1", "name": "Board of Tests", "aliases": "", "country": ""}}
    with pytest.raises(DataError, match="no person wd:Q2"):
        naming.without_nobodies(people, [], {"wd:Q2"})
    left = naming.without_nobodies(people, [{"person": "wd:Q1"}, {"person": "wd:Q3"}], {"wd:Q1"})
    assert left == [{"person": "wd:Q3"}] and not people
