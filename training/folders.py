"""Folders of networks in training: ``checkpoint.pt``, with the weights under ``average``, ``labels.json`` and ``vocab.txt``."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import torch
from torch import Tensor

TABLES = ("labels.json", "vocab.txt")
"""What a network must share with those that it is taught by or mixed with."""


def averaged(folder: Path) -> dict[str, Tensor]:
    """The averaged weights of a folder's checkpoint, which are what is scored and shipped."""
    state: dict[str, Tensor] = torch.load(folder / "checkpoint.pt", weights_only=True, map_location="cpu")["average"]
    return state


def sizes_of(folder: Path) -> dict[str, int]:
    """How many labels each task has."""
    return {name: len(table) for name, table in json.loads((folder / "labels.json").read_text(encoding="utf-8")).items()}


def copy_tables(folder: Path, out: Path) -> None:
    """Give ``out`` the labels and the vocabulary of ``folder``."""
    out.mkdir(parents=True, exist_ok=True)
    for name in TABLES:
        shutil.copy(folder / name, out / name)


def write(state: dict[str, Tensor], like: Path, out: Path) -> None:
    """Write weights to train on from, with the labels and the vocabulary of the folder ``like``."""
    copy_tables(like, out)
    torch.save({"average": state}, out / "checkpoint.pt")
