"""Full names of people nobody knows that are almost the name of a leader of those years: a note, since a stranger may be called so."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from functools import lru_cache

from spacy.tokens import Doc

from attache.dossier import Finding
from attache.doubt.evidence import finding
from attache.knowledge import Knowledge, Person, builtin, fold
from attache.reading import Days, Linked, reading_of
from attache.who.lexicon import spelling
from attache.who.namesakes import one_person, widened
from attache.who.period import NOTABLE
from attache.who.variants import chance, clean_name, forms_of

LIKELY = 0.95
"""How probable it must be that the name is a damaged one, where both are as likely beforehand."""
MARGIN = 0.1
"""By how much the best must beat the next."""
SHORTEST = 9
"""Letters of a name; of shorter ones too many differ by a letter."""
YEARS = timedelta(days=5 * 365)
"""So long before and after an office its holder is in the news."""
TRUST = 0.6
"""A stranger of nearly that name is the likelier the less stands beside it; the share that was right on generated damage is higher."""


def suggestions(doc: Doc) -> Iterator[Finding]:
    """One note for each such name, with whom it may mean as the reading."""
    reading = reading_of(doc)
    knowledge = builtin()
    told: dict[str, tuple[float, Person] | None] = {}
    for linked in reading.linked:
        if not _is_stranger(doc, linked, knowledge):
            continue
        name = clean_name(doc[linked.start : linked.end].text)
        if name not in told:
            told[name] = nearest(name, reading.published or reading.period, knowledge)
        near = told[name]
        if near is None:
            continue
        score, person = near
        start, end = doc[linked.start].idx, doc[linked.end - 1].idx + len(doc[linked.end - 1])
        yield finding(
            doc, "corrupted-name", start, end, f"Nobody known is called “{name}”; {person.name} may be meant.",
            severity="note", confidence=TRUST * score, rule="suggested", reading=person.name,
            grounds=[f"“{name}” is a damaged copy of the name with probability {score:.2f}; nothing beside it says who is meant"],
        )  # fmt: skip


def _is_stranger(doc: Doc, linked: Linked, knowledge: Knowledge) -> bool:
    actor = reading_of(doc).actors.get(linked.actor)
    if actor is None or actor.kind != "person" or linked.kind != "name" or linked.mention.repaired or linked.actor in knowledge.people:
        return False
    words = fold(doc[linked.start : linked.end].text).split()
    return 2 <= len(words) <= 4 and sum(map(len, words)) >= SHORTEST


def nearest(name: str, period: Days | None, knowledge: Knowledge) -> tuple[float, Person] | None:
    """The one leader of those years whose name this nearly is; None where somebody bears it as written, or two are as near."""
    alike = [person for person in _alike(name, knowledge) if _in_the_news(person, period, knowledge)]
    ranked = sorted(((chance(name, person), person.id, person) for person in alike), reverse=True)
    if any(_transliterated(name, person) for _, _, person in ranked):
        return None
    if not ranked or not LIKELY <= ranked[0][0] < 1.0:
        return None
    score, _, person = ranked[0]
    rival = next((other for other, _, someone in ranked[1:] if not one_person(someone, person)), 0.0)
    return (score, person) if score - rival >= MARGIN else None


@lru_cache(maxsize=8192)
def _alike(name: str, knowledge: Knowledge) -> tuple[Person, ...]:
    """Who is called nearly so and shares a word of the name or all its letters; nobody where somebody is called just so."""
    if knowledge.people_named(name):
        return ()
    words = fold(name).split()
    near = [candidate.person for candidate in knowledge.similar(name, 12, 0.75)]
    kept = [p for p in near if not set(words).isdisjoint(fold(p.name).split()) or "".join(words) == "".join(fold(p.name).split())]
    return tuple(kept)


def _transliterated(name: str, person: Person) -> bool:
    """Whether the two differ in vowels alone, as names from other scripts do from paper to paper: Iyad Allawi, Ayad Allawi."""
    if person.country in spelling().latin:
        return False
    return any(_consonants(name) == _consonants(form) for form in forms_of(person))


def _consonants(name: str) -> str:
    return "".join(c for c in fold(name) if c not in "aeiouywh ")


def _in_the_news(person: Person, period: Days | None, knowledge: Knowledge) -> bool:
    """Whether the person held a notable office in those years; on a page of no known day, at any time."""
    held = knowledge.tenures_of(person.id, widened(period, YEARS) if period else None)
    return any(tenure.office.kind in NOTABLE for tenure in held)
