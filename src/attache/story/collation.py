"""What a collation consists of: copies of a story laid side by side like an editor's apparatus.

Readings of one place are weighed by *witnesses*. A witness is a distinct text at a distinct outlet: ten papers that print the same
agency text letter by letter, and two pages of one paper, are one each. Within a wording (copies of one text) the witnesses say what
that text said before it was damaged. Between wordings they are independent sources: where those disagree on a figure, a day or a
place, nobody is corrected and a `disputed` finding says who says what.
"""

from __future__ import annotations

from typing import Literal

from attache.dossier import Finding, Model, Span

UnitKind = Literal["name", "number", "date", "quotation"]


class Witness(Model):
    """One page of the story. `wording` is the number of the set of copies it belongs to, from 0."""

    page: int
    uri: str
    outlet: str | None = None
    day: str | None = None
    wording: int
    reliability: float


class Place(Model):
    """Where a reading stands: characters of a page's clean text."""

    page: int
    span: Span


class Reading(Model):
    """What some witnesses have in one place; `votes` counts witnesses, `known` tells that dated knowledge confirms it."""

    text: str
    votes: int
    known: bool = False
    places: list[Place]


class Unit(Model):
    """One name, number, date or quotation, with all its readings, the chosen first, and why it was chosen."""

    kind: UnitKind
    chosen: str
    reason: str
    readings: list[Reading]

    @property
    def varies(self) -> bool:
        """Whether the witnesses differ."""
        return len(self.readings) > 1 or self.chosen != self.readings[0].text


class Row(Model):
    """One sentence of the base, where it stands in the other pages, what varies in it, and its best text."""

    text: str
    best: str
    places: list[Place]
    units: list[Unit]


class Dispute(Model):
    """A disagreement between independent wordings, as a finding on a page."""

    page: int
    finding: Finding


class Version(Model):
    """The copies of one wording, collated against `base`, the most reliable of them."""

    wording: int
    base: int
    rows: list[Row]


class Collation(Model):
    """A story's witnesses, each wording's best text with its variants, and what the wordings dispute."""

    witnesses: list[Witness]
    versions: list[Version]
    disputes: list[Dispute]
