"""What a scorer counts: measures with recall and precision, kinds with their confusions, and the score of one gold file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

NONE = "(none)"
"""Stands for a kind that is missing on one side: nothing was wanted there, or nothing was given."""


@dataclass
class Measure:
    """One line of the table: how many of the wanted were found; with a precision where the gold is exhaustive."""

    name: str
    found: int = 0
    wanted: int = 0
    right: int | None = None
    given: int | None = None
    missed: list[str] = field(default_factory=list)
    extra: list[str] = field(default_factory=list)

    @property
    def recall(self) -> float | None:
        """Share of the wanted that was found; None where nothing was wanted."""
        return self.found / self.wanted if self.wanted else None

    @property
    def precision(self) -> float | None:
        """Share of the given that is right; None where it is not measured."""
        return self.right / self.given if self.given and self.right is not None else None

    @property
    def f1(self) -> float | None:
        """Harmonic mean of the two; None where either is not measured."""
        if self.recall is None or self.given is None or self.right is None:
            return None
        both = self.recall + (self.precision or 0.0)
        return 2 * self.recall * (self.precision or 0.0) / both if both else 0.0

    @property
    def share(self) -> float | None:
        """The figure that a floor holds: F1 where there is one, else recall."""
        return self.recall if self.f1 is None else self.f1

    def add(self, other: Measure) -> Measure:
        """The sum of two pages' measures."""
        right = None if self.right is None and other.right is None else (self.right or 0) + (other.right or 0)
        given = None if self.given is None and other.given is None else (self.given or 0) + (other.given or 0)
        return Measure(self.name, self.found + other.found, self.wanted + other.wanted, right, given)


@dataclass
class Kinds:
    """Pairs of the kind wanted and the kind given: figures a kind, and the table of confusions.

    ``count("CONSULT", "AGREE")`` is a confusion, ``count("CONSULT", None)`` a miss, ``count(None, "AGREE")`` one too many.
    """

    name: str
    pairs: Counter[tuple[str, str]] = field(default_factory=Counter)

    def count(self, wanted: str | None, given: str | None) -> None:
        """Note one pair."""
        self.pairs[wanted or NONE, given or NONE] += 1

    def measures(self) -> list[Measure]:
        """One measure a kind that was wanted or given, ``NAME KIND``, in the order of the alphabet."""
        return [self._measure(kind) for kind in self._kinds()]

    def _kinds(self) -> list[str]:
        return sorted({kind for pair in self.pairs for kind in pair} - {NONE})

    def _measure(self, kind: str) -> Measure:
        hits = self.pairs[kind, kind]
        wanted = sum(n for (w, _), n in self.pairs.items() if w == kind)
        given = sum(n for (_, g), n in self.pairs.items() if g == kind)
        return Measure(f"{self.name} {kind}", hits, wanted, hits, given)

    def table(self) -> tuple[list[str], list[tuple[str, list[int]]]]:
        """The kinds given, and a row a kind wanted with how often it was taken for each of them."""
        columns = [*self._kinds(), NONE]
        rows = [(wanted, [self.pairs[wanted, given] for given in columns]) for wanted in columns]
        return columns, [(name, counts) for name, counts in rows if any(counts)]


@dataclass(frozen=True)
class Score:
    """The figures of one page or one gold file; ``form`` says which kind of gold it is."""

    name: str
    measures: list[Measure]
    kinds: list[Kinds] = field(default_factory=list)
    form: str = "dispatches"


def total(scores: Iterable[Score]) -> Score:
    """The sum over pages, of measures and of kinds."""
    sums: dict[str, Measure] = {}
    kinds: dict[str, Kinds] = {}
    for page in scores:
        for of in page.kinds:
            kinds.setdefault(of.name, Kinds(of.name)).pairs.update(of.pairs)
        for measure in page.measures:
            sums[measure.name] = sums[measure.name].add(measure) if measure.name in sums else measure.add(Measure(measure.name))
    return Score("total", list(sums.values()), list(kinds.values()))
