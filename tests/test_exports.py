"""Each form of export, held against its own standard by a reader that is not ours."""

from __future__ import annotations

import csv
import json
from datetime import date
from pathlib import Path

import pytest
from sample_dossier import sample

from attache.cli import main
from attache.errors import UsageError
from attache.record import Record, open_record
from attache.record.exports import FORMS, export
from attache.record.exports.selection import codes, countries


@pytest.fixture
def record(tmp_path: Path) -> Record:
    """A record of one meeting held, one planned, and a statement; actors from the knowledge base and not."""
    book = open_record(tmp_path / "r.db")
    first = sample(uri="https://news.example/a?x=1&y=ö")
    first.events[0].plover.type, first.events[0].plover.contexts, first.events[0].cameo = "CONSULT", ["diplomatic", "economic"], "040"
    first.events[0].place.latitude, first.events[0].place.longitude = 50.08, 14.43  # type: ignore[union-attr]
    first.actors[0].country = "CZE"
    planned = first.events[0].model_copy(deep=True, update={"id": "e2", "status": "planned"})
    planned.time.start, planned.time.end = "2021-04-01", "2021-04-03"  # type: ignore[union-attr]
    said = first.events[0].model_copy(deep=True, update={"id": "e3", "kind": "say", "cameo": None, "target": [], "time": None})
    said.plover.type = None
    first.events += [planned, said]
    book.file(first)
    return book


def lines(path: Path) -> list[str]:
    return path.read_text("utf-8").splitlines()


def test_gdelt_has_its_61_columns(record: Record, tmp_path: Path) -> None:
    assert export(record, "gdelt", tmp_path / "e.tsv") == 2
    rows = list(csv.reader(lines(tmp_path / "e.tsv"), delimiter="\t", quoting=csv.QUOTE_NONE))
    assert [len(row) for row in rows] == [61, 61]
    named = dict(zip(codes()["gdelt"]["columns"], rows[0], strict=True))
    wanted = {"SQLDATE": "20210322", "MonthYear": "202103", "Year": "2021", "FractionDate": "2021.2192", "Actor1Name": "ANA KOVIC",
              "Actor1CountryCode": "CZE", "Actor2Name": "PETR NOVÁK", "EventCode": "040", "EventBaseCode": "040", "EventRootCode": "04",
              "QuadClass": "1", "GoldsteinScale": "1.0", "NumSources": "1", "ActionGeo_FullName": "Prague", "ActionGeo_CountryCode": "EZ",
              "ActionGeo_Lat": "50.08", "ActionGeo_Type": "4", "AvgTone": "", "SOURCEURL": "https://news.example/a?x=1&y=ö"}  # fmt: skip
    assert {name: named[name] for name in wanted} == wanted


def test_gdelt_is_read_by_polars_as_the_code_book_types_it(record: Record, tmp_path: Path) -> None:
    polars = pytest.importorskip("polars")
    export(record, "gdelt", tmp_path / "e.tsv")
    names = codes()["gdelt"]["columns"]
    numbers = {"GLOBALEVENTID": polars.Int64, "SQLDATE": polars.Int64, "FractionDate": polars.Float64, "IsRootEvent": polars.Int64,
               "QuadClass": polars.Int64, "GoldsteinScale": polars.Float64, "NumMentions": polars.Int64, "AvgTone": polars.Float64,
               "ActionGeo_Lat": polars.Float64, "DATEADDED": polars.Int64}  # fmt: skip
    schema = {name: numbers.get(name, polars.String) for name in names}
    frame = polars.read_csv(tmp_path / "e.tsv", separator="\t", has_header=False, schema=schema, quote_char=None)
    assert frame["SQLDATE"].to_list() == [20210322, 20210401]


def test_plover_has_what_the_manual_requires(record: Record, tmp_path: Path) -> None:
    assert export(record, "plover", tmp_path / "e.jsonl") == 2
    first, planned = map(json.loads, lines(tmp_path / "e.jsonl"))
    assert {"id", "date", "actor", "event"} <= first.keys()
    assert (first["date"], first["event"], first["quad_code"], first["event_scale"]) == ("2021-03-22", ["CONSULT"], 1, 2.5)
    assert first["context"] == ["diplomatic", "economic"]
    assert first["actor"][0] == {"code": "CZE", "entity_text": "Ana Kovic", "identifier_id": "attache:ana-kovic"}
    assert "mode" not in first and planned["mode"] == ["future"] and planned["enddate"] == "2021-04-03"


def test_jsonld_is_read_by_pyld_and_rdflib(record: Record, tmp_path: Path) -> None:
    pyld, rdflib = pytest.importorskip("pyld"), pytest.importorskip("rdflib")
    assert export(record, "jsonld", tmp_path / "e.jsonld") == 3
    text = (tmp_path / "e.jsonld").read_text("utf-8")
    nodes = pyld.jsonld.expand(json.loads(text))
    kinds = sorted(kind for node in nodes for kind in node["@type"])
    assert kinds == [f"https://schema.org/{name}" for name in ("Event", "Event", "Event", "NewsArticle", "Person", "Person")]
    graph = rdflib.Graph().parse(data=text, format="json-ld")
    schema = rdflib.Namespace("https://schema.org/")
    assert len(set(graph.subjects(rdflib.RDF.type, schema.Event))) == 3
    asked = """PREFIX s: <https://schema.org/>
        SELECT ?n ?d WHERE { ?e a s:Event; s:startDate ?d; s:eventStatus s:EventScheduled; s:attendee/s:name ?n }"""
    assert [(str(n), str(d)) for n, d in graph.query(asked)] == [("Petr Novák", "2021-04-01")]


def test_followthemoney_takes_every_entity(record: Record, tmp_path: Path) -> None:
    ftm = pytest.importorskip("followthemoney")
    assert export(record, "ftm", tmp_path / "e.json") == 3
    entities = [ftm.model.get_proxy(json.loads(line), cleaned=False) for line in lines(tmp_path / "e.json")]
    for entity in entities:
        ftm.model.get(entity.schema.name).validate(entity.to_dict())
    events = [entity for entity in entities if entity.schema.name == "Event"]
    people = {entity.id for entity in entities if entity.schema.name == "Person"}
    assert len(events) == 3 and all(set(event.get("involved")) <= people for event in events)
    assert next(e for e in entities if e.caption == "Ana Kovic").get("country") == ["cz"]
    assert {event.first("startDate") for event in events} == {"2021-03-22", "2021-04-01", None}


def test_a_calendar_holds_past_and_planned_meetings(record: Record, tmp_path: Path) -> None:
    icalendar = pytest.importorskip("icalendar")
    assert export(record, "ics", tmp_path / "e.ics", actor="Kovic") == 2
    calendar = icalendar.Calendar.from_ical((tmp_path / "e.ics").read_bytes())
    held, planned = calendar.walk("VEVENT")
    assert (held["dtstart"].dt, held["dtend"].dt, str(held["status"])) == (date(2021, 3, 22), date(2021, 3, 23), "CONFIRMED")
    assert (planned["dtstart"].dt, planned["dtend"].dt, str(planned["status"])) == (date(2021, 4, 1), date(2021, 4, 4), "TENTATIVE")
    assert str(held["location"]) == "Prague, CZE" and not calendar.errors and not held.errors
    with pytest.raises(UsageError, match="one person"):
        export(record, "ics", tmp_path / "none.ics")


def test_parquet_is_read_by_pyarrow_with_the_events_that_fit(record: Record, tmp_path: Path) -> None:
    pytest.importorskip("polars")
    parquet = pytest.importorskip("pyarrow.parquet")
    assert export(record, "parquet", tmp_path / "p") == 3
    events = parquet.read_table(tmp_path / "p" / "events.parquet")
    assert events.num_rows == 3 and str(events.schema.field("latitude").type) == "double" and str(events.schema.field("id").type) == "int64"
    assert export(record, "parquet", tmp_path / "p", kind="say") == 1
    rows = {name: parquet.read_table(tmp_path / "p" / f"{name}.parquet").num_rows for name in ("events", "reports", "pages", "actors")}
    assert rows == {"events": 1, "reports": 1, "pages": 1, "actors": 2}
    assert export(record, "parquet", tmp_path / "p", actor="Nobody") == 0


def test_the_command_writes_a_file_or_says_why_not(record: Record, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    place = str(tmp_path / "r.db")
    assert main(["export", "--record", place, "--to", "gdelt", "--output", str(tmp_path / "e.tsv"), "--since", "2021-03-30"]) == 0
    assert len(lines(tmp_path / "e.tsv")) == 1 and "1 events written" in capsys.readouterr().err
    assert main(["export", "--record", place, "--to", "ics", "--output", str(tmp_path / "e.ics")]) == 2
    assert not (tmp_path / "e.ics").exists() and not (tmp_path / "e.ics.part").exists()
    assert main(["export", "--record", place, "--to", "plover", "--output", str(tmp_path / "no" / "e.jsonl")]) == 2


def test_tabs_and_lines_in_a_title_break_no_row(tmp_path: Path) -> None:
    odd = sample(uri="a\tb\nc")
    odd.events[0].cameo, odd.events[0].place.name = "040", "Pra\tgue"  # type: ignore[union-attr]
    with open_record(tmp_path / "odd.db") as book:
        book.file(odd)
        export(book, "gdelt", tmp_path / "e.tsv")
    assert [line.count("\t") for line in lines(tmp_path / "e.tsv")] == [60]


def test_codes_have_their_shape() -> None:
    assert len(codes()["gdelt"]["columns"]) == 61 and len(codes()["plover"]) == 16
    assert countries()["GBR"] == ("UK", "GB") and countries()["DEU"] == ("GM", "DE") and len(countries()) > 240
    assert set(FORMS) == {"parquet", "gdelt", "plover", "jsonld", "ftm", "ics"}
