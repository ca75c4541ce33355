"""Batches of a fixed set of shapes.

Rows are padded to a multiple of eight pieces and as many rows taken as fill ``BATCH_PIECES``, because a matrix product of a shape met
before runs several times faster on processors with bfloat16 tiles than one whose kernel must first be built.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from attache.language.pieces import Pieces, Window, stack
from training.data import ENTITY_TAGS, Example
from training.noise import Noise

BATCH_PIECES = 1024
MOST_PIECES = 320
STEP = 8
UNKNOWN = -100


class Labels:
    """The label lists of every task, in the order of the network's outputs."""

    def __init__(self, documents: list[list[Example]]) -> None:
        flat = [s for d in documents for s in d]
        self.tables = {
            "tag": sorted({t for e in flat for t in e.tags}),
            "pos": sorted({t for e in flat for t in e.pos}),
            "morph": sorted({t for e in flat for t in e.morph}),
            "rel": sorted({t for e in flat for t in e.labels}),
            "ent": ENTITY_TAGS,
        }
        self.numbers = {name: {label: n for n, label in enumerate(table)} for name, table in self.tables.items()}

    def column(self, name: str, rows: Sequence[list[str]], width: int) -> Tensor:
        """Label numbers (B, W), ``UNKNOWN`` where nothing is known."""
        out = torch.full((len(rows), width), UNKNOWN)
        for i, row in enumerate(rows):
            out[i, : len(row)] = torch.tensor([self.numbers[name].get(label, UNKNOWN) for label in row], dtype=torch.long)
        return out


@dataclass
class Batch:
    """The network's input and what it should answer; treebank answers are absent from an entity batch and the reverse, or both are."""

    inputs: dict[str, Tensor]
    gold: dict[str, Tensor]
    size: int

    def to(self, device: torch.device) -> Batch:
        """The batch on ``device``."""
        return Batch(
            {k: v.to(device, non_blocking=True) for k, v in self.inputs.items()},
            {k: v.to(device, non_blocking=True) for k, v in self.gold.items()},
            self.size,
        )


def rounded(number: int) -> int:
    """The next multiple of ``STEP``."""
    return -(-number // STEP) * STEP


def inputs_of(windows: Sequence[Window]) -> dict[str, Tensor]:
    """The encoder's input as tensors, pieces and words alike padded to the rounded width."""
    arrays = stack(windows)
    width = rounded(arrays["ids"].shape[1])
    out = {}
    for name, array in arrays.items():
        out[name] = torch.from_numpy(np.pad(array, [(0, 0), (0, width - array.shape[1]), *[(0, 0)] * (array.ndim - 2)]))
    return out


def sentence_numbers(starts: Sequence[list[int]], width: int) -> Tensor:
    """Number (B, W) of the sentence in its window that a word stands in, −1 for padding."""
    number = torch.full((len(starts), width), -1)
    for i, row in enumerate(starts):
        number[i, : len(row)] = torch.tensor(row, dtype=torch.long).cumsum(0)
    return number


def batch_of(pairs: Sequence[tuple[Example, Window]], labels: Labels) -> Batch:
    """Tensors of examples that are treebank, entities or without annotations throughout."""
    inputs = inputs_of([w for _, w in pairs])
    examples = [e for e, _ in pairs]
    width = inputs["first"].shape[1]
    if examples[0].ents:
        return Batch(inputs, {"ent": labels.column("ent", [e.ents for e in examples], width)}, len(pairs))
    if not examples[0].tags:
        return Batch(inputs, {}, len(pairs))
    fields = {"tag": "tags", "pos": "pos", "morph": "morph", "rel": "labels"}
    gold = {name: labels.column(name, [getattr(e, field) for e in examples], width) for name, field in fields.items()}
    heads, starts = torch.full((len(examples), width), UNKNOWN), torch.zeros(len(examples), width)
    for i, example in enumerate(examples):
        heads[i, : len(example)] = torch.tensor(example.heads)
        starts[i, : len(example)] = torch.tensor(example.starts).float()
    gold |= {"heads": heads, "starts": starts, "sentence": sentence_numbers([e.starts for e in examples], width)}
    return Batch(inputs, gold, len(pairs))


def batches(examples: list[Example], pieces: Pieces, noise: Noise, rng: random.Random) -> list[list[tuple[Example, Window]]]:
    """Noise, cut and bucket by length, in random order."""
    pairs = []
    for example in examples:
        damaged = noise.damaged(example, rng)
        window = pieces.window(damaged.words)
        if len(window) <= MOST_PIECES:
            pairs.append((damaged, window))
    pairs.sort(key=lambda pair: len(pair[1]) + rng.random() * 6)
    out: list[list[tuple[Example, Window]]] = []
    at = 0
    while at < len(pairs):
        # The longest of a run stands near its end, but not surely at it.
        rows = max(1, BATCH_PIECES // rounded(len(pairs[at][1]) + STEP // 2))
        out.append(pairs[at : at + rows])
        at += rows
    rng.shuffle(out)
    return out
