"""Which actors a stretch of words names: coordination, titles, "US troops", "allies from France", pronouns, "the two"."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from spacy.tokens import Doc, Token

from attache.reading import Linked, Reading
from attache.what.grammar import Phrase, is_verb, label, noun_forms, obliques, owner_before, phrase
from attache.what.lexicon import words
from attache.what.mentions import Mentions
from attache.what.numbers import Numbers
from attache.what.party import Party, unique
from attache.what.pronouns import Pronouns
from attache.what.unnamed import Unnamed, counting

_STOPS = {
    "in", "on", "at", "since", "to", "for", "after", "before", "over", "about", "during", "under", "as", "by", "with", "against", "into",
    "despite", "ahead", "amid", "following", "because", "while", "where", "when", "if", "toward", "towards",
}  # fmt: skip
_OPENERS = {"from", "of", "between", "including"}


@dataclass
class Parties:
    """Finds parties on one page."""

    doc: Doc
    reading: Reading
    mentions: Mentions = field(init=False)
    unnamed: Unnamed = field(init=False)
    numbers: Numbers = field(init=False)
    pronouns: Pronouns = field(init=False)

    def __post_init__(self) -> None:
        self.mentions = Mentions(self.doc, self.reading)
        self.unnamed = Unnamed(self.doc, self.reading, self.linked)
        self.numbers = Numbers(self.doc, self.reading, self.linked)
        self.pronouns = Pronouns(self.mentions, self.reading, self.unnamed, self.numbers, self.of_phrase, self.counted)

    def linked(self, token: int) -> Linked | None:
        """The mention at a token that may be a party."""
        return self.mentions.linked(token)

    def among(self, start: int, end: int, strict: bool = False) -> list[Party]:
        """The actors that the words ``[start, end)`` name, one coordinated phrase; ``strict`` wants no standing-in countries."""
        found: list[Party] = []
        segment: list[Linked] = []
        opened = start
        i = start
        while i < end:
            mention = self.linked(i)
            token = self.doc[i]
            if mention is not None:
                if mention.kind != "agreement" and mention not in segment:
                    segment.append(mention)
                i = max(mention.end, i + 1)
                continue
            if token.text == "," and self._explained(segment, i):
                i += 1
                continue
            if token.lower_ in {",", "and", "&", "or", "as", "well"}:
                found += self._settle(segment, opened, i, strict)
                segment, opened = [], i + 1
            elif (segment or found) and self._ends(token):
                break
            i += 1
        found += self._settle(segment, opened, i, strict)
        return unique(found)

    def _explained(self, segment: Sequence[Linked], comma: int) -> bool:
        """Whether the name behind a comma is that of the title before it: "his South African counterpart, Naledi Pandor"."""
        named = self.linked(comma + 1) if comma + 1 < len(self.doc) else None
        titled = bool(segment) and segment[-1].end == comma - 1 and self.doc[comma - 1].lemma_.lower() in words("companions")
        return titled and segment[-1].kind == "demonym" and named is not None and self.reading.is_person(named.actor)

    def _ends(self, token: Token) -> bool:
        """Whether a coordinated phrase that has named someone stops here."""
        if token.i in self.mentions.titles:
            return False
        closed = token.lower_ in _STOPS or token.lower_ in _OPENERS or token.text in {";", ":", "“", '"', "("}
        return closed or (is_verb(token) and token.tag_ != "VBN")

    def _settle(self, segment: Sequence[Linked], start: int, end: int, strict: bool) -> list[Party]:
        """One conjunct: a person outranks the country or body beside the name; a country alone needs to be the head or its proxy."""
        if not segment:
            return []
        people = [m for m in segment if self.reading.is_person(m.actor)]
        if people:
            owned = [m for m in people if not self._possesses(m, people[-1])]
            return [Party(m.actor, m.start, m.end, m.kind) for m in owned[-1:]]
        heads = [m for m in segment if not self._possesses(m, segment[-1])] or list(segment[-1:])
        kept = [m for m in heads if m.kind != "demonym" or not strict or self._stands_for(m, end)]
        return [Party(m.actor, m.start, m.end, m.kind) for m in kept]

    def _stands_for(self, mention: Linked, end: int) -> bool:
        return any(t.lemma_.lower() in words("proxies") for t in self.doc[mention.end : min(end, mention.end + 4)])

    def _possesses(self, mention: Linked, other: Linked) -> bool:
        """Whether a mention is only the owner of a later one ("China's Yang", "EU chief Borrell")."""
        return mention is not other and mention.end < len(self.doc) and self.doc[mention.end].lower_ in {"'s", "’s", "'", "’"}

    def of_phrase(self, head: Token, alone: bool = False) -> list[Party]:
        """The actors of a noun phrase given by its head; pronouns and "the two" are looked up; ``alone`` leaves out what is joined on."""
        if head.lower_ in words("relatives") and label(head.head).startswith(("acl", "advcl")):
            head = head.head.head
        head = self.counted(head)
        start, end = phrase(head)
        numbered = self.numbers.of(head, start)
        if numbered:
            return numbered
        pronoun = self.pronoun(head)
        if pronoun:
            return pronoun
        owner = owner_before(head)
        if owner is not None and not self.among(start, end) and head.lemma_.lower() in words("proxies"):
            return [Party(p.actor, head.i, head.i + 1, p.by) for p in self.of_phrase(owner, alone=True)]
        found = self.of_words((start, end), head)
        for other in () if alone else head.conjuncts:
            if other.i > head.i and other.pos_ in {"NOUN", "PROPN", "PRON"}:
                found = unique([*found, *(self.pronoun(other) or self.of_words(phrase(other), other))])
        return found

    def of_words(self, span: Phrase, head: Token) -> list[Party]:
        """The actors of a phrase, where the phrase stands for them: named by it, or its country where the noun is a proxy."""
        start, end = span
        covered = self.linked(head.i)
        found = self.among(start, end)
        if covered is not None and covered.kind != "agreement":
            return [p for p in found if not self._apposed(p, head)]
        people = [p for p in found if self.reading.is_person(p.actor) and p.start > head.i]
        if people:
            apposed = [p for p in people if any(label(self.doc[i]) == "appos" for i in range(p.start, p.end))]
            return apposed if apposed and head.tag_ == "NN" else found
        kind = self.unnamed.kind(head)
        owners = [p for p in found if p.start < head.i and not self._is_country(p.actor)]
        if kind == "group" and not owners:
            return self._nameless(head)
        if kind is not None or any(form in words("proxies") for form in noun_forms(head)):
            return found or self._nameless(head)
        if self.unnamed.agent(head) and not owners:
            return self._nameless(head)
        joined = [p for p in found if any(c.i in range(p.start, p.end) for c in head.conjuncts)]
        return joined

    def _apposed(self, party: Party, head: Token) -> bool:
        """Whether somebody is named only in what a name is explained with: "Pakistan, a key ally of the United States"."""
        beside = [c for c in head.children if label(c) == "appos" and self.linked(c.i) is None]
        return any(c.left_edge.i <= party.start <= c.right_edge.i for c in beside)

    def _nameless(self, head: Token) -> list[Party]:
        actor = self.unnamed.actor(head)
        return [Party(actor, head.i, head.i + 1, "unnamed")] if actor is not None else []

    def placed(self, parties: Sequence[Party], country: str) -> list[Party]:
        """Parties, of which those unnamed and without a country get the one given."""
        found = []
        for party in parties:
            known = self.reading.actors.get(party.actor)
            if party.by == "unnamed" and known is not None and known.country is None:
                party = Party(self.unnamed.actor(self.doc[party.start], country) or party.actor, party.start, party.end, party.by)
            found.append(party)
        return found

    def counted(self, head: Token) -> Token:
        """Of "thousands of Kurds" the Kurds."""
        for _ in range(3):
            inner = [inner for prep, inner in obliques(head) if prep == "of"]
            if not inner or self.linked(head.i) is not None or counting().isdisjoint(noun_forms(head)):
                return head
            head = inner[-1]
        return head

    def _is_country(self, actor: str) -> bool:
        known = self.reading.actors.get(actor)
        return known is not None and known.kind == "country"

    def state_at(self, start: int, end: int) -> list[Party]:
        """The country of a place named among tokens ``[start, end)``, as a party."""
        country = self.unnamed.place_country(start, end)
        state = self.unnamed.state(country, start, end) if country else None
        return [Party(state, start, end, "place")] if state else []

    def pronoun(self, head: Token) -> list[Party]:
        """What a personal pronoun stands for."""
        return self.pronouns.of(head)

    def all_people(self, actors: Iterable[str]) -> bool:
        """Whether all the actors are persons."""
        return all(self.reading.is_person(actor) for actor in actors)

    def is_place(self, token: int) -> bool:
        """Whether a token is part of a place name or a country."""
        at = self.doc[token].idx
        if any(p.span.start <= at < p.span.end for p in self.reading.places):
            return True
        mention = self.linked(token)
        return mention is not None and mention.kind == "country"

    def agreement(self, start: int, end: int) -> list[Party]:
        """Known agreements named in the words ``[start, end)``."""
        hits = {id(m): m for i in range(start, end) if (m := self.mentions.at.get(i)) is not None and m.kind == "agreement"}
        return [Party(m.actor, m.start, m.end, "agreement") for m in hits.values()]
