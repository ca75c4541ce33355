"""Treebank and entity examples, read from the ``.spacy`` files of the data folder; what is trained on altogether."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from pathlib import Path

import spacy
from spacy.tokens import Doc, DocBin

ENTITY_TAGS = ["O", "B-LOC", "I-LOC", "B-ORG", "I-ORG", "B-PER", "I-PER"]


@dataclass
class Example:
    """Words of a window with what is known of each; lists that are empty are not annotated."""

    words: list[str]
    tags: list[str] = field(default_factory=list)
    pos: list[str] = field(default_factory=list)
    morph: list[str] = field(default_factory=list)
    heads: list[int] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    ents: list[str] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.words)


def read_docs(path: Path) -> list[Doc]:
    """The documents of a ``.spacy`` file."""
    return list(DocBin().from_disk(path).get_docs(spacy.blank("en").vocab))


def sentence_example(sentence: Doc) -> Example:
    """One annotated sentence (a span as its own document)."""
    return Example(
        [t.text for t in sentence], [t.tag_ for t in sentence], [t.pos_ for t in sentence], [str(t.morph) for t in sentence],
        [t.head.i for t in sentence], [t.dep_ for t in sentence], [int(t.i == 0) for t in sentence],
    )  # fmt: skip


def join(parts: list[Example]) -> Example:
    """Consecutive sentences as one window, heads shifted."""
    out = Example([])
    for part in parts:
        out.heads.extend(h + len(out.words) for h in part.heads)
        for name in ("words", "tags", "pos", "morph", "labels", "starts"):
            getattr(out, name).extend(getattr(part, name))
    return out


def windows(documents: list[list[Example]], rng: random.Random) -> list[Example]:
    """Cut every document into windows: a fifth of a single sentence, others of up to 40 or 90 words."""
    out: list[Example] = []
    for sentences in documents:
        number = 0
        while number < len(sentences):
            limit = rng.choice([0, 40, 40, 90, 90])
            taken = [sentences[number]]
            number += 1
            while number < len(sentences) and sum(map(len, taken)) + len(sentences[number]) <= limit:
                taken.append(sentences[number])
                number += 1
            if sum(map(len, taken)) <= 200:
                out.append(join(taken))
    return out


def entity_example(doc: Doc) -> Example:
    """One entity-annotated document of at most 150 words."""
    ents = ["O" if not t.ent_type_ else f"{t.ent_iob_}-{t.ent_type_}" for t in doc][:150]
    return Example([t.text for t in doc][:150], ents=ents)


@dataclass
class Corpus:
    """What is trained on: treebank sentences by document, texts with entities and texts with nothing; treebank sentences to watch."""

    trees: list[list[Example]]
    entities: list[Example]
    dev: list[Example]
    unread: list[Example] = field(default_factory=list)

    @classmethod
    def of(cls, data: Path) -> Corpus:
        """Read a data folder."""
        trees = [[sentence_example(s.as_doc()) for s in doc.sents] for doc in read_docs(data / "ud_train.spacy")]
        entities = [entity_example(doc) for doc in read_docs(data / "ner_train2.spacy")]
        dev = [sentence_example(s.as_doc()) for doc in read_docs(data / "ud_devsmall.spacy") for s in doc.sents]
        return cls(trees, entities, dev)

    def words(self) -> set[str]:
        """Every word that is trained on."""
        return {w for d in self.trees for s in d for w in s.words} | {w for e in self.entities for w in e.words}
