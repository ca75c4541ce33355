"""Scores events: sentences with the PLOVER type that a reader gave them, and who did it to whom.

Each row: ``text``, ``event_type``, ``source`` and ``target`` (lists of ``text`` and ``code``); names of types that PLOVER 0.8 has merged
are read as it has them. ``cameo.py`` scores CAMEO rows by the same measures.

A sentence is taken whole: wanted are the types of all its rows, given those of all its events but plain statements, each once. A country is
found where a party of any of its events has it. Direction is counted where an event has both countries of a row: right where they stand
on the row's sides, or together for an act done together.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from spacy.language import Language
from spacy.tokens import Doc

from attache.dossier import Event
from attache.evaluate.forms import Form, GoldFile, Row
from attache.evaluate.measures import Kinds, Measure, Score
from attache.knowledge import builtin
from attache.reading import Reading, reading_of

MERGED = {"FIGHT": "ASSAULT", "DEMAND": "REQUEST", "DISAPPROVE": "ACCUSE", "INVESTIGATE": "ACCUSE"}
"""Types of older drafts of PLOVER, and what became of them."""
_STATEMENT = "01"


@dataclass(frozen=True)
class Wanted:
    """What one sentence is to give: types (or CAMEO roots), and pairs of the countries of source and target."""

    text: str
    types: frozenset[str]
    sides: tuple[tuple[frozenset[str], frozenset[str]], ...]


def score_plover(gold: GoldFile, nlp: Language) -> Score:
    """PLOVER types, countries of actors, and direction."""
    wanted = [plover_row(text, rows) for text, rows in by_text(gold.rows)]
    return compare(gold.path.stem, wanted, nlp.pipe(w.text for w in wanted), coded_by="type")


def compare(name: str, wanted: list[Wanted], docs: Iterable[Doc], coded_by: str) -> Score:
    """Score sentences that the pipeline has read; ``coded_by`` is ``type`` for PLOVER's types, ``root`` for CAMEO's."""
    types, countries, direction = Measure(coded_by, right=0, given=0), Measure("actor countries"), Measure("direction")
    kinds = Kinds(coded_by)
    for sentence, doc in zip(wanted, docs, strict=True):
        reading = reading_of(doc)
        events = [_Sides(event, reading) for event in reading.events]
        given = {code: e for e in events if (code := e.code(coded_by))}
        _types(sentence, given, types, kinds)
        _countries(sentence, events, countries)
        _direction(sentence, events, direction)
    return Score(name, [types, countries, direction, *kinds.measures()], [kinds], "events")


class _Sides:
    """An event with the countries of its two sides."""

    def __init__(self, event: Event, reading: Reading) -> None:
        self.event = event
        self.source, self.target = _held(event.source, reading), _held(event.target, reading)
        self.together = len(event.source) > 1 and not event.target

    def code(self, coded_by: str) -> str | None:
        if coded_by == "type":
            return self.event.plover.type
        code = self.event.cameo or ""
        two_sided = self.together or bool(self.event.source and self.event.target)
        return code[:2] if code and two_sided and not code.startswith(_STATEMENT) else None

    def has(self, source: str, target: str) -> bool | None:
        """Whether the two stand on these sides; None where the event lacks one of them."""
        if not {source, target} <= self.source | self.target:
            return None
        return (source in self.source and target in self.target) or (self.together and {source, target} <= self.source)


def _held(actors: Iterable[str], reading: Reading) -> set[str]:
    """The countries of actors; an actor without one stands for itself."""
    return {(reading.actors[a].country if a in reading.actors else None) or a for a in actors}


def _types(sentence: Wanted, given: dict[str, _Sides], measure: Measure, kinds: Kinds) -> None:
    hits = sentence.types & given.keys()
    missed, extra = sorted(sentence.types - hits), sorted(given.keys() - hits)
    measure.wanted, measure.found = measure.wanted + len(sentence.types), measure.found + len(hits)
    measure.given, measure.right = (measure.given or 0) + len(given), (measure.right or 0) + len(hits)
    measure.missed += [f"{code}: {sentence.text}" for code in missed]
    measure.extra += [f"{code} ({given[code].event.rule}): {sentence.text}" for code in extra]
    for code in hits:
        kinds.count(code, code)
    for at in range(max(len(missed), len(extra))):
        kinds.count(missed[at] if at < len(missed) else None, extra[at] if at < len(extra) else None)


def _countries(sentence: Wanted, events: list[_Sides], measure: Measure) -> None:
    held = {country for e in events for country in e.source | e.target}
    for country in sorted({c for sides in sentence.sides for side in sides for c in side}):
        measure.wanted += 1
        measure.found += country in held
        if country not in held:
            measure.missed.append(f"{country}: {sentence.text}")


def _direction(sentence: Wanted, events: list[_Sides], measure: Measure) -> None:
    """Each pair of countries that an event of the sentence holds is one matched pair; one right event is enough."""
    pairs = {(s, t) for sources, targets in sentence.sides for s in sources for t in targets if s != t}
    for source, target in sorted(pairs):
        answers = [a for e in events if (a := e.has(source, target)) is not None]
        if answers:
            measure.wanted += 1
            measure.found += any(answers)
            if not any(answers):
                measure.missed.append(f"{source} to {target}: {sentence.text}")


def by_text(rows: list[Row]) -> Iterable[tuple[str, list[Row]]]:
    """Each sentence with all of its rows, in the order of the file."""
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row["text"], []).append(row)
    return found.items()


def plover_row(text: str, rows: list[Row]) -> Wanted:
    """What one sentence of a PLOVER file is to give; older names of types are read as the present ones."""
    types = frozenset(str(MERGED.get(row["event_type"], row["event_type"])) for row in rows)
    sides = [tuple(frozenset(countries_of(a["code"] for a in row[side])) for side in ("source", "target")) for row in rows]
    return Wanted(text, types, tuple((s, t) for s, t in sides))


def countries_of(codes: Iterable[str]) -> list[str]:
    """The countries among actor codes; those of organisations, of groups without a country, and slips of the coder are left out."""
    known = {c.iso3 for c in builtin().countries.values()}
    return [code[:3] for code in codes if code and code[:3] in known]


FORM = Form("events (PLOVER)", frozenset({"text", "event_type", "source", "target"}), score_plover)
