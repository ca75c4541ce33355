"""The shipped network: its files, its sessions, its raw outputs."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from attache.errors import PipelineError
from attache.language.pieces import Pieces, Window, stack

FILES = ("encoder.onnx", "labeller.onnx", "labels.json", "vocab.txt")


def threads() -> int:
    """How many batches are read at once: two, or ``ATTACHE_THREADS``."""
    return max(1, int(os.environ.get("ATTACHE_THREADS", "2")))


class Network:
    """The shipped network, opened lazily in each process."""

    def __init__(self, folder: Path) -> None:
        missing = [name for name in FILES if not (folder / name).is_file()]
        if missing:
            raise PipelineError(f"the language model in {folder} lacks {', '.join(missing)}; reinstall attache or run `make train`")
        self.folder = folder
        self.labels: dict[str, list[str]] = json.loads((folder / "labels.json").read_text(encoding="utf-8"))
        self.pieces = Pieces.from_file(folder / "vocab.txt")

    @cached_property
    def session(self) -> Any:
        """The encoder's onnxruntime session."""
        begun = _ahead.pop(self.folder, None)
        return begun.result() if begun else opened(self.folder / "encoder.onnx")

    @cached_property
    def labeller(self) -> Any:
        """The label scorer's session."""
        return opened(self.folder / "labeller.onnx")

    def __getstate__(self) -> dict[str, Any]:
        return {"folder": self.folder}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__init__(state["folder"])  # type: ignore[misc]

    def run(self, windows: list[Window]) -> list[NDArray[Any]]:
        """Outputs of a batch: tag, pos, morph (B, W), ent (B, W, tags), sent (B, W), arc (B, W, W), dep, head."""
        result: list[NDArray[Any]] = self.session.run(None, stack(windows))
        return result

    def run_all(self, batches: Iterable[list[Window]]) -> Iterator[list[NDArray[Any]]]:
        """Outputs of every batch, in order; several are read at once, while those before them are decoded.

        Two batches on a core each read a third faster than one batch on both, and leave no thread behind that a fork would lose.
        """
        if threads() == 1:
            yield from map(self.run, batches)
            return
        _ = self.session
        with ThreadPoolExecutor(threads()) as pool:
            yield from pool.map(self.run, batches)

    def relations(self, dep: NDArray[np.float32], head: NDArray[np.float32]) -> NDArray[np.int64]:
        """Label numbers (N,) of N arcs from their two ends."""
        labels: NDArray[np.int64] = self.labeller.run(None, {"dep": dep, "head": head})[0]
        return labels


_ahead: dict[Path, Future[Any]] = {}


def open_ahead(folder: Path) -> None:
    """Begin to open a model on a thread, which takes a third of a second, while the caller loads what else it needs.

    For a process that reads by itself: one forked off meanwhile would wait for a thread that it does not have.
    """
    pool = ThreadPoolExecutor(1)
    _ahead[folder] = pool.submit(opened, folder / "encoder.onnx")
    pool.shutdown(wait=False)


SLOW_FUSION = "SkipLayerNormFusion"
"""onnxruntime's fusion of an addition into the norm after it runs word by word: its norm alone, seven times as fast, is better."""


def opened(path: Path) -> Any:
    """An onnxruntime session of one thread."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"], disabled_optimizers=[SLOW_FUSION])
