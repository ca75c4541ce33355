"""Collates the copies of a story: lays them beside the most reliable one, sentence by sentence, and chooses each reading."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from attache.dossier import Dossier, Span
from attache.story.aligning import WordMap, in_order
from attache.story.collation import Collation, Place, Row, Unit, Version, Witness
from attache.story.disputes import disputes
from attache.story.readings import Told, chosen
from attache.story.sentences import Sentence, sentences_of
from attache.story.units import Found, units_of


@dataclass(frozen=True)
class Copy:
    """One page made ready for collation."""

    page: int
    dossier: Dossier
    sentences: list[Sentence]
    units: list[Found]
    votes: bool

    @property
    def reliability(self) -> float:
        """How far its wording can be trusted, 0..1."""
        return self.dossier.reliability


def collate(dossiers: Mapping[int, Dossier], wordings: Sequence[Sequence[int]]) -> Collation:
    """Collate a story: its pages by id, and which of them are copies of one text, such as `Story.wordings`.

    Pages that `dossiers` lacks are left out. The result is the same in whatever order the pages come.
    """
    sets = [[_copy(page, dossiers[page], seen) for page in sorted(set(pages)) if page in dossiers]
            for pages in wordings for seen in [set[tuple[str, str | None]]()]]  # fmt: skip
    sets = [copies for copies in sets if copies]
    witnesses = [
        Witness(page=one.page, uri=one.dossier.source.uri, outlet=outlet_of(one.dossier), wording=number, reliability=one.reliability,
                day=one.dossier.date.published or one.dossier.date.best)
        for number, copies in enumerate(sets) for one in copies
    ]  # fmt: skip
    bases = [_base(copies) for copies in sets]
    versions = [
        Version(wording=n, base=base.page, rows=_rows(base, copies)) for n, (base, copies) in enumerate(zip(bases, sets, strict=True))
    ]
    told = [(base.page, base.dossier, version) for base, version in zip(bases, versions, strict=True)]
    return Collation(witnesses=witnesses, versions=versions, disputes=disputes(told))


def outlet_of(dossier: Dossier) -> str | None:
    """The host of a page's address without ``www.``; None for a file."""
    parts = urlsplit(dossier.source.uri) if "://" in dossier.source.uri[:10] else None
    return parts.hostname.removeprefix("www.") if parts and parts.hostname else None


def _copy(page: int, dossier: Dossier, seen: set[tuple[str, str | None]]) -> Copy:
    sentences, mark = sentences_of(dossier.text), (dossier.text, outlet_of(dossier))
    votes = mark not in seen
    seen.add(mark)
    return Copy(page, dossier, sentences, units_of(dossier, sentences), votes)


def _base(copies: Sequence[Copy]) -> Copy:
    return max(copies, key=lambda one: (one.reliability, len(one.dossier.text), -one.page))


def _rows(base: Copy, copies: Sequence[Copy]) -> list[Row]:
    others = [(one, in_order(base.sentences, one.sentences)) for one in copies if one is not base]
    rows = []
    for number, sentence in enumerate(base.sentences):
        beside = [(one, [one.sentences[n] for n in places[number]]) for one, places in others if number in places]
        mapped = [(one, WordMap(sentence, theirs)) for one, theirs in beside]
        inside = [unit for unit in base.units if sentence.start <= unit.start and unit.end <= sentence.end]
        units = [(found, chosen(_told(base, found, mapped))) for found in inside]
        places = [Place(page=base.page, span=Span(start=sentence.start, end=sentence.end))]
        places += [Place(page=one.page, span=Span(start=s.start, end=s.end)) for one, theirs in beside for s in theirs]
        rows.append(Row(text=sentence.text, best=_best(sentence, units), places=places, units=[unit for _, unit in units]))
    return rows


def _told(base: Copy, found: Found, mapped: Sequence[tuple[Copy, WordMap]]) -> list[Told]:
    told = [Told(base.page, found, base.reliability, base.votes)]
    for one, words in mapped:
        span = words.span(found.start, found.end)
        if span is not None:
            told.append(Told(one.page, _unit_at(one, found, *span), one.reliability, one.votes))
    return told


def _unit_at(copy: Copy, found: Found, start: int, end: int) -> Found:
    """What a copy has in a place: the unit of the same kind that it has there, else the bare words."""
    same = (unit for unit in copy.units if unit.kind == found.kind and unit.start < end and start < unit.end)
    if unit := next(same, None):
        return unit
    text = copy.dossier.text[start:end]
    return Found(found.kind, start, end, text, " ".join(re.findall(r"\w+", text.casefold())))


def _best(sentence: Sentence, units: Sequence[tuple[Found, Unit]]) -> str:
    """The sentence with the chosen readings; of a quotation that has other units inside, only those are replaced."""
    text, changed = sentence.text, []
    for found, unit in units:
        inner = any(o is not found and found.start <= o.start and o.end <= found.end for o, _ in units)
        if unit.chosen != found.text and not (found.kind == "quotation" and inner):
            changed.append((found.start - sentence.start, found.end - sentence.start, unit.chosen))
    last = len(text)
    for start, end, reading in sorted(changed, reverse=True):
        if end <= last:
            text, last = text[:start] + reading + text[end:], start
    return text
