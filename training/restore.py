"""Weights out of the package again: ``python -m training.restore src/attache/language/model build/shipped``.

Who trains on from what is shipped needs no earlier checkpoint. What 8 bits rounded off is lost, which is less than a tenth of a point.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from torch import Tensor

from training.folders import sizes_of, write
from training.model import FLAT, Joint, joint_for


def widened(found: dict[str, np.ndarray], name: str) -> Tensor:
    """A weight that was stored in 8 bits, by the name it is stored under; scales are of the whole or of each column."""
    whole = found[f"{name}_quantized"].astype(np.float32) - found[f"{name}_zero_point"].astype(np.float32)
    return torch.from_numpy(whole * found[f"{name}_scale"])


def weights_of(graph: onnx.GraphProto) -> dict[str, Tensor]:
    """Every weight of an exported graph by its name in the network; a product's matrix is known by the place of the product."""
    found = {i.name: numpy_helper.to_array(i) for i in graph.initializer}
    out = {n.removeprefix("model."): torch.from_numpy(a.copy()) for n, a in found.items() if n.endswith(("weight", "bias"))}
    for name in found:
        if name.startswith("model.") and name.endswith("_quantized"):
            plain = name.removesuffix("_quantized")
            out[plain.removeprefix("model.")] = widened(found, plain)
    for node in graph.node:
        stored = node.input[1].removesuffix("_quantized") if node.op_type == "MatMulInteger" else ""
        if stored.startswith("onnx::"):
            module = node.output[0].split("/MatMul")[0].removeprefix("/model/").replace("/", ".")
            out[f"{in_full(module)}.weight"] = widened(found, stored).T.contiguous()
    return out


def in_full(module: str) -> str:
    """A module's name as the network has it: the graph names an item of a list twice over, one of a table without the table."""
    parts = module.split(".")
    short = ".".join(p for i, p in enumerate(parts) if not (i + 1 < len(parts) and parts[i + 1] == p))
    return f"flat.{short}" if short in FLAT else short


def network_of(folder: Path) -> Joint:
    """The network of a model folder, in 32 bits."""
    weights = weights_of(onnx.load(folder / "encoder.onnx").graph)
    model = joint_for(weights, sizes_of(folder))
    state = model.state_dict()
    places = weights.pop("encoder.positions.weight")
    state["encoder.positions.weight"][: len(places)] = places
    labeller = {i.name: numpy_helper.to_array(i) for i in onnx.load(folder / "labeller.onnx").graph.initializer}
    state["rel_weight"] = widened(labeller, "weight").view_as(state["rel_weight"])
    model.load_state_dict(state | weights)
    missing = [n for n in state if n not in weights and n not in ("rel_weight", "encoder.positions.weight")]
    if missing:
        raise ValueError(f"{folder}/encoder.onnx holds no {', '.join(missing)}; it was exported by another recipe")
    return model


def main() -> None:
    """Command line: a checkpoint folder like those of training."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("out", type=Path)
    options = parser.parse_args()
    write(network_of(options.folder).state_dict(), options.folder, options.out)


if __name__ == "__main__":
    main()
