"""Whether one text is a copy of another, decided on the texts themselves after their sketches agreed.

A copy may lose paragraphs and gain furniture, but one of the two holds little that the other lacks. A page that takes its background
from an older one and tells news of its own has stretches that the older lacks, and the older one has a beginning that it dropped:
that is the same story at most. Three things that look like copies are told apart:

- an *update*: both texts have stretches of their own, or open differently, or the later opens with news that the earlier lacks;
- a *form letter*: nearly the same words with other figures, such as last week's and this week's count;
- a *quoted background*: the shared part is a small part of both.
"""

from __future__ import annotations

from dataclasses import dataclass

from attache.story.overlap import LITERAL, Overlap

OWN = 0.2
"""The most of its stretches that the more dependent of two texts may have for itself. Of copies with 60 % of their words exchanged
98 % stay below .11, of unrelated pages none comes below .47."""
COMMON = 0.25
"""The least share of its pairs that it must have in common with the other."""
SHORT_COMMON = 0.4
BRIEF = 48
"""The same for texts of fewer pairs than this, some hundred words: names and figures alone make a
third of the pairs of two reports of fifty words."""
_FIGURES = 0.5
KIN_OWN = 0.4
"""The same as `OWN` and `COMMON` for two texts that a third one, a copy of both, says to be copies: unrelated pages come to neither."""
KIN_COMMON = 0.2
_LITERAL_PARTS = 0.3


@dataclass(frozen=True)
class Verdict:
    """Whether a copy, how sure (0..1), and why or why not."""

    copy: bool
    score: float
    reason: str


def judge(found: Overlap, later: int = 0) -> Verdict:
    """Judge two texts by their overlap.

    `later`: 1 or 2 where the first or second text is known to have appeared on a later day, else 0.
    """
    own, common = min(found.foreign), max(found.common)
    score = (1 - own) * common
    if own > OWN or common < (COMMON if found.pairs >= BRIEF else SHORT_COMMON):
        return Verdict(False, score, f"{1 - own:.0%} of the stretches of one and {1 - max(found.foreign):.0%} of the other are shared")
    if common >= LITERAL and found.figures is not None and found.figures < _FIGURES:
        return Verdict(False, score, f"the same wording with other figures: {found.figures:.0%} of them are shared")
    if common >= LITERAL and own > 0 and all(found.opening) and found.pairs >= BRIEF:
        return Verdict(False, score, "an update: each opens with what the other lacks")
    if later and found.opening[later - 1] and found.foreign[later - 1] > found.foreign[2 - later]:
        return Verdict(False, score, "an update: the later page opens with what the earlier lacks")
    return Verdict(True, score, _reason(found, own, common))


def kin(found: Overlap) -> bool:
    """Whether two texts may be copies of one where each is a copy of a third: both spun, or one cut and one spun.

    An update and what it updates are not: of them a good part is the same to the letter and the rest has nothing in common.
    """
    own, common = min(found.foreign), max(found.common)
    if own > KIN_OWN or common < KIN_COMMON:
        return False
    if common >= LITERAL and found.figures is not None and found.figures < _FIGURES:
        return False
    return max(found.literal) < _LITERAL_PARTS


def _reason(found: Overlap, own: float, common: float) -> str:
    most = max(found.foreign)
    words = (
        "nearly the same wording" if common >= 0.9 else "much the same wording" if common >= LITERAL else "the same course in changed words"
    )
    parts = f"all of one text and {1 - most:.0%} of the other" if own == 0 else f"{1 - own:.0%} of one text and {1 - most:.0%} of the other"
    return f"{words}: {common:.0%} of the word pairs; {parts} have their like, stretch by stretch"
