"""The commands over a record: what they print, and their exit status."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from sample_dossier import sample
from test_ingest import lines
from test_record_events import tell

from attache.cli import DONE, FAILED, WRONG_USE, main
from attache.commands.progress import Bar
from attache.page import Meter
from attache.record import Summary, open_record


@pytest.fixture
def place(tmp_path: Path) -> str:
    with open_record(tmp_path / "r.db") as record:
        record.file(sample())
        for outlet, day in (("a.example", "2021-03-23"), ("b.example", "2021-03-24")):
            tell(record, "Anna", "Bert", "2021-03-23", country="BEL", outlet=outlet, day=day)
    return str(tmp_path / "r.db")


def rows(capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_events(place: str, capsys: pytest.CaptureFixture[str]) -> None:
    question = [
        "--actor",
        "Anna",
        "--kind",
        "meet",
        "--since",
        "2021-03-01",
        "--place",
        "Belgium",
        "--status",
        "happened",
        "--min-sources",
        "2",
    ]
    assert main(["events", "--record", place, *question, "--format", "json"]) == DONE
    (row,) = rows(capsys)
    assert (row["who"], row["sources"], row["first_reported"]) == ("Anna", 2, "2021-03-23")
    assert main(["events", "--record", place, *question, "--reports", "--format", "csv"]) == DONE
    told = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert {report["outlet"] for report in told} == {"a.example", "b.example"} and told[0]["start"] == "0"
    assert main(["events", "--record", place, "--limit", "1"]) == DONE
    out, err = capsys.readouterr()
    assert "meet" in out and "--offset 1 shows the next" in err
    assert main(["events", "--record", place, "--actor", "Nobody"]) == DONE
    assert "no events" in capsys.readouterr().out
    assert main(["events", "--record", place, "--since", "soon"]) == WRONG_USE


def test_search(place: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["search", "--record", place, "prague", "-football", "--format", "json"]) == DONE
    (row,) = rows(capsys)
    assert "[Prague]" in str(row["snippet"])
    assert main(["search", "--record", place, "nothing-like-it"]) == DONE
    assert "no pages" in capsys.readouterr().out
    assert main(["search", "--record", place, "!!"]) == WRONG_USE


def test_person(place: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["person", "--record", place, "Novak"]) == DONE
    out = capsys.readouterr().out
    assert "Petr Novák (attache:petr-novak)" in out and "Minister of Windows, Czechia" in out and "Petr Novack (1, repaired)" in out
    assert main(["person", "--record", place, "Anna", "--format", "json"]) == DONE
    (life,) = rows(capsys)
    assert len(life["meetings"]) == 1 and life["statements"] == []  # type: ignore[arg-type]
    assert main(["person", "--record", place, "Bert", "--format", "csv"]) == DONE
    assert capsys.readouterr().out.splitlines()[1].startswith("meetings,")
    assert main(["person", "--record", place, "Nobody"]) == FAILED


def test_stories(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    place = str(tmp_path / "s.db")
    with open_record(place) as record:
        for outlet in ("a.example", "b.example"):
            tell(
                record, "Anna", "Bert", None, text="Anna met Bert in the palace for two hours and spoke with him about fish.", outlet=outlet
            )
    assert main(["stories", "--record", place, "--format", "json"]) == DONE
    (story,) = rows(capsys)
    assert (story["pages"], story["wordings"]) == (2, 1)
    assert main(["story", "--record", place, str(story["id"])]) == DONE
    out = capsys.readouterr().out
    assert "a.example" in out and "same-text" in out
    assert main(["story", "--record", place, str(story["id"]), "--format", "json"]) == DONE
    assert len(rows(capsys)[0]["pages"]) == 2  # type: ignore[arg-type]
    assert main(["story", "--record", place, "999"]) == FAILED


def test_control_characters_of_pages_do_not_reach_the_terminal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    place = str(tmp_path / "s.db")
    with open_record(place) as record:
        tell(record, "An\x1b[31mna", "Bert", "2021-03-23")
    for arguments in (["events"], ["events", "--format", "csv"], ["person", "bert"], ["search", "bert"]):
        assert main([*arguments, "--record", place]) == DONE
        out = capsys.readouterr().out
        assert arguments[-1] == "csv" or "\x1b" not in out


@pytest.mark.parametrize("command", ["events", "search x", "stories", "story 1", "person x", "failures"])
def test_a_record_that_is_not_there(command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*command.split(), "--record", str(tmp_path / "none.db")]) == WRONG_USE
    assert "no such record" in capsys.readouterr().err


def test_columns_and_failures(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parent))
    source = lines(tmp_path / "p.jsonl", 3)
    renamed = source.read_text("utf-8").replace('"text"', '"story_text"')
    source.write_text(renamed + "{broken\n", "utf-8")
    place = str(tmp_path / "r.db")
    assert main(["ingest", str(source), "--record", place, "--text-column", "story_text"]) == FAILED
    assert "4" not in capsys.readouterr().out
    assert main(["failures", "--record", place, "--format", "json"]) == DONE
    (failure,) = rows(capsys)
    assert "not JSON" in str(failure["reason"]) and str(failure["uri"]).endswith("#4")


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_the_bar_is_for_terminals_only() -> None:
    summary = Summary(filed=12, known=3, failed=1, skipped=2, copies=4, seconds=9.0)
    plain, terminal = io.StringIO(), Terminal()
    for stream in (plain, terminal):
        meter = Meter(50)
        with Bar(stream, meter, lambda: 100) as bar:
            bar.show(summary, "page")
            bar.aside(lambda: None)
        bar.summary(summary)
    assert plain.getvalue() == "12 filed, 3 already there, 2 skipped, 1 failed\n"
    shown = terminal.getvalue()
    assert "18 pages, 2.0 a second, 1 failed" in shown and "4 of them with a text read before" in shown and "`attache failures`" in shown
