"""How probable it is that a written name is a damaged copy of a given person's name, rather than somebody else's.

A logistic model of ten features of the two strings, whose weights stand in ``lexicon/likeness.toml`` and are fitted by
``training/likeness.py`` on names that were damaged on purpose against names of other people of the same country.
"""

from __future__ import annotations

import math
import re
from functools import cache, lru_cache

from rapidfuzz.distance import Indel, JaroWinkler

from attache.errors import DataError
from attache.knowledge import fold, name_similarity
from attache.knowledge.sounds import by_ear
from attache.who.lexicon import read_table, spelling

_RUN_TOGETHER = re.compile(r"(?<=[^\W\d_]{2}[a-zß-ÿ])(?<!\bMac)(?=[A-Z][^\W\d_A-Z])")
"""Where the space between the parts of a name is lost: "BogdanDragoi", "RuisLacallePoe"."""
FEATURES = ("similarity", "ear", "head", "family", "weaker", "first_letter", "length", "single", "parts", "worst")


@cache
def weights() -> tuple[tuple[float, ...], float]:
    """The model's weights in the order of ``FEATURES``, and its intercept."""
    table = read_table("likeness.toml")
    if set(table.get("weights", {})) != set(FEATURES) or not isinstance(table.get("intercept"), float):
        raise DataError(f"attache/who/lexicon/likeness.toml: needs an intercept and [weights] for {', '.join(FEATURES)}")
    return tuple(float(table["weights"][name]) for name in FEATURES), table["intercept"]


@lru_cache(maxsize=65536)
def likeness(written: str, name: str) -> float:
    """0..1: the probability that ``written`` is ``name`` damaged, where both are as likely beforehand."""
    values, (by_feature, intercept) = features(written, name), weights()
    return 1 / (1 + math.exp(-intercept - sum(w * v for w, v in zip(by_feature, values, strict=True))))


def taken_apart(written: str) -> str:
    """A name with spaces where capitals inside a word show that they were lost."""
    return _RUN_TOGETHER.sub(" ", written)


def features(written: str, name: str) -> tuple[float, ...]:
    """The features, each about 0..1; a single written word is compared with the family name."""
    ours, theirs = _parts(taken_apart(written)), _parts(name)
    if not ours or not theirs:
        return (0.0,) * len(FEATURES)
    last, family = ours[-1], _partner(ours[-1], theirs) if len(ours) == 1 else theirs[-1]
    joined, whole = "".join(ours), "".join(theirs)
    merged = len(ours) == 1 < len(theirs) and len(joined) > 1.4 * len(theirs[-1]) and JaroWinkler.similarity(joined, whole) > 0.75
    if merged:
        last, family = joined, whole
    ear = max(Indel.normalized_similarity(by_ear(last), by_ear(family)), JaroWinkler.similarity(by_ear(joined), by_ear(whole)) - 0.1)
    like = Indel.normalized_similarity(last, family)
    # One part right and the other nothing like it is another person with the same given name.
    given = max((Indel.normalized_similarity(ours[0], part) for part in theirs[:-1]), default=0.0) if len(ours) > 1 else like
    exact = len(ours) > 1 and any(word in theirs for word in ours if len(word) > 1)
    return (
        name_similarity(written, name), ear, _shared_head(last, family), like, min(like, given),
        float(by_ear(last)[:1] == by_ear(family)[:1]), abs(len(last) - len(family)) / max(len(last), len(family)),
        float(len(ours) == 1), float(exact), _worst(ours, theirs),
    )  # fmt: skip


def _parts(name: str) -> list[str]:
    """Folded words, without articles and the like, which stand in everybody's name."""
    parts = fold(name).split()
    return [part for part in parts if part not in spelling().optional] or parts


def _worst(ours: list[str], theirs: list[str]) -> float:
    """How well the written word fares that fits worst: one that is nowhere in the name speaks for somebody else."""
    return min(max(Indel.normalized_similarity(word, part) for part in theirs) for word in ours)


def _partner(word: str, name: list[str]) -> str:
    """The word of a name that a single written word most likely stands for."""
    return max(name[1:] or name, key=lambda part: JaroWinkler.similarity(word, part))


def _shared_head(a: str, b: str) -> float:
    """How much of the shorter word the two begin with by ear: the ends of names are read as other words."""
    ear_a, ear_b = by_ear(a), by_ear(b)
    same = next((i for i, (x, y) in enumerate(zip(ear_a, ear_b, strict=False)) if x != y), min(len(ear_a), len(ear_b)))
    return min(1.0, same / 4)
