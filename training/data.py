"""Treebank and entity examples, and the damage that is done to copies of them.

Noise is drawn anew on every pass: curly and broken quotation marks, lower-cased or misspelt names, missing determiners' capitals
and missing final stops, so that the encoder meets in training what copies on the web look like.
"""

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


def misspell(word: str, rng: random.Random) -> str:
    """One letter dropped, doubled, swapped or replaced, never the first."""
    if len(word) < 4:
        return word
    i = rng.randrange(1, len(word) - 1)
    way = rng.randrange(4)
    if way == 0:
        return word[:i] + word[i + 1 :]
    if way == 1:
        return word[:i] + word[i] + word[i:]
    if way == 2:
        return word[:i] + word[i + 1] + word[i] + word[i + 2 :]
    return word[:i] + rng.choice("aeioulnrst") + word[i + 1 :]


def noised(example: Example, rng: random.Random) -> Example:
    """A copy of ``example`` with damage to its words; annotations stay."""
    words = list(example.words)
    if rng.random() < 0.5:
        opening = True
        for i, word in enumerate(words):
            if word in ('"', "``", "''"):
                words[i] = rng.choice('“”"') if rng.random() < 0.1 else ("“" if opening else "”")
                opening = not opening
            elif "'" in word:
                words[i] = word.replace("'", "’")
    named = [i for i, w in enumerate(words) if (example.pos and example.pos[i] == "PROPN") or (example.ents and example.ents[i] != "O")]
    for i in named:
        if rng.random() < 0.08:
            words[i] = misspell(words[i], rng)
    case = rng.random()
    if case < 0.03:
        words = [w.lower() for w in words]
    elif case < 0.06:
        words = [w[:1].upper() + w[1:] if len(w) > 3 else w for w in words]
    elif case < 0.08:
        words = [w.lower() if i in named else w for i, w in enumerate(words)]
    elif case < 0.09:
        words = [w.upper() for w in words]
    return Example(words, example.tags, example.pos, example.morph, example.heads, example.labels, example.starts, example.ents)
