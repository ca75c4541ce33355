"""The clean text of a page cut into runs, each with the marks that lie on it and the judgements that changed them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from attache.dossier import Dossier
from attache.record import Verdict
from attache.show.marks import Piece, pieces

SEVERITIES = ("error", "warning", "note")


@dataclass(frozen=True)
class Run:
    """Characters under the same marks.

    `marks` are class names the style sheet knows: the kind of actor, ``time``, ``place``, ``trigger``, ``doubt`` and its severity,
    ``w3`` for the words of event 3. `opens` are anchors that lie before the run, `notes` the numbers of findings that end with it.
    """

    text: str
    marks: tuple[str, ...]
    actor: str | None
    title: str | None
    struck: bool
    reading: str | None
    opens: tuple[str, ...]
    notes: tuple[int, ...]


def runs(dossier: Dossier, verdicts: Mapping[tuple[int | None, int | None], Verdict]) -> Iterator[Run]:
    """The whole text in order; joined, the runs' texts are the text. `verdicts`: those on links and repairs, by their characters."""
    seen: set[str] = set()
    at = 0
    for piece in pieces(dossier):
        end = at + len(piece.text)
        refused = _refused(dossier, piece, at, end, verdicts)
        yield _run(dossier, piece, refused, seen)
        at = end


def _refused(dossier: Dossier, piece: Piece, at: int, end: int, verdicts: Mapping[tuple[int | None, int | None], Verdict]) -> bool:
    """Whether a person rejected that these words name this actor."""
    if piece.actor is None or not verdicts:
        return False
    covering = (m.span for m in dossier.actors[piece.actor].mentions if m.span.start <= at and end <= m.span.end)
    return any(verdicts.get((span.start, span.end)) == "reject" for span in covering)


def _run(dossier: Dossier, piece: Piece, refused: bool, seen: set[str]) -> Run:
    actor = dossier.actors[piece.actor] if piece.actor is not None and not refused else None
    marks = [f"w{event}" for event in piece.events]
    if actor is not None:
        marks += ["who", actor.kind]
    elif refused:
        marks.append("refused")
    elif piece.agreement is not None:
        marks.append("agreement")
    marks += [name for name, on in (("trigger", piece.trigger), ("time", piece.time), ("place", piece.place)) if on]
    severities = {dossier.findings[number].severity for number in piece.findings}
    if severities:
        marks += ["doubt", next(s for s in SEVERITIES if s in severities)]
    opens = [f"at-e{event}" for event in piece.opening] + ([f"at-a{piece.actor}"] if piece.actor is not None else [])
    fresh = tuple(dict.fromkeys(name for name in opens if name not in seen))
    seen.update(fresh)
    title = f"{actor.name}, {actor.office}" if actor and actor.office else actor.name if actor else None
    return Run(
        piece.text, tuple(marks), actor.id if actor else None, title, piece.struck and not refused, None if refused else piece.repaired,
        fresh, piece.closing,
    )  # fmt: skip
