"""Names of people nobody knows that are almost the name of somebody in the news: a note, since a stranger may be called so."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc

from attache.dossier import Finding
from attache.doubt.almost import nearest, nearest_on_page
from attache.doubt.evidence import finding
from attache.knowledge import Knowledge, Person, builtin, fold
from attache.reading import Linked, reading_of
from attache.who.lexicon import words
from attache.who.likeness import taken_apart
from attache.who.variants import clean_name

TRUST = 0.6
"""A stranger of nearly that name is the likelier the less stands beside it; the share that was right on generated damage is higher."""
MOST_WORDS = 5
SHORTEST_SURNAME = 5
PERSON = frozenset({"PERSON", "PER"})


def suggestions(doc: Doc) -> Iterator[Finding]:
    """One note for each such name, with whom it may mean as the reading."""
    knowledge = builtin()
    told: dict[str, tuple[float, Person] | None] = {}
    for start, end in _strangers(doc, knowledge):
        name = clean_name(doc[start:end].text)
        if name not in told:
            told[name] = _meant(name, doc, knowledge)
        near = told[name]
        if near is None:
            continue
        score, person = near
        first, last = doc[start].idx, doc[end - 1].idx + len(doc[end - 1])
        yield finding(
            doc, "corrupted-name", first, last, f"Nobody known is called “{name}”; {person.name} may be meant.",
            severity="note", confidence=TRUST * score, rule="suggested", reading=person.name,
            grounds=[f"“{name}” is a damaged copy of the name with probability {score:.2f}; nothing beside it says who is meant"],
        )  # fmt: skip


def _meant(name: str, doc: Doc, knowledge: Knowledge) -> tuple[float, Person] | None:
    reading = reading_of(doc)
    if len(fold(taken_apart(name)).split()) > 1:
        return nearest(name, reading.published or reading.period, knowledge)
    if len(name) < SHORTEST_SURNAME:
        return None
    named = {link.actor for link in reading.linked if link.kind == "name"}
    return nearest_on_page(name, (knowledge.people[i] for i in sorted(named) if i in knowledge.people), knowledge)


def _strangers(doc: Doc, knowledge: Knowledge) -> Iterator[tuple[int, int]]:
    """Names of people nobody knows, as tokens: those linked to a stranger, and those that the model sees and nothing is linked to."""
    linked = reading_of(doc).linked
    places = [(link.start, link.end) for link in linked if _is_stranger(doc, link, knowledge)]
    taken = {i for link in linked for i in range(link.start, link.end)}
    places += [(ent.start, ent.end) for ent in doc.ents if ent.label_ in PERSON and taken.isdisjoint(range(ent.start, ent.end))]
    for start, end in sorted(places):
        end = _to_the_end(doc, end)
        if end - start <= 2 * MOST_WORDS and 1 <= len(fold(doc[start:end].text).split()) <= MOST_WORDS:
            yield start, end


def _to_the_end(doc: Doc, end: int) -> int:
    """Where a name goes on after hyphens (Ma Yink-jeou), or in a surname that is a month or the like (Therisa May)."""
    while (
        end + 1 < len(doc) and not doc[end - 1].whitespace_ and doc[end].text == "-" and not doc[end].whitespace_ and doc[end + 1].is_alpha
    ):
        end += 2
    return end + int(end < len(doc) and doc[end].is_title and doc[end].lower_ in words().names_after_all)


def _is_stranger(doc: Doc, linked: Linked, knowledge: Knowledge) -> bool:
    actor = reading_of(doc).actors.get(linked.actor)
    return (
        actor is not None and actor.kind == "person" and linked.kind == "name"
        and not linked.mention.repaired and linked.actor not in knowledge.people
    )  # fmt: skip
