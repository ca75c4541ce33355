"""People: titled names first, then full names, entities and the bare surnames of leaders."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from attache.knowledge import Person, fold
from attache.reading import Days
from attache.who.ledger import Claim, Ledger
from attache.who.lexicon import words
from attache.who.linking import Choice, another_leader, by_name, by_office, suggestion
from attache.who.namesakes import notability
from attache.who.spans import NUMERAL, POSSESSIVES, is_namey, opens_dateline
from attache.who.titled import Titled
from attache.who.variants import clean_name

BARE_RANK = 3
"""A bare surname speaks only for kinds of office up to this one of the list of notable kinds."""

OF_LATE = Days(date(1990, 1, 1), None)
"""Days of a page that says nothing of its own: Ford is no president there."""

NAME_TAGS = frozenset({"PROPN", "NOUN", "ADJ", "X"})
"""What a damaged name is tagged as."""


def link_titled(ledger: Ledger, names: Sequence[Titled]) -> None:
    """Link the names beside an office; those whose holder is not known become strangers, never repaired."""
    for titled in names:
        if not ledger.free(titled.start, titled.end):
            continue
        choice = by_office(titled, ledger.period, ledger.knowledge) or another_leader(titled, ledger.period, ledger.knowledge)
        if choice is None and titled.where is None and not titled.former:
            choice = _leader_anywhere(ledger, titled)
        if choice is not None:
            _link_choice(ledger, titled, choice)
        elif not _known_on_page(ledger, titled):
            _link_stranger(ledger, titled)


def _leader_anywhere(ledger: Ledger, titled: Titled) -> Choice | None:
    """A surname that only one leader of the days has: "Secretary Kerry", where the page names no country."""
    person = bare_leader(ledger, clean_name(titled.text)) if titled.end == titled.start + 1 and ledger.period else None
    if person is None:
        return None
    return Choice(person, 1.0, False, 0.7, f"the only leader of these days with this surname: {person.name}")


def _link_choice(ledger: Ledger, titled: Titled, choice: Choice) -> None:
    office = None if titled.former or titled.coming else choice.office
    actor = ledger.person(choice.person, office)
    claim = Claim(
        "name", "title", choice.confidence, choice.reason, choice.repaired, office.id if office else None, titled.office_span
    )  # fmt: skip
    ledger.link(titled.start, titled.end, actor, claim)


def _known_on_page(ledger: Ledger, titled: Titled) -> bool:
    """Whether a bare surname is that of somebody already named: left to what looks back over the page."""
    return titled.end - titled.start == 1 and any(
        clean_name(titled.text).lower() in person.name.lower().split() for person in ledger.people.values()
    )


def _link_stranger(ledger: Ledger, titled: Titled) -> None:
    first = ledger.doc[titled.start]
    if NUMERAL.match(titled.text):
        return
    if titled.end == titled.start + 1 and first.pos_ not in NAME_TAGS and first.ent_type_ not in {"PERSON", "PER"}:
        # "Legal Secretary / Please call": the line after a title begins with any word
        return
    if first.ent_type_ in {"ORG", "LOC", "GPE"} and ledger.doc[titled.end - 1].ent_type_ == first.ent_type_:
        return
    office = ledger.doc[titled.office_span[0] : titled.office_span[1]].text
    country = titled.where if titled.where in ledger.knowledge.countries else None
    actor = ledger.stranger(clean_name(titled.text), country=country, office=office)
    offices = titled.offices[0].id if titled.firm and len(titled.offices) == 1 else None
    reason = "nobody known to have held this office has such a name"
    near = suggestion(titled, ledger.period, ledger.knowledge)
    if near is not None:
        reason += f"; {near[1].name} may be meant (a damaged copy of the name with probability {near[0]:.2f}), too little to repair it"
    claim = Claim("name", "title", 0.6, reason, False, offices, titled.office_span)
    ledger.link(titled.start, titled.end, actor, claim)


def link_full_names(ledger: Ledger) -> None:
    """Runs of capitalised words that are exactly somebody's full name."""
    for start, end in ledger.runs():
        if end > start + 1:
            _link_run(ledger, start, end)


def _link_run(ledger: Ledger, start: int, end: int) -> None:
    """Link the first and longest full name within a run."""
    for first, last in ((a, b) for a in range(start, end - 1) for b in range(end, a + 1, -1)):
        text = ledger.doc[first:last].text
        choice = by_name(text, ledger.period, ledger.knowledge) if ledger.knowledge.country_named(text) is None else None
        if choice is not None:
            claim = Claim("name", "knowledge", choice.confidence, choice.reason)
            ledger.link(first, last, ledger.person(choice.person), claim)
            return


def link_entities(ledger: Ledger) -> None:
    """Names that only the language model sees: strangers where of two words or more."""
    for ent in ledger.doc.ents:
        if ent.label_ not in {"PERSON", "PER"}:
            continue
        start, end = ent.start, ent.end
        while start < end and not is_namey(ledger.doc[start]):
            start += 1
        while end > start and (ledger.doc[end - 1].text in POSSESSIVES or not is_namey(ledger.doc[end - 1])):
            end -= 1
        if end - start < 2 or not ledger.free(start, end) or opens_dateline(ledger.doc, start, end):
            continue
        text = ledger.doc[start:end].text
        claim = Claim("name", "ner", 0.55, "the language model calls it a person; the knowledge base does not have the name")
        ledger.link(start, end, ledger.stranger(clean_name(text)), claim)


def link_addressed(ledger: Ledger) -> None:
    """ "Ms Ashkettle": whoever is addressed so is a person, known or not; a full name on the page with the same last word is theirs."""
    doc = ledger.doc
    runs = list(ledger.runs())
    in_full: dict[str, list[tuple[int, int]]] = {}
    for start, end in runs:
        if end > start + 1:
            in_full.setdefault(doc[end - 1].lower_, []).append((start, end))
    named = {tuple(fold(actor.name).split()[-1:]) for actor in ledger.reading.actors.values()}
    for start, end in runs:
        if not start or doc[start - 1].lower_ not in words().honorifics or not ledger.free(start, end):
            continue
        full = next((run for run in in_full.get(doc[end - 1].lower_, ()) if ledger.free(*run)), None)
        if full is None and (fold(doc[end - 1].text),) in named:
            continue  # named in full already: what the page says again is linked to that
        first, last = full or (start, end)
        name = clean_name(doc[first:last].text)
        claim = Claim("name", "title", 0.6, "addressed as a person; the knowledge base does not have the name")
        ledger.link(first, last, ledger.stranger(name), claim)
        named.add(tuple(fold(name).split()[-1:]))


def link_bare_leaders(ledger: Ledger) -> None:
    """A surname alone that can mean only one leader of the page's days: Putin, Merkel."""
    for token in (ledger.doc[i] for i in ledger.name_starts):
        if ledger.taken[token.i] or not is_namey(token) or len(token) < 4 or not _stands_alone(ledger, token.i):
            continue
        person = bare_leader(ledger, clean_name(token.text))
        if person is None:
            continue
        claim = Claim("name", "knowledge", 0.75, f"the only leader of these days with this surname: {person.name}")
        ledger.link(token.i, token.i + 1, ledger.person(person), claim)


def _stands_alone(ledger: Ledger, i: int) -> bool:
    """Whether the word is a name of its own in the sentence: an entity or proper noun, no part of a longer name or place."""
    token = ledger.doc[i]
    if (
        token.ent_type_ in {"LOC", "GPE", "ORG", "FAC", "NORP"}
        or ledger.knowledge.metonym(token.text)
        or ledger.knowledge.country_named(token.text)
    ):
        return False
    neighbours = [ledger.doc[j] for j in (i - 1, i + 1) if 0 <= j < len(ledger.doc)]
    joined = any(
        is_namey(other) and not ledger.taken[other.i] and (not other.is_sent_start or other.pos_ == "PROPN")
        for other in neighbours
        if other.i > i or not token.is_sent_start
    )
    return (token.ent_type_ in {"PERSON", "PER"} or token.pos_ == "PROPN") and not joined


def bare_leader(ledger: Ledger, surname: str) -> Person | None:
    """The one person of that surname who held one of the most notable offices on the page's days; on a page of no known day, of late."""
    knowledge = ledger.knowledge
    period = ledger.period or OF_LATE
    ranked = sorted(((notability(p, period, knowledge), p.id, p) for p in knowledge.people_surnamed(surname)), key=lambda row: row[:2])
    if not ranked or ranked[0][0][2] > BARE_RANK or ranked[0][0][1]:
        return None
    tied = [row[2] for row in ranked if row[0][:2] == ranked[0][0][:2] and row[0][2] <= BARE_RANK]
    # "Obama" is rather Barack Obama than Francisco Pascual Obama Asue
    ending = [person for person in tied if fold(person.name).split()[-1:] == [fold(surname)]]
    chosen = ending if len(ending) == 1 else tied
    given = {part.lower() for person in chosen for part in person.name.split()[:-1]}
    return chosen[0] if len(chosen) == 1 and (chosen is ending or surname.lower() not in given) else None


def leader_of_government(ledger: Ledger) -> None:
    """ "the Biden administration", "under Trump", "Trump-era": the surname of a head of state or government."""
    doc = ledger.doc
    for token in (doc[i] for i in ledger.name_starts):
        following = doc[token.i + 1].lower_ if token.i + 1 < len(doc) else ""
        if following in {"-", "‑"} and token.i + 2 < len(doc):
            following = doc[token.i + 2].lower_
        before = doc[token.i - 1].lower_ if token.i else ""
        if ledger.taken[token.i] or not is_namey(token) or not (following in words().governments or before == "under"):
            continue
        person = _head_surnamed(ledger, clean_name(token.text))
        if person is not None:
            claim = Claim("name", "knowledge", 0.85, f"a head of state or government named {person.name}")
            ledger.link(token.i, token.i + 1, ledger.person(person), claim)


def _head_surnamed(ledger: Ledger, surname: str) -> Person | None:
    """The head of state or government of that surname: in office on the days, else the last before them."""
    last = ledger.period.last if ledger.period else None
    found = []
    for person in ledger.knowledge.people_surnamed(surname):
        for tenure in ledger.knowledge.tenures_of(person.id):
            if words().rank(tenure.office.kind) > 1 or (last and tenure.days.first and tenure.days.first > last):
                continue
            mentioned = tenure.office.where in {actor.country for actor in ledger.reading.actors.values()}
            found.append((mentioned, tenure.start, person.id, person))
    return max(found, key=lambda row: row[:3])[3] if found else None
