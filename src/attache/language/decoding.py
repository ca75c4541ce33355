"""From the network's numbers to spaCy's: label tables as string hashes, and one sheet of decisions a document."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.symbols import IDS  # type: ignore[import-not-found]
from spacy.tokens import Doc
from spacy.vocab import Vocab

from attache.errors import DataError
from attache.language.lemmas import DATA, lemma
from attache.language.titles import Titles
from attache.language.trees import BioTable
from attache.language.weekdays import Weekdays

Numbers = NDArray[np.int64]
ENTITIES = {"PER": "PERSON", "ORG": "ORG", "LOC": "LOC"}
NOT_IN_NAMES = frozenset({"DET", "PRON", "PUNCT"})
"""Kinds of words that one of the entity corpora counts into the beginning of a name and the others do not."""
MOST_KNOWN = 200_000


@cache
def body_endings() -> frozenset[str]:
    """The last words of names of firms and bodies, from ``data/name_endings.toml``, checked."""
    path = DATA / "name_endings.toml"
    bodies = tomllib.loads(path.read_text(encoding="utf-8")).get("bodies")
    if not isinstance(bodies, list) or not bodies or not all(isinstance(word, str) and word[:1].isupper() for word in bodies):
        raise DataError(f"{path} must have the list bodies, of capitalised words")
    return frozenset(bodies)


class Alphabet:
    """The label lists of a network as spaCy knows them."""

    def __init__(self, labels: Mapping[str, Sequence[str]], vocab: Vocab) -> None:
        strings = vocab.strings
        self.labels, self._strings = labels, strings
        self.tag = np.array([strings.add(label) for label in labels["tag"]], np.uint64)
        self.pos = np.array([IDS[label] for label in labels["pos"]], np.uint64)
        self.morph = np.array([vocab.morphology.add(label) for label in labels["morph"]], np.uint64)
        # "ROOT" is for roots alone, whatever the label scorer thinks
        self.rel = np.array([strings.add("dep" if label == "ROOT" else label) for label in labels["rel"]], np.uint64)
        self.root = np.uint64(strings.add("ROOT"))
        self.titles = Titles.of(labels)
        self.weekdays = Weekdays.of(labels)
        self.names = BioTable(labels["ent"])
        self.unnamed = frozenset(n for n, label in enumerate(labels["pos"]) if label in NOT_IN_NAMES)
        self.preposition = labels["pos"].index("ADP") if "ADP" in labels["pos"] else -1
        self._known: dict[tuple[str, int, int], int] = {}

    def lemma(self, word: str, pos: int, tag: int) -> int:
        """The string hash of a word's lemma."""
        key = (word, pos, tag)
        found = self._known.get(key)
        if found is None:
            found = self._strings.add(lemma(word, self.labels["pos"][pos], self.labels["tag"][tag]))
            if len(self._known) < MOST_KNOWN:
                self._known[key] = found
        return found


class Sheet:
    """The annotation of one document in the making: ``table`` (N, 6) of tag, pos, morph, lemma, label, head offset; and names."""

    def __init__(self, doc: Doc, alphabet: Alphabet) -> None:
        self.doc, self.alphabet = doc, alphabet
        self.words = [token.text for token in doc]
        self.table = np.zeros((len(doc), 6), np.uint64)
        self.names: list[tuple[int, int, str]] = []

    def enter(self, tokens: list[int], tag: Numbers, pos: Numbers, morph: Numbers, heads: Numbers, relations: Numbers) -> None:
        """Put down the decisions (N,) for the N tokens of a window; heads are places in the window."""
        know, words = self.alphabet, self.words
        places = np.array(tokens)
        know.titles.parted(heads, relations)
        know.titles.joined(heads, relations, pos)
        know.weekdays.unseated([words[i] for i in tokens], heads, relations)
        labels = know.rel[relations]
        labels[heads == np.arange(len(heads))] = know.root
        self.table[places, 0] = know.tag[tag]
        self.table[places, 1] = know.pos[pos]
        self.table[places, 2] = know.morph[morph]
        pairs = zip(tokens, pos.tolist(), tag.tolist(), strict=True)
        self.table[places, 3] = np.array([know.lemma(words[i], p, t) for i, p, t in pairs], np.uint64)
        self.table[places, 4] = labels
        self.table[places, 5] = (places[heads] - places).astype(np.int64).view(np.uint64)

    def enter_names(self, tokens: list[int], scores: NDArray[Any], pos: Numbers) -> None:
        """Put down the names under BIO ``scores`` (N, tags), less the articles at their beginning."""
        for begin, end, label in self.alphabet.names.spans(scores):
            for first, last, kind in self._parted(tokens, pos, begin, end, label):
                while first < last and int(pos[first]) in self.alphabet.unnamed:
                    first += 1
                if first < last:
                    self.names.append((tokens[first], tokens[last - 1] + 1, ENTITIES.get(kind, kind)))

    def _parted(self, tokens: list[int], pos: Numbers, begin: int, end: int, label: str) -> list[tuple[int, int, str]]:
        """What is called a person and ends as bodies do: a body, or a person and the body that "of" or "at" puts them in."""
        if label != "PER" or end < begin + 2 or self.words[tokens[end - 1]].rstrip(".") not in body_endings():
            return [(begin, end, label)]
        joint = next((at for at in range(begin + 1, end - 1) if int(pos[at]) == self.alphabet.preposition), None)
        return [(begin, end, "ORG")] if joint is None else [(begin, joint, label), (joint + 1, end, "ORG")]
