"""One network from several of one descent: ``python -m training.mix OUT 2:build/narrow 1:build/pupil 1:build/later``.

The mean of the weights of networks that were trained on from the same start reads about as well as the best of them in what each is best
at (Wortsman et al. 2022, model soups and robust fine-tuning): here the trees that the teacher taught, and the names known before it.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import torch
from torch import Tensor

from training.folders import averaged, write


def mixed(parts: list[tuple[float, Path]]) -> dict[str, Tensor]:
    """The weighted mean of the averages in checkpoint folders."""
    total = sum(share for share, _ in parts)
    states = [(share / total, averaged(folder)) for share, folder in parts]
    return {name: torch.stack([share * state[name] for share, state in states]).sum(0) for name in states[0][1]}


def main() -> None:
    """Command line: a checkpoint folder from others, each with its share before a colon."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("parts", nargs="+", help="SHARE:FOLDER")
    options = parser.parse_args()
    parts = [(float(share), Path(folder)) for share, _, folder in (part.partition(":") for part in options.parts)]
    write(mixed(parts), parts[0][1], options.out)


if __name__ == "__main__":
    main()
