"""Words to the encoder's input: word pieces, letter shapes and letter features.

Training and running share this file, so that both see the same input. The word pieces are lower-cased (MiniLM is an uncased
model); what case tells enters as a shape class of each word and as binary features.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer
from tokenizers.models import WordPiece
from tokenizers.normalizers import BertNormalizer
from tokenizers.pre_tokenizers import BertPreTokenizer

SINGLE = {"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "`": "'", "–": "-", "—": "-", "…": "...", "‑": "-"}
MOST_PIECES = 12
"""A word is read by its first pieces only; longer ones are addresses and garbage."""


@dataclass(frozen=True)
class Window:
    """Input of one window: pieces (P,), shapes (P,), first piece of each word (W,), features (W, 8)."""

    pieces: NDArray[np.int64]
    shapes: NDArray[np.int64]
    first: NDArray[np.int64]
    features: NDArray[np.float32]

    def __len__(self) -> int:
        return len(self.pieces)


def letter_shape(word: str) -> int:
    """Class of a word's letters: 0 lower, 1 title, 2 upper, 3 one capital, 4 mixed, 5 has a digit, 6 no letter, 7 special piece."""
    if any(c.isdigit() for c in word):
        return 5
    if not any(c.isalpha() for c in word):
        return 6
    if word.islower():
        return 0
    if len(word) == 1:
        return 3
    if word.isupper():
        return 2
    return 1 if word[0].isupper() and word[1:].islower() else 4


def letter_features(word: str, at_start: bool) -> tuple[float, ...]:
    """Eight yes/no facts that survive before the heads whatever the encoder does with the shape."""
    return (
        float(word[:1].isupper()), float(word.isupper()), float(any(c.isdigit() for c in word)), float(at_start),
        float(word[-1:] in ".?!"), float(not any(c.isalnum() for c in word)), float(any(ord(c) > 127 for c in word)),
        float(word[:1] in "\"'“”‘’«»"),
    )  # fmt: skip


class Pieces:
    """The word-piece vocabulary and what it makes of a list of words."""

    def __init__(self, vocabulary: Sequence[str]) -> None:
        self.vocabulary = list(vocabulary)
        table = {piece: number for number, piece in enumerate(self.vocabulary)}
        self.tokenizer = Tokenizer(WordPiece(table, unk_token="[UNK]", max_input_chars_per_word=64))
        self.tokenizer.normalizer = BertNormalizer(lowercase=True)
        self.tokenizer.pre_tokenizer = BertPreTokenizer()
        self.cls, self.sep, self.unk = table["[CLS]"], table["[SEP]"], table["[UNK]"]
        self.known: dict[str, tuple[list[int], int, tuple[float, ...]]] = {}

    @classmethod
    def from_file(cls, path: Path) -> Pieces:
        """Read a vocabulary file, one piece a line."""
        return cls(path.read_text(encoding="utf-8").splitlines())

    def of_word(self, word: str) -> tuple[list[int], int, tuple[float, ...]]:
        """Piece numbers of one word, never empty; its letter shape; its letter features where it is not the first."""
        found = self.known.get(word)
        if found is None:
            plain = "".join(SINGLE.get(c, c) for c in word[:80])
            numbers = self.tokenizer.encode(plain, add_special_tokens=False).ids[:MOST_PIECES] or [self.unk]
            found = (numbers, letter_shape(word), letter_features(word, at_start=False))
            if len(self.known) < 200_000:
                self.known[word] = found
        return found

    def window(self, words: Sequence[str]) -> Window:
        """Encoder input of one window of words."""
        pieces, shapes = [self.cls], [7]
        first: list[int] = []
        features: list[tuple[float, ...]] = []
        for word in words:
            numbers, shape, facts = self.of_word(word)
            first.append(len(pieces))
            pieces.extend(numbers)
            shapes.extend([shape] * len(numbers))
            features.append(facts)
        pieces.append(self.sep)
        shapes.append(7)
        features[:1] = [letter_features(word, at_start=True) for word in words[:1]]
        return Window(
            np.array(pieces, np.int64), np.array(shapes, np.int64), np.array(first, np.int64),
            np.array(features, np.float32).reshape(len(words), 8),
        )  # fmt: skip


def stack(windows: Sequence[Window]) -> dict[str, NDArray[np.generic]]:
    """Pad windows into one batch: ``ids``, ``shapes``, ``mask`` (B, P), ``first`` (B, W), ``features`` (B, W, 8)."""
    most_pieces = max(len(w.pieces) for w in windows)
    most_words = max(len(w.first) for w in windows)
    ids = np.zeros((len(windows), most_pieces), np.int64)
    shapes, mask = np.zeros_like(ids), np.zeros_like(ids)
    first = np.zeros((len(windows), most_words), np.int64)
    features = np.zeros((len(windows), most_words, 8), np.float32)
    for row, window in enumerate(windows):
        ids[row, : len(window.pieces)] = window.pieces
        shapes[row, : len(window.pieces)] = window.shapes
        mask[row, : len(window.pieces)] = 1
        first[row, : len(window.first)] = window.first
        features[row, : len(window.first)] = window.features
    return {"ids": ids, "shapes": shapes, "mask": mask, "first": first, "features": features}
