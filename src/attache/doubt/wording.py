"""What the wording of a whole page looks like, in a few numbers: the signals of the detector of spun pages."""

from __future__ import annotations

from dataclasses import dataclass, field

from attache.doubt.collocations import collocations, originals, runs_of
from attache.doubt.lexicon import words

VOWELS = frozenset("aeio")
UNLIKELY = -0.35
RARE = 3
LOOKED_AT = 4000  # characters: what is spun is spun throughout, and long pages shall not cost more
STRONG = 4


@dataclass
class Wording:
    """Sums over the pairs of neighbouring words of a page, and the oddest of them for the reasons."""

    pairs: int = 0
    plain: int = 0
    """Pairs of which neither is a small word."""
    mixed: int = 0
    """Pairs of which one is."""
    bond_plain: float = 0.0
    bond_small: float = 0.0
    words: int = 0
    """Words that are not small."""
    rare: int = 0
    """Of these, those that the table has never or hardly seen."""
    level: int = 0
    """How common they are, the binary digits of their counts summed."""
    odd: list[str] = field(default_factory=list)
    """Pairs that would have been seen together if they went together."""
    clashing: list[str] = field(default_factory=list)
    """``a`` before a vowel, ``an`` before none, small words that never meet: what a swapped word leaves behind."""
    swapped: list[str] = field(default_factory=list)
    """Words that look as if they stood for a commoner one, with that one."""

    @property
    def unlikely(self) -> int:
        """How many odd pairs."""
        return len(self.odd)

    @property
    def clashes(self) -> int:
        """How many pairs that clash."""
        return len(self.clashing)

    @property
    def traces(self) -> int:
        """How many words that stand for others."""
        return len(self.swapped)


def wording_of(text: str) -> Wording:
    """The signals of a text; its capitalised words, figures and marks are left out of account."""
    found = Wording()
    for run in runs_of(text[:LOOKED_AT]):
        _count(run, found)
    return found


def _count(run: list[str], found: Wording) -> None:
    table, small, turned = collocations(), words("small_words"), originals()
    before, previous, is_small, bond_before = "", "", True, 0.0
    for word in run:
        own, own_small = table.words.get(word, 0), word in small
        bond = 0.0
        if previous:
            bond = table.bond(previous, word)
            found.pairs += 1
            if not (is_small and own_small):  # grammar puts any two of them side by side
                if is_small or own_small:
                    found.mixed += 1
                    found.bond_small += bond
                else:
                    found.plain += 1
                    found.bond_plain += bond
                if bond < UNLIKELY:
                    found.odd.append(f"{previous} {word}")
            if is_small and _clash(previous, word):
                found.clashing.append(f"{previous} {word}")
            if bond_before <= 0 and bond <= 0 and previous in turned:
                _trace(found, before, previous, word)
        if not own_small:
            found.words += 1
            found.rare += own < RARE
            found.level += own.bit_length()
        before, previous, is_small, bond_before = previous, word, own_small, bond


def _trace(found: Wording, before: str, word: str, after: str) -> None:
    """A word that has no bond to its neighbours, while a commoner word for which it may stand has."""
    pairs = collocations().pairs
    for other in originals()[word]:
        seen = pairs.get(f"{before} {other}", 0), pairs.get(f"{other} {after}", 0)
        if max(seen) >= STRONG or min(seen) >= 2:
            found.swapped.append(f"{word} for {other}")
            return


def _clash(first: str, second: str) -> bool:
    if first == "a":
        return (second[0] in VOWELS and not second.startswith(("eu", "one", "once", "ewe"))) or second in ("a", "the", "an")
    if first == "an":
        return second[0] not in "aeiouh"
    return first == second and first in words("never_doubled") or f"{first} {second}" in words("never_together")
