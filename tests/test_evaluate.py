"""The verb ``attache evaluate``: gold forms are told apart, scored and laid out, and no measure falls below its floor."""

from __future__ import annotations

import gzip
import json
import subprocess
import tomllib
from pathlib import Path
from typing import Any

import pytest

import attache
from attache.cli import DONE, FAILED, WRONG_USE, main
from attache.errors import DataError, SourceMissing
from attache.evaluate.forms import SCORERS, form_of, forms, open_gold
from attache.evaluate.layout import as_json
from attache.evaluate.measures import NONE, Kinds, Measure, Score, total
from attache.evaluate.report import evaluate

HERE = Path(__file__).parent
GOLD: dict[str, dict[str, Any]] = tomllib.loads((HERE / "floors.toml").read_text("utf-8"))["gold"]
TIMES = {"doc": "d", "text": "They met on Monday.", "dct": "2021-03-23"}
MONDAY = {"start": 12, "end": 18, "type": "DATE", "value": "2021-03-22"}


def written(path: Path, *rows: object) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return path


@pytest.fixture(scope="module")
def nlp() -> Any:
    return attache.load()


# Floors: the least share (F1, or recall where no precision is measured) that each measure of a gold file may score.


@pytest.mark.parametrize("file", GOLD)
def test_no_measure_is_below_its_floor(file: str, shared_data: Path, nlp: Any) -> None:
    if not (shared_data / file).exists():
        pytest.skip(f"{file} is not among the gold data")
    floors = dict(GOLD[file])
    scores = list(evaluate(shared_data / file, nlp, every=floors.pop("every", 1)))
    shares = {m.name: m.share for m in total(scores).measures}
    assert floors.keys() <= shares.keys(), "a floor names no measure"
    low = {name: (shares[name], floor) for name, floor in floors.items() if (shares[name] or 0.0) < floor}
    assert not low


def test_floors_only_rise(project: Path) -> None:
    """Against the file as last committed; a floor that has to go down says why, in a comment with the word "lowered"."""
    told = subprocess.run(["git", "show", "HEAD:tests/floors.toml"], cwd=project, capture_output=True, text=True)
    if told.returncode:
        pytest.skip("not in a git checkout")
    text = (HERE / "floors.toml").read_text("utf-8")
    before, now = _flat(tomllib.loads(told.stdout)), _flat(tomllib.loads(text))
    lowered = {name for name, floor in before.items() if now.get(name, 0.0) < floor and name[-1] != "every"}
    excused = {line.split("=")[0].strip().strip('"') for line in text.splitlines() if "lowered" in line.partition("#")[2]}
    assert not {name for name in lowered if name[-1] not in excused}


def _flat(table: dict[str, Any], above: tuple[str, ...] = ()) -> dict[tuple[str, ...], float]:
    found: dict[tuple[str, ...], float] = {}
    for name, value in table.items():
        if isinstance(value, dict):
            found |= _flat(value, (*above, name))
        elif isinstance(value, int | float):
            found[*above, name] = value
    return found


# Forms.


def test_every_scorer_has_a_form_of_its_own() -> None:
    assert list(SCORERS) == sorted(SCORERS)
    assert len({form.name for form in forms()}) == len({form.fields for form in forms()}) == len(SCORERS)


def test_a_form_is_told_by_its_first_row(tmp_path: Path) -> None:
    form = form_of(written(tmp_path / "t.jsonl", TIMES | {"timexes": []}))
    assert form and form.name == "time"
    assert form_of(written(tmp_path / "u.jsonl", {"text": "words"})) is None
    assert form_of(written(tmp_path / "e.jsonl")) is None


def test_rows_may_be_compressed_and_sampled(tmp_path: Path) -> None:
    path = tmp_path / "t.jsonl.gz"
    rows = [TIMES | {"doc": str(n), "timexes": []} for n in range(5)]
    path.write_bytes(gzip.compress("".join(json.dumps(row) + "\n" for row in rows).encode()))
    form = form_of(path)
    assert form and [row["doc"] for row in open_gold(path, form, every=2).rows] == ["0", "2", "4"]


def test_times_are_scored(tmp_path: Path, nlp: Any) -> None:
    rows = [TIMES | {"timexes": [MONDAY]}, TIMES | {"timexes": [MONDAY | {"value": "2021-03-29"}]}, TIMES | {"timexes": []}]
    score = next(evaluate(written(tmp_path / "t.jsonl", *rows), nlp))
    found = {m.name: m for m in score.measures}
    assert (found["spans"].found, found["spans"].wanted, found["spans"].given) == (2, 2, 3)
    assert (found["values"].found, found["strict spans"].found) == (1, 2)
    assert "2021-03-29" in found["values"].missed[0] and score.kinds[0].pairs["DATE", "DATE"] == 2
    assert found["type DATE"].precision == pytest.approx(2 / 3)


def test_names_in_text_are_scored(tmp_path: Path, nlp: Any) -> None:
    words = ["Angela", "Merkel", "arrived", "in", "Paris", "."]
    row = {"words": words, "spaces": [True] * 4 + [False] * 2, "tags": ["B-PER", "I-PER", "O", "O", "B-LOC", "O"]}
    odd = {**row, "tags": ["B-PER", "I-PER", "O", "O", "B-ORG", "B-ORG"]}
    score = next(evaluate(written(tmp_path / "n.jsonl", row, odd), nlp))
    found = {m.name: m for m in score.measures}
    assert (found["names"].found, found["names"].wanted, found["names"].given) == (3, 5, 4)
    assert score.kinds[0].pairs["ORG", "LOC"] == 1 and score.kinds[0].pairs["ORG", NONE] == 1


def test_copies_are_scored(tmp_path: Path, nlp: Any) -> None:
    texts = ["One two three four five six seven.", "One two three four five six eight.", "Nothing of the kind was ever told here."]
    rows = [{"story": "0", "kind": kind, "text": text} for kind, text in zip(("orig", "edited", "spun"), texts, strict=True)]
    found = {m.name: m for m in next(evaluate(written(tmp_path / "c.jsonl", *rows), nlp)).measures}
    assert (found["copies edited"].found, found["copies spun"].found, found["copies"].precision) == (1, 0, 1.0)


def test_cleaning_is_scored(tmp_path: Path, nlp: Any) -> None:
    body = "The ministers met in Prague on Monday and spoke about trade between their two countries for three hours."
    (tmp_path / "gold.json").write_text(json.dumps({"a": {"articleBody": body}}), "utf-8")
    (tmp_path / "a.html").write_text(f"<html><body><article><p>{body}</p></article></body></html>", "utf-8")
    measure = next(evaluate(tmp_path / "gold.json", nlp)).measures[0]
    assert measure.recall == measure.precision == 1.0
    (tmp_path / "a.html").unlink()
    with pytest.raises(SourceMissing, match="beside the gold"):
        list(evaluate(tmp_path / "gold.json", nlp))


# What is no gold is told.


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("none.jsonl", None, "no such gold file"),
        ("other.jsonl", '{"words": []}\n', "not a gold file"),
        ("page.json", "{}", "not a gold file"),
        ("array.json", "[1]", "not a gold file"),
        ("broken.jsonl", json.dumps(TIMES | {"timexes": []}) + "\n{\n", "line 2: not JSON"),
        ("short.jsonl", json.dumps(TIMES | {"timexes": []}) + "\n" + json.dumps(TIMES) + "\n", "line 2: lacks timexes"),
    ],
)
def test_what_is_no_gold_is_told(tmp_path: Path, nlp: Any, name: str, text: str | None, words: str) -> None:
    if text is not None:
        (tmp_path / name).write_text(text, "utf-8")
    with pytest.raises((SourceMissing, DataError), match=words):
        list(evaluate(tmp_path / name, nlp))


def test_a_folder_without_gold_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["evaluate", str(tmp_path)]) == FAILED
    assert "no gold in it" in capsys.readouterr().err
    assert main(["evaluate", str(tmp_path), "--every", "0"]) == WRONG_USE


# Figures and their layout.


def test_kinds_give_figures_and_confusions() -> None:
    kinds = Kinds("type")
    for wanted, given in (("A", "A"), ("A", "B"), ("A", None), (None, "B"), ("C", "C")):
        kinds.count(wanted, given)
    a, b, c = kinds.measures()
    assert (a.recall, a.precision, b.wanted, b.given, c.f1) == (1 / 3, 1.0, 0, 2, 1.0)
    columns, rows = kinds.table()
    assert columns == ["A", "B", "C", NONE] and rows[0] == ("A", [1, 1, 0, 1]) and rows[-1] == (NONE, [0, 1, 0, 0])


def test_shares_of_nothing() -> None:
    assert Measure("m").share is None and Measure("m", 0, 3, 0, 0).f1 == 0.0 and Measure("m", 1, 2).share == 0.5


def test_json_has_every_figure() -> None:
    kinds = Kinds("type")
    kinds.count("A", None)
    told = json.loads(as_json(Score("s", [Measure("m", 1, 2, 1, 4, ["x"])], [kinds], "time"), details=False))
    assert told["form"] == "time" and told["kinds"][0]["pairs"] == [{"wanted": "A", "given": NONE, "count": 1}]
    assert told["measures"] == [
        {"name": "m", "found": 1, "wanted": 2, "right": 1, "given": 4, "recall": 0.5, "precision": 0.25, "f1": 0.3333}
    ]


def test_the_command_prints_json_lines(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = written(tmp_path / "t.jsonl", TIMES | {"timexes": [MONDAY]})
    assert main(["evaluate", str(path), "--format", "json"]) == DONE
    assert json.loads(capsys.readouterr().out)["measures"][0]["f1"] == 1.0
