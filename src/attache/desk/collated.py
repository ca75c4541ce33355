"""A story's collation made ready to be shown: the best text of each wording in paragraphs, its variants numbered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from attache.desk.veil import shown
from attache.dossier import Dossier
from attache.record import PageRow
from attache.story import collate
from attache.story.collation import Row, Unit, Version

MOST_PAGES = 12
"""Copies that are collated, the soundest of each wording first."""


@dataclass(frozen=True)
class Part:
    """Some words of the best text; `note` is the number of the variant they are the chosen reading of."""

    text: str
    note: int | None = None


@dataclass(frozen=True)
class Other:
    """A reading that was not chosen, and the pages that have it; `text` is empty where they have nothing in its place."""

    text: str
    pages: tuple[int, ...]


@dataclass(frozen=True)
class Choice:
    """A place where the copies differ: the reading chosen, why, and the others."""

    number: int
    kind: str
    chosen: str
    reason: str
    others: tuple[Other, ...]


@dataclass(frozen=True)
class Collated:
    """The best text of one wording, after the page `base`, in paragraphs."""

    wording: int
    base: int
    pages: tuple[int, ...]
    paragraphs: tuple[tuple[Part, ...], ...]
    choices: tuple[Choice, ...]


@dataclass(frozen=True)
class Disputed:
    """Independent wordings that contradict one another, as a page has it."""

    page: int
    kind: str
    text: str
    message: str
    grounds: tuple[str, ...]


@dataclass(frozen=True)
class Readings:
    """What a collation says: wordings told by more than one page, what the wordings dispute, and the names of the pages."""

    wordings: tuple[Collated, ...]
    disputes: tuple[Disputed, ...]
    names: dict[int, str]


def readings(pages: Sequence[PageRow], dossiers: Mapping[int, Dossier]) -> Readings:
    """Collate the pages of a story."""
    sets: dict[int, list[int]] = {}
    for one in pages:
        sets.setdefault(one.wording or -one.id, []).append(one.id)
    collation = collate(dossiers, list(sets.values()))
    members: dict[int, list[int]] = {}
    for witness in collation.witnesses:
        members.setdefault(witness.wording, []).append(witness.page)
    told = [_collated(one, members[one.wording], dossiers[one.base].text) for one in collation.versions if len(members[one.wording]) > 1]
    disputes = tuple(
        Disputed(d.page, d.finding.kind, d.finding.text, d.finding.message, tuple(d.finding.grounds)) for d in collation.disputes
    )
    return Readings(tuple(told), disputes, {p.id: p.outlet or shown(p.uri) for p in pages})


def _collated(version: Version, pages: Sequence[int], text: str) -> Collated:
    paragraphs: list[list[Part]] = []
    choices: list[Choice] = []
    end = -1
    for row in version.rows:
        span = row.places[0].span
        if not paragraphs or "\n" in text[max(end, 0) : span.start]:
            paragraphs.append([])
        elif paragraphs[-1]:
            paragraphs[-1].append(Part(" "))
        paragraphs[-1] += _parts(row, choices)
        end = span.end
    return Collated(version.wording, version.base, tuple(pages), tuple(map(tuple, paragraphs)), tuple(choices))


def _parts(row: Row, choices: list[Choice]) -> Iterator[Part]:
    """The sentence's best text, cut at the readings that were chosen; their places are looked for from left to right."""
    at = 0
    for unit in (unit for unit in row.units if unit.varies):
        found = row.best.find(unit.chosen, at)
        if found < 0:
            continue
        if found > at:
            yield Part(row.best[at:found])
        at = found + len(unit.chosen)
        choices.append(_choice(unit, len(choices) + 1))
        yield Part(unit.chosen, len(choices))
    if at < len(row.best):
        yield Part(row.best[at:])


def _choice(unit: Unit, number: int) -> Choice:
    others = (
        Other(" ".join(one.text.split()), tuple(dict.fromkeys(place.page for place in one.places)))
        for one in unit.readings
        if one.text != unit.chosen
    )
    return Choice(number, unit.kind, unit.chosen, unit.reason, tuple(others))
