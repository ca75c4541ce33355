"""How far the wording of a page can be trusted, as one number."""

from __future__ import annotations

import math
from collections.abc import Iterable

from attache.dossier import Finding

WEIGHT = {"error": 1.0, "warning": 0.5, "note": 0.1}
WORDS_A_SENTENCE = 20
LEAST_SENTENCES = 5
STEEPNESS = 2.0


def reliability(findings: Iterable[Finding], n_words: int) -> float:
    """``exp(-2 * load / sentences)``, rounded to three places: 1.0 without findings, falling towards 0 with each more.

    ``load`` is the sum over findings of severity (error 1, warning 0.5, note 0.1) times confidence. ``sentences`` is the number of
    words over 20, at least 5, so that one slip on a short page does not condemn it. ``undated`` does not count: a page
    without a date may be worded without fault. An error in every second sentence gives 0.37, one in every tenth 0.82.
    """
    load = sum(WEIGHT[found.severity] * found.confidence for found in findings if found.kind != "undated")
    sentences = max(n_words / WORDS_A_SENTENCE, LEAST_SENTENCES)
    return round(math.exp(-STEEPNESS * load / sentences), 3)
