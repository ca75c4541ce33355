"""Frames against the parse: every trigger word with the parties that its slots hold."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Span, Token

from attache.what.grammar import child, clause_end, is_infinitive, is_passive, label, mandated, particles, phrase, subject
from attache.what.lexicon import words
from attache.what.parties import Parties
from attache.what.party import Party
from attache.what.slots import DIRECT, Slots, merge
from attache.what.triggers import Match, candidates

_PEOPLE = {"PERSON", "PER"}
_FALLBACK = 0.7
_UNDOING = {"lift-sanction"}
"""Kinds whose object names a deed of another kind, which is not done again."""


def matches(sentence: Span, parties: Parties) -> Iterator[Match]:
    """The frames that the words of a sentence fill, in order; one a trigger."""
    found = [match for token in sentence if (match := _match(token, parties)) is not None]
    for match in found:
        if not any(_contains(other, match) for other in found):
            yield match


def _match(token: Token, parties: Parties) -> Match | None:
    """The first frame of a word that its surroundings fill."""
    for frame in candidates(token):
        found = _Filler(token, frame, parties).match()
        if found is not None:
            return found
    return None


def _contains(verb: Match, noun: Match) -> bool:
    """Whether a noun is only what a verb's frame is made with: the sanctions of "lifted its sanctions", with no doer of their own."""
    whole = verb.frame.form == "verb" and noun.frame.form == "noun" and noun.trigger.head == verb.trigger
    own = {p.actor for p in noun.source} - {p.actor for p in verb.source}
    return whole and not own and noun.trigger.lemma_.lower() in verb.frame.object and verb.frame.kind in _UNDOING


class _Filler(Slots):
    """Fills the slots of one frame at one trigger."""

    def match(self) -> Match | None:
        """The filled frame, or None where it does not apply."""
        frame = self.frame
        if not self._applies():
            return None
        if frame.needs and not any(self._needed(slot) for slot in frame.needs):
            return None
        source = self.collect(frame.source)
        target = [p for p in self.collect(frame.target) if p.actor not in {s.actor for s in source}]
        about = self.agreements(frame.about)
        if frame.form == "verb" and "subject" in frame.source:
            source = merge(source, self.allied())
            target = [p for p in target if p.actor not in {s.actor for s in source}]
        if frame.form == "verb" and not source and not self.agentless():
            source = self.nearest_before()
        few = len({p.actor for p in [*source, *target]}) < frame.parties and not self._are_several(source)
        if few and not (about and frame.kind in {"sign", "withdraw"}):
            return None
        if not source and (frame.doer or not (target or about)):
            return None
        confidence = frame.confidence * (_FALLBACK if self.fallback else 1.0)
        return Match(self.trigger, frame, source, target, about, confidence, self.fallback, self._agenda_owner(source))

    def _are_several(self, source: list[Party]) -> bool:
        """Whether the one party acts in several people: "EU foreign ministers met on Monday"."""
        doer = subject(self.trigger) if self.frame.form == "verb" and not is_passive(self.trigger) else None
        named = any(party.by != "unnamed" for party in source)
        return named and doer is not None and doer.tag_ == "NNS" and doer.lemma_.lower() in words("companions")

    def _agenda_owner(self, source: list[Party]) -> list[Party]:
        """Who owns the agenda, where people are named as meeting "between" each other though it is its owner who meets them."""
        if self.frame.form != "noun" or "owner" not in self.frame.source:
            return []
        between = {p.actor for p in self.slot("between")}
        owner = self.owner()
        outside = len(owner) == 1 and len(between) > 1 and owner[0].actor not in between and self.parties.all_people(between)
        return owner if outside else []

    def _applies(self) -> bool:
        frame, trigger = self.frame, self.trigger
        if frame.particle and frame.particle not in particles(trigger):
            return False
        if frame.without and not particles(trigger).isdisjoint(frame.without):
            return False
        if frame.mandative and mandated(trigger) is None:
            return False
        if frame.infinitive and not is_infinitive(child(trigger, "xcomp")):
            return False
        if frame.bare and child(trigger, "obj") is not None:
            return False
        if frame.object and not self._object_is_one_of(frame.object):
            return False
        if frame.near and not self._near():
            return False
        if frame.unlike and self._unlike(frame.unlike):
            return False
        if frame.subject and not self._subject_has(frame.subject):
            return False
        return not frame.object_is or self._object_kind(frame.object_is)

    def _object_is_one_of(self, lemmas: tuple[str, ...]) -> bool:
        """The light verb's noun: its parsed object, or one right behind it before any other verb."""
        if self.object is not None:
            counted = self.parties.counted(self.object)
            group = [self.object, *self.object.conjuncts, counted, *counted.conjuncts]
            if any(t.lemma_.lower() in lemmas or t.lower_ in lemmas for t in group):
                return True
        if is_passive(self.trigger):
            return False
        for token in self.trigger.doc[self.trigger.i + 1 : min(self.trigger.i + 7, clause_end(self.trigger))]:
            if token.pos_ in {"NOUN", "PRON"} and (token.lemma_.lower() in lemmas or token.lower_ in lemmas):
                return label(token) != "compound"
            if token.pos_ in {"ADP", "SCONJ"} and token.lower_ != "of":
                return False
        return False

    def _subject_has(self, lemmas: tuple[str, ...]) -> bool:
        doer = subject(self.trigger)
        held = self.trigger.doc[slice(*phrase(doer))] if doer is not None else ()
        return any(t.lemma_.lower() in lemmas or t.lower_ in lemmas for t in held)

    def _unlike(self, lemmas: tuple[str, ...]) -> bool:
        return any(t is not None and t.lemma_.lower() in lemmas for t in (self.object, subject(self.trigger), child(self.trigger, "xcomp")))

    def _near(self) -> bool:
        near = words("blame") if self.frame.near == ("blame",) else frozenset(self.frame.near)
        window = self.trigger.doc[self.trigger.i + 1 : min(clause_end(self.trigger), self.trigger.i + 14)]
        return any(t.lower_ in near or t.lemma_.lower() in near for t in window)

    def _object_kind(self, wanted: str) -> bool:
        if wanted == "place":
            heads = [head for prep, head in self.prepositions if prep in self.frame.needs]
            heads = heads or ([self.object] if self.object is not None else [])
            return any((head.pos_ == "PROPN" or self.parties.is_place(head.i)) for head in heads)
        if self.object is None:
            return False
        if wanted == "agreement":
            named = bool(self.parties.agreement(*phrase(self.object)))
            return named or self.object.lemma_.lower() in words("agreements")
        held = self.parties.of_phrase(self.object)
        if wanted in {"actor", "party", "unnamed"}:
            if not held and self.object.ent_type_ in _PEOPLE:
                return wanted == "party"  # somebody with a name whom nobody knows
            known = [p.by != "unnamed" for p in held]
            return bool(known) if wanted == "party" else any(known) if wanted == "actor" else not all(known)
        kinds = {self.parties.reading.actors[p.actor].kind for p in held if p.actor in self.parties.reading.actors}
        return wanted in kinds

    def _needed(self, slot: str) -> bool:
        """Whether a needed preposition is there; for motion and withdrawal no actor is asked of it."""
        if slot in DIRECT:
            return bool(self.slot(slot))
        return slot in {p for p, head in self.prepositions if not self._is_time(head)}

    def _is_time(self, token: Token) -> bool:
        """Whether a token is part of an expression of time ("on Monday")."""
        return any(t.span.start <= token.idx < t.span.end for t in self.parties.reading.times)
