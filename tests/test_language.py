"""The language room: the shipped pipeline, its lemmas, its trees."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from spacy.language import Language
from spacy.tokens import DocBin

import attache
from attache.errors import PipelineError
from attache.language import load_pipeline
from attache.language.decoding import body_endings
from attache.language.encoder import MODEL
from attache.language.lemmas import exceptions, forms, known, lemma
from attache.language.titles import Titles
from attache.language.trees import best_tree, is_tree
from attache.language.weekdays import Weekdays, weekdays


@cache
def pipeline() -> Language:
    return load_pipeline()


@pytest.mark.parametrize(
    ("word", "pos", "tag", "expected"),
    [
        ("expressed", "VERB", "VBD", "express"), ("violated", "VERB", "VBN", "violate"), ("planned", "VERB", "VBD", "plan"),
        ("called", "VERB", "VBD", "call"), ("met", "VERB", "VBD", "meet"), ("denies", "VERB", "VBZ", "deny"),
        ("singing", "VERB", "VBG", "sing"), ("imposing", "VERB", "VBG", "impose"), ("visited", "VERB", "VBD", "visit"),
        ("countries", "NOUN", "NNS", "country"), ("talks", "NOUN", "NNS", "talk"), ("sanctions", "NOUN", "NNS", "sanction"),
        ("men", "NOUN", "NNS", "man"), ("crises", "NOUN", "NNS", "crisis"), ("larger", "ADJ", "JJR", "large"),
        ("n't", "PART", "RB", "not"), ("was", "AUX", "VBD", "be"), ("Blinken", "PROPN", "NNP", "Blinken"),
        ("arriving", "VERB", "VBG", "arrive"), ("left", "VERB", "VBD", "leave"), ("agreed", "VERB", "VBD", "agree"),
        ("threatening", "VERB", "VBG", "threaten"), ("referred", "VERB", "VBN", "refer"), ("holding", "VERB", "VBG", "hold"),
    ],
)  # fmt: skip
def test_lemma(word: str, pos: str, tag: str, expected: str) -> None:
    assert lemma(word, pos, tag) == expected


def test_lemma_tables_have_their_shape() -> None:
    assert len(exceptions()) > 4000
    assert all(form == form.lower() and pos in {"ADJ", "ADV", "NOUN", "VERB"} for form, pos in exceptions())
    assert {"meet", "sanction", "withdraw"} <= known("verb")
    assert forms("auxiliary")["’s"] == "be" and forms("auxiliary")["wo"] == "will" and forms("pronoun")["them"] == "they"


@given(arrays(np.float32, st.integers(1, 12).map(lambda n: (n, n)), elements=st.floats(-20, 20, width=32)))
@settings(deadline=None, max_examples=150)
def test_any_scores_give_one_tree(scores: np.ndarray) -> None:
    assert is_tree(best_tree(scores))


def test_a_cycle_is_broken_by_the_best_way_in() -> None:
    scores = np.array([[5, 0, 0], [1, -9, 9], [0, 9, -9]], np.float32)
    assert best_tree(scores).tolist() == [0, 0, 1]


def test_annotation_is_whole_and_spans_paragraphs() -> None:
    doc = pipeline()("Blinken met Stoltenberg in Brussels.\n\nThey discussed Iran.")
    assert [s.text.strip() for s in doc.sents] == ["Blinken met Stoltenberg in Brussels.", "They discussed Iran."]
    assert doc[1].lemma_ == "meet" and doc[1].dep_ == "ROOT" and doc[0].dep_ == "nsubj"
    assert {e.text for e in doc.ents} >= {"Blinken", "Brussels", "Iran"}


@pytest.mark.parametrize("text", ["", " ", "\n\n", "a", "." * 400, "word " * 900, "\x00\ufffd", "x" * 5000, "\n\nText."])
def test_odd_texts_are_annotated(text: str) -> None:
    doc = pipeline()(text)
    assert doc.text == text and (not len(doc) or doc.has_annotation("DEP"))


def test_saved_pipeline_is_the_same(tmp_path: Path) -> None:
    import spacy

    pipeline().to_disk(tmp_path / "p")
    text = "France and Germany signed the treaty in 1963."
    again = spacy.load(tmp_path / "p")(text)
    assert [(t.dep_, t.head.i, t.tag_) for t in again] == [(t.dep_, t.head.i, t.tag_) for t in pipeline()(text)]
    assert DocBin(docs=[again], store_user_data=False).to_bytes()


def test_pipe_equals_one_by_one() -> None:
    texts = ["The minister denied it.", "Talks will resume on Friday in Geneva.", "Nobody came."]
    batch = [[(t.head.i, t.dep_) for t in d] for d in pipeline().pipe(texts)]
    assert batch == [[(t.head.i, t.dep_) for t in pipeline()(text)] for text in texts]


def test_several_processes_read_as_one_does() -> None:
    texts = ["The minister denied it.", "Talks will resume on Friday in Geneva.", "Nobody came.", "Iran and Russia signed a treaty."]
    there = [[(t.text, t.head.i, t.lemma_) for t in doc] for doc in pipeline().pipe(texts, n_process=2, batch_size=2)]
    assert there == [[(t.text, t.head.i, t.lemma_) for t in pipeline()(text)] for text in texts]


@pytest.mark.parametrize("threads", ["1", "3"])
def test_threads_change_nothing(threads: str, monkeypatch: pytest.MonkeyPatch) -> None:
    texts = ["Nobody came. " * 60, "Talks will resume on Friday in Geneva."]
    usual = [[(t.head.i, t.tag_) for t in doc] for doc in pipeline().pipe(texts)]
    monkeypatch.setenv("ATTACHE_THREADS", threads)
    assert [[(t.head.i, t.tag_) for t in doc] for doc in pipeline().pipe(texts)] == usual


def test_every_blinken_of_the_garbled_page_is_a_person(shared_data: Path) -> None:
    text = (shared_data / "dispatches" / "blinken-brussels.txt").read_text("utf-8")
    doc = attache.load()(text)
    people = [e for e in doc.ents if e.label_ == "PERSON" and "Blinken" in e.text]
    assert len(people) == text.count("Blinken") == 11


def test_unknown_pipeline_is_a_clear_error() -> None:
    with pytest.raises(PipelineError, match="no spaCy pipeline named"):
        load_pipeline("en_no_such_pipeline")


def test_model_is_within_its_size() -> None:
    assert sum(p.stat().st_size for p in [*MODEL.iterdir(), *(MODEL.parent / "data").iterdir()]) <= 25_000_000


def test_scores_stay_above_their_floors(shared_data: Path) -> None:
    from training.data import read_docs, sentence_example
    from training.evaluate import NAMES, TREES, from_raw, names, with_gold_tokens

    floors = tomllib.loads((Path(__file__).parent / "floors.toml").read_text("utf-8"))["language"]
    data = shared_data / "language"
    trees = read_docs(data / f"{TREES['GUM test']}.spacy")
    gold = [sentence_example(s.as_doc()) for doc in trees for s in doc.sents]
    found = with_gold_tokens(pipeline(), gold) | from_raw(pipeline(), trees)
    for name in ("UNER EWT", "CrossNER politics", "WikiGold"):
        found[name] = names(pipeline(), read_docs(data / f"{NAMES[name]}.spacy"))["f"]
    assert {name: found[name] for name in floors if found[name] < floors[name]} == {}


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("TEHRAN – The president spoke to Macron on Saturday.", "TEHRAN –"),
        ("GENEVA, March 6 (Reuters) - Talks began on Friday.", "GENEVA, March 6 (Reuters) -"),
        ("NATO-led forces left - they said so.", "NATO-led forces left - they said so."),
        ("US - China talks resumed.", "US - China talks resumed."),
    ],
)
def test_a_dateline_is_no_part_of_its_sentence(text: str, first: str) -> None:
    assert next(pipeline()(text).sents).text == first


@pytest.mark.parametrize("other", ["Chancellor Angela Merkel", "Chinese Foreign Minister Wang Yi", "EU foreign policy chief Josep Borrell"])
def test_a_title_and_its_name_are_one_party(other: str) -> None:
    """Both were objects of the verb, so that one party of a meeting was lost."""
    doc = pipeline()(f"French President Emmanuel Macron met {other} in Paris on Monday.")
    verb = next(token for token in doc if token.text == "met")
    objects = [token for token in verb.children if token.dep_ == "obj"]
    assert len(objects) == 1
    assert other.split()[-2] in {token.text for token in objects[0].subtree}


def test_two_phrases_are_not_made_one() -> None:
    titles = Titles.of({"rel": ["obl", "nmod:desc", "ROOT", "case"], "pos": ["PROPN", "NOUN", "ADP", "VERB"]})
    heads, relations = np.array([0, 2, 0, 4, 0]), np.array([2, 3, 0, 3, 0])  # "born in Randers in Jutland"
    titles.joined(heads, relations, np.array([3, 2, 0, 2, 0]))
    assert heads.tolist() == [0, 2, 0, 4, 0]


def test_no_name_runs_on_over_an_and() -> None:
    """ "Erdogan and European Council President Charles Michel sat down": the second name hung on the first."""
    titles = Titles.of({"rel": ["cc", "conj", "flat", "nsubj", "ROOT", "nmod:desc"], "pos": ["PROPN", "CCONJ", "VERB"]})
    heads, relations = np.array([5, 2, 3, 0, 3, 5]), np.array([3, 0, 5, 2, 2, 4])  # Erdogan and President Charles Michel sat
    titles.parted(heads, relations)
    assert heads.tolist() == [5, 3, 3, 0, 3, 5]
    assert relations.tolist() == [3, 0, 5, 1, 2, 4]


def test_no_verb_has_a_subject_on_each_side_of_an_and() -> None:
    titles = Titles.of({"rel": ["cc", "conj", "flat", "nsubj", "ROOT"], "pos": ["PROPN", "CCONJ", "VERB"]})
    heads, relations = np.array([3, 0, 3, 3]), np.array([3, 0, 3, 4])  # Erdogan and Michel sat
    titles.parted(heads, relations)
    assert heads.tolist() == [3, 2, 0, 3]
    assert relations.tolist() == [3, 0, 1, 4]


def test_what_ends_like_a_firm_is_no_person() -> None:
    assert "Company" in body_endings()
    doc = pipeline()("Jane Fairweather of Northbrook Steel Company was there.")
    assert ("Northbrook Steel Company", "PERSON") not in {(ent.text, ent.label_) for ent in doc.ents}
    assert ("Jane Fairweather", "PERSON") in {(ent.text, ent.label_) for ent in doc.ents}


def test_a_weekday_is_when_and_not_who() -> None:
    labels = {"rel": ["root", "nsubj", "nmod:desc", "obl:unmarked", "amod", "obj"]}
    heads, relations = np.array([1, 2, 3, 3, 3]), np.array([4, 2, 1, 0, 5])
    Weekdays.of(labels).unseated(["Ukrainian", "lawmakers", "Tuesday", "endorsed", "it"], heads, relations)
    assert heads.tolist() == [1, 3, 3, 3, 3]
    assert [labels["rel"][n] for n in relations] == ["amod", "nsubj", "obl:unmarked", "root", "obj"]
    assert weekdays() == {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"}
