"""Make a trained network cheaper before it is trained on: ``python -m training.narrow DATA FROM TO --relation 64 --layers 0 1 3 5``.

Structured pruning: layers are dropped by number (Sajjad et al. 2023: upper ones are spared most easily); of the label scorer's dimensions
and of each layer's inner ones those are kept that matter most, by how strongly they act on the training texts times the weight of what
follows (Molchanov et al. 2017's activations, Li et al. 2017's norms).
"""

from __future__ import annotations

import argparse
import random
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from attache.language.pieces import Pieces
from training.batches import Labels, batch_of
from training.data import Corpus, windows
from training.encoder import SEED
from training.export import restored
from training.folders import write
from training.model import Joint, minilm_joint

WINDOWS = 400


@torch.no_grad()
def strengths(model: Joint, corpus: Corpus, pieces: Pieces, labels: Labels) -> dict[str, Tensor]:
    """Mean size of what the GELU gives in each dimension, by the name of the map before it."""
    total: dict[str, Tensor] = defaultdict(lambda: torch.zeros(()))

    def heard(name: str) -> Callable[[nn.Module, Any, Tensor], None]:
        def hear(_: nn.Module, __: Any, out: Tensor) -> None:
            total[name] = total[name] + nn.functional.gelu(out.float()).abs().flatten(0, -2).mean(0)

        return hear

    told = [n for n, _ in model.named_modules() if n.endswith(".up") or n in ("rel_dep", "rel_head")]
    hooks = [model.get_submodule(name).register_forward_hook(heard(name)) for name in told]
    examples = windows(corpus.trees, random.Random(SEED))
    random.Random(SEED).shuffle(examples)
    for at in range(0, WINDOWS, 16):
        model(**batch_of([(e, pieces.window(e.words)) for e in examples[at : at + 16]], labels).inputs)
    for hook in hooks:
        hook.remove()
    return dict(total)


def best(worth: Tensor, number: int) -> Tensor:
    """The places of the ``number`` largest, in their order."""
    return worth.topk(number).indices.sort().values


def lowered(state: dict[str, Tensor], layers: list[int]) -> dict[str, Tensor]:
    """The weights with the ``layers`` alone, numbered anew."""
    place = {f"encoder.layers.{old}.": f"encoder.layers.{new}." for new, old in enumerate(layers)}
    out = {}
    for name, weight in state.items():
        head = ".".join(name.split(".")[:3]) + "."
        if not name.startswith("encoder.layers."):
            out[name] = weight
        elif head in place:
            out[place[head] + name.removeprefix(head)] = weight
    return out


def narrowed(model: Joint, acts: dict[str, Tensor], relation: int, inner: int) -> dict[str, Tensor]:
    """The weights less the dimensions that matter least."""
    state = dict(model.state_dict())
    for number in range(len(model.encoder.layers)):
        layer = f"encoder.layers.{number}"
        keep = best(acts[f"{layer}.up"] * state[f"{layer}.down.weight"].norm(dim=0), inner)
        state[f"{layer}.up.weight"], state[f"{layer}.up.bias"] = state[f"{layer}.up.weight"][keep], state[f"{layer}.up.bias"][keep]
        state[f"{layer}.down.weight"] = state[f"{layer}.down.weight"][:, keep]
    table = state["rel_weight"]
    for name, axes, axis in (("rel_dep", (1, 2), 0), ("rel_head", (0, 1), 2)):
        weight = state["rel_weight"].norm(dim=axes)[:-1]
        keep = best(acts[name] * weight, relation)
        state[f"{name}.weight"], state[f"{name}.bias"] = state[f"{name}.weight"][keep], state[f"{name}.bias"][keep]
        # The last place is the constant that stands for no dimension.
        table = table.index_select(axis, torch.cat([keep, torch.tensor([table.shape[axis] - 1])]))
    state["rel_weight"] = table
    return {name: weight.contiguous() for name, weight in state.items()}


def main() -> None:
    """Command line: a checkpoint folder from another."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--relation", type=int, default=64)
    parser.add_argument("--inner", type=int, default=1536)
    parser.add_argument("--layers", type=int, nargs="+", help="numbers of those that are kept, from 0; otherwise all")
    options = parser.parse_args()
    corpus = Corpus.of(options.data)
    model, labels = restored(options.folder), Labels(corpus.trees)
    pieces = Pieces.from_file(options.folder / "vocab.txt")
    layers = options.layers or list(range(len(model.encoder.layers)))
    state = lowered(narrowed(model, strengths(model, corpus, pieces, labels), options.relation, options.inner), layers)
    sizes = {name: len(table) for name, table in labels.tables.items()}
    minilm_joint(len(pieces.vocabulary), sizes, len(layers), options.inner, options.relation).load_state_dict(state)
    write(state, options.folder, options.out)


if __name__ == "__main__":
    main()
