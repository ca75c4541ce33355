"""A network in training: its plan, its optimiser, its average, and how far it has come."""

from __future__ import annotations

import copy
import math
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor, nn

from attache.language.pieces import Pieces
from training.batches import Labels, batch_of
from training.data import Example
from training.model import Joint

AVERAGE = 0.998
"""Decay of the moving average of the weights, which is what is scored and shipped."""


@dataclass(frozen=True)
class Plan:
    """How a network is trained: rates of the word pieces (none: frozen), the encoder and the heads; turns of treebank and entities."""

    steps: int
    pieces: float
    inner: float
    outer: float
    turns: Sequence[int]


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
