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

SHAPES = 8
FEATURES = 8


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

    def __init__(self, width: int, heads: int, inner: int, dropout: float) -> None:
        super().__init__()
        self.heads = heads
        self.query, self.key, self.value = (nn.Linear(width, width) for _ in range(3))
        self.out = nn.Linear(width, width)
        self.norm1 = nn.LayerNorm(width, eps=1e-12)
        self.up = nn.Linear(width, inner)
        self.down = nn.Linear(inner, width)
        self.norm2 = nn.LayerNorm(width, eps=1e-12)
        self.dropout = Dropout(dropout)

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        batch, length, width = x.shape
        shape = (batch, length, self.heads, width // self.heads)
        q = self.query(x).view(shape).transpose(1, 2)
        k = self.key(x).view(shape).transpose(1, 2)
        v = self.value(x).view(shape).transpose(1, 2)
        scores = torch.matmul(q, k.transpose(2, 3)) * (width // self.heads) ** -0.5 + bias
        mixed = torch.matmul(scores.softmax(-1), v).transpose(1, 2).reshape(batch, length, width)
        x = self.norm1(x + self.dropout(self.out(mixed)))
        return self.norm2(x + self.dropout(self.down(nn.functional.gelu(self.up(x)))))


class Encoder(nn.Module):
    """Word pieces to contextual vectors; the token-type table carries the shape of each word's letters."""

    def __init__(self, vocabulary: int, width: int = 384, layers: int = 6, heads: int = 12, inner: int = 1536) -> None:
        super().__init__()
        self.words = nn.Embedding(vocabulary, width)
        self.positions = nn.Embedding(512, width)
        self.shapes = nn.Embedding(SHAPES, width)
        self.norm = nn.LayerNorm(width, eps=1e-12)
        self.dropout = Dropout(0.1)
        self.layers = nn.ModuleList(Layer(width, heads, inner, 0.1) for _ in range(layers))

    def forward(self, ids: Tensor, shapes: Tensor, mask: Tensor) -> Tensor:
        places = torch.arange(ids.shape[1], device=ids.device)
        x = self.words(ids) + self.positions(places)[None] + self.shapes(shapes)
        x = self.dropout(self.norm(x))
        bias = (1.0 - mask[:, None, None, :].to(x.dtype)) * -10000.0
        for layer in self.layers:
            x = layer(x, bias)
        return x


class Joint(nn.Module):
    """All tasks over the first piece of each word.

    Outputs, for B windows of W words: ``tag`` (B, W, tags), ``pos``, ``morph``, ``ent`` alike, ``sent`` (B, W),
    ``arc`` (B, W, W) dependent by head, ``dep`` and ``head`` (B, W, relation + 1) for the label scorer.
    """

    def __init__(self, vocabulary: int, sizes: dict[str, int], arc: int = 320, relation: int = 128, layers: int = 6) -> None:
        super().__init__()
        self.encoder = Encoder(vocabulary, layers=layers)
        width = 384 + 32
        self.features = nn.Linear(FEATURES, 32)
        self.drop = Dropout(0.25)
        self.flat = nn.ModuleDict({name: nn.Linear(width, sizes[name]) for name in ("tag", "pos", "morph")})
        self.ent = nn.Sequential(nn.Linear(width, 192), nn.GELU(), Dropout(0.2), nn.Linear(192, sizes["ent"]))
        self.sent = nn.Linear(width, 1)
        self.arc_dep, self.arc_head = nn.Linear(width, arc), nn.Linear(width, arc)
        self.rel_dep, self.rel_head = nn.Linear(width, relation), nn.Linear(width, relation)
        self.arc_weight = nn.Parameter(torch.zeros(arc + 1, arc))
        self.rel_weight = nn.Parameter(torch.zeros(relation + 1, sizes["rel"], relation + 1))
        nn.init.xavier_uniform_(self.arc_weight)
        nn.init.normal_(self.rel_weight, std=0.02)

    def words(self, ids: Tensor, shapes: Tensor, mask: Tensor, first: Tensor, features: Tensor) -> Tensor:
        hidden = self.encoder(ids, shapes, mask)
        index = first[:, :, None].expand(-1, -1, hidden.shape[2])
        return torch.cat([hidden.gather(1, index), torch.tanh(self.features(features))], -1)

    def forward(
        self, ids: Tensor, shapes: Tensor, mask: Tensor, first: Tensor, features: Tensor
    ) -> tuple[Tensor, Tensor, Tensor, Tensor, Tensor, Tensor, Tensor, Tensor]:
        x = self.drop(self.words(ids, shapes, mask, first, features))
        act = nn.functional.gelu
        arc_dep, arc_head = self.drop(act(self.arc_dep(x))), self.drop(act(self.arc_head(x)))
        one = torch.ones_like(x[:, :, :1])
        arc = torch.matmul(torch.matmul(torch.cat([arc_dep, one], -1), self.arc_weight), arc_head.transpose(1, 2))
        dep = torch.cat([self.drop(act(self.rel_dep(x))), one], -1)
        head = torch.cat([self.drop(act(self.rel_head(x))), one], -1)
        tag, pos, morph = (self.flat[name](x) for name in ("tag", "pos", "morph"))
        return tag, pos, morph, self.ent(x), self.sent(x)[:, :, 0], arc, dep, head

    def labels(self, dep: Tensor, head: Tensor) -> Tensor:
        """Label scores (N, labels) of N chosen arcs, given their two ends (N, relation + 1)."""
        mixed = torch.matmul(dep, self.rel_weight.flatten(1)).view(dep.shape[0], -1, head.shape[1])
        return torch.matmul(mixed, head[:, :, None])[:, :, 0]


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
    for part in ("weight", "bias"):
        state[f"norm.{part}"] = weights[f"embeddings.LayerNorm.{part}"]
        for number in range(len(encoder.layers)):
            for theirs, ours in names.items():
                state[f"layers.{number}.{ours}.{part}"] = weights[f"encoder.layer.{number}.{theirs}.{part}"]
    encoder.load_state_dict(state)
