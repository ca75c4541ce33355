"""Score a pipeline on the test files: ``python -m training.evaluate DATA [PIPELINE] [--json FILE]``.

Parses are scored with gold tokens and sentences (UPOS, UAS, LAS without punctuation), on a damaged copy of these, and from raw text
(LAS and sentence F by character offsets, punctuation left out of LAS). Entities are scored by exact span and type over gold tokens.
"""

from __future__ import annotations

import argparse
import json
import random
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from attache.language import load_pipeline
from training.data import Example, read_docs, sentence_example
from training.noise import Noise

TREES = {"EWT test": "ud_ewt_test", "GUM test": "ud_gum_test", "unseen news": "ud_gumnews_devtest"}
NAMES = {
    "UNER EWT": "ner_uner_ewt_test",
    "GUM": "ner_gum_test",
    "CrossNER politics": "ner_crossner_politics_test",
    "WikiGold": "ner_wikigold_test",
}
SAME = {"PERSON": "PER", "GPE": "LOC", "FAC": "LOC"}
DAMAGE = 2.0
"""Damaged copies take twice the noise of training: 16 % of the names misspelt, half of the sentences with swapped words…"""
SEED = 5
GOLD_LABELS = frozenset({"PER", "ORG", "LOC"})


def f1(hits: int, ours: int, gold: int) -> float:
    """Harmonic mean of precision and recall, in per cent."""
    return 200 * hits / (ours + gold) if ours + gold else 0.0


def with_gold_tokens(nlp: Language, gold: list[Example]) -> dict[str, float]:
    """UPOS, UAS and LAS with gold tokens and sentences."""
    pos = head = label = words = every = 0
    for right, ours in zip(gold, nlp.pipe(Doc(nlp.vocab, e.words) for e in gold), strict=True):
        for i, token in enumerate(ours):
            every += 1
            pos += right.pos[i] == token.pos_
            if right.pos[i] == "PUNCT":
                continue
            words += 1
            head += right.heads[i] == token.head.i
            label += right.heads[i] == token.head.i and right.labels[i] == token.dep_
    return {"upos": 100 * pos / every, "uas": 100 * head / words, "las": 100 * label / words}


def from_raw(nlp: Language, docs: list[Doc]) -> dict[str, float]:
    """LAS F by characters and sentence F, from the text alone."""
    arcs = [0, 0, 0]
    sentences = [0, 0, 0]
    for right, ours in zip(docs, nlp.pipe([d.text for d in docs]), strict=True):
        sets = []
        for doc in (right, ours):
            found = {(t.idx, len(t), t.head.idx, t.dep_) for t in doc if t.pos_ not in ("PUNCT", "SPACE")}
            inked = [[t for t in s if not t.is_space] for s in doc.sents]
            sets.append((found, {(s[0].idx, s[-1].idx + len(s[-1])) for s in inked if s}))
        for total, (a, b) in ((arcs, (sets[0][0], sets[1][0])), (sentences, (sets[0][1], sets[1][1]))):
            total[0] += len(a & b)
            total[1] += len(b)
            total[2] += len(a)
    return {"raw_las": f1(*arcs), "sents_f": f1(*sentences)}


def names(nlp: Language, docs: list[Doc]) -> dict[str, float]:
    """Entity F over gold tokens, all types and persons alone."""
    bare = [Doc(nlp.vocab, [t.text for t in d], [bool(t.whitespace_) for t in d]) for d in docs]
    total, persons = [0, 0, 0], [0, 0, 0]
    for right, ours in zip(docs, nlp.pipe(bare), strict=True):
        a = {(e.start, e.end, e.label_) for e in right.ents}
        b = {(e.start, e.end, SAME.get(e.label_, e.label_)) for e in ours.ents}
        b = {e for e in b if e[2] in GOLD_LABELS}
        for count, (x, y) in ((total, (a, b)), (persons, ({e for e in a if e[2] == "PER"}, {e for e in b if e[2] == "PER"}))):
            count[0] += len(x & y)
            count[1] += len(y)
            count[2] += len(x)
    return {"f": f1(*total), "person_f": f1(*persons)}


def scores(nlp: Language, data: Path) -> dict[str, dict[str, float]]:
    """Every figure of the model card."""
    out = {}
    noise = Noise([[sentence_example(s.as_doc()) for s in doc.sents] for doc in read_docs(data / "ud_train.spacy")], strength=DAMAGE)
    for name, file in TREES.items():
        docs = read_docs(data / f"{file}.spacy")
        gold = [sentence_example(s.as_doc()) for doc in docs for s in doc.sents]
        out[name] = with_gold_tokens(nlp, gold) | from_raw(nlp, docs)
        rng = random.Random(SEED)
        out[f"{name}, damaged"] = with_gold_tokens(nlp, [noise.damaged(e, rng) for e in gold])
    for name, file in NAMES.items():
        out[f"names {name}"] = names(nlp, read_docs(data / f"{file}.spacy"))
    return out


def main() -> None:
    """Print a table of scores."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("pipeline", nargs="?")
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    found = scores(load_pipeline(options.pipeline), options.data)
    for name, row in found.items():
        print(f"{name:24}" + "  ".join(f"{k} {v:.1f}" for k, v in row.items()))
    if options.json:
        options.json.write_text(json.dumps(found, indent=1), encoding="utf-8")
    print(f"spaCy {spacy.__version__}")


if __name__ == "__main__":
    main()
