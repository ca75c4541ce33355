"""A record that an older attache filed can be asked, takes no pages, and `attache settle` groups it as if this one had filed it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import older_record
import pytest
from light_reader import dossier_of
from postgres_cluster import cluster, missing
from test_ingest import contents, options

from attache.cli import DONE, FAILED, main
from attache.errors import RecordError
from attache.record import Record, Settled, open_record, renewing

NEXT = ("https://paper9.example/0", "News\nAnna0 met Bert0 on 2021-03-01. " + older_record.ARTICLES[0])
COUNT = len(older_record.pages())


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with cluster() as address:
        yield address


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return str(tmp_path / "older.db")
    if missing():
        pytest.skip(missing() or "")
    import psycopg

    server = request.getfixturevalue("server")
    name = f"t{abs(hash(request.node.name)) % 10**9}"
    with psycopg.connect(server.format("postgres"), autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')  # type: ignore[arg-type]
    return str(server.format(name))


@pytest.fixture
def older(place: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Record]:
    with open_record(place) as record:
        older_record.fill_as_older(record, monkeypatch)
        yield record


@pytest.fixture
def wanted(tmp_path: Path) -> Iterator[Record]:
    """The same pages as this attache files them."""
    with open_record(tmp_path / "wanted.db") as record:
        older_record.fill(record)
        yield record


def everything(record: Record) -> list[object]:
    """What `contents` has, and the links with their reasons."""
    with record.reading() as connection:
        links = connection.exec_driver_sql(
            "SELECT a.uri, b.uri, k.kind, k.score, k.reason FROM links k "
            "JOIN pages a ON a.id = k.first_id JOIN pages b ON b.id = k.second_id"
        )
        waiting = connection.exec_driver_sql("SELECT count(*) FROM stories WHERE collated <> 1").scalar()
        empty = connection.exec_driver_sql("SELECT count(*) FROM stories WHERE id NOT IN (SELECT story_id FROM pages)").scalar()
        return [contents(record), sorted(map(tuple, links)), waiting, empty]


def stories(record: Record) -> set[tuple[int, int]]:
    return {(story.pages, story.wordings) for story in record.stories()}


def test_it_can_be_asked_and_takes_no_pages(older: Record, place: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert older.events(actor="Anna0") and len(older.pages()) == COUNT and older.collation(older.stories()[0].id)
    assert stories(older) != {(3, 1)}
    with pytest.raises(RecordError, match="can be asked as it is; .* `attache settle --record"):
        older.file(dossier_of(NEXT[1], NEXT[0], "2021-03-09"))
    (tmp_path / "more.txt").write_text(NEXT[1], "utf-8")
    assert main(["ingest", "--record", place, str(tmp_path / "more.txt")]) == FAILED
    assert "`attache settle --record" in capsys.readouterr().err
    assert not older.runs() and len(older.pages()) == COUNT


def test_settling_gives_what_this_attache_would_have_filed(older: Record, wanted: Record) -> None:
    told: list[tuple[str, int, int]] = []
    assert older.settle(lambda *at: told.append(at)).texts == len({text for _, text in older_record.pages()})
    assert everything(older) == everything(wanted) and stories(older) == {(3, 1)}
    assert {what for what, *_ in told} == {"texts", "stories", "events"} and all(done <= whole for _, done, whole in told)
    ids = [story.id for story in older.stories()]
    assert older.settle() == Settled(0, 0) and [story.id for story in older.stories()] == ids
    for record in (older, wanted):
        assert record.file(dossier_of(NEXT[1], NEXT[0], "2021-03-09"))
    assert everything(older) == everything(wanted)


def test_it_goes_on_where_it_was_stopped(older: Record, wanted: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(renewing.renew, "__defaults__", (None, 2))
    monkeypatch.setattr(renewing.regroup, "__defaults__", (0, 2))
    steps: list[str] = []
    for most in range(1, 60):
        left = iter(range(most))

        def stop(what: str, done: int, whole: int, left: Iterator[int] = left) -> None:
            steps.append(what)
            if next(left, None) is None:
                raise KeyboardInterrupt

        try:
            older.settle(stop)
            break
        except KeyboardInterrupt:
            continue
    assert len(steps) > 20 and everything(older) == everything(wanted)


def test_the_command(older: Record, place: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["settle", "--record", place]) == DONE
    assert "texts compared anew, " in capsys.readouterr().err
    assert main(["settle", "--record", place]) == DONE
    assert capsys.readouterr().err == "0 texts compared anew, 0 stories grouped anew\n"
    assert main(["settle", "--record", place + "nowhere"]) != DONE


def test_an_ingest_finishes_what_a_stopped_one_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, wanted: Record) -> None:
    """All texts are compared anew, but no story is grouped yet: the next ingest groups them."""
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parent))

    def stop(what: str, done: int, whole: int) -> None:
        if what == "stories":
            raise KeyboardInterrupt

    monkeypatch.setattr(renewing.regroup, "__defaults__", (0, 1))
    (tmp_path / "more.txt").write_text("Carl met Dora on 2021-03-09.", "utf-8")
    with open_record(tmp_path / "o.db") as older:
        older_record.fill_as_older(older, monkeypatch)
        with pytest.raises(KeyboardInterrupt):
            older.settle(stop)
        for record in (older, wanted):
            record.ingest([str(tmp_path / "more.txt")], options=options())
        assert everything(older) == everything(wanted)
