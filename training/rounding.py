"""Training with the rounding that the shipped network will undergo (Zafrir et al. 2019, Q8BERT).

onnxruntime's dynamic quantisation rounds a product's input to 255 steps between its least and its largest value, and each column of its
weights to 127 steps either way. The gradient passes as if nothing had been rounded.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn


def rounded_input(x: Tensor, spread: Tensor | None = None) -> Tensor:
    """Activations as ``DynamicQuantizeLinear`` leaves them: one scale and zero for the whole tensor, which always spans zero.

    ``spread`` is the tensor whose least and largest value count, where that is another.
    """
    with torch.no_grad():
        wide = x.float()
        least, most = (wide if spread is None else spread).aminmax()
        low, high = least.clamp(max=0.0), most.clamp(min=0.0)
        scale = ((high - low) / 255).clamp(min=1e-12)
        zero = (-low / scale).round()
        change = ((wide / scale).round_().add_(zero).clamp_(0, 255).sub_(zero).mul_(scale)).sub_(wide)
    return x + change.to(x.dtype)


def rounded_weight(weight: Tensor, axis: int) -> Tensor:
    """Weights (2 axes) in 8 bits, with a scale for each place of the output, all but ``axis``, along which is summed."""
    with torch.no_grad():
        scale = (weight.abs().amax(axis, keepdim=True) / 127).clamp(min=1e-12)
        change = (weight / scale).round_().mul_(scale).sub_(weight)
    return weight + change


class Linear(nn.Linear):
    """A linear map that rounds as the shipped one does where ``rounding`` is set."""

    rounding = False

    def forward(self, x: Tensor) -> Tensor:
        if not self.rounding:
            return super().forward(x)
        return nn.functional.linear(rounded_input(x), rounded_weight(self.weight, 1), self.bias)


class Embedding(nn.Embedding):
    """A table of vectors that rounds as the shipped one does, the whole table by one scale, where ``rounding`` is set."""

    rounding = False

    def forward(self, numbers: Tensor) -> Tensor:
        rows = super().forward(numbers)
        return rounded_input(rows, self.weight) if self.rounding else rows


def set_rounding(model: nn.Module, on: bool) -> None:
    """Turn rounding on or off throughout a network."""
    for module in model.modules():
        if hasattr(module, "rounding"):
            module.rounding = on
