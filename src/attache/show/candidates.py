"""Who may be meant by a name, the words of an office and a day: candidates, each with every reason for it.

The holders of the office count most. Where the words name no office that is known, or none of its holders has such a name, whoever was in
office that day at the place that they name, or in an office of that kind, or in any, and at last the name alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from attache.knowledge import Knowledge, OfficePhrase, Person, Tenure, builtin, certainty, fold, name_similarity
from attache.knowledge.titles import load_titles
from attache.reading import Days
from attache.who.linking import HOLDER, MARGIN
from attache.who.variants import chance, forms_of, same_spelling

LEAST, LEAST_OF_HOLDERS = 0.2, 0.1
"""Least probability of the name with which somebody is a candidate, and with which a holder of the office is."""
FAR = 0.2
"""Share of the best score below which somebody is no candidate beside it."""
MOST = 8
NEAR_NAMES = 40
WEIGHTS = {"office": 1.0, "place and kind": 0.9, "place": 0.8, "kind": 0.7, "day": 0.4, "name": 0.3}
"""What a name is worth by the ground on which its bearer is looked at: anybody's exact name comes before a poor likeness of the holder."""
GROUNDS = {
    "office": "held the office asked for", "place and kind": "held such an office there", "place": "held an office there",
    "kind": "held an office of that kind", "day": "held another office", "name": "held no office that is known then",
}  # fmt: skip


@dataclass(frozen=True)
class Reason:
    """One ground for a candidate: of what (``name``, ``office``), its value 0..1, why, and the two strings compared."""

    of: str
    value: float
    why: str
    asked: str
    known: str


@dataclass(frozen=True)
class Choice:
    """A candidate, best score first; ``verdict`` says what the who room would do with such a name beside such an office."""

    person: Person
    score: float
    reasons: tuple[Reason, ...]
    terms: tuple[Tenure, ...]
    verdict: str


@dataclass(frozen=True)
class Asked:
    """What the words of an office say: the offices that they name, and the place and kind that can be read even where there are none."""

    words: str
    phrases: tuple[OfficePhrase, ...] = ()
    places: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()

    @property
    def offices(self) -> frozenset[str]:
        """The ids of the offices named."""
        return frozenset(office.id for phrase in self.phrases for office in phrase.offices)


def read_office(words: str, known: Knowledge) -> Asked:
    """The words of an office, as far as they can be read."""
    tokens = words.split()
    phrases = tuple(known.office_phrases(tokens))
    places = [phrase.where for phrase in phrases if phrase.where] or list(_places(tokens, known))
    kinds = [phrase.kind for phrase in phrases if phrase.kind != "other"] or list(_kinds(words))
    return Asked(words, phrases, tuple(dict.fromkeys(places)), tuple(dict.fromkeys(kinds)))


def _places(tokens: list[str], known: Knowledge) -> Iterator[str]:
    """Countries and organisations that the words name, the longest names first."""
    for size in range(min(len(tokens), 6), 0, -1):
        for at in range(len(tokens) - size + 1):
            text = " ".join(tokens[at : at + size])
            country = known.country_named(text) or known.country_of_demonym(text)
            organisation = None if country else known.organisation_named(text)
            code = country.iso3 if country else organisation and (organisation.code or organisation.country)
            if code:
                yield code


def _kinds(words: str) -> Iterator[str]:
    """The kinds of office that titles among the words speak of, those of most words first."""
    titles, folded = load_titles(), fold(words).split()
    for size in range(min(len(folded), 6), 0, -1):
        for at in range(len(folded) - size + 1):
            if title := titles.by_words.get(tuple(folded[at : at + size])):
                yield title.kind


def candidates(name: str, on: Days | None, office: str | None) -> list[Choice]:
    """Who may be meant, the likeliest first; at most ``MOST``."""
    known = builtin()
    asked = read_office(office, known) if office else Asked("")
    best: dict[str, tuple[float, str, tuple[Tenure, ...]]] = {}
    for ground, person, terms in _pool(name, on, asked, known):
        like = chance(name, person)
        sure = max((certainty(term, on) for term in terms), default=1.0) if on and ground != "name" else 1.0
        score = like * (WEIGHTS[ground] if office else 1.0) * (1 + sure) / 2
        if like >= (LEAST_OF_HOLDERS if ground == "office" else LEAST) and (person.id not in best or best[person.id][0] < score):
            best[person.id] = (score, ground, terms)
    ranked = sorted(best, key=lambda i: (-best[i][0], *_fit(name, known.people[i])))
    ranked = [i for i in ranked if best[i][0] >= best[ranked[0]][0] * FAR]
    if not office and any(chance(name, known.people[i]) == 1.0 for i in ranked):
        ranked = [i for i in ranked if chance(name, known.people[i]) == 1.0]  # the name itself leaves no room for damaged ones
    chances = [chance(name, known.people[i]) for i in ranked if best[i][1] == "office"]
    made = []
    for i in ranked[:MOST]:
        (score, ground, terms), person = best[i], known.people[i]
        reasons = (_by_name(name, person), *_by_office(asked, ground, terms, on))
        verdict = _verdict(chance(name, person), chances, ground == "office" and on is not None)
        made.append(Choice(person, round(score, 3), reasons, terms, verdict))
    return made


def _pool(name: str, on: Days | None, asked: Asked, known: Knowledge) -> Iterator[tuple[str, Person, tuple[Tenure, ...]]]:
    """(ground, person, terms in office) of everybody to be looked at; some more than once."""
    yield from _holding("office", asked.offices, on, known)
    if asked.places:
        there = [office for where in asked.places for office in known.offices_at(where)]
        yield from _holding("place and kind", {o.id for o in there if {o.kind, o.also_kind} & set(asked.kinds)}, on, known)
        yield from _holding("place", {o.id for o in there}, on, known)
    for person in dict.fromkeys(
        [*known.people_named(name), *known.people_surnamed(name), *(c.person for c in known.similar(name, NEAR_NAMES))]
    ):
        terms = tuple(known.tenures_of(person.id, on))
        of_kind = tuple(term for term in terms if {term.office.kind, term.office.also_kind} & set(asked.kinds))
        if of_kind and not asked.places:
            yield "kind", person, of_kind
        if terms and on:
            yield "day", person, terms
        if (terms and not on) or asked.words:
            yield "name", person, terms or tuple(known.tenures_of(person.id))


def _holding(ground: str, offices: Iterable[str], on: Days | None, known: Knowledge) -> Iterator[tuple[str, Person, tuple[Tenure, ...]]]:
    held: dict[str, list[Tenure]] = {}
    for office in offices:
        for term in known.holders(office, on):
            held.setdefault(term.person, []).append(term)
    yield from ((ground, known.people[i], tuple(terms)) for i, terms in held.items() if i in known.people)


def _fit(name: str, person: Person) -> tuple[bool, int, str]:
    """Sort key among equals: the canonical name before an alias, which may be a relative's; the shorter name first."""
    return not same_spelling(name, Person(person.id, person.name)), len(person.name), person.id


def _by_name(name: str, person: Person) -> Reason:
    """How like the name is to the form of the person's that is most like it."""
    score = chance(name, person)
    forms = [form for form in forms_of(person) if score == 1.0 or " " in form or form == person.name]
    form = max(forms, key=lambda form: (fold(form) == fold(name), name_similarity(name, form)))
    if score < 1.0:
        return Reason("name", round(score, 2), "the probability that it is a damaged copy", name, form)
    return Reason("name", 1.0, "the name" if fold(name) == fold(form) else "the name in another spelling, or part of it", name, form)


def _by_office(asked: Asked, ground: str, terms: tuple[Tenure, ...], on: Days | None) -> Iterator[Reason]:
    """What was held, and how sure that is on the day."""
    if not asked.words:
        return
    term = max(terms, key=lambda t: (certainty(t, on) if on else 1.0, t.start), default=None)
    sure = certainty(term, on) if term and on and ground != "name" else 1.0
    yield Reason("office", round(sure * WEIGHTS[ground], 2), GROUNDS[ground], asked.words, term.office.name if term else "")


def _verdict(score: float, chances: list[float], constrained: bool) -> str:
    """What the who room would do with a damaged name: repair it where office and day leave one likely holder, else only suggest."""
    if score == 1.0:
        return ""
    rivals = sorted(chances, reverse=True)[1:]
    alone = constrained and score == max(chances, default=0.0) and score >= HOLDER and all(score - other >= MARGIN for other in rivals)
    return "on a page it is repaired" if alone else "no more than a suggestion"
