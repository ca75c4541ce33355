"""Damage done to copies of the training examples, drawn anew on every pass.

What copies on the web look like: curly and broken quotation marks, lower-cased or misspelt names, titled or shouted lines, articles
lost in translation, words swapped for others of their kind. Annotations stay true: a swapped word keeps its fine tag and features.
"""

from __future__ import annotations

import csv
import gzip
import random
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from training.data import Example

QUOTES = frozenset({'"', "``", "''", "“", "”"})
OPEN_CLASS = frozenset({"NN", "NNS", "VB", "VBD", "VBN", "VBG", "VBZ", "JJ", "RB"})
"""Tags whose words are swapped: those that a paraphrasing program swaps."""


PEOPLE = Path(__file__).parents[1] / "src/attache/knowledge/data/people.csv.gz"


def names_of_people() -> list[list[str]]:
    """The built-in people's names in words of letters alone, so that the tokenizer leaves each word whole."""
    with gzip.open(PEOPLE, "rt", encoding="utf-8", newline="") as file:
        every = [row["name"].split() for row in csv.DictReader(file)]
    return [words for words in every if len(words) > 1 and all(w.isalpha() for w in words)]


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


def quoted(words: list[str], rng: random.Random) -> list[str]:
    """Straight marks made curly, a tenth of them the wrong way round or left straight."""
    opening = True
    out = []
    for word in words:
        if word in QUOTES:
            word = rng.choice('“”"') if rng.random() < 0.1 else ("“" if opening else "”")
            opening = not opening
        out.append(word.replace("'", "’"))
    return out


def recased(words: list[str], named: set[int], rng: random.Random) -> list[str]:
    """Mostly as it was; else lower case, title case, lower-cased names or capitals throughout."""
    case = rng.random()
    if case < 0.03:
        return [w.lower() for w in words]
    if case < 0.06:
        return [w[:1].upper() + w[1:] if len(w) > 3 else w for w in words]
    if case < 0.08:
        return [w.lower() if i in named else w for i, w in enumerate(words)]
    if case < 0.09:
        return [w.upper() for w in words]
    return words


def without(example: Example, gone: set[int]) -> Example:
    """The example less the words ``gone``, none of which is a head or the first of a sentence."""
    kept = [i for i in range(len(example)) if i not in gone]
    place = {old: new for new, old in enumerate(kept)}
    out = replace(example, words=[example.words[i] for i in kept], heads=[place[example.heads[i]] for i in kept])
    for name in ("tags", "pos", "morph", "labels", "starts"):
        setattr(out, name, [getattr(example, name)[i] for i in kept])
    return out


class Noise:
    """Draws damage; knows the words of each kind that the training examples hold.

    ``strength`` multiplies every chance; 0 leaves examples as they are. With ``names``, people of the examples are now and then
    called otherwise: the treebanks' people are few, and mostly English. With ``swapped``, every copy has this share of its open-class
    words swapped instead of a quarter a tenth: sentences nobody wrote, for a teacher to read.
    """

    def __init__(
        self, trees: list[list[Example]], strength: float = 1.0, names: Sequence[list[str]] = (), swapped: float | None = None
    ) -> None:
        self.strength, self.swapped = strength, swapped
        self.names: dict[int, list[list[str]]] = defaultdict(list)
        for name in names:
            self.names[len(name)].append(name)
        self.every_name = list(names)
        self.kinds: dict[tuple[str, str], list[str]] = defaultdict(list)
        for example in (e for document in trees for e in document):
            for word, tag, morph in zip(example.words, example.tags, example.morph, strict=True):
                if tag in OPEN_CLASS and word.islower() and word.isalpha():
                    self.kinds[tag, morph].append(word)

    def damaged(self, example: Example, rng: random.Random) -> Example:
        """A damaged copy."""
        out = replace(example, words=list(example.words))
        if self.every_name:
            out = self.renamed(out, rng) if out.ents else self.flat_renamed(out, rng)
        if out.pos and rng.random() < 0.15 * self.strength:
            out = self.articles_lost(out, rng)
        if out.pos and (self.swapped is not None or rng.random() < 0.25 * self.strength):
            self.swap(out, rng, 0.1 if self.swapped is None else self.swapped)
        if rng.random() < 0.5 * self.strength:
            out.words = quoted(out.words, rng)
        named = {i for i in range(len(out)) if (out.pos and out.pos[i] == "PROPN") or (out.ents and out.ents[i] != "O")}
        for i in sorted(named):
            if rng.random() < 0.08 * self.strength:
                out.words[i] = misspell(out.words[i], rng)
        if rng.random() < self.strength:
            out.words = recased(out.words, named, rng)
        return out

    def renamed(self, example: Example, rng: random.Random) -> Example:
        """A fifth of the people of an entity example under other names, one word for one, many for many."""
        words: list[str] = []
        ents: list[str] = []
        i = 0
        while i < len(example):
            end = i + 1
            while end < len(example) and example.ents[i] == "B-PER" and example.ents[end] == "I-PER":
                end += 1
            new = example.words[i:end]
            if example.ents[i] == "B-PER" and rng.random() < 0.2 * self.strength:
                name = rng.choice(self.every_name)
                new = name[-1:] if end == i + 1 else name
            words += new
            ents += ["B-PER" if example.ents[i] == "B-PER" else example.ents[i]] + ["I-PER"] * (len(new) - 1)
            i = end
        return replace(example, words=words, ents=ents)

    def flat_renamed(self, example: Example, rng: random.Random) -> Example:
        """A fifth of a treebank's names of several words (joined by ``flat``) replaced by as many words of another."""
        parts: dict[int, list[int]] = defaultdict(list)
        for i, (head, label) in enumerate(zip(example.heads, example.labels, strict=True)):
            if label == "flat":
                parts[head].append(i)
        for head, rest in parts.items():
            span = [head, *rest]
            whole = span == list(range(head, head + len(span))) and all(example.pos[i] == "PROPN" for i in span)
            others = self.names.get(len(span), [])
            if whole and others and rng.random() < 0.2 * self.strength:
                for i, word in zip(span, rng.choice(others), strict=True):
                    example.words[i] = word
        return example

    def articles_lost(self, example: Example, rng: random.Random) -> Example:
        """Every other article dropped, unless something hangs on it or a sentence begins with it."""
        heads = {h for i, h in enumerate(example.heads) if h != i}
        gone = {
            i for i in range(len(example))
            if example.pos[i] == "DET" and example.labels[i] == "det" and i not in heads and not example.starts[i] and rng.random() < 0.5
        }  # fmt: skip
        return without(example, gone) if gone else example

    def swap(self, example: Example, rng: random.Random, share: float) -> None:
        """A share of the open-class words replaced by any of the same tag and features."""
        for i, word in enumerate(example.words):
            if word.islower() and rng.random() < share:
                others = self.kinds.get((example.tags[i], example.morph[i]))
                if others:
                    example.words[i] = rng.choice(others)
