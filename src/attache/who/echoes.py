"""What the page itself says again: surnames of people already named, their damaged forms, names glued to a word."""

from __future__ import annotations

from collections.abc import Iterator

from attache.knowledge import Person, fold, name_similarity
from attache.reading import Linked
from attache.who.ledger import Claim, Ledger
from attache.who.lexicon import words
from attache.who.spans import is_namey
from attache.who.variants import clean_name, resemblance, same_spelling

NEAR = 0.86
"""How alike a damaged name must be to that of somebody on the page."""
NEAR_GLUED = 0.72
"""The same for the part of a glued word, where country or office agrees too."""
SHORTEST = 5
"""Shorter words look like too many others."""


def propagate(ledger: Ledger) -> None:
    """Link what repeats the name of somebody the page names, wherever it stands, then what nearly does."""
    for nearly in (False, True):
        for start, end in ledger.runs():
            _echo_in(ledger, start, end, nearly)
    _common_surnames(ledger)
    _glued_names(ledger)


def _common_surnames(ledger: Ledger) -> None:
    """ "May told reporters": a surname that is also a month or the like, where the model sees a person and the page names one."""
    for ent in ledger.doc.ents:
        if ent.label_ in {"PERSON", "PER"} and len(ent) == 1 and ent.text.lower() in words().names_after_all:
            bearers = [person for person in ledger.people.values() if _is_last(ent.text, person)]
            if len(bearers) == 1:
                claim = Claim("name", "propagation", 0.8, f"{bearers[0].name} is named elsewhere on the page")
                ledger.link(ent.start, ent.end, bearers[0].id, claim)


def _echo_in(ledger: Ledger, start: int, end: int, nearly: bool) -> None:
    """Link the longest echo in a run of name words."""
    for length in range(end - start, 0, -1):
        for first in range(start, end - length + 1):
            if _echo(ledger, first, first + length, nearly):
                return


def _echo(ledger: Ledger, start: int, end: int, nearly: bool) -> bool:
    text = ledger.tokens.between(start, end)
    if len(text) == 1:
        return False  # "I" is no surname
    if nearly:
        return _near_echo(ledger, start, end, text)
    people = [person for person in ledger.people.values() if _names(ledger, text, person)]
    if people:
        person = min(people, key=lambda p: _distance(ledger, p.id, start))
        claim = Claim("name", "propagation", 0.9, f"{person.name} is named elsewhere on the page")
        return ledger.link(start, end, person.id, claim)
    return _same_damage(ledger, start, end, text) or _same_stranger(ledger, start, end, text)


def _names(ledger: Ledger, text: str, person: Person) -> bool:
    """Whether the words are the full name or the family name of a person."""
    if not same_spelling(text, person):
        return False
    return (
        " " in text.strip() or any(p.id == person.id for p in ledger.knowledge.people_surnamed(clean_name(text))) or _is_last(text, person)
    )


def _is_last(text: str, person: Person) -> bool:
    only = Person(person.id, person.name.split()[-1])
    return same_spelling(text, only)


def _distance(ledger: Ledger, actor: str, start: int) -> tuple[int, int]:
    """How far back the person was named; those named only later come last."""
    before = [start - link.start for link in ledger.reading.linked if link.actor == actor and link.start < start]
    return (0, min(before)) if before else (1, 0)


def _same_damage(ledger: Ledger, start: int, end: int, text: str) -> bool:
    """The same damaged surname again: "Dragon" after "Mario Dragon" was read as Mario Draghi."""
    for link in _names_of_people(ledger):
        if link.repaired_from and fold(text) in {" ".join(fold(link.repaired_from).split()[-n:]) for n in range(1, 5)}:
            claim = Claim("name", "propagation", 0.8, f"the same damage as in {link.repaired_from!r}", True)
            return ledger.link(start, end, link.actor, claim)
    return False


def _same_stranger(ledger: Ledger, start: int, end: int, text: str) -> bool:
    """The last word or all of the name of somebody unknown."""
    strangers = (a for a in ledger.reading.actors.values() if a.kind == "person" and a.id not in ledger.people)
    bearers = [a for a in strangers if fold(text) in (fold(a.name), fold(a.name).split()[-1])]
    if not bearers:
        return False
    actor = min(bearers, key=lambda a: _distance(ledger, a.id, start))
    return ledger.link(start, end, actor.id, Claim("name", "propagation", 0.6, f"{actor.name} is named elsewhere on the page"))


def _names_of_people(ledger: Ledger) -> Iterator[Linked]:
    return (link for link in list(ledger.reading.linked) if link.kind == "name" and link.actor in ledger.people)


def _near_echo(ledger: Ledger, start: int, end: int, text: str) -> bool:
    """A damaged repetition: a proper noun that nobody else bears and that occurs nowhere as a common word."""
    if len(text) < SHORTEST or not _stands_for_somebody(ledger, start, end):
        return False
    if ledger.knowledge.people_named(text) if end > start + 1 else ledger.knowledge.people_surnamed(clean_name(text)):
        return False
    scored = sorted(((_likeness(text, person), person.id) for person in ledger.people.values()), reverse=True)
    if not scored or scored[0][0] < NEAR or (len(scored) > 1 and scored[0][0] - scored[1][0] < 0.05):
        return False
    person = ledger.people[scored[0][1]]
    reason = f"{scored[0][0]:.2f} like {person.name}, who is named elsewhere on the page"
    return ledger.link(start, end, person.id, Claim("name", "propagation", 0.4 + scored[0][0] / 2, reason, True))


def _likeness(text: str, person: Person) -> float:
    if " " in text.strip():
        return resemblance(text, person)
    return name_similarity(clean_name(text), person.name.split()[-1])


def _stands_for_somebody(ledger: Ledger, start: int, end: int) -> bool:
    tokens = ledger.doc[start:end]
    common = any(token.lower_ in ledger.common_words for token in tokens if token.lower_ not in words().particles)
    proper = all(
        token.pos_ == "PROPN" or token.ent_type_ in {"PERSON", "PER"} or token.lower_ in words().particles or token.is_punct
        for token in tokens
    )
    return proper and not common and not any(token.ent_type_ in {"LOC", "GPE", "NORP"} for token in tokens)


def _glued_names(ledger: Ledger) -> None:
    """ "the US Brinkinside": a capitalised word nobody knows, part of it a surname of the page, after that person's country."""
    for token in (ledger.doc[i] for i in ledger.name_starts):
        if ledger.taken[token.i] or not is_namey(token) or len(token) < SHORTEST + 3 or ledger.knowledge.people_surnamed(token.text):
            continue
        before = ledger.reading_at(token.i - 1)
        if before is None or before.actor not in ledger.reading.actors:
            continue
        country = ledger.reading.actors[before.actor].country
        best = max(
            ((_glued_score(token.lower_, person), key) for key, person in ledger.people.items() if country_of(ledger, key) == country),
            default=(0.0, ""),
        )
        if country is None or best[0] < NEAR_GLUED:
            continue
        person = ledger.people[best[1]]
        reason = f"a part of the word is {best[0]:.2f} like {person.name}, whose country stands before it"
        ledger.link(token.i, token.i + 1, person.id, Claim("name", "propagation", 0.4 + best[0] / 3, reason, True))


def country_of(ledger: Ledger, actor: str) -> str | None:
    """The country of an actor on the page."""
    return ledger.reading.actors[actor].country


def _glued_score(word: str, person: Person) -> float:
    """How much a word without its glued tail looks like the surname; 0 where the tail is an ordinary ending of names."""
    surname = fold(person.name).split()[-1]
    if word.startswith(surname):
        rest = word[len(surname) :]
        return 1.0 if len(rest) >= 3 and rest not in words().derived else 0.0
    heads = [word.removesuffix(tail) for tail in words().glued if word.endswith(tail) and len(word) > len(tail) + 3]
    return max((name_similarity(head, surname) for head in heads), default=0.0)
