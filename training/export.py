"""Turn a checkpoint into what attache ships: ``python -m training.export build/encoder src/attache/language/model``.

Weights become 8-bit integers, per channel (per tensor costs half a point of LAS and more than one of entity F); the label scorer,
applied only to chosen arcs, is a graph of its own.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from training.folders import averaged, copy_tables, sizes_of
from training.model import Joint, joint_for

MOST_PIECES = 384
INPUTS = ["ids", "shapes", "mask", "first", "features"]
OUTPUTS = ["tag", "pos", "morph", "ent", "sent", "arc", "dep", "head"]


def restored(folder: Path) -> Joint:
    """The trained network of a checkpoint folder."""
    state = averaged(folder)
    model = joint_for(state, sizes_of(folder))
    model.load_state_dict(state)
    return model.eval()


class Exported(nn.Module):
    """The forward pass as the runtime wants it: the flat tasks already decided, arcs and entities still as scores."""

    def __init__(self, model: Joint) -> None:
        super().__init__()
        self.model = model

    def forward(self, ids: Tensor, shapes: Tensor, mask: Tensor, first: Tensor, features: Tensor) -> tuple[Tensor, ...]:
        tag, pos, morph, ent, sent, arc, dep, head = self.model(ids, shapes, mask, first, features)
        return tag.argmax(-1), pos.argmax(-1), morph.argmax(-1), ent.log_softmax(-1), sent, arc, dep, head


class Labeller(nn.Module):
    """The label scorer alone, for chosen arcs."""

    def __init__(self, model: Joint) -> None:
        super().__init__()
        # A flat constant, since the quantiser passes over a weight that is reshaped in the graph.
        self.weight = nn.Parameter(model.rel_weight.detach().flatten(1))

    def forward(self, dep: Tensor, head: Tensor) -> Tensor:
        mixed = torch.matmul(dep, self.weight).view(dep.shape[0], -1, dep.shape[1])
        return torch.matmul(mixed, head[:, :, None])[:, :, 0].argmax(-1)


def export(folder: Path, out: Path) -> None:
    """Write ``encoder.onnx``, ``labeller.onnx``, ``labels.json`` and ``vocab.txt`` into ``out``."""
    out.mkdir(parents=True, exist_ok=True)
    model = restored(folder)
    model.encoder.positions = nn.Embedding.from_pretrained(model.encoder.positions.weight[:MOST_PIECES])
    sample = (
        torch.ones(2, 12, dtype=torch.long), torch.zeros(2, 12, dtype=torch.long), torch.ones(2, 12, dtype=torch.long),
        torch.ones(2, 5, dtype=torch.long), torch.zeros(2, 5, 8),
    )  # fmt: skip
    pieces, words = {0: "batch", 1: "pieces"}, {0: "batch", 1: "words"}
    axes = {n: pieces if n in ("ids", "shapes", "mask") else words for n in INPUTS} | dict.fromkeys(OUTPUTS, words)
    axes["arc"] = {0: "batch", 1: "words", 2: "words"}
    with tempfile.TemporaryDirectory() as work:
        full = Path(work) / "full.onnx"
        torch.onnx.export(
            Exported(model), sample, str(full), input_names=INPUTS, output_names=OUTPUTS, dynamic_axes=axes, opset_version=17, dynamo=False
        )
        quantize_dynamic(full, out / "encoder.onnx", per_channel=True, weight_type=QuantType.QInt8)
    width = model.rel_weight.shape[0]
    with tempfile.TemporaryDirectory() as work:
        full = Path(work) / "full.onnx"
        ends = (torch.zeros(3, width), torch.zeros(3, width))
        axes = {"dep": {0: "arcs"}, "head": {0: "arcs"}, "label": {0: "arcs"}}
        torch.onnx.export(
            Labeller(model), ends, str(full), input_names=["dep", "head"], output_names=["label"], dynamic_axes=axes, dynamo=False
        )
        quantize_dynamic(full, out / "labeller.onnx", per_channel=True, weight_type=QuantType.QInt8)
    copy_tables(folder, out)
    print(f"{sum(p.stat().st_size for p in out.iterdir()) / 1e6:.1f} MB in {out}")


def main() -> None:
    """Command line of the export."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("out", type=Path)
    options = parser.parse_args()
    export(options.folder, options.out)


if __name__ == "__main__":
    main()
