"""The clean text cut into pieces, each with all that covers it: what both reading views paint."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from attache.dossier import Dossier, Span


@dataclass(frozen=True)
class Piece:
    """A stretch of text covered by the same marks; numbers are indices into the dossier's lists."""

    text: str
    actor: int | None = None
    agreement: int | None = None
    repaired: str | None = None
    """The right name, on the last piece of a repaired mention."""
    struck: bool = False
    findings: tuple[int, ...] = ()
    closing: tuple[int, ...] = ()
    """Findings that end here: where their number is set."""
    events: tuple[int, ...] = ()
    opening: tuple[int, ...] = ()
    """Events whose trigger begins here."""
    trigger: bool = False
    place: bool = False
    time: bool = False


@dataclass(frozen=True)
class _Layer:
    kind: str
    index: int
    span: Span
    note: str | None = None


def pieces(dossier: Dossier) -> Iterator[Piece]:
    """The whole text in order; joined, the pieces' texts are the text."""
    layers = [layer for layer in _layers(dossier) if 0 <= layer.span.start < layer.span.end <= len(dossier.text)]
    starts: dict[int, list[_Layer]] = defaultdict(list)
    for layer in layers:
        starts[layer.span.start].append(layer)
    cuts = sorted({0, len(dossier.text), *(c for layer in layers for c in (layer.span.start, layer.span.end))})
    active: list[_Layer] = []
    for start, end in zip(cuts, cuts[1:], strict=False):
        active = [layer for layer in active if layer.span.end > start] + starts[start]
        yield _piece(dossier.text[start:end], start, end, active)


def _layers(dossier: Dossier) -> Iterator[_Layer]:
    for number, actor in enumerate(dossier.actors):
        for mention in actor.mentions:
            yield _Layer("actor", number, mention.span, actor.name if mention.repaired else None)
    for number, agreement in enumerate(dossier.agreements):
        yield from (_Layer("agreement", number, mention.span) for mention in agreement.mentions)
    for number, finding in enumerate(dossier.findings):
        if finding.span:
            yield _Layer("finding", number, finding.span)
    for number, event in enumerate(dossier.events):
        yield _Layer("event", number, event.span)
        yield _Layer("trigger", number, event.trigger)
    yield from (_Layer("place", number, place.span) for number, place in enumerate(dossier.places))
    yield from (_Layer("time", number, time.span) for number, time in enumerate(dossier.times))


def _piece(text: str, start: int, end: int, active: list[_Layer]) -> Piece:
    def of(kind: str) -> list[_Layer]:
        return [layer for layer in active if layer.kind == kind]

    actors, agreements, findings = of("actor"), of("agreement"), of("finding")
    repair = next((layer for layer in actors if layer.note), None)
    return Piece(
        text,
        actor=actors[0].index if actors else None,
        agreement=agreements[0].index if agreements else None,
        repaired=repair.note if repair and repair.span.end == end else None,
        struck=repair is not None,
        findings=tuple(layer.index for layer in findings),
        closing=tuple(layer.index for layer in findings if layer.span.end == end),
        events=tuple(layer.index for layer in of("event")),
        opening=tuple(layer.index for layer in of("trigger") if layer.span.start == start),
        trigger=bool(of("trigger")),
        place=bool(of("place")),
        time=bool(of("time")),
    )
