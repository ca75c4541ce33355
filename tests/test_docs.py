"""The documentation under test: transcripts are run, links and paths lead somewhere, the vocabulary is described.

A fenced block after ``<!-- run -->`` is a transcript: lines that begin with ``$`` are run in the project's folder and must print
what follows them, where a line ``...`` stands for any lines. A ``pycon`` block is run as a doctest. A block after
``<!-- in PATH -->`` must stand in that file, character for character.
"""

from __future__ import annotations

import doctest
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import get_args

import pytest

from attache import dossier

PROJECT = Path(__file__).parent.parent
PAGES = sorted([*PROJECT.glob("*.md"), *(PROJECT / "docs").glob("*.md")])
README = PROJECT / "README.md"
WIDTH = "100"


def blocks(page: Path, comment: str) -> list[tuple[str, str, str]]:
    """(what the comment says, language, body) of each fenced block that follows such a comment."""
    pattern = rf"<!-- ({comment}) -->\n+```(\w*)\n(.*?)\n```"
    return re.findall(pattern, page.read_text(encoding="utf-8"), re.S)


def transcripts() -> list[tuple[str, str]]:
    """(command, expected output) of every transcript in the documentation."""
    found = []
    for page in PAGES:
        for _, language, body in blocks(page, "run"):
            if language == "console":
                parts = re.split(r"^\$ (.+)$\n?", body, flags=re.M)
                found += list(zip(parts[1::2], parts[2::2], strict=True))
    return found


def printed(command: str) -> str:
    """What a command prints, with the tests' own Python first on the path and a steady width."""
    if command == "make demo":
        command = "attache read demo/page.txt"  # what it runs once .venv is there
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path, "COLUMNS": WIDTH, "NO_COLOR": "1"}
    done = subprocess.run(["bash", "-c", command], cwd=PROJECT, env=environment, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    return done.stdout


def as_pattern(expected: str) -> str:
    """A regular expression for an expected output, ``...`` lines standing for any lines and line ends for optional blanks."""
    lines = [line.rstrip() for line in expected.strip("\n").split("\n")]
    return "\n".join(r"(?:.*)" if line.strip() == "..." else re.escape(line) + "[ ]*" for line in lines)


@pytest.mark.parametrize(("command", "expected"), transcripts(), ids=lambda value: value[:40].strip())
def test_transcripts(command: str, expected: str) -> None:
    shown = printed(command).strip("\n")
    assert re.fullmatch(as_pattern(expected), shown, re.S), f"{command} now prints:\n{shown}"


def test_python_examples() -> None:
    page = "\n".join(body for page in PAGES for _, language, body in blocks(page, "run") if language == "pycon")
    examples = doctest.DocTestParser().get_doctest(page, {}, "documentation", None, 0)
    assert examples.examples
    before = Path.cwd()
    os.chdir(PROJECT)
    try:
        runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE)
        assert runner.run(examples).failed == 0
    finally:
        os.chdir(before)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_quoted_data_stands_in_its_file(page: Path) -> None:
    for comment, _, body in blocks(page, r"in [^>]+?"):
        source = PROJECT / comment.removeprefix("in ")
        assert body in source.read_text(encoding="utf-8"), f"{page.name} quotes an entry that is not in {source.name}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_and_paths_lead_somewhere(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    links = [link for link in re.findall(r"\]\(([^)#\s]+)", text) if "://" not in link]
    assert not [link for link in links if not (page.parent / link).exists()]
    paths = re.findall(r"`((?:src|tests|docs|demo|training)/[\w./-]+)`", text)
    assert not [path for path in paths if not (PROJECT / path).exists()]


@pytest.mark.parametrize("vocabulary", ["ActorKind", "EventKind", "Status", "FindingKind", "Severity"])
def test_formats_describe_the_vocabulary(vocabulary: str) -> None:
    text = (PROJECT / "docs" / "formats.md").read_text(encoding="utf-8")
    assert not [kind for kind in get_args(getattr(dossier, vocabulary)) if not re.search(rf"\b{kind}\b", text)]


def test_formats_describe_every_field() -> None:
    text = (PROJECT / "docs" / "formats.md").read_text(encoding="utf-8")
    assert not [name for name in dossier.Dossier.model_fields if f"`{name}`" not in text]


def test_makefile_targets_are_told() -> None:
    told = README.read_text(encoding="utf-8") + (PROJECT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    assert {"demo", "test", "bench", "train"} <= set(re.findall(r"make (\w+)", told))
