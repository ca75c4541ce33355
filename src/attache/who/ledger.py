"""The ledger of one page: which tokens belong to which actor, and the actors themselves."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from spacy.tokens import Doc

from attache.dossier import Actor, Mention, Span
from attache.knowledge import Country, Knowledge, Office, Organisation, Person, fold
from attache.reading import Days, Linked, Reading, tokens_of
from attache.who.lexicon import words
from attache.who.spans import HYPHENS, full_name_end, is_name_word


def slug(text: str) -> str:
    """A name as the tail of an ``attache:`` id."""
    return re.sub(r"[^a-z0-9]+", "-", fold(text)).strip("-") or "unnamed"


@dataclass(frozen=True)
class Claim:
    """Why a run of tokens means an actor; what ``Ledger.link`` needs beside the actor."""

    kind: str
    rule: str
    confidence: float
    reason: str
    repaired: bool = False
    office: str | None = None
    office_span: tuple[int, int] | None = None


@dataclass
class Ledger:
    """Collects the links of one page so that no two overlap."""

    doc: Doc
    knowledge: Knowledge
    reading: Reading
    period: Days | None = None
    taken: list[bool] = field(default_factory=list)
    people: dict[str, Person] = field(default_factory=dict)
    """People of the knowledge base that the page names."""
    _ends: dict[int, int] = field(default_factory=dict)
    """Where the run of name words ended that began at a token; it still does unless some of it was taken."""

    def __post_init__(self) -> None:
        self.tokens = tokens_of(self.doc)
        self.taken = [word.isspace() for word in self.tokens.words]
        for link in self.reading.linked:
            self.taken[link.start : link.end] = [True] * (link.end - link.start)

    @cached_property
    def common_words(self) -> frozenset[str]:
        """Words that the page writes in small letters."""
        return frozenset(word for word in self.tokens.words if word.islower())

    @cached_property
    def name_starts(self) -> list[int]:
        """Tokens at which a name of a person may begin, by their letters; most tokens are none, and every search asks."""
        particles = words().particles
        letters = zip(self.tokens.words, self.tokens.lower, strict=True)
        return [i for i, (word, lower) in enumerate(letters) if lower in particles or is_name_word(word)]

    def runs(self) -> Iterator[tuple[int, int]]:
        """Runs of name words that nothing has taken yet, left to right; where the caller links a part, what follows the part comes next."""
        after = 0
        for start in self.name_starts:
            if start < after or self.taken[start]:
                continue
            end = self._ends.get(start, start)
            if end == start or any(self.taken[start:end]):
                end = self._ends[start] = full_name_end(self.doc, start, self.taken)
            if end > start:
                yield start, end
                after = max((i + 1 for i in range(start, end) if self.taken[i]), default=end)

    def free(self, start: int, end: int) -> bool:
        """Whether no token of the run is taken."""
        return start < end and not any(self.taken[start:end])

    def link(self, start: int, end: int, actor: str, claim: Claim) -> bool:
        """Record that tokens mean an actor; False where some already mean something."""
        while end > start + 1 and self.tokens.words[end - 1] in HYPHENS:
            end -= 1
        if not self.free(start, end):
            return False
        span = self.doc[start:end]
        mention = Mention(
            span=Span(start=span.start_char, end=span.end_char), text=span.text, repaired=claim.repaired,
            confidence=round(claim.confidence, 2), rule=claim.rule,
        )  # fmt: skip
        self.reading.linked.append(
            Linked(
                start,
                end,
                actor,
                claim.kind,
                mention,
                claim.office,
                claim.office_span,
                span.text if claim.repaired else None,
                claim.reason,
            )  # fmt: skip
        )
        known = self.reading.actors.get(actor)
        if known is not None:
            known.mentions.append(mention)
        elif actor in self.reading.agreements:
            self.reading.agreements[actor].mentions.append(mention)
        self.taken[start:end] = [True] * (end - start)
        return True

    def person(self, person: Person, office: Office | None = None) -> str:
        """The actor of a known person, made where new; an office stated on the page is kept before one looked up."""
        actor = self.reading.actors.get(person.id)
        if actor is None:
            held = office or self.main_office(person)
            actor = Actor(id=person.id, name=person.name, kind="person", country=person.country)
            self.reading.actors[person.id] = actor
            self.people[person.id] = person
            self._give_office(actor, held)
        elif office is not None:
            self._give_office(actor, office)
        return person.id

    def _give_office(self, actor: Actor, office: Office | None) -> None:
        if office is None:
            return
        country = self.knowledge.countries.get(office.where)
        actor.office = office.name[:1].upper() + office.name[1:]
        actor.affiliation = country.name if country else office.where
        actor.country = office.where if country else None

    def main_office(self, person: Person) -> Office | None:
        """The most notable office a person held in the page's period; None where the period is unknown and there are several."""
        tenures = self.knowledge.tenures_of(person.id, self.period)
        if not tenures:
            return None
        best = min(tenures, key=lambda tenure: (words().rank(tenure.office.kind), tenure.open_end, tenure.office.id))
        return best.office if self.period is not None or len({tenure.office.id for tenure in tenures}) == 1 else None

    def stranger(self, name: str, kind: str = "person", country: str | None = None, office: str | None = None) -> str:
        """The actor of a name nobody knows."""
        key = f"attache:{slug(name)}"
        if key not in self.reading.actors:
            self.reading.actors[key] = Actor.model_validate({"id": key, "name": name, "kind": kind, "country": country, "office": office})
        return key

    def country(self, country: Country) -> str:
        """The actor of a country."""
        if country.id not in self.reading.actors:
            self.reading.actors[country.id] = Actor(id=country.id, name=country.name, kind="country", country=country.iso3)
        return country.id

    def organisation(self, body: Organisation) -> str:
        """The actor of an organisation."""
        if body.id not in self.reading.actors:
            made = {"id": body.id, "name": body.name, "kind": body.kind, "affiliation": body.code, "country": body.country}
            self.reading.actors[body.id] = Actor.model_validate(made)
        return body.id

    def settle(self) -> None:
        """Sort the links and drop actors that nothing mentions."""
        self.reading.linked.sort(key=lambda link: link.start)
        for actor in self.reading.actors.values():
            actor.mentions.sort(key=lambda mention: mention.span.start)
        self.reading.actors = {key: actor for key, actor in self.reading.actors.items() if actor.mentions}

    def reading_at(self, token: int) -> Linked | None:
        """The link that covers a token, if one does."""
        return self.reading.at(token) if token >= 0 else None
