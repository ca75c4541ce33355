"""The desk without a browser: its pages and their JSON, filters, judgements, adding, and what the guard refuses."""

from __future__ import annotations

import io
import re
import shutil
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from desk_samples import another, as_json, filled, hostile, paths, small
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st
from postgres_cluster import cluster, missing
from sample_dossier import sample

from attache.desk import Settings, make_app
from attache.desk.differences import compared
from attache.desk.drawing import outlines
from attache.desk.drawing.network import network
from attache.desk.drawing.timeline import timeline
from attache.desk.drawing.worldmap import world_map
from attache.desk.forms import local_path
from attache.desk.lines import event_lines
from attache.desk.serving import is_local, serve
from attache.desk.veil import plain, shown
from attache.desk.wording import day, days, kind_note, words
from attache.dossier import FindingKind, Status
from attache.errors import UsageError
from attache.record import Record, open_record

LOCAL = "http://127.0.0.1"


@pytest.fixture(scope="session")
def filed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("desk") / "r.db"
    small(place).close()
    return place


@pytest.fixture
def record(filed: Path, tmp_path: Path) -> Iterator[Record]:
    shutil.copy(filed, tmp_path / "r.db")
    with open_record(tmp_path / "r.db") as made:
        yield made


@pytest.fixture
def desk(record: Record) -> Iterator[TestClient]:
    with TestClient(make_app(record), base_url=LOCAL) as client:
        yield client


def signed(client: TestClient, path: str = "/doubts") -> str:
    """What a form of this session carries."""
    found = re.search(r'name="csrf" value="([0-9a-f]{64})"', client.get(path).text)
    assert found
    return found[1]


# ---- pages


def test_every_page_is_html_and_json_without_inline_scripts_and_paths(desk: TestClient, record: Record, tmp_path: Path) -> None:
    for path in paths(record):
        page, data = desk.get(path), desk.get(as_json(path))
        assert (page.status_code, data.status_code) == (200, 200), path
        assert page.headers["content-type"].startswith("text/html") and isinstance(data.json(), dict)
        assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:|<script(?![^>]*\ssrc=)", page.text), path
        assert not any(secret in page.text + data.text for secret in ("secret-folder", str(tmp_path))), path


@pytest.mark.parametrize("path", ["/page/1/dossier.json", "/events.csv", "/nothing", "/page/99", "/events?since=x", "/openapi.json"])
def test_no_other_answer_tells_a_path_of_this_machine(desk: TestClient, tmp_path: Path, path: str) -> None:
    assert not any(secret in desk.get(path).text for secret in ("secret-folder", str(tmp_path)))


def test_today_tells_who_met_whom_and_what_was_repaired(desk: TestClient) -> None:
    found = desk.get("/index.json").json()
    assert {line["event"]["kind"] for line in found["meetings"]} <= {"meet", "visit", "call", "negotiate"}
    assert [line["finding"]["reading"] for line in found["repairs"]] == ["Petr Novák"]
    text = desk.get("/").text
    assert "<del>Petr Novack</del> <ins>Petr Novák</ins>" in text and "why is this here?" in text


def test_the_reading_view_marks_the_text_without_changing_it(desk: TestClient) -> None:
    found = desk.get("/page/1.json").json()
    assert "".join(run["text"] for run in found["runs"]) == sample().text
    struck = [run for run in found["runs"] if run["struck"]]
    assert struck and struck[-1]["reading"] == "Petr Novák"
    text = desk.get("/page/1").text
    assert 'href="#at-e0"' in text and 'id="at-e0"' in text and "/page/1/source" in text
    assert ".reading:has(#at-e0:target) .w0" in desk.get("/marks/50.css").text


def test_the_untouched_source_is_plain_text(desk: TestClient) -> None:
    found = desk.get("/page/1/source")
    assert found.text == "the source <b>as it was</b>" and found.headers["content-type"].startswith("text/plain")
    assert desk.get("/page/3/source").status_code == 404


def test_an_event_says_why_it_is_here(desk: TestClient) -> None:
    event = desk.get("/events.json?kind=say").json()["lines"][0]["event"]["id"]
    text = desk.get(f"/event/{event}").text
    assert "say:verb:say" in text and "characters" in text and "A verb of this kind" in text


def test_an_actor_has_offices_meetings_and_statements_with_their_words(desk: TestClient) -> None:
    found = desk.get("/actor/attache:vladimir-horak.json").json()
    assert found["offices"][0]["office"] == "Chancellor of Clocks"
    assert [line["content"] for line in found["statements"]] == ["that the talks had gone well"]
    assert found["company"][0]["name"] == "Ana Kovic" and len(found["meetings"]) == 1
    assert desk.get("/actor/attache:nobody").status_code == 404


# ---- filters, names, taking along


@pytest.mark.parametrize(
    ("query", "count"),
    [("kind=meet&actor=Horák", 1), ("kind=say&kind=visit", 2), ("place=AUT&status=planned", 1), ("since=2021-04-01&until=2021-04-30", 1),
     ("actor=Kovic&other=Horak", 1), ("text=gone", 2), ("min_sources=9", 0), ("actor=", 4), ("actor=nobody", 0)],
)  # fmt: skip
def test_filters_stand_in_the_address(desk: TestClient, query: str, count: int) -> None:
    found = desk.get(f"/events.json?{query}").json()
    assert found["total"] == count == len(found["lines"])


@pytest.mark.parametrize("query", ["since=yesterday", "kind=dance", "view=film", "order=random", "min_sources=x", "status=maybe"])
def test_a_wrong_filter_is_told(desk: TestClient, query: str) -> None:
    page, data = desk.get(f"/events?{query}"), desk.get(f"/events.json?{query}")
    assert page.status_code == data.status_code and page.status_code in (400, 422)
    assert "Not understood" in page.text and data.json()["message"]


@pytest.mark.parametrize(
    "path", ["/events?offset=-5", "/events?offset=99999999999", "/pages?offset=1000000000000000", "/doubts?offset=-1", "/search"]
)
def test_odd_offsets_do_no_harm(desk: TestClient, path: str) -> None:
    assert desk.get(path).status_code == 200


@pytest.mark.parametrize(("typed", "why"), [("vladimir h", "name"), ("HORA", "name"), ("hor", "name"), ("Horaak", "spelling")])
def test_names_are_completed_forgivingly(desk: TestClient, typed: str, why: str) -> None:
    found = desk.get("/names.json", params={"q": typed}).json()["names"]
    assert found[0]["name"] == "Vladimír Horák" and found[0]["why"] == why


def test_search_marks_the_words_found(desk: TestClient) -> None:
    found = desk.get("/search.json?q=talks").json()
    assert [piece["text"] for piece in found["hits"][0]["pieces"] if piece["found"]] == ["talks"]
    assert desk.get('/search.json?q="').json()["message"]


def test_events_are_taken_along(desk: TestClient) -> None:
    lines = desk.get("/events.csv?kind=meet").text.splitlines()
    assert lines[0].startswith("id,kind,status") and len(lines) == 3


@pytest.mark.parametrize("form", ["gdelt", "plover", "jsonld", "ftm", "ics", "parquet"])
def test_events_are_taken_along_in_every_form(desk: TestClient, tmp_path: Path, form: str) -> None:
    needed = {"ftm": "followthemoney", "ics": "icalendar", "parquet": "polars"}
    if form in needed:
        pytest.importorskip(needed[form])
    answer = desk.get(f"/events/as/{form}?actor=Kovic&kind=meet")
    assert answer.status_code == 200 and "attachment" in answer.headers["content-disposition"]
    if form == "parquet":
        with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
            assert {"events.parquet", "pages.parquet"} <= set(archive.namelist())
            text = "".join(archive.read(name).decode("latin-1") for name in archive.namelist())
    else:
        text = answer.text
    assert "secret-folder" not in text and str(tmp_path) not in text


def test_a_calendar_is_of_one_actor(desk: TestClient) -> None:
    assert desk.get("/events/as/ics").status_code == 400
    assert desk.get("/events/as/film").status_code == 404


# ---- judgements


def test_a_repair_is_rejected_and_the_rejection_taken_back(desk: TestClient) -> None:
    finding = desk.get("/doubts.json?kind=corrupted-name").json()["findings"][-1]
    assert finding["subject"] == "repair"
    where = {"page": finding["finding"]["page"], "start": finding["finding"]["start"], "end": finding["finding"]["end"]}
    form = {"csrf": signed(desk), "subject": "repair", "verdict": "reject", "report": "", "back": "/page/1#x", **where}
    answer = desk.post("/judgements", data=form, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/page/1#x")
    page = desk.get(f"/page/{where['page']}.json").json()
    assert not any(run["reading"] for run in page["runs"]) and any("refused" in run["marks"] for run in page["runs"])
    key = desk.get("/judgements.json").json()["judgements"][0]["id"]
    assert desk.post(f"/judgements/{key}/withdraw", data={"csrf": signed(desk)}).status_code == 200
    assert any(run["reading"] for run in desk.get(f"/page/{where['page']}.json").json()["runs"])
    assert desk.get("/judgements.json").json()["judgements"] == []
    assert desk.get("/judgements.json?withdrawn=true").json()["judgements"][0]["withdrawn"]


def test_a_rejected_event_is_left_out_until_the_judgement_is_withdrawn(desk: TestClient) -> None:
    event = desk.get("/events.json?kind=say").json()["lines"][0]["event"]["id"]
    report = desk.get(f"/event/{event}.json").json()["told"][0]["report"]
    given = {"subject": "event", "verdict": "reject", "page": report["page"], "report": report["id"], "note": "not said"}
    written = desk.post("/judgements.json", json=given)
    assert written.status_code == 201
    assert desk.get("/events.json?kind=say").json()["lines"] == []
    assert len(desk.get("/events.json?kind=say&rejected=true").json()["lines"]) == 1
    assert desk.delete(f"/judgements/{written.json()['id']}.json").status_code == 200
    assert len(desk.get("/events.json?kind=say").json()["lines"]) == 1
    assert desk.delete(f"/judgements/{written.json()['id']}.json").status_code == 404


LINK = {"subject": "link", "verdict": "reject", "page": 1}
EVENT = {"subject": "event", "verdict": "reject", "page": 99, "report": 1}


@pytest.mark.parametrize("given", [{}, {**EVENT, "verdict": "maybe"}, EVENT, LINK, {**LINK, "start": 0, "end": 3, "x": 1}])
def test_a_judgement_that_makes_no_sense_is_refused(desk: TestClient, given: dict[str, object]) -> None:
    assert desk.post("/judgements.json", json=given).status_code in (400, 422)
    assert desk.get("/judgements.json").json()["judgements"] == []


# ---- adding


def test_a_text_and_a_file_are_read_and_filed(desk: TestClient, project: Path) -> None:
    page = (project / "demo" / "page.txt").read_bytes()
    form = {"csrf": signed(desk, "/add"), "text": "Russian President Vladimir Putin met Angela Merkel in Berlin on 11 January 2020."}
    answer = desk.post("/add", data=form, files=[("files", ("../../etc/page.txt", page, "text/plain"))], follow_redirects=False)
    assert answer.status_code == 303
    job = wait(desk, answer.headers["location"])
    assert [one["error"] for one in job["outcomes"]] == [None, None] and job["state"] == "done"
    assert job["outcomes"][0]["uri"] == "page.txt" and job["outcomes"][1]["uri"].startswith("pasted-")
    assert desk.get(f"/page/{job['outcomes'][0]['page']}/source").text.startswith("Pompeo Opens")
    again = wait(desk, desk.post("/add.json", json={"text": form["text"]}).headers.get("location") or "/add/" + desk.post(
        "/add.json", json={"text": form["text"]}).json()["id"])  # fmt: skip
    assert again["outcomes"][0]["known"]


def wait(desk: TestClient, path: str) -> dict[str, object]:
    """The job at an address once it is over."""
    for _ in range(600):
        found = desk.get(f"{path}.json").json()
        if found["state"] in ("done", "failed"):
            return found
        time.sleep(0.1)
    raise AssertionError("the job did not end within a minute")


@pytest.mark.parametrize(
    ("given", "words"), [({"url": "file:///etc/passwd"}, "http"), ({"url": "/etc/passwd"}, "http"), ({"url": "-"}, "http"), ({}, "nothing"),
                         ({"text": "x", "published": "soon"}, "day")]
)  # fmt: skip
def test_what_cannot_be_added_is_told_at_once(desk: TestClient, given: dict[str, str], words: str) -> None:
    for answer in (desk.post("/add", data={"csrf": signed(desk, "/add"), **given}), desk.post("/add.json", json=given)):
        assert answer.status_code == 400 and words in answer.text and "/etc/passwd is" not in answer.text


def test_an_address_inside_a_private_network_is_not_fetched(desk: TestClient) -> None:
    job = wait(desk, "/add/" + desk.post("/add.json", json={"url": "http://127.0.0.1:1/secret"}).json()["id"])
    assert "private network" in str(job["outcomes"])


def test_damaged_uploads_end_in_words(desk: TestClient) -> None:
    damaged = {"a.pdf": b"%PDF-1.7 \x00\x01", "b.txt": b"", "c.jsonl": b'{"text": 5}\n{broken', "d.gz": b"\x1f\x8bnonsense"}
    files = [("files", (name, data, "application/octet-stream")) for name, data in damaged.items()]
    answer = desk.post("/add", data={"csrf": signed(desk, "/add")}, files=files, follow_redirects=False)
    job = wait(desk, answer.headers["location"])
    assert job["state"] == "done" and all(one["error"] for one in job["outcomes"])
    assert "/tmp" not in str(job)


# ---- the guard


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "192.168.1.5", "", "[::1", "localhost@evil.example"])
def test_other_host_names_are_not_answered(desk: TestClient, host: str) -> None:
    assert desk.get("/", headers={"host": host}).status_code == 421


@pytest.mark.parametrize("host", ["127.0.0.1:8484", "localhost:1", "[::1]:8484", "LOCALHOST"])
def test_this_machine_is_answered(desk: TestClient, host: str) -> None:
    assert desk.get("/", headers={"host": host}).status_code == 200


def test_a_form_of_another_site_is_refused(desk: TestClient) -> None:
    form = {"subject": "link", "verdict": "reject", "page": "1", "start": "0", "end": "3"}
    assert desk.post("/judgements", data=form).status_code == 403
    assert desk.post("/judgements", data={**form, "csrf": "0" * 64}).status_code == 403
    ticket = signed(desk)
    for header in (
        {"origin": "http://evil.example"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"origin": "null"},
    ):
        assert desk.post("/judgements", data={**form, "csrf": ticket}, headers=header).status_code == 403
        assert desk.post("/judgements.json", json=form, headers=header).status_code == 403
    assert desk.post("/judgements.json", content="{}", headers={"content-type": "text/plain"}).status_code == 415
    assert desk.get("/judgements.json").json()["judgements"] == []


def test_the_ticket_of_one_session_is_none_for_another(record: Record) -> None:
    app = make_app(record)
    first, second = TestClient(app, base_url=LOCAL), TestClient(app, base_url=LOCAL)
    second.get("/")
    assert second.post("/judgements/1/withdraw", data={"csrf": signed(first)}).status_code == 403


def test_too_much_is_refused_whatever_the_header_says(record: Record) -> None:
    desk = TestClient(make_app(record, Settings(max_upload=10_000)), base_url=LOCAL)
    assert desk.post("/add.json", json={"text": "x" * 20_000}).status_code == 413
    chunks = (b"x" * 1000 for _ in range(50))
    assert desk.post("/add.json", content=chunks, headers={"content-type": "application/json"}).status_code == 413


def test_a_token_is_demanded_where_one_is_set(record: Record) -> None:
    app = make_app(record, Settings(token="t0ken-t0ken-t0ken"))
    desk = TestClient(app, base_url="http://192.168.1.5")
    assert desk.get("/").status_code == 401 and desk.get("/?token=wrong").status_code == 401
    assert desk.get("/events.json", headers={"authorization": "Bearer t0ken-t0ken-t0ken"}).status_code == 200
    entry = desk.get("/events?kind=meet&token=t0ken-t0ken-t0ken", follow_redirects=False)
    assert entry.headers["location"] == "/events?kind=meet" and "HttpOnly" in entry.headers["set-cookie"]
    assert desk.get("/").status_code == 200
    assert desk.get("/", headers={"host": "rebound.example"}).status_code == 421


def test_the_token_does_not_lead_elsewhere(record: Record) -> None:
    desk = TestClient(make_app(record, Settings(token="t0ken-t0ken-t0ken")), base_url=LOCAL)
    entry = desk.get("//evil.example/?token=t0ken-t0ken-t0ken", follow_redirects=False)
    assert entry.headers["location"].startswith("/") and not entry.headers["location"].startswith("//")


def test_every_answer_is_fenced_in(desk: TestClient) -> None:
    for path in ("/", "/events.json", "/nothing", "/static/desk.css", "/page/1/source"):
        headers = desk.get(path).headers
        assert "default-src 'none'" in headers["content-security-policy"] and "unsafe" not in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff" and headers["x-frame-options"] == "DENY"
    assert "server" not in desk.get("/").headers


@pytest.mark.parametrize("path", ["/static/../app.py", "/static/%2e%2e/app.py", "/static/..%2fapp.py", "/static/", "/../../etc/passwd"])
def test_files_of_this_machine_are_not_served(desk: TestClient, path: str) -> None:
    assert desk.get(path).status_code in (404, 405)


@pytest.mark.parametrize(
    "back", ["//evil.example/x", "https://evil.example/", "/\\evil.example", "javascript:alert(1)", "\\\\evil.example"]
)
def test_forms_lead_back_to_the_desk_only(back: str) -> None:
    assert re.match(r"/(?![/\\])", local_path(back))


def test_hostile_words_are_escaped_everywhere(tmp_path: Path) -> None:
    with hostile(tmp_path / "h.db") as record, TestClient(make_app(record), base_url=LOCAL) as desk:
        for path in paths(record)[::3]:
            text = desk.get(path).text
            assert not re.search(
                r"<script(?![^>]*\ssrc=\"/static)|<(img|iframe|object|math|base|style|animate|body on|div (data-)?hx)", text
            ), path
        cells = desk.get("/events.csv").text
        assert not re.search(r"(^|,)\"?[=@]", cells, re.M)


def test_a_broken_desk_tells_nothing_of_itself(record: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ValueError("inside /home/somebody/secret")

    monkeypatch.setattr(type(record), "pages", broken)
    with TestClient(make_app(record), base_url=LOCAL, raise_server_exceptions=False) as desk:
        answer = desk.get("/pages")
    assert answer.status_code == 500 and "secret" not in answer.text and "went wrong" in answer.text


@pytest.mark.parametrize(
    ("host", "local"), [("127.0.0.1", True), ("localhost", True), ("::1", True), ("0.0.0.0", False), ("desk.example", False)]
)
def test_which_addresses_need_no_token(host: str, local: bool) -> None:
    assert is_local(host) is local


def test_serving_needs_a_record_and_a_free_port(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no such record"):
        serve(tmp_path / "none.db", 0, print)
    with pytest.raises(UsageError, match="too short"):
        serve(tmp_path / "none.db", 0, print, host="0.0.0.0", token="short")


# ---- beside a writer


def test_pages_are_served_while_somebody_writes(desk: TestClient, record: Record) -> None:
    with open_record(record.place) as other, other.writing() as connection:
        connection.exec_driver_sql("UPDATE pages SET title = 'half done'")
        assert desk.get("/pages").status_code == 200 and "half done" not in desk.get("/pages").text
    assert "half done" in desk.get("/pages").text


def test_a_record_in_postgresql_is_served(tmp_path: Path) -> None:
    if (why := missing()) is not None:
        pytest.skip(why)
    with (
        cluster() as address,
        filled(open_record(address.format("postgres")), tmp_path) as record,
        TestClient(make_app(record), base_url=LOCAL) as desk,
    ):
        assert [path for path in paths(record) if (desk.get(path).status_code, desk.get(as_json(path)).status_code) != (200, 200)] == []
        assert desk.get("/names.json?q=horak").json()["names"][0]["name"] == "Vladimír Horák"
        assert desk.get("/search.json?q=talks").json()["hits"] and len(desk.get("/events.csv").text.splitlines()) == 5
        assert desk.post("/judgements.json", json={**LINK, "start": 0, "end": 9}).status_code == 201


# ---- parts


def test_paths_are_veiled_and_addresses_are_not() -> None:
    assert (shown("/home/x/news/a.html"), shown("C:\\news\\b.txt"), shown("feed.jsonl#7")) == ("a.html", "b.txt", "feed.jsonl#7")
    assert plain("/home/my own news/a.txt: three hours") == "a.txt: three hours"
    assert shown("https://news.example/a/b") == "https://news.example/a/b"
    assert (
        plain("/home/x/a.txt: empty; see https://news.example/a/b and he/she/it")
        == "a.txt: empty; see https://news.example/a/b and he/she/it"
    )


def test_a_copy_is_compared_word_by_word() -> None:
    base = "Stoltenberg met Blinken on Tuesday and promised help.\n\nNobody else came to the talks in Brussels."
    copy = "Stomberberg met Blinken on Tuesday and help.\n\nNobody else came to the talks in Brussels. Showing."
    stretches, variants = compared(base, copy) or ((), ())
    assert "".join(one.text for one in stretches) == copy
    assert [(one.base, one.copy) for one in variants] == [("Stoltenberg", "Stomberberg"), ("promised", ""), ("", "Showing.")]
    assert compared(base, "Something quite different was told by another paper in its own words.") is None


@given(st.text(alphabet="ab \n", max_size=60), st.text(alphabet="ab \n", max_size=60))
def test_a_compared_copy_keeps_its_text(base: str, copy: str) -> None:
    found = compared(base, copy)
    assert found is None or "".join(one.text for one in found[0]) == copy


def test_days_are_said_with_the_precision_known() -> None:
    assert (day("2021-03-23"), day("2021-03"), day("2021"), day(None), day("soon")) == ("23 Mar 2021", "Mar 2021", "2021", "", "soon")
    assert days("2021-03-01", "2021-03-02") == "1 Mar 2021 – 2 Mar 2021" and days(None, None) == "day unknown"


def test_every_kind_has_its_sentence() -> None:
    from typing import get_args

    assert set(words()["finding"]) == set(get_args(FindingKind)) and set(words()["status"]) == set(get_args(Status))
    assert all(kind_note("finding", kind).endswith(".") for kind in get_args(FindingKind))


def test_the_network_is_the_same_each_time(record: Record) -> None:
    with record.reading() as connection:
        lines = event_lines(connection, record.events(limit=100))
    drawn = network(lines)
    assert drawn == network(lines) and {"Ana Kovic", "Vladimír Horák"} <= {node.name for node in drawn.nodes}
    assert all(0 <= node.x <= drawn.width and 0 <= node.y <= drawn.height for node in drawn.nodes)
    assert network([]).nodes == ()


def test_the_timeline_has_a_disc_a_day_or_longer(record: Record) -> None:
    rows = tuple(record.events(limit=100))
    drawn = timeline(rows)
    assert sum(disc.count for disc in drawn.discs) + drawn.undated == len(rows)
    assert all(100 <= disc.x <= drawn.width for disc in drawn.discs)


def test_the_map_shows_what_has_a_place(record: Record) -> None:
    drawn = world_map(tuple(record.events(limit=100)))
    (spot,) = drawn.spots
    assert (spot.name, spot.count) == ("Vienna", 2) and drawn.unplaced == 2
    left, top, width, height = drawn.view
    assert left <= spot.x <= left + width and top <= spot.y <= top + height


def test_the_map_does_without_outlines(desk: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    for made in (outlines._atlas, outlines.outlines, outlines.land):
        made.cache_clear()
    monkeypatch.setattr(outlines, "ATLAS", Path("/nonexistent"))
    assert "this one has none" in desk.get("/events?view=map").text
    for made in (outlines._atlas, outlines.outlines, outlines.land):
        made.cache_clear()


def test_the_projection_keeps_the_world_in_its_frame() -> None:
    corners = [outlines.project(lon, lat) for lon in (-180, 0, 180) for lat in (-90, 0, 90)]
    assert all(-1 <= x <= outlines.WIDTH + 1 and -1 <= y <= outlines.HEIGHT + 1 for x, y in corners)
    assert outlines.project(0, 0) == (outlines.WIDTH / 2, outlines.HEIGHT / 2)


def test_the_manual_tells_every_address(desk: TestClient, project: Path) -> None:
    manual = (project / "docs" / "desk.md").read_text(encoding="utf-8")
    described = desk.get("/openapi.json").json()["paths"]
    assert not [path for path in described if f"`{re.sub(r'[{](page|event|story)_id[}]', '{id}', path)}`" not in manual]


def test_another_page_is_filed_and_shown(desk: TestClient, record: Record) -> None:
    assert record.file(another("https://news.example/later"))
    assert desk.get("/pages.json").json()["pages"][0]["title"] == "Talks in Vienna"
