"""The commands: their exit status, their streams, and their words."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from attache.cli import DONE, FAILED, INTERRUPTED, WRONG_USE, main
from attache.dossier import Dossier

PAGE = "French President Emmanuel Macron met German Chancellor Angela Merkel in Paris on Monday.\n\nThey spoke about trade with China.\n"


@pytest.fixture
def page(tmp_path: Path) -> Path:
    place = tmp_path / "page.txt"
    place.write_text(PAGE, "utf-8")
    return place


def lines_of(text: str) -> list[str]:
    return text.strip().splitlines()


def test_read_as_json(page: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["read", str(page), "--format", "json"]) == DONE
    out, err = capsys.readouterr()
    assert err == ""
    dossier = Dossier.model_validate_json(lines_of(out)[0])
    assert {"Emmanuel Macron", "Angela Merkel"} <= {a.name for a in dossier.actors}


def test_read_for_the_terminal(page: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["read", str(page)]) == DONE
    out = capsys.readouterr().out
    assert "Emmanuel Macron" in out and "\x1b" not in out


def test_read_as_html_into_a_file(page: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "out.html"
    assert main(["read", str(page), "--format", "html", "--output", str(out)]) == DONE
    assert capsys.readouterr().out == ""
    assert out.read_text("utf-8").startswith("<!doctype html>")


def test_failures_are_named_and_the_rest_is_read(page: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pdf = tmp_path / "paper.pdf"
    pdf.write_bytes(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n")
    (tmp_path / "hollow").mkdir()
    (tmp_path / "empty.txt").touch()
    wrong = [tmp_path / "gone.txt", pdf, tmp_path / "hollow", tmp_path / "empty.txt"]
    assert main(["read", *map(str, wrong), str(page), "--format", "json"]) == FAILED
    out, err = capsys.readouterr()
    assert len(lines_of(out)) == 1
    told = lines_of(err)
    assert len(told) == len(wrong)
    assert all(place.name in line for place, line in zip(wrong, told, strict=True))


def test_a_batch_keeps_the_place_of_a_failed_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    batch = tmp_path / "batch.jsonl"
    rows = [json.dumps({"id": "a", "text": PAGE, "date": "2021-03-22"}), "{not json", json.dumps({"id": "c", "text": PAGE, "title": "T"})]
    batch.write_text("\n".join(rows) + "\n", "utf-8")
    assert main(["read", str(batch), "--format", "json"]) == FAILED
    out, err = capsys.readouterr()
    first, second, third = map(json.loads, lines_of(out))
    assert first["source"]["uri"].endswith("#a") and first["date"]["published"] == "2021-03-22"
    assert list(second) == ["error"] and len(lines_of(err)) == 1
    assert third["source"]["uri"].endswith("#c") and third["title"] == "T"


@pytest.mark.parametrize(
    "arguments",
    [["read"], ["read", "x", "--format", "pdf"], ["read", "x", "--published", "yesterday"], ["nonsense"], ["--nonsense"],
     ["events", "--record", "no/such.db"], ["read", "x", "--output", "/no/such/folder/out.json"],
     ["knowledge", "find", "Merkel", "--office", "zzzz"]],
)  # fmt: skip
def test_wrong_use(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == WRONG_USE
    assert capsys.readouterr().err


def test_file_names_cannot_send_escape_sequences(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["read", "gone\x1b[31m.txt", "--format", "json"]) == FAILED
    assert "\x1b" not in capsys.readouterr().err


def test_interruption(page: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("attache._read.read_page", stop)
    assert main(["read", str(page), "--format", "json"]) == INTERRUPTED
    assert "interrupted" in capsys.readouterr().err


def test_ingest_is_idempotent_and_events_can_be_listed(page: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    record = str(tmp_path / "r.db")
    assert main(["ingest", str(page), "--record", record]) == DONE
    assert "1 filed, 0 already there" in capsys.readouterr().err
    assert main(["ingest", str(page), str(tmp_path / "gone.txt"), "--record", record]) == FAILED
    assert "0 filed, 1 already there, 1 failed" in capsys.readouterr().err
    assert main(["events", "--record", record, "--actor", "Angela Merkel", "--format", "json"]) == DONE
    rows = [json.loads(line) for line in lines_of(capsys.readouterr().out)]
    assert rows and all("Angela Merkel" in f"{row['who']} {row['whom']} {row['about']}" for row in rows)
    assert main(["events", "--record", record, "--kind", "arrest"]) == DONE


def test_every_line_of_a_batch_is_filed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    batch = tmp_path / "batch.jsonl"
    batch.write_text("".join(json.dumps({"id": n, "text": f"{PAGE}It was meeting {n}.\n"}) + "\n" for n in range(3)), "utf-8")
    assert main(["ingest", str(batch), "--record", str(tmp_path / "r.db")]) == DONE
    assert "3 filed" in capsys.readouterr().err


def test_knowledge(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["knowledge", "find", "Angela Merkel", "--on", "2015-01-01"]) == DONE
    assert "2005" in capsys.readouterr().out
    assert main(["knowledge", "stats"]) == DONE
    assert "people" in capsys.readouterr().out


def test_evaluate_prints_a_table(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "p.txt").write_text(PAGE, "utf-8")
    (tmp_path / "p.json").write_text('{"people": ["Angela Merkel"], "events": []}', "utf-8")
    assert main(["evaluate", str(tmp_path)]) == DONE
    assert "100%" in capsys.readouterr().out


def run(*arguments: str, **more: object) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, "-m", "attache", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, env=environment, **more)  # type: ignore[call-overload, no-any-return]


def test_help_does_not_wait() -> None:
    slow = ("spacy", "numpy", "onnxruntime")
    code = f"import sys; from attache.cli import main; main(['--help']); sys.exit(any(m in sys.modules for m in {slow}))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, check=False).returncode == 0


def test_standard_input() -> None:
    done = run("read", "-", "--format", "json", input=PAGE)
    assert done.returncode == DONE, done.stderr
    assert Dossier.model_validate_json(done.stdout).text.startswith("French President")


def test_a_reader_that_leaves_early_is_no_error(page: Path) -> None:
    command = f"'{sys.executable}' -m attache read '{page}' '{page}' '{page}' --format json | true"
    done = subprocess.run(["bash", "-c", f"set -o pipefail; {command}"], capture_output=True, text=True, check=False)
    assert done.returncode == DONE and "Traceback" not in done.stderr and "BrokenPipe" not in done.stderr
