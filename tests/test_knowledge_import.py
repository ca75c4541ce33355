"""`attache knowledge import`: each form in its true shape, damaged input, a stop in the middle, and asking what came of it."""

from __future__ import annotations

import bz2
import gzip
import json
import sqlite3
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from synthetic_people import people, write

from attache.cli import main
from attache.errors import DataError, SourceMissing, SourceUnreadable, UsageError
from attache.knowledge import Knowledge
from attache.knowledge.importing import command, import_facts
from attache.knowledge.importing.facts import TenureFact
from attache.knowledge.importing.streams import lines_of
from attache.knowledge.importing.wikidata import gregorian
from attache.knowledge.packaged import database
from attache.knowledge.store import Store
from attache.reading import Days


def statement(prop: str, value: Any, kind: str = "wikibase-item", rank: str = "normal", **dates: str) -> dict[str, Any]:
    """A Wikidata statement as the dump writes it."""
    if kind == "wikibase-item":
        datavalue = {"value": {"entity-type": "item", "numeric-id": int(value[1:]), "id": value}, "type": "wikibase-entityid"}
    else:
        datavalue = {"value": {"time": value, "precision": 11, "calendarmodel": "http://www.wikidata.org/entity/Q1985727"}, "type": "time"}
    found: dict[str, Any] = {
        "mainsnak": {"snaktype": "value", "property": prop, "datavalue": datavalue, "datatype": kind},
        "type": "statement", "id": f"x${prop}", "rank": rank,
    }  # fmt: skip
    if dates:
        found["qualifiers"] = {
            name: [{"snaktype": "value", "property": name, "datavalue": {"value": {"time": day, "precision": 11}, "type": "time"}}]
            for name, day in dates.items()
        }
    return found


def entity(identity: str, labels: dict[str, str], *statements: dict[str, Any], aliases: tuple[str, ...] = ()) -> dict[str, Any]:
    """A Wikidata item as the dump writes it."""
    claims: dict[str, list[dict[str, Any]]] = {}
    for one in statements:
        claims.setdefault(one["mainsnak"]["property"], []).append(one)
    return {
        "type": "item", "id": identity, "labels": {code: {"language": code, "value": text} for code, text in labels.items()},
        "aliases": {"en": [{"language": "en", "value": text} for text in aliases]}, "descriptions": {}, "claims": claims, "sitelinks": {},
    }  # fmt: skip


DUMP = [
    entity("Q900001", {"en": "Ilka Morvai", "de": "Ilka Morwai"}, statement("P31", "Q5"), statement("P27", "Q28"),
           statement("P39", "Q900010", P580="+2019-03-01T00:00:00Z", P582="+2023-06-30T00:00:00Z"),
           statement("P39", "Q900011", rank="deprecated"), aliases=("I. Morvai",)),
    entity("Q900002", {"en": "Nobody Special"}, statement("P31", "Q5")),
    entity("Q900010", {"en": "Minister of Foreign Affairs of Hungary"}, statement("P31", "Q4164871"), statement("P1001", "Q28")),
    entity("Q900020", {"en": "League of Quiet Rivers"}, statement("P31", "Q484652")),
    entity("Q900030", {"en": "Treaty of Dunavár"}, statement("P31", "Q131569"), statement("P585", "+2001-04-05T00:00:00Z", "time"),
           statement("P1891", "Q28"), statement("P1891", "Q218")),
]  # fmt: skip


def dump_text(entities: list[dict[str, Any]]) -> bytes:
    """The whole dump: one array, an entity a line."""
    return b"[\n" + b",\n".join(json.dumps(e, separators=(",", ":")).encode() for e in entities) + b"\n]\n"


def asked(*databases: Path) -> Knowledge:
    return Knowledge(*map(Store, databases))


def test_wikidata(tmp_path: Path) -> None:
    dump = tmp_path / "latest-all.json.bz2"
    dump.write_bytes(bz2.compress(dump_text(DUMP)))
    summary = import_facts(dump, tmp_path / "own.sqlite")
    assert (summary.bad, summary.counts["person"], summary.counts["office"], summary.counts["tenure"]) == (0, 1, 1, 1)
    known = asked(database(), tmp_path / "own.sqlite")
    (person,) = known.people_named("Ilka Morvai")
    assert (person.id, person.country, person.aliases) == ("wd:Q900001", "HUN", ("Ilka Morwai", "I. Morvai"))
    (tenure,) = known.tenures_of("wd:Q900001", Days(date(2020, 1, 1), date(2020, 1, 1)))
    assert (tenure.office.kind, tenure.office.where, tenure.start, tenure.end) == ("foreign-minister", "HUN", "2019-03-01", "2023-06-30")
    assert known.tenures_of("wd:Q900001", Days(date(2024, 1, 1), date(2024, 1, 1))) == []
    assert known.organisations["wd:Q900020"].name == "League of Quiet Rivers"
    treaty = known.agreements["wd:Q900030"]
    assert (treaty.signed, treaty.parties) == ("2001-04-05", ("HUN", "ROU"))
    # the built-in facts are asked too
    assert known.people_named("Jens Stoltenberg")


@pytest.mark.parametrize(("suffix", "pack"), [("", bytes), (".gz", gzip.compress), (".bz2", bz2.compress), (".zst", None)])
def test_packed_alike(tmp_path: Path, suffix: str, pack: Callable[[bytes], bytes] | None) -> None:
    if pack is None:
        pack = pytest.importorskip("zstandard").ZstdCompressor().compress
    source = tmp_path / f"dump.json{suffix}"
    source.write_bytes(pack(dump_text(DUMP)))
    assert [json.loads(line.strip().rstrip(b","))["id"] for _, line in lines_of(source) if line.startswith(b"{")] == [e["id"] for e in DUMP]


def ftm(identity: str, schema: str, caption: str = "", **properties: str) -> dict[str, Any]:
    """An entity as OpenSanctions writes it: every property is a list; several values are parted by ``|`` here."""
    values = {key: value.split("|") for key, value in properties.items()}
    return {"id": identity, "schema": schema, "caption": caption, "datasets": ["x"], "properties": values}


FTM = [
    ftm("Q900040", "Person", "Tarin Oulde", name="Tarin Oulde|ТАРИН УЛДЕ", alias="Tarino", nationality="ng"),
    ftm("pos-1", "Position", "Minister of Defence of Nigeria", name="Minister of Defence of Nigeria", country="ng"),
    ftm("occ-1", "Occupancy", holder="Q900040", post="pos-1", startDate="2015-11-11", endDate="2018"),
    ftm("p2", "Person", "Mira Onsong", name="Mira Onsong", country="kr", position="Ambassador to Peru"),
    ftm("org", "PublicBody", "Quiet Rivers Board", name="Quiet Rivers Board", country="ng"),
    ftm("c", "Company", "Some Company", name="Some Company"),
]


def test_followthemoney(tmp_path: Path) -> None:
    source = tmp_path / "entities.ftm.json"
    source.write_text("".join(json.dumps(row) + "\n" for row in FTM), encoding="utf-8")
    summary = import_facts(source, tmp_path / "own.sqlite")
    assert summary.counts | {"spelling": 0} == {"person": 2, "office": 2, "tenure": 2, "organisation": 1, "agreement": 0, "spelling": 0}
    known = asked(tmp_path / "own.sqlite")
    (tenure,) = known.tenures_of("wd:Q900040")
    assert (tenure.office.name, tenure.office.kind, tenure.office.where, tenure.end) == (
        "Minister of Defence of Nigeria",
        "defence-minister",
        "NGA",
        "2018",
    )
    assert [p.id for p in known.people_named("ТАРИН УЛДЕ")] == ["wd:Q900040"]
    assert [t.office.name for t in known.tenures_of("ftm:p2")] == ["Ambassador to Peru"]


POPOLO = {
    "persons": [{"id": "a1", "name": "Sela Tuivaga", "other_names": [{"name": "S. Tuivaga", "lang": "en"}],
                 "identifiers": [{"scheme": "wikidata", "identifier": "Q900050"}]}, {"id": "a2", "name": "Peni Loto"}],
    "organizations": [{"id": "leg", "name": "House of Assembly", "classification": "legislature"}],
    "memberships": [
        {"person_id": "a1", "organization_id": "leg", "role": "speaker", "start_date": "2010-02-03", "end_date": "2014"},
        {"person_id": "a2", "organization_id": "leg", "role": "member", "start_date": "2012"},
        {"person_id": "gone", "organization_id": "leg"},
    ],
}  # fmt: skip


def test_popolo(tmp_path: Path) -> None:
    source = tmp_path / "ep-popolo-v1.0.json"
    source.write_text(json.dumps(POPOLO), encoding="utf-8")
    import_facts(source, tmp_path / "own.sqlite", country="TON")
    known = asked(tmp_path / "own.sqlite")
    (tenure,) = known.tenures_of("wd:Q900050")
    assert (tenure.office.name, tenure.office.where, tenure.start, tenure.end) == (
        "Speaker of House of Assembly",
        "TON",
        "2010-02-03",
        "2014",
    )
    assert known.tenures_of("popolo:a2")[0].open_end


EVERYPOLITICIAN = """id,name,sort_name,email,twitter,facebook,group,group_id,area_id,area,chamber,term,start_date,end_date,image,\
gender,wikidata
e1,Anu Karhu,"Karhu, Anu",,,,Greens,g,,Helsinki,Eduskunta,38,2015-04-22,,,female,Q900060
"""
OWN = """name,aliases,country,office,start,end
Lea Brandt,L. Brandt|Лея Брандт,Germany,Ambassador of Germany to Chad,2021-05,
Jo Odum,,NGA,Governor of Delta Province,2019,2023-05-29
"""


def test_csv(tmp_path: Path) -> None:
    for name, text in (("term-38.csv", EVERYPOLITICIAN), ("own.csv", OWN)):
        (tmp_path / name).write_text(text, encoding="utf-8")
        import_facts(tmp_path / name, tmp_path / "own.sqlite", country="FIN")
    known = asked(tmp_path / "own.sqlite")
    assert [(t.office.name, t.office.where) for t in known.tenures_of("wd:Q900060")] == [("Member of the Eduskunta", "FIN")]
    (person,) = known.people_named("Лея Брандт")
    assert person.country == "DEU" and known.tenures_of(person.id)[0].start == "2021-05"
    assert {p.name for p in known.people_surnamed("Odum")} == {"Jo Odum"}


@pytest.mark.parametrize(
    ("name", "text", "error"),
    [
        ("x.csv", "who,what\na,b\n", SourceUnreadable),
        ("x.json", '{"persons": 3, "memberships": []}', SourceUnreadable),
        ("x.json", "hello", UsageError),
    ],
)
def test_what_is_not_in_the_form_is_refused(tmp_path: Path, name: str, text: str, error: type[Exception]) -> None:
    (tmp_path / name).write_text(text)
    with pytest.raises(error, match="x"):
        import_facts(tmp_path / name, tmp_path / "own.sqlite")


def test_rows_that_cannot_be_read_are_passed_over(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("name,office,start\nA B,Minister,last year\nC D,Minister,2019\n,Minister,2020\n")
    summary = import_facts(tmp_path / "x.csv", tmp_path / "own.sqlite")
    assert summary.bad == 2 and "line 2" in summary.wrong[0] and "2021-03" in summary.wrong[0] and summary.counts["person"] == 1
    rows = {"persons": [{"id": "a", "name": "Aa Bb"}, {"name": "no id"}, 7], "memberships": [{"person_id": "a", "role": "mayor"}, None]}
    (tmp_path / "y.json").write_text(json.dumps(rows))
    summary = import_facts(tmp_path / "y.json", tmp_path / "other.sqlite", country="TON")
    assert summary.bad == 3 and "persons[1]" in summary.wrong[0] and "memberships[1]" in summary.wrong[2]
    assert summary.counts["tenure"] == 1


def test_wikidata_statements_as_the_dump_writes_them(tmp_path: Path) -> None:
    """Unknown and absent ends, a point in time, precision, calendars, an empty table as a list, ranks."""
    held = {"P580": "+2019-03-01T00:00:00Z"}
    unknown = statement("P39", "Q900010", **held)
    unknown["qualifiers"]["P582"] = [{"snaktype": "somevalue", "property": "P582", "datatype": "time"}]
    none = statement("P39", "Q900011", **held)
    none["qualifiers"]["P582"] = [{"snaktype": "novalue", "property": "P582", "datatype": "time"}]
    lost = statement("P39", "Q900012")
    lost["qualifiers"] = {"P582": [{"snaktype": "somevalue", "property": "P582", "datatype": "time"}]}
    someone = {"mainsnak": {"snaktype": "somevalue", "property": "P39"}, "type": "statement", "rank": "normal"}
    julian = statement("P39", "Q900014", P580="+1917-10-25T00:00:00Z")
    julian["qualifiers"]["P580"][0]["datavalue"]["value"]["calendarmodel"] = "http://www.wikidata.org/entity/Q1985786"
    year = statement("P39", "Q900015", rank="preferred", P580="+2018-00-00T00:00:00Z")
    year["qualifiers"]["P580"][0]["datavalue"]["value"]["precision"] = 9
    decade = statement("P39", "Q900016", P580="+1990-00-00T00:00:00Z")
    decade["qualifiers"]["P580"][0]["datavalue"]["value"]["precision"] = 8
    point = statement("P39", "Q900013", P585="+2011-04-05T00:00:00Z")
    row = entity("Q900001", {"mul": "Ilka Morvai"}, statement("P31", "Q5"), unknown, none, lost, someone, julian, year, decade, point)
    row["aliases"] = []
    bare = entity("Q900077", {"en": "Nothing at all"}, statement("P31", "Q4164871"))
    bare["labels"], bare["aliases"], bare["claims"] = [], [], []
    facts = [f for e in (row, bare) for f in command.LINES["wikidata"](json.dumps(e).encode() + b",\n")]
    terms = {f.office[3:]: (f.start, f.end) for f in facts if isinstance(f, TenureFact)}
    assert terms == {
        "Q900010": ("2019-03-01", "2019-03-01"), "Q900011": ("2019-03-01", ""), "Q900013": ("2011-04-05", "2011-04-05"),
        "Q900014": ("1917-11-07", ""), "Q900015": ("2018", ""), "Q900016": ("", ""),
    }  # fmt: skip


def test_julian_days() -> None:
    days = [(1582, 10, 5), (1700, 2, 28), (1700, 3, 1), (1900, 2, 29), (2000, 1, 1), (4, 3, 1)]
    assert [gregorian(*day) for day in days] == ["1582-10-15", "1700-03-10", "1700-03-12", "1900-03-13", "2000-01-14", "0004-02-28"]


def test_a_dump_of_several_streams(tmp_path: Path) -> None:
    """Wikidata's .bz2 is made by several processes, each of which writes a stream of its own."""
    text = dump_text(DUMP)
    for suffix, pack in ((".bz2", bz2.compress), (".gz", gzip.compress)):
        source = tmp_path / f"dump.json{suffix}"
        source.write_bytes(b"".join(pack(text[i : i + 500]) for i in range(0, len(text), 500)))
        assert len([1 for _, line in lines_of(source) if line.startswith(b"{")]) == len(DUMP)


def test_nested_followthemoney(tmp_path: Path) -> None:
    """`targets.nested.json`: what belongs to a person is inside it, and may leave the person out."""
    post = ftm("Q900061", "Position", "Minister of Finance of Nigeria", name="Minister of Finance of Nigeria", country="ng")
    held = ftm("occ-2", "Occupancy", startDate="2015|2015-11-11", status="ended")
    held["properties"]["post"] = [post]
    lost = ftm("occ-3", "Occupancy", status="ended", post="Q900061")
    person = ftm("NK-1", "Person", "Tarin Oulde", name="Tarin Oulde", nationality="ng")
    person["properties"]["positionOccupancies"] = [held, lost]
    (tmp_path / "targets.nested.json").write_text(json.dumps(person) + "\n[1]\n{cut", encoding="utf-8")
    summary = import_facts(tmp_path / "targets.nested.json", tmp_path / "own.sqlite")
    assert summary.bad == 2 and "line 2" in summary.wrong[0] and "line 3" in summary.wrong[1]
    (tenure,) = asked(tmp_path / "own.sqlite").tenures_of("ftm:NK-1")
    assert (tenure.office.id, tenure.office.where, tenure.start, tenure.end) == ("wd:Q900061", "NGA", "2015", "2015")


def test_popolo_posts_and_terms(tmp_path: Path) -> None:
    """EveryPolitician dates whole terms by the event that they belong to; a post may name the role."""
    data = {
        "persons": [{"id": "a", "name": "Sela Tuivaga", "other_names": None, "identifiers": None}],
        "organizations": [{"id": "leg", "name": "House of Assembly"}],
        "posts": [{"id": "p", "label": "Deputy Speaker", "organization_id": "leg"}],
        "events": [{"id": "term/8", "classification": "legislative period", "start_date": "2010-05-06", "end_date": "2015-03-30"}],
        "memberships": [
            {"person_id": "a", "organization_id": "leg", "legislative_period_id": "term/8", "start_date": "2012-01-01"},
            {"person_id": "a", "post_id": "p", "legislative_period_id": "term/8"},
        ],
    }
    (tmp_path / "p.json").write_text(json.dumps(data), encoding="utf-8")
    import_facts(tmp_path / "p.json", tmp_path / "own.sqlite", country="TON")
    terms = {(t.office.name, t.start, t.end) for t in asked(tmp_path / "own.sqlite").tenures_of("popolo:a")}
    assert terms == {
        ("Member of House of Assembly", "2012-01-01", "2015-03-30"),
        ("Deputy Speaker of House of Assembly", "2010-05-06", "2015-03-30"),
    }


def test_missing_source_makes_no_database(tmp_path: Path) -> None:
    with pytest.raises(SourceMissing, match="no such file"):
        import_facts(tmp_path / "absent.csv", tmp_path / "own.sqlite")
    assert not (tmp_path / "own.sqlite").exists()


def test_bad_lines_are_passed_over_and_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = tmp_path / "dump.json"
    source.write_bytes(dump_text(DUMP).replace(b'"claims":{"P31"', b'"claims":["P39"', 1))
    assert main(["knowledge", "import", str(source), "--into", str(tmp_path / "own.sqlite")]) == 1
    said = capsys.readouterr().err
    assert "line 2" in said and "0 people" in said and "ATTACHE_KNOWLEDGE=" in said


def test_a_cut_file_keeps_what_was_read(tmp_path: Path) -> None:
    source, whole = tmp_path / "people.jsonl.gz", tmp_path / "people.jsonl"
    write(whole, 5000)
    source.write_bytes(gzip.compress(whole.read_bytes())[:-4000])
    with pytest.raises(SourceUnreadable, match="what was read before is kept"):
        import_facts(source, tmp_path / "own.sqlite", "ftm")
    with sqlite3.connect(tmp_path / "own.sqlite") as db:
        assert db.execute("SELECT line FROM progress").fetchone()[0] >= 2000
    with pytest.raises(DataError, match="run `attache knowledge import` again"):
        Store(tmp_path / "own.sqlite")


def rows_of(path: Path) -> list[list[tuple[Any, ...]]]:
    """All that is asked of a database, in order; the tables that only an import reads left out."""
    with sqlite3.connect(path) as db:
        tables = ("person", "office", "tenure", "origin", "core", "name", "surname", "spelling", "word", "variant", "meta")
        return [sorted(db.execute(f"SELECT * FROM {table}")) for table in tables]


def test_killed_and_resumed_is_as_undisturbed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = tmp_path / "people.jsonl"
    write(source, 3000)
    import_facts(source, tmp_path / "whole.sqlite")
    monkeypatch.setattr(command, "BATCH", 500)
    read = command.LINES["ftm"]

    def killed(line: bytes) -> Iterator[command.Fact]:
        if b'"p1800"' in line:
            raise KeyboardInterrupt
        return read(line)

    monkeypatch.setitem(command.LINES, "ftm", killed)
    with pytest.raises(KeyboardInterrupt):
        import_facts(source, tmp_path / "cut.sqlite")
    monkeypatch.setitem(command.LINES, "ftm", read)
    summary = import_facts(source, tmp_path / "cut.sqlite")
    assert summary.lines == 1500  # the first 1,500 were kept
    assert rows_of(tmp_path / "cut.sqlite") == rows_of(tmp_path / "whole.sqlite")
    # and once more changes nothing
    assert import_facts(source, tmp_path / "cut.sqlite").lines == 0
    assert rows_of(tmp_path / "cut.sqlite") == rows_of(tmp_path / "whole.sqlite")


def test_import_is_found_without_being_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    from attache.knowledge.packaged import imported, usual_import

    monkeypatch.delenv("ATTACHE_KNOWLEDGE")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert imported() == ()
    (tmp_path / "own.csv").write_text(OWN, encoding="utf-8")
    assert main(["knowledge", "import", str(tmp_path / "own.csv")]) == 0
    assert imported() == (usual_import(),) and usual_import().is_relative_to(tmp_path)
    assert "2 people" in capsys.readouterr().err
    assert main(["knowledge", "import", str(tmp_path / "own.csv"), "--country", "Atlantis"]) == 2


def test_synthetic_people_differ() -> None:
    assert len({row["caption"] for row in people(500)}) > 490
