"""The rooms on another spaCy pipeline than attache's own, with the labels that spaCy's English models use (ClearNLP)."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

import attache
from attache.errors import PipelineError

STORED = tomllib.loads((Path(__file__).parent / "passages" / "clearnlp.toml").read_text("utf-8"))["sentence"]
BY_TEXT: dict[str, dict[str, Any]] = {row["text"]: row for row in STORED}


@Language.factory("stored_parse")
class StoredParse:
    """Gives a sentence the tags, lemmas and tree that are stored for it, as a trained parser would."""

    def __init__(self, nlp: Language, name: str) -> None:
        self._name = name

    def __call__(self, doc: Doc) -> Doc:
        row = BY_TEXT[doc.text]
        annotated = Doc(
            doc.vocab, [t.text for t in doc], [bool(t.whitespace_) for t in doc],
            tags=row["tags"], pos=row["pos"], lemmas=row["lemmas"], heads=row["heads"], deps=row["deps"],
        )  # fmt: skip
        return doc.from_array(["TAG", "POS", "LEMMA", "HEAD", "DEP"], annotated.to_array(["TAG", "POS", "LEMMA", "HEAD", "DEP"]))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A pipeline of another make, saved as such pipelines are."""
    nlp = spacy.blank("en")
    for name in ("tagger", "parser"):
        nlp.add_pipe("stored_parse", name=name)
    target = tmp_path_factory.mktemp("pipeline") / "en_stored"
    nlp.to_disk(target)
    return target


@pytest.fixture(scope="module")
def other(folder: Path) -> Language:
    return attache.load(str(folder))


@pytest.mark.parametrize(
    ("text", "kind", "status"),
    list(zip(BY_TEXT, ("meet", "expel", "sanction", "deny", "visit", "demand"), ("happened",) * 4 + ("planned", "happened"), strict=True)),
)
def test_events_are_read_through_its_labels(other: Language, text: str, kind: str, status: str) -> None:
    events = other(text)._.attache.events
    assert (kind, status) in [(event.kind, event.status) for event in events]


def test_people_and_sides_are_read(other: Language) -> None:
    reading = other(STORED[0]["text"])._.attache
    meeting = next(event for event in reading.events if event.kind == "meet")
    assert {reading.actors[actor].name for actor in (*meeting.source, *meeting.target)} == {"Emmanuel Macron", "Angela Merkel"}
    passive = other(STORED[1]["text"])._.attache
    assert passive.actors[passive.events[0].source[0]].country == "POL"


def test_a_page_is_read_with_it(folder: Path) -> None:
    dossier = attache.read(STORED[2]["text"], published="2020-10-03", nlp=attache.load(str(folder)))
    assert dossier.events[0].plover.type == "SANCTION"


def test_a_pipeline_without_a_parser_is_refused(tmp_path: Path) -> None:
    spacy.blank("en").to_disk(tmp_path / "blank")
    with pytest.raises(PipelineError, match="no parser and no tagger"):
        attache.load(str(tmp_path / "blank"))
    with pytest.raises(PipelineError, match="no spaCy pipeline named"):
        attache.load("en_core_web_none")
