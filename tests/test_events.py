"""Events read by the whole pipeline: people without names, acts planned, asked for and refused, and their PLOVER and CAMEO codes."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any, get_args

import pytest
from spacy.language import Language
from spacy.tokens import Doc

import attache
from attache.dossier import Event, EventKind, Status
from attache.errors import DataError
from attache.evaluate.events import MERGED
from attache.evaluate.forms import form_of
from attache.evaluate.report import evaluate
from attache.language import load_pipeline
from attache.reading import Reading, reading_of
from attache.what import codes
from attache.what.codes import TYPES, stances
from attache.what.events import Events
from attache.what.unnamed import counting, groups

HERE = Path(__file__).parent / "passages"
PASSAGES: list[dict[str, Any]] = tomllib.loads((HERE / "newswire.toml").read_text("utf-8"))["passage"]
SENTENCES: list[dict[str, str]] = tomllib.loads((HERE / "types.toml").read_text("utf-8"))["sentence"]
FLOOR = 0.9
"""Shares of the passages and of the types; a new language model may lose a few and win others."""


@pytest.fixture(scope="module")
def nlp() -> Language:
    return attache.load()


@pytest.fixture(scope="module")
def docs(nlp: Language) -> dict[str, Doc]:
    texts = [p["text"] for p in [*PASSAGES, *SENTENCES]]
    return dict(zip(texts, nlp.pipe(texts), strict=True))


def names(ids: list[str], reading: Reading) -> set[str]:
    return {reading.actors[i].name if i in reading.actors else i for i in ids}


def fits(event: Event, wanted: dict[str, Any], reading: Reading) -> bool:
    return (
        event.kind == wanted["kind"]
        and names(event.source, reading) == set(wanted.get("who", ()))
        and set(wanted.get("whom", ())) <= names(event.target, reading)
        and wanted.get("status", event.status) == event.status
        and wanted.get("type", event.plover.type or "") == (event.plover.type or "")
    )


def test_passages(docs: dict[str, Doc]) -> None:
    wanted, missed = 0, []
    for passage in PASSAGES:
        reading = reading_of(docs[passage["text"]])
        for one in passage.get("events", []):
            wanted += 1
            missed += [] if any(fits(event, one, reading) for event in reading.events) else [passage["text"]]
    assert 1 - len(missed) / wanted >= FLOOR, missed


def test_no_event_where_nothing_happened(docs: dict[str, Doc]) -> None:
    told = {p["text"]: reading_of(docs[p["text"]]).events for p in PASSAGES if p.get("none")}
    assert not [(text, [e.rule for e in events]) for text, events in told.items() if events]


def test_types(docs: dict[str, Doc]) -> None:
    found = wanted = given = 0
    for sentence in SENTENCES:
        types = {event.plover.type for event in reading_of(docs[sentence["text"]]).events} - {None}
        meant = {sentence["type"]} - {""}
        found, wanted, given = found + len(types & meant), wanted + len(meant), given + len(types)
    assert found / wanted >= FLOOR and found / given >= FLOOR


def test_the_passages_cover_every_kind_and_status() -> None:
    other = tomllib.loads((HERE / "events.toml").read_text("utf-8"))["passage"]
    every = [event for passage in [*PASSAGES, *other] for event in passage.get("events", [])]
    assert {event["kind"] for event in every} == set(get_args(EventKind))
    assert {event.get("status", "happened") for event in every} == set(get_args(Status))
    assert {s["type"] for s in SENTENCES} - {""} == TYPES


def test_unnamed_groups_are_actors_with_mentions(docs: dict[str, Doc]) -> None:
    reading = reading_of(docs["Two Kenyan soldiers were killed by Somali insurgents near Kismayo."])
    actor = next(a for a in reading.actors.values() if a.name == "Somali insurgents")
    assert (actor.id, actor.kind, actor.country) == ("attache:somali-insurgents-som", "group", "SOM")
    assert [m.text for m in actor.mentions] == ["Somali insurgents"]
    used = {party for event in reading.events for party in [*event.source, *event.target]}
    assert all(a.id in used for a in reading.actors.values() if any(m.rule == "what.unnamed" for m in a.mentions))


def test_threats_and_demands_take_the_mode_of_their_content(docs: dict[str, Doc]) -> None:
    events = reading_of(docs["Turkey threatened to expel ten ambassadors."]).events
    threat = next(e for e in events if e.kind == "threaten")
    assert (threat.plover.mode, threat.cameo) == ("expel", "137")


def test_codes_are_of_known_shape(docs: dict[str, Doc]) -> None:
    for doc in docs.values():
        for event in reading_of(doc).events:
            assert event.plover.type in TYPES | {None}
            assert event.cameo is None or (event.cameo.isdigit() and 1 <= int(event.cameo[:2]) <= 20)


def test_word_lists_and_stances() -> None:
    assert groups()["rebel"] == "group" and groups()["army"] == "body" and "thousand" in counting()
    assert set(stances()["modes"]) <= TYPES
    assert set(MERGED.values()) <= TYPES


def test_a_broken_stance_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    table = {**stances(), "governing": {"kinds": ["dance"], "loosely": []}}
    monkeypatch.setattr(codes, "_table", lambda name: table)
    codes.stances.cache_clear()
    with pytest.raises(DataError, match="dance"):
        codes.stances()
    codes.stances.cache_clear()


def test_the_component_alone() -> None:
    """``attache_events`` on a pipeline that has only the rooms it needs."""
    import attache.who  # noqa: F401  (registers what it reads from)

    alone = load_pipeline()
    alone.add_pipe("attache_who")
    doc = Events()(alone("Iran accused Israel of sabotage."))
    assert [(e.kind, e.plover.type) for e in reading_of(doc).events] == [("accuse", "ACCUSE")]


def test_events_gold_is_scored(tmp_path: Path, nlp: Language) -> None:
    rows = [
        {"text": "Iran accused Israel of sabotage.", "event_type": "DISAPPROVE", "source": [{"code": "IRN"}], "target": [{"code": "ISR"}]},
        {"text": "The sky is blue over France.", "event_type": "AID", "source": [{"code": "FRA"}], "target": []},
    ]
    plover = tmp_path / "plover.jsonl"
    plover.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    score = next(iter(evaluate(plover, nlp)))
    figures = {m.name: (m.found, m.wanted) for m in score.measures}
    assert (figures["type"], figures["actor countries"], figures["direction"]) == ((1, 2), (2, 3), (1, 1))
    cameo = tmp_path / "cameo.jsonl"
    row = {"text": rows[0]["text"], "events": [{"source": "ISR", "target": "IRN", "code": "112"}], "code_scheme": "CAMEO"}
    cameo.write_text(json.dumps(row) + "\n", "utf-8")
    figures = {m.name: (m.found, m.wanted) for m in next(iter(evaluate(cameo, nlp))).measures}
    assert (figures["root"], figures["direction"]) == ((1, 1), (0, 1)), "told the wrong way round"
    assert form_of(cameo) is not form_of(plover)
