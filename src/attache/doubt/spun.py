"""Whether a whole page reads as if a program had swapped its words or a machine had translated it.

A small logistic model over signals that a reader can check: words that are hardly ever side by side, words that nobody uses, articles that
do not fit what follows (a swapped word leaves its old article behind), odd words around small words. Its weights are data
(``lexicon/spun.toml``), trained by ``training/garble/spun.py``. Style is no damage: the threshold was chosen on clean pages of several
kinds of English, and short pages are judged mildly.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Doc

from attache.dossier import Finding
from attache.doubt.lexicon import FOLDER, table
from attache.doubt.wording import Wording, wording_of
from attache.errors import DataError
from attache.reading import text_of

SIGNALS = ("bond_plain", "bond_small", "unlikely", "rare", "level", "traces", "clashes")
# A page is taken to have so many more pairs of an ordinary kind, so that a few odd words on a short one weigh little.
PRIOR = 40
USUAL = (0.15, 0.20, 0.07, 0.09, 5.8, 0.01, 0.0002)
SHOWN = 6
LEAST_PAIRS = 40
"""A page with fewer pairs of words is not judged."""


def check_spun(doc: Doc) -> Iterator[Finding]:
    """One finding on the whole page, a warning, where its wording looks spun or translated by a machine; the score is its confidence."""
    wording = wording_of(text_of(doc))
    found = score(wording)
    if wording.pairs >= LEAST_PAIRS and found >= model().threshold:
        yield Finding(
            kind="garbled", span=None, text="", message="The page reads as if its words had been swapped by a program or a machine.",
            grounds=reasons(wording), severity="warning", confidence=round(found, 2), rule="spun-page",
        )  # fmt: skip


@dataclass(frozen=True)
class Model:
    """Weights in the order of :data:`SIGNALS`, and the score from which a page is reported."""

    intercept: float
    threshold: float
    weights: tuple[float, ...]


def signals(wording: Wording) -> tuple[float, ...]:
    """The signals of a page as means over its pairs, drawn towards the usual where pairs are few."""
    counts = (wording.plain, wording.mixed, wording.pairs, wording.words, wording.words, wording.words, wording.pairs)
    sums = (
        wording.bond_plain, wording.bond_small, wording.unlikely, wording.rare, wording.level, wording.traces, wording.clashes,
    )  # fmt: skip
    means = [(total + PRIOR * usual) / (count + PRIOR) for total, count, usual in zip(sums, counts, USUAL, strict=True)]
    means[-1] = math.sqrt(means[-1])  # the first clash says more than the tenth
    return tuple(means)


@cache
def model() -> Model:
    """The shipped weights, checked."""
    data = table("spun")
    weights = data.get("weights")
    if not isinstance(weights, dict) or set(weights) != set(SIGNALS) or not {"intercept", "threshold"} <= data.keys():
        raise DataError(f"{FOLDER / 'spun.toml'}: needs intercept, threshold and weights of {', '.join(SIGNALS)}")
    return Model(float(data["intercept"]), float(data["threshold"]), tuple(float(weights[name]) for name in SIGNALS))


def score(wording: Wording) -> float:
    """From 0, an ordinary page, to 1, a spun one."""
    weighed = sum(weight * signal for weight, signal in zip(model().weights, signals(wording), strict=True))
    return 1 / (1 + math.exp(-(model().intercept + weighed)))


def reasons(wording: Wording) -> list[str]:
    """The signals in words, with examples from the page."""
    found = []
    if wording.clashing:
        found.append(f"small words that do not fit what follows: {_quoted(wording.clashing)}")
    if wording.odd:
        found.append(f"words hardly ever side by side, {wording.unlikely} of {wording.pairs} pairs: {_quoted(wording.odd)}")
    if wording.swapped:
        found.append(f"words that seem to stand for commoner ones, {wording.traces} of {wording.words}: {_quoted(wording.swapped)}")
    share = wording.rare / max(1, wording.words)
    found.append(f"{share:.0%} of the words are rare")
    return found


def _quoted(words: list[str]) -> str:
    return ", ".join(f"“{word}”" for word in list(dict.fromkeys(words))[:SHOWN])
