"""Scores the repair of names: JSON lines with a damaged or correct name in a sentence, its office and day, and who is meant.

Each row: ``type`` (``repair`` or ``leave``), ``sentence``, ``mention``, ``date``, and for a repair ``gold`` with ``gold_aliases`` (``|``
between). Right is a link to a person of that name in an accepted spelling, or in one that the table lacks: a likeness of at least
``SAME`` to a holder of an office of the row's country on its day. A second pass takes the true person out of the knowledge base: every
repair is then wrong.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from spacy.language import Language
from spacy.tokens import Doc

from attache.evaluate.forms import Form, GoldFile, Row, language_of
from attache.evaluate.measures import Measure, Score
from attache.knowledge import Candidate, Knowledge, Person, Tenure
from attache.knowledge.packaged import database
from attache.knowledge.store import Store
from attache.reading import Days, Linked, reading_of
from attache.who.component import Who
from attache.who.variants import chance, forms_of, same_spelling

SAME = 0.9
"""How alike the gold's name and the table's must be where they are spelled in two ways: "Felix Tschisekedi", "Félix Tshisekedi"."""


class Lacking(Knowledge):
    """The built-in knowledge base without some people."""

    def __init__(self) -> None:
        super().__init__(Store(database()))
        self.gone: set[str] = set()

    def people_named(self, name: str) -> list[Person]:
        """As in :class:`Knowledge`, less those gone; likewise below."""
        return [p for p in super().people_named(name) if p.id not in self.gone]

    def people_surnamed(self, surname: str) -> list[Person]:
        return [p for p in super().people_surnamed(surname) if p.id not in self.gone]

    def similar(self, name: str, limit: int = 10, floor: float = 0.6) -> list[Candidate]:
        return [c for c in super().similar(name, limit, floor) if c.person.id not in self.gone]

    def holders(self, office_id: str, on: Days | None = None) -> list[Tenure]:
        return [t for t in super().holders(office_id, on) if t.person not in self.gone]


def score_repair(gold: GoldFile, nlp: Language) -> Score:
    """The measures of one gold file; of ``nlp`` the language part is used."""
    rows = gold.rows
    linked, left = Measure("linked to the right person"), Measure("left alone")
    wrong, removed = Measure("wrong repairs"), Measure("wrong repairs, the true person removed")
    knowledge = Lacking()
    with language_of(nlp):
        docs = list(nlp.pipe(row["sentence"] for row in rows))
    for row, doc in zip(rows, docs, strict=True):
        knowledge.gone = set()
        links = _links(row, doc.copy(), knowledge)
        if row["type"] == "leave":
            left.wanted, left.found = left.wanted + 1, left.found + (not any(k.mention.repaired for k in links))
            continue
        names = [n for n in (row["gold"], *row["gold_aliases"].split("|")) if n]
        right = any(_is(knowledge, link, names, row) for link in links)
        _count(linked, right, row, [] if right else linked.missed)
        bad = not right and any(k.mention.repaired for k in links)
        _count(wrong, bad, row, wrong.extra if bad else [])
        knowledge.gone = set(_bearers(knowledge, names, row))
        again = [k for k in _links(row, doc.copy(), knowledge) if k.mention.repaired and not _is(knowledge, k, names, row)]
        _count(removed, bool(again), row, removed.extra if again else [])
    return Score(gold.path.stem, [linked, wrong, left, removed], form=FORM.name)


def _count(measure: Measure, yes: bool, row: Row, lines: list[str]) -> None:
    measure.wanted += 1
    measure.found += yes
    lines.append(f"{row['mention']} ({row['gold']}): {row['sentence']}")


def _links(row: Row, doc: Doc, knowledge: Knowledge) -> list[Linked]:
    """What the who room makes of the words of the mention."""
    reading = reading_of(doc)
    day = date.fromisoformat(row["date"])
    reading.published = Days(day, day)
    Who(knowledge)(doc)
    start = row["sentence"].find(row["mention"])
    end = start + len(row["mention"])
    return [k for k in reading.linked if k.kind == "name" and k.mention.span.start < end and k.mention.span.end > start]


def _is(knowledge: Knowledge, link: Linked, names: list[str], row: Row) -> bool:
    person = knowledge.people.get(link.actor)
    return person is not None and means(knowledge, names, person, row)


def means(knowledge: Knowledge, names: list[str], person: Person, row: Row) -> bool:
    """Whether a person of the table is the one that a row means, by one of the gold's names."""
    plain = [name.replace('"', "") for name in names]
    if any(same_spelling(name, Person(person.id, form)) for name in plain for form in (f.replace('"', "") for f in forms_of(person))):
        return True
    day = date.fromisoformat(row["date"])
    there = any(t.office.where == row["org"] for t in knowledge.tenures_of(person.id, Days(day, day)))
    return there and max(chance(name, person) for name in plain) >= SAME


def _bearers(knowledge: Knowledge, names: list[str], row: Row) -> Iterator[str]:
    """Everybody whom the gold name may mean."""
    for name in names:
        found = [*knowledge.people_named(name), *(c.person for c in knowledge.similar(name, 5, 0.8))]
        yield from (p.id for p in found if means(knowledge, names, p, row))


FORM = Form("names", frozenset({"type", "sentence", "mention", "date", "office"}), score_repair)
