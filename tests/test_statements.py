"""Statements: the cue tables have their shape, and speakers, cues and contents are found in passages of our own."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc

import attache
from attache.dossier import Dossier, Event
from attache.errors import DataError
from attache.evaluate.forms import GoldFile
from attache.evaluate.statements import score_statements
from attache.language import load_pipeline
from attache.reading import Statement, reading_of
from attache.what.saying import statements
from attache.what.saying.component import KEY
from attache.what.saying.cues import book, read_cue
from attache.what.saying.quotations import quotations
from attache.what.saying.verbs import CONSTRUCTIONS

PASSAGES: list[dict[str, Any]] = tomllib.loads((Path(__file__).parent / "passages" / "statements.toml").read_text("utf-8"))["passage"]
FLOOR = 0.9
PIECES = "the minister said that “peace is near,” she , : | according to him they want a claim ― .".replace("|", "\n\n").split(" ")
WORDS = st.lists(st.sampled_from(PIECES), max_size=25)


@pytest.fixture(scope="module")
def nlp() -> Language:
    return load_pipeline()


def words(doc: Doc, run: tuple[int, int] | None) -> str | None:
    return doc[slice(*run)].text if run is not None else None


def fits(doc: Doc, found: Statement, wanted: dict[str, Any]) -> bool:
    """Contents and cue as written; a speaker by its words or their beginning ("Marta Lindqvist" of "Marta Lindqvist, a ...")."""
    source = words(doc, found.source)
    named = (source is None) == (wanted.get("source") is None) and (source or "").startswith(wanted.get("source", ""))
    cue = wanted["cue"] in (words(doc, found.cue) or "")
    same = [words(doc, run) for run in found.content] == wanted["content"]
    return named and cue and same and wanted.get("form", found.form) == found.form and wanted.get("speech", found.speech) == found.speech


# Tables.


def test_cues_have_their_shape() -> None:
    known = book()
    assert {name for cues in known.verbs.values() for cue in cues for name in cue.takes} <= set(CONSTRUCTIONS)
    for table in (known.verbs, known.nouns, known.adjectives):
        assert all(lemma == lemma.lower().strip() and lemma for lemma in table)
        assert all(0 < cue.confidence <= 1 for cues in table.values() for cue in cues)
    assert all(cue.takes or cue.prepositions for cues in known.verbs.values() for cue in cues)
    assert all(word == word.lower() and word for those in known.lists.values() for word in those)


def test_no_class_names_a_verb_twice() -> None:
    for lemma, cues in book().verbs.items():
        taken = [(name, cue.particle, cue.needs) for cue in cues for name in cue.takes]
        assert len(taken) == len(set(taken)), f"{lemma}: a construction is licensed twice"


@pytest.mark.parametrize("entry", [{"lemmas": []}, {"lemmas": ["say"], "takes": ["sentence"]}, {"lemmas": ["say"], "confidence": 2}])
def test_a_bad_entry_is_named(entry: dict[str, Any]) -> None:
    with pytest.raises(DataError, match="verbs.toml"):
        read_cue(entry, "verbs.toml")


# Quotations.


def test_quotations_tolerate_turned_marks() -> None:
    found = quotations("“One two three,“ she said. “Four five six.”")
    assert [quote.broken for quote in found] == [True, False]


def test_two_single_marks_are_one_double() -> None:
    text = "''It is over,'' she said."
    assert [text[q.start : q.end] for q in quotations(text)] == ["''It is over,''"]


def test_a_paragraph_ends_a_quotation() -> None:
    assert quotations("“One two.\n\nThree four.”") == []


# Passages.


def test_passages(nlp: Language) -> None:
    missed = []
    for passage in PASSAGES:
        doc = nlp(passage["text"])
        found = [s for s in statements(doc) if s.depth == 0]
        missed += [(passage["text"], one["cue"]) for one in passage.get("said", ()) if not any(fits(doc, s, one) for s in found)]
        if passage.get("none"):
            assert not found, passage["text"]
        if passage.get("only"):
            assert len(found) == len(passage["said"]), passage["text"]
    wanted = sum(len(passage.get("said", ())) for passage in PASSAGES)
    assert wanted >= 40
    assert 1 - len(missed) / wanted >= FLOOR, missed


def test_a_dateline_does_not_speak_for_who_is_quoted_under_it(nlp: Language) -> None:
    text = "JAKARTA: Ministers arrived on Friday. “We will not let you go alone,” one of them told the envoy. Talks begin today."
    assert all(statement.rule != "line:colon" and statement.cue[0] > 1 for statement in statements(nlp(text)))


def test_trees_of_the_other_kind_are_read(nlp: Language) -> None:
    """The labels of ``en_core_web_*``: a preposition heads its phrase, "to" is an auxiliary."""
    doc = Doc(
        nlp.vocab, words="She spoke about talks and vowed to leave".split(), lemmas="she speak about talk and vow to leave".split(),
        pos="PRON VERB ADP NOUN CCONJ VERB PART VERB".split(), tags="PRP VBD IN NNS CC VBD TO VB".split(),
        heads=[1, 1, 1, 2, 1, 1, 7, 5], deps="nsubj ROOT prep pobj cc conj aux xcomp".split(),
    )  # fmt: skip
    said = [(words(doc, s.source), words(doc, s.cue), [words(doc, run) for run in s.content]) for s in statements(doc)]
    assert said == [("She", "spoke", ["talks"]), ("She", "vowed", ["to leave"])]


def test_what_is_told_inside_lies_deeper(nlp: Language) -> None:
    doc = nlp("The envoy said that the king believes the war is lost.")
    depths = {words(doc, s.cue): s.depth for s in statements(doc)}
    assert depths == {"said": 0, "believes": 1}


@given(WORDS)
@example(["claim", "that"])  # a text cut behind "that" raised an IndexError
@settings(max_examples=25, deadline=None)
def test_any_words_give_sound_spans(nlp: Language, tokens: list[str]) -> None:
    doc = nlp(" ".join(tokens))
    for found in statements(doc):
        flat = [at for run in found.content for at in run]
        assert flat == sorted(flat) and flat[0] >= 0 and flat[-1] <= len(doc)
        assert not any(start < found.cue[1] and found.cue[0] < end for start, end in found.content)
        assert found.source is None or found.source[0] <= (found.speaker or 0) < found.source[1]


# The component alone, and in the pipeline.


def test_component_marks_spans(nlp: Language) -> None:
    alone = load_pipeline()
    alone.add_pipe("attache_statements")
    doc = alone("“The deal,” she said, “is worth keeping.”")
    marked = [(span.id_, span.label_, span.text) for span in doc.spans[KEY]]
    assert marked == [
        ("s1", "source", "she"), ("s1", "cue", "said"), ("s1", "content", "“The deal,”"), ("s1", "content", "“is worth keeping.”"),
    ]  # fmt: skip
    assert reading_of(doc).statements == statements(doc)


def test_events_have_broken_contents_and_unnamed_speakers() -> None:
    dossier = attache.read("Angela Merkel promised to visit Kyiv, a report said. “The deal,” Angela Merkel said, “is worth keeping.”\n")
    unnamed, named = [e for e in dossier.events if e.kind == "say"]
    assert unnamed.source == [] and in_role(dossier, unnamed, "source") == ["a report"]
    assert named.source and in_role(dossier, named, "content") == ["“The deal,”", "“is worth keeping.”"]
    assert any(e.kind == "promise" for e in dossier.events)


def test_a_second_verb_is_the_speakers() -> None:
    text = "Angela Merkel said that Hungary had left the talks and accused Russia of pressure.\n"
    accusing = next(e for e in attache.read(text).events if e.kind == "accuse")
    assert in_role(attache.read(text), accusing, "source") == ["Angela Merkel"] and accusing.reported_by is None


def in_role(dossier: Dossier, event: Event, role: str) -> list[str]:
    return [dossier.text[r.span.start : r.span.end] for r in event.roles if r.role == role]


# The scorer.


def test_scorer_counts(nlp: Language, tmp_path: Path) -> None:
    text = "The minister said that the talks had failed. Critics laughed at the king."
    first = {"source": [[0, 12]], "cue": [[13, 17]], "content": [[18, 43]]}
    second = {"source": [[45, 52]], "cue": [[53, 60]], "content": [[64, 72]]}
    row = {"doc": "d", "text": text, "attributions": [first, second]}
    score = score_statements(GoldFile(tmp_path / "x.jsonl", [row, row | {"primary": False}]), nlp)
    figures = {m.name: (m.found, m.wanted) for m in score.measures}
    assert figures["contents"] == figures["contents with speaker"] == figures["exact contents"] == (1, 2)
    assert figures["indirect"] == (1, 2) and figures["direct"] == (0, 0)
