"""The joint network as trained: a MiniLM encoder under heads for every task.

Architecture: BERT (Devlin et al. 2019) as distilled in MiniLM (Wang et al. 2020); biaffine arcs and labels
(Dozat & Manning 2017). A root is a word whose head is itself, so no artificial root token is needed.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

from training.rounding import Embedding, Linear, rounded_input, rounded_weight

SHAPES = 8
FEATURES = 8
FLAT = ("tag", "pos", "morph")
"""The tasks that one product decides."""


class Dropout(nn.Module):
    """Dropout whose masks come from random bytes: on processors torch draws them so slowly that a sixth of a step went on it."""

    def __init__(self, chance: float) -> None:
        super().__init__()
        self.limit = round(256 * chance)
        self.draw = np.random.Generator(np.random.SFC64(11))

    def forward(self, x: Tensor) -> Tensor:
        if not self.training:
            return x
        if x.device.type != "cpu":
            return nn.functional.dropout(x, self.limit / 256)
        raw = np.frombuffer(bytearray(self.draw.bytes(x.numel())), np.uint8)
        return x * (torch.from_numpy(raw).view(x.shape) >= self.limit).to(x.dtype).mul_(256 / (256 - self.limit))


class Layer(nn.Module):
    """One post-norm transformer block."""

    def __init__(self, width: int, heads: int, inner: int, dropout: float, eps: float = 1e-12) -> None:
        super().__init__()
        self.heads = heads
        self.query, self.key, self.value = (Linear(width, width) for _ in range(3))
        self.out = Linear(width, width)
        self.norm1 = nn.LayerNorm(width, eps=eps)
        self.up = Linear(width, inner)
        self.down = Linear(inner, width)
        self.norm2 = nn.LayerNorm(width, eps=eps)
        self.dropout = Dropout(dropout)

    def parted(self, x: Tensor) -> Tensor:
        """Vectors (B, P, width) as those of every head (B, heads, P, width / heads)."""
        return x.view(x.shape[0], x.shape[1], self.heads, x.shape[2] // self.heads).transpose(1, 2)

    def forward(self, x: Tensor, bias: Tensor, wanted: Tensor | None = None) -> Tensor:
        """All places of ``x`` (B, P, width), or the ``wanted`` (B, W) alone, which look at all."""
        k, v = self.parted(self.key(x)), self.parted(self.value(x))
        if wanted is not None:
            x = x.gather(1, wanted[:, :, None].expand(-1, -1, x.shape[2]))
        q = self.parted(self.query(x))
        scores = torch.matmul(q, k.transpose(2, 3)) * q.shape[3] ** -0.5 + bias
        mixed = torch.matmul(scores.softmax(-1), v).transpose(1, 2).reshape(x.shape)
        x = self.norm1(x + self.dropout(self.out(mixed)))
        return self.norm2(x + self.dropout(self.down(nn.functional.gelu(self.up(x)))))


class Encoder(nn.Module):
    """Word pieces to a contextual vector (B, W, width) of each word's first; the token-type table carries the shape of its letters."""

    def __init__(self, vocabulary: int, width: int = 384, layers: int = 6, heads: int = 12, inner: int = 1536, eps: float = 1e-12) -> None:
        super().__init__()
        self.words = Embedding(vocabulary, width)
        self.positions = Embedding(512, width)
        self.shapes = Embedding(SHAPES, width)
        self.norm = nn.LayerNorm(width, eps=eps)
        self.dropout = Dropout(0.1)
        self.layers = nn.ModuleList(Layer(width, heads, inner, 0.1, eps) for _ in range(layers))

    def entered(self, ids: Tensor, shapes: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        """What the first layer is given: a vector (B, P, width) of each piece, and what keeps attention off the padding."""
        places = torch.arange(ids.shape[1], device=ids.device)
        x = self.words(ids) + self.positions(places)[None] + self.shapes(shapes)
        x = self.dropout(self.norm(x))
        return x, (1.0 - mask[:, None, None, :].to(x.dtype)) * -10000.0

    def forward(self, ids: Tensor, shapes: Tensor, mask: Tensor, first: Tensor) -> Tensor:
        x, bias = self.entered(ids, shapes, mask)
        for layer in self.layers[:-1]:
            x = layer(x, bias)
        # Of the last layer only the first piece of each word is looked at, so only these are worked out.
        return self.layers[-1](x, bias, first)


class Joint(nn.Module):
    """All tasks over the first piece of each word.

    Outputs, for B windows of W words: ``tag`` (B, W, tags), ``pos``, ``morph``, ``ent`` alike, ``sent`` (B, W),
    ``arc`` (B, W, W) dependent by head, ``dep`` and ``head`` (B, W, relation + 1) for the label scorer.
    """

    rounding = False

    def __init__(self, encoder: Encoder, width: int, sizes: dict[str, int], arc: int = 320, relation: int = 128) -> None:
        super().__init__()
        self.encoder = encoder
        width += 32
        self.features = Linear(FEATURES, 32)
        self.drop = Dropout(0.25)
        self.flat = nn.ModuleDict({name: Linear(width, sizes[name]) for name in FLAT})
        self.ent = nn.Sequential(Linear(width, 192), nn.GELU(), Dropout(0.2), Linear(192, sizes["ent"]))
        self.sent = Linear(width, 1)
        self.arc_dep, self.arc_head = Linear(width, arc), Linear(width, arc)
        self.rel_dep, self.rel_head = Linear(width, relation), Linear(width, relation)
        self.arc_weight = nn.Parameter(torch.zeros(arc + 1, arc))
        self.rel_weight = nn.Parameter(torch.zeros(relation + 1, sizes["rel"], relation + 1))
        nn.init.xavier_uniform_(self.arc_weight)
        nn.init.normal_(self.rel_weight, std=0.02)

    def words(self, ids: Tensor, shapes: Tensor, mask: Tensor, first: Tensor, features: Tensor) -> Tensor:
        return torch.cat([self.encoder(ids, shapes, mask, first), torch.tanh(self.features(features))], -1)

    def forward(
        self, ids: Tensor, shapes: Tensor, mask: Tensor, first: Tensor, features: Tensor
    ) -> tuple[Tensor, Tensor, Tensor, Tensor, Tensor, Tensor, Tensor, Tensor]:
        x = self.drop(self.words(ids, shapes, mask, first, features))
        act = nn.functional.gelu
        arc_dep, arc_head = self.drop(act(self.arc_dep(x))), self.drop(act(self.arc_head(x)))
        one = torch.ones_like(x[:, :, :1])
        arc = torch.matmul(self.product(torch.cat([arc_dep, one], -1), self.arc_weight), arc_head.transpose(1, 2))
        dep = torch.cat([self.drop(act(self.rel_dep(x))), one], -1)
        head = torch.cat([self.drop(act(self.rel_head(x))), one], -1)
        tag, pos, morph = (self.flat[name](x) for name in FLAT)
        return tag, pos, morph, self.ent(x), self.sent(x)[:, :, 0], arc, dep, head

    def product(self, x: Tensor, weight: Tensor) -> Tensor:
        """A product with weights (in, out), rounded as the shipped one will be where ``rounding`` is set."""
        return torch.matmul(rounded_input(x), rounded_weight(weight, 0)) if self.rounding else torch.matmul(x, weight)

    def labels(self, dep: Tensor, head: Tensor) -> Tensor:
        """Label scores (N, labels) of N chosen arcs, given their two ends (N, relation + 1)."""
        mixed = self.product(dep, self.rel_weight.flatten(1)).view(dep.shape[0], -1, head.shape[1])
        return torch.matmul(mixed, head[:, :, None])[:, :, 0]

    def labels_to(self, dep: Tensor, head: Tensor, ends: Tensor) -> Tensor:
        """Label scores (B, W, labels) of every word's arc to its head in ``ends`` (B, W)."""
        chosen = head.gather(1, ends[:, :, None].expand_as(head))
        return self.labels(dep.flatten(0, 1), chosen.flatten(0, 1)).view(*ends.shape, -1)


def minilm_joint(vocabulary: int, sizes: dict[str, int], layers: int = 6, inner: int = 1536, relation: int = 128) -> Joint:
    """The network that is shipped: all tasks over a MiniLM encoder."""
    return Joint(Encoder(vocabulary, layers=layers, inner=inner), 384, sizes, relation=relation)


def joint_for(state: dict[str, Tensor], sizes: dict[str, int]) -> Joint:
    """A network of the measures that a run's weights have, which are not yet in it."""
    layers = 1 + max(int(name.split(".")[2]) for name in state if name.startswith("encoder.layers."))
    inner, relation = len(state["encoder.layers.0.up.weight"]), len(state["rel_dep.weight"])
    return minilm_joint(len(state["encoder.words.weight"]), sizes, layers, inner, relation)


def take(encoder: Encoder, state: dict[str, Tensor], weights: dict[str, Tensor], names: dict[str, str]) -> None:
    """Fill an encoder: its tables as in ``state``, norms and layers from a published network's ``weights``, by its ``names`` for them."""
    for part in ("weight", "bias"):
        state[f"norm.{part}"] = weights[f"embeddings.LayerNorm.{part}"]
        for number in range(len(encoder.layers)):
            for theirs, ours in names.items():
                state[f"layers.{number}.{ours}.{part}"] = weights[f"encoder.layer.{number}.{theirs}.{part}"]
    encoder.load_state_dict(state)


def load_minilm(model: Joint, folder: Path, kept: list[int]) -> None:
    """Fill the encoder from a MiniLM folder (``model.safetensors``), keeping the vocabulary rows ``kept``."""
    from safetensors.torch import load_file

    weights = load_file(str(folder / "model.safetensors"))
    heads = json.loads((folder / "config.json").read_text())["num_attention_heads"]
    if heads != model.encoder.layers[0].heads:
        raise ValueError(f"{folder} has {heads} attention heads; this recipe is for the 12 of MiniLM-L6")
    names = {
        "attention.self.query": "query", "attention.self.key": "key", "attention.self.value": "value",
        "attention.output.dense": "out", "attention.output.LayerNorm": "norm1", "intermediate.dense": "up",
        "output.dense": "down", "output.LayerNorm": "norm2",
    }  # fmt: skip
    encoder = model.encoder
    state = encoder.state_dict()
    state["words.weight"] = weights["embeddings.word_embeddings.weight"][kept]
    state["positions.weight"] = weights["embeddings.position_embeddings.weight"]
    state["shapes.weight"] = weights["embeddings.token_type_embeddings.weight"][:1].repeat(SHAPES, 1)
    take(encoder, state, weights, names)
