"""How sure a finding is: the checkers' claims made good by how often claims of that kind held.

``lexicon/confidence.toml`` gives, for each kind, claims of the checkers and the shares that were right on damaged and clean passages;
between them a straight line is drawn. ``python -m bench.calibration`` makes it anew. A higher claim never comes out lower.
"""

from __future__ import annotations

from bisect import bisect_right
from functools import cache
from itertools import pairwise

from attache.dossier import Finding
from attache.doubt.lexicon import FOLDER, table
from attache.errors import DataError

Knots = tuple[tuple[float, float], ...]


def calibrated(finding: Finding) -> Finding:
    """The same finding with the confidence that its claim has earned; one on the whole page, which was not measured so, is left alone."""
    knots = _knots().get(finding.kind)
    if knots is None or finding.span is None:
        return finding
    return finding.model_copy(update={"confidence": round(read_off(knots, finding.confidence), 2)})


def read_off(knots: Knots, claim: float) -> float:
    """The share at a claim, on the line between the knots; beyond them that of the nearest."""
    at = bisect_right([raw for raw, _ in knots], claim)
    if at == 0 or at == len(knots):
        return knots[max(0, at - 1)][1]
    (low, below), (high, above) = knots[at - 1], knots[at]
    return below + (above - below) * (claim - low) / (high - low)


@cache
def _knots() -> dict[str, Knots]:
    """The table by kind, checked: claims rise, shares do not fall."""
    found = {}
    for kind, row in table("confidence").items():
        knots = tuple(zip(row.get("claims", ()), row.get("shares", ()), strict=False))
        rising = all(one[0] < other[0] and one[1] <= other[1] for one, other in pairwise(knots))
        if not knots or len(row["claims"]) != len(row["shares"]) or not rising or not all(0 < share < 1 for _, share in knots):
            raise DataError(f"{FOLDER / 'confidence.toml'}: [{kind}] needs claims that rise and as many shares that do not fall")
        found[kind] = knots
    return found
