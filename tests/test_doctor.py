"""`attache doctor` finds what is broken, and nothing where nothing is; shells complete what they are told they may."""

from __future__ import annotations

import json
import sqlite3
import subprocess
from importlib.metadata import PathDistribution
from pathlib import Path

import pytest
from click.testing import CliRunner

from attache.cli import commands, main
from attache.commands import checkup
from attache.commands.checkup import Check, data_files, knowledge, record, terminal
from attache.commands.completing import SHELLS, VARIABLE
from attache.commands.grouping import GROUPS
from attache.errors import PipelineError
from attache.record import open_record


def states(checks: list[Check]) -> list[str]:
    return [check.state for check in checks]


def test_this_installation_is_sound(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    with open_record(tmp_path / "r.db"):
        pass
    assert main(["doctor", "--record", str(tmp_path / "r.db"), "--format", "json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["ok"] and {"versions", "data files", "model", "knowledge base", "record", "terminal"} <= {c["name"] for c in told["checks"]}


def test_a_problem_ends_with_status_one(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(checkup, "all_checks", lambda place, named: iter([Check("model", "problem", "gone", "bring it back")]))
    assert main(["doctor"]) == 1
    told = capsys.readouterr()
    assert "PROBLEM" in told.out and "bring it back" in told.out and "1 problem found" in told.err


def installed(folder: Path) -> tuple[Path, PathDistribution]:
    """A package of two data files with the list that an installer writes."""
    package = folder / "attache"
    package.mkdir()
    (package / "words.toml").write_text('words = ["a"]\n')
    (package / "table.csv").write_text("a,b\n")
    info = folder / "attache-1.dist-info"
    info.mkdir()
    rows = [f"attache/{p.name},sha256={checkup._digest(p)},{p.stat().st_size}" for p in sorted(package.iterdir())]
    (info / "RECORD").write_text("\n".join(rows) + "\n")
    return package, PathDistribution(info)


def test_a_changed_or_missing_data_file_is_told(tmp_path: Path) -> None:
    package, wheel = installed(tmp_path)
    assert states(list(data_files(package, wheel))) == ["ok"]
    (package / "words.toml").write_text('words = ["b"]\n')
    (package / "table.csv").unlink()
    (check,) = data_files(package, wheel)
    assert check.state == "problem" and "words.toml" in check.says and "table.csv" in check.says


def test_a_checkout_has_its_files_read(tmp_path: Path) -> None:
    (tmp_path / "words.toml").write_text("words = [")
    (tmp_path / "packed.csv.gz").write_bytes(b"not packed")
    (check,) = data_files(tmp_path, PathDistribution(tmp_path / "none.dist-info"))
    assert check.state == "problem" and "words.toml" in check.says and "packed.csv.gz" in check.says


def test_a_model_that_does_not_load_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise PipelineError("weights are gone")

    monkeypatch.setattr("attache.read", fail, raising=False)
    assert states(list(checkup.model())) == ["problem"]


def test_records_of_every_sort(tmp_path: Path) -> None:
    fine, foreign, broken = tmp_path / "fine.db", tmp_path / "foreign.db", tmp_path / "broken.db"
    with open_record(fine):
        pass
    with sqlite3.connect(foreign) as other:
        other.execute("CREATE TABLE pages (id INTEGER)")
    other.close()
    before = foreign.read_bytes()
    broken.write_bytes(b"SQLite format 3\x00" + b"\xff" * 2000)
    assert states(list(record(str(fine), True))) == ["ok"]
    assert states(list(record(str(foreign), True))) == ["problem"] and foreign.read_bytes() == before
    assert states(list(record(str(broken), True))) == ["problem"]
    assert states(list(record(str(tmp_path / "none.db"), True))) == ["problem"]
    assert states(list(record(str(tmp_path / "none.db"), False))) == ["note"]
    assert not (tmp_path / "none.db").exists()


def test_damaged_imports_are_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "bad.sqlite").write_bytes(b"no database")
    monkeypatch.setenv("ATTACHE_KNOWLEDGE", str(tmp_path / "bad.sqlite"))
    assert "problem" in states(list(knowledge()))


def test_a_terminal_of_ascii_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    class Ascii:
        encoding = "ascii"

    monkeypatch.setattr("sys.stdout", Ascii())
    assert states(list(terminal())) == ["problem"]


@pytest.mark.parametrize("shell", SHELLS)
def test_completion_scripts(shell: str) -> None:
    done = CliRunner().invoke(commands, ["completion", shell])
    assert VARIABLE in done.output


def test_the_script_is_one_that_bash_reads(tmp_path: Path) -> None:
    script = tmp_path / "attache.bash"
    script.write_text(CliRunner().invoke(commands, ["completion", "bash"]).output)
    assert subprocess.run(["bash", "-n", str(script)], capture_output=True).returncode == 0


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("attache ev", "plain,evaluate"),
        ("attache events --kind lift", "plain,lift-sanction"),
        ("attache events --status pl", "plain,planned"),
    ],
)
def test_what_bash_is_told(words: str, wanted: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv(VARIABLE, "bash_complete")
    monkeypatch.setenv("COMP_WORDS", words)
    monkeypatch.setenv("COMP_CWORD", str(len(words.split()) - 1))
    main()
    assert wanted in capsys.readouterr().out.splitlines()


def test_help_names_every_command_in_a_group() -> None:
    shown = CliRunner().invoke(commands, ["--help"], terminal_width=80).output
    assert sorted(name for names in GROUPS.values() for name in names) == sorted(commands.commands)
    assert all(f"{heading}:" in shown for heading in GROUPS)
    assert all(f"  {name}" in shown for name in commands.commands)
