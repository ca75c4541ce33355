"""The ontology's pages: every kind is described, and its examples are read as that kind."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import get_args

import pytest
from spacy.language import Language

import attache
from attache.dossier import EventKind, FindingKind

DOCS = Path(__file__).parent.parent / "docs"
KINDS = tomllib.loads((DOCS / "ontology" / "events.toml").read_text("utf-8"))
FINDINGS = re.findall(r"^\| `([\w-]+)` \| (.+?) \| (.+?) \|$", (DOCS / "ontology" / "findings.md").read_text("utf-8"), re.M)


@pytest.fixture(scope="module")
def pipeline() -> Language:
    return attache.load()


def test_every_kind_has_a_page_of_this_shape() -> None:
    assert set(KINDS) == set(get_args(EventKind))
    for kind, row in KINDS.items():
        assert set(row) == {"means", "not", "parties", "examples"} and len(row["examples"]) >= 2, kind


def test_examples_are_read_as_their_kind(pipeline: Language) -> None:
    sentences = [(kind, sentence) for kind, row in KINDS.items() for sentence in row["examples"]]
    docs = pipeline.pipe(sentence for _, sentence in sentences)
    read = [(kind, sentence, {event.kind for event in doc._.attache.events}) for (kind, sentence), doc in zip(sentences, docs, strict=True)]
    assert not [(kind, sentence, found) for kind, sentence, found in read if kind not in found]


def test_examples_of_findings_are_found(pipeline: Language) -> None:
    missed = []
    for kind, text, day in FINDINGS:
        found = attache.read(text.encode(), published=None if day == "–" else day, nlp=pipeline).findings
        if kind not in {finding.kind for finding in found}:
            missed.append((kind, [finding.kind for finding in found]))
    assert not missed
    assert {kind for kind, *_ in FINDINGS} <= set(get_args(FindingKind))
