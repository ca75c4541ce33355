"""From scores to annotation: sentences to trees, entity scores to spans.

Maximum spanning arborescence by Chu-Liu/Edmonds, run only where the greedy choice is no tree; entity spans by Viterbi over
the BIO labels with impossible steps forbidden.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float32]
LIKELY_OUTSIDE = float(np.log(0.98))
"""A word whose chance to stand outside of names is above this is in none; what lies between two such is searched."""


def is_tree(heads: NDArray[np.int64]) -> bool:
    """Whether ``heads`` (a root is its own head) is one tree."""
    if int((heads == np.arange(len(heads))).sum()) != 1:
        return False
    reach = heads
    for _ in range(len(heads).bit_length()):
        reach = reach[reach]
    return bool((reach == reach[0]).all())


def best_tree(scores: Scores) -> NDArray[np.int64]:
    """Heads (N,) of the best tree under ``scores`` (N, N), dependent by head, the diagonal being the score of a root."""
    greedy: NDArray[np.int64] = scores.argmax(1)
    if is_tree(greedy):
        return greedy
    shifted = scores - scores.max(1, keepdims=True)
    normal = shifted - np.log(np.exp(shifted).sum(1, keepdims=True))
    root = int(np.diagonal(normal).argmax())
    closed = normal.copy()
    np.fill_diagonal(closed, -np.inf)
    closed[root] = -np.inf
    closed[root, root] = 0.0
    return arborescence(closed.astype(np.float64), root)


def find_cycle(heads: NDArray[np.int64], root: int) -> list[int]:
    """The nodes of one cycle that does not go through the root, or nothing."""
    state = np.zeros(len(heads), np.int64)
    state[root] = 2
    for begin in range(len(heads)):
        path, node = [], begin
        while state[node] == 0:
            state[node] = 1
            path.append(node)
            node = int(heads[node])
        if state[node] == 1:
            return path[path.index(node) :]
        state[path] = 2
    return []


def arborescence(scores: NDArray[np.float64], root: int) -> NDArray[np.int64]:
    """Chu-Liu/Edmonds: the best tree rooted in ``root``; contracts one cycle and recurs."""
    heads: NDArray[np.int64] = scores.argmax(1)
    heads[root] = root
    cycle = np.array(find_cycle(heads, root), np.int64)
    if not len(cycle):
        return heads
    size = len(scores)
    inside = np.zeros(size, bool)
    inside[cycle] = True
    outside = np.flatnonzero(~inside)
    into = scores[cycle] - scores[cycle, heads[cycle]][:, None]
    entry = into[:, outside].argmax(0)
    exit_ = scores[np.ix_(outside, cycle)].argmax(1)
    small = np.full((len(outside) + 1, len(outside) + 1), -np.inf)
    small[:-1, :-1] = scores[np.ix_(outside, outside)]
    small[-1, :-1] = into[entry, outside]
    small[:-1, -1] = scores[np.ix_(outside, cycle)].max(1)
    place = int(np.flatnonzero(outside == root)[0])
    small[place, -1] = -np.inf
    inner = arborescence(small, place)
    out: NDArray[np.int64] = heads.copy()
    for i, node in enumerate(outside):
        out[node] = cycle[exit_[i]] if inner[i] == len(outside) else outside[inner[i]]
    enter_from = int(inner[-1])
    out[cycle[entry[enter_from]]] = outside[enter_from]
    out[root] = root
    return out


class BioTable:
    """Reads spans off BIO scores, impossible steps forbidden."""

    def __init__(self, tags: Sequence[str]) -> None:
        self.tags = list(tags)
        self._outside = self.tags.index("O")
        allowed = np.array([[not b.startswith("I-") or a[2:] == b[2:] for b in tags] for a in tags])
        self._step = np.where(allowed, 0.0, -1e9)
        self._first = np.array([-1e9 if tag.startswith("I-") else 0.0 for tag in tags])

    def spans(self, scores: Scores) -> list[tuple[int, int, str]]:
        """Best consistent spans (start, end, label) under log-probabilities (N, tags)."""
        named = np.flatnonzero(scores[:, self._outside] <= LIKELY_OUTSIDE)
        spans: list[tuple[int, int, str]] = []
        for run in np.split(named, np.flatnonzero(np.diff(named) > 1) + 1):
            if len(run):
                begin = int(run[0])
                spans += [(begin + a, begin + b, label) for a, b, label in self._read(self._best(scores[begin : int(run[-1]) + 1]))]
        return spans

    def _best(self, scores: Scores) -> list[int]:
        best = scores[0] + self._first
        back = np.zeros(scores.shape, np.int64)
        for i in range(1, len(scores)):
            table = best[:, None] + self._step
            back[i] = table.argmax(0)
            best = table.max(0) + scores[i]
        path = [int(best.argmax())]
        for i in range(len(scores) - 1, 0, -1):
            path.append(int(back[i, path[-1]]))
        return path[::-1]

    def _read(self, path: list[int]) -> list[tuple[int, int, str]]:
        spans: list[tuple[int, int, str]] = []
        for i, number in enumerate(path):
            tag = self.tags[number]
            if tag.startswith("B-"):
                spans.append((i, i + 1, tag[2:]))
            elif tag.startswith("I-") and spans:
                spans[-1] = (spans[-1][0], i + 1, tag[2:])
        return spans
