"""Frames against the parse: every trigger word with the parties that its slots hold."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, cached_property

from spacy.tokens import Span, Token

from attache.what.grammar import (
    child,
    clause_end,
    direct_object,
    governor,
    is_passive,
    is_verb,
    label,
    obliques,
    particles,
    phrase,
    subject,
)
from attache.what.lexicon import Frame, lexicon, words
from attache.what.parties import Parties, Party
from attache.what.triggers import Match, candidates

_DIRECT = {"subject", "object", "iobject", "possessive", "modifier", "owner", "within", "place", "scene", "mover", "told"}
_PEOPLE = {"PERSON", "PER"}
_LAST = {"place", "scene", "mover"}
_SCENES = {"in", "near", "at", "outside", "inside", "across", "throughout", "over", "into", "around", "along", "within", "from", "to"}
_FALLBACK = 0.7


def matches(sentence: Span, parties: Parties) -> Iterator[Match]:
    """The frames that the words of a sentence fill, in order; one a trigger."""
    for token in sentence:
        for frame in candidates(token):
            found = _Filler(token, frame, parties).match()
            if found is not None:
                yield found
                break


class _Filler:
    """Fills the slots of one frame at one trigger."""

    def __init__(self, trigger: Token, frame: Frame, parties: Parties) -> None:
        self.trigger, self.frame, self.parties = trigger, frame, parties
        self.object = direct_object(trigger) if frame.form == "verb" else None
        self.fallback = False

    def match(self) -> Match | None:
        """The filled frame, or None where it does not apply."""
        frame = self.frame
        if not self._applies():
            return None
        if frame.needs and not any(self._needed(slot) for slot in frame.needs):
            return None
        source = self._collect(frame.source)
        target = [p for p in self._collect(frame.target) if p.actor not in {s.actor for s in source}]
        about = self._about(frame.about)
        if frame.form == "verb" and "subject" in frame.source:
            source = _merge(source, self._allied())
        if frame.form == "verb" and not source and not self._agentless():
            source = self._nearest_before()
        if len({p.actor for p in [*source, *target]}) < frame.parties and not (about and frame.kind in {"sign", "withdraw"}):
            return None
        if not source and (frame.doer or not (target or about)):
            return None
        confidence = frame.confidence * (_FALLBACK if self.fallback else 1.0)
        return Match(self.trigger, frame, source, target, about, confidence, self.fallback, self._agenda_owner(source))

    def _agenda_owner(self, source: list[Party]) -> list[Party]:
        """Who owns the agenda, where people are named as meeting "between" each other though it is its owner who meets them."""
        if self.frame.form != "noun" or "owner" not in self.frame.source:
            return []
        between = {p.actor for p in self._slot("between")}
        owner = self._owner()
        outside = len(owner) == 1 and len(between) > 1 and owner[0].actor not in between and self.parties.all_people(between)
        return owner if outside else []

    def _applies(self) -> bool:
        frame, trigger = self.frame, self.trigger
        if frame.particle and frame.particle not in particles(trigger):
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
        return any(t is not None and t.lemma_.lower() in lemmas for t in (self.object, subject(self.trigger)))

    def _near(self) -> bool:
        near = words("blame") if self.frame.near == ("blame",) else frozenset(self.frame.near)
        window = self.trigger.doc[self.trigger.i + 1 : min(clause_end(self.trigger), self.trigger.i + 14)]
        return any(t.lower_ in near or t.lemma_.lower() in near for t in window)

    def _object_kind(self, wanted: str) -> bool:
        if wanted == "place":
            heads = [head for prep, head in self._prepositions if prep in self.frame.needs]
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
        return slot in {p for p, _ in self._prepositions} if slot not in _DIRECT else bool(self._slot(slot))

    def _collect(self, slots: tuple[str, ...]) -> list[Party]:
        found: list[Party] = []
        for slot in slots:
            if slot not in _LAST or not found:
                found = _merge(found, self._slot(slot))
        return found

    def _slot(self, slot: str) -> list[Party]:
        if slot == "subject":
            return self._subject()
        if slot in {"object", "mover"}:
            return self.parties.of_phrase(self.object) if self.object is not None else []
        if slot == "within":
            return self.parties.among(*phrase(self.object)) if self.object is not None and self.object.i > self.trigger.i else []
        if slot == "place":
            return self.parties.state_at(*phrase(self.object)) if self.object is not None else []
        if slot == "scene":
            return self._scene()
        if slot == "told":
            return self._told()
        if slot == "iobject":
            return self._indirect()
        if slot == "possessive":
            return self._held(("nmod:poss",))
        if slot == "modifier":
            return self._held(("amod", "compound", "nmod"), before=True)
        if slot == "owner":
            return self._owner()
        return [p for prep, head in self._prepositions if prep == slot for p in self._after(head)]

    def _told(self) -> list[Party]:
        """The subject of what is said: "alleged that France had known", "its demand that Israel leave"."""
        clause = child(self.trigger, "ccomp", "acl")
        if self.object is not None and clause is None:
            clause = child(self.object, "acl", "ccomp")
        actor = child(clause, "nsubj", "nsubj:pass") if clause is not None else None
        return self.parties.of_phrase(actor) if actor is not None and actor.i > self.trigger.i else []

    def _scene(self) -> list[Party]:
        """The country where it takes place, for acts that are aimed at those who are there."""
        heads = [head for prep, head in self._prepositions if prep in _SCENES]
        heads.sort(key=lambda head: not self.parties.is_place(head.i))
        return next((spot for head in heads if (spot := self.parties.state_at(*phrase(head)))), [])

    def _subject(self) -> list[Party]:
        if is_passive(self.trigger) and not self.frame.stative:
            return [p for prep, head in obliques(self.trigger) if prep == "by" for p in self._after(head)]
        found = subject(self.trigger)
        if found is None or found.i == self.trigger.i:
            return []
        if found == self.trigger.head and label(self.trigger) == "acl":
            return self.parties.of_phrase(found, alone=True) or self._of_governor()
        # the head of a relative clause acts without those it is joined to: "A, which left, and B"
        return self.parties.of_phrase(found, alone=found.i == self.trigger.head.i and label(self.trigger).startswith("acl"))

    def _of_governor(self) -> list[Party]:
        """ "Issued a declaration demanding": a thing demands for whoever issued it."""
        above = governor(self.trigger)
        doer = subject(above) if above is not None and not is_passive(above) else None
        return self.parties.of_phrase(doer) if doer is not None else []

    def _agentless(self) -> bool:
        """Whether the parse gives a subject that is nobody known, or a passive without an agent."""
        return is_passive(self.trigger) or subject(self.trigger) is not None

    def _indirect(self) -> list[Party]:
        given = child(self.trigger, "iobj")
        if given is not None:
            return self.parties.of_phrase(given)
        # "promised Turkey 6 billion": parsers often make one phrase of it
        follower = self.trigger.i + 1
        while follower < len(self.trigger.doc) and self.trigger.doc[follower].pos_ in {"DET", "ADJ"} and follower < self.trigger.i + 3:
            follower += 1
        linked = self.parties.linked(follower)
        return [Party(linked.actor, linked.start, linked.end)] if linked is not None and linked.kind != "agreement" else []

    def _held(self, labels: tuple[str, ...], before: bool = False) -> list[Party]:
        """Owners and modifiers of a noun: "Blinken's talks", "the US withdrawal"."""
        found: list[Party] = []
        for c in self.trigger.children:
            if label(c) in labels and c.i < self.trigger.i:
                found = _merge(found, self.parties.pronoun(c) or self.parties.among(c.left_edge.i, c.i + 1))
        return found

    def _owner(self) -> list[Party]:
        """For "X held talks with", "X's schedule includes a meeting with": the subject of the verb above."""
        above = governor(self.trigger) if child(self.trigger, "cop") is None else self.trigger
        if above is None or (above.lemma_.lower() not in words("holding") and above != self.trigger):
            return []
        found = subject(above)
        if found is None:
            return []
        agenda = any(t.lemma_.lower() in words("agendas") for t in found.subtree)
        return self.parties.owners(found) if agenda else self.parties.of_phrase(found)

    @cached_property
    def _prepositions(self) -> list[tuple[str, Token]]:
        """Prepositional phrases of the trigger, of its object, and, as attachment often errs, of the clause behind it."""
        found = [(prep, head) for prep, head in obliques(self.trigger) if not self._of_other_noun(prep, head)]
        if self.object is not None and self.object.i > self.trigger.i:
            found += obliques(self.object)
        attached = {head.i for _, head in found}
        reach = clause_end(self.trigger) if self.frame.form == "verb" else min(clause_end(self.trigger), self.trigger.i + 16)
        for token in self.trigger.doc[self.trigger.i + 1 : reach]:
            head = token.head
            if label(token) != "case" or head.i < token.i or head.i in attached:
                continue
            if (self._own(token.lower_, head) or not self._nested(token.lower_, head)) and not self._of_other_noun(token.lower_, head):
                found.append((token.lower_, head))
        return found

    def _of_other_noun(self, prep: str, head: Token) -> bool:
        """Whether a phrase stands right behind another event noun ("met, the first talks between the two since")."""
        before = next((t for t in reversed(self.trigger.doc[self.trigger.i : head.i]) if t.lower_ == prep), None)
        if before is None or before.i - 1 <= self.trigger.i:
            return False
        noun = before.nbor(-1)
        return noun != self.object and noun.lemma_.lower() not in self.frame.near and noun.pos_ == "NOUN" and _takes(noun, prep)

    def _own(self, prep: str, head: Token) -> bool:
        """Whether a phrase hung on one of the noun's own parties is the noun's ("the visit of X to Y")."""
        return self.frame.form == "noun" and prep == "to" and prep in self.frame.target and head.head.head == self.trigger

    def _nested(self, prep: str, head: Token) -> bool:
        """Whether a stray phrase belongs to another name ("the foreign minister of Chad") or another noun with frames."""
        if self.parties.linked(head.i) is None and not any(self.parties.linked(t.i) for t in head.subtree):
            return False
        above = head.head
        if not label(head).startswith("nmod") or above == self.object or above == self.trigger:
            return False
        return self.parties.linked(above.i) is not None or _takes(above, prep)

    def _after(self, head: Token) -> list[Party]:
        """Parties of a prepositional phrase: the parsed phrase, with the coordination read on along the words."""
        found = self.parties.of_phrase(head)
        start, end = phrase(head)
        stop = min(int(head.sent.end), max(end, head.i + 25))
        named = found and all(p.by not in {"number", "pronoun", "unnamed"} for p in found)
        return _merge(found, self.parties.among(start, stop)) if named else found

    def _allied(self) -> list[Party]:
        """Those who act along: "in conjunction with the European Union"."""
        doc, sentence = self.trigger.doc, self.trigger.sent
        low = [t.lower_ for t in doc[sentence.start : sentence.end]]
        found: list[Party] = []
        for parts in _ally_phrases():
            if parts[0] not in low:
                continue
            for at in range(len(low) - len(parts)):
                if low[at : at + len(parts)] == parts and self._same_clause(sentence.start + at):
                    found = _merge(found, self.parties.among(sentence.start + at + len(parts), min(sentence.end, sentence.start + at + 14)))
        return found

    def _same_clause(self, at: int) -> bool:
        if at > self.trigger.i:
            return at < clause_end(self.trigger) and self.trigger.doc[at].lower_ != "as"
        return False

    def _about(self, slots: tuple[str, ...]) -> list[Party]:
        found: list[Party] = []
        for slot in slots:
            heads = [self.object] if slot == "object" else [head for prep, head in self._prepositions if prep == slot]
            for head in heads:
                if head is not None:
                    found = _merge(found, self.parties.agreement(*phrase(head)))
        if self.frame.object_is == "agreement" and not found and label(self.trigger).startswith("acl"):
            start = self.trigger.head.left_edge.i
            found = self.parties.agreement(start, self.trigger.i)
        return found

    def _nearest_before(self) -> list[Party]:
        """Where the parse has no subject at all: the nearest actors before the verb in its clause."""
        if label(self.trigger) in {"amod", "xcomp"}:
            return []
        doc, start = self.trigger.doc, int(self.trigger.sent.start)
        for token in reversed(doc[start : self.trigger.i]):
            if token.text in {";", ":", "“", "”"} or (is_verb(token) and token.tag_ != "VBN"):
                start = token.i + 1
                break
        self.fallback = True
        return self.parties.among(start, self.trigger.i)[:3]


def _takes(noun: Token, prep: str) -> bool:
    """Whether an event noun has parties of its own behind such a preposition."""
    return any(prep in (*frame.source, *frame.target, *frame.about) for frame in lexicon().nouns.get(noun.lemma_.lower(), ()))


@cache
def _ally_phrases() -> tuple[list[str], ...]:
    return tuple(phrase_.split() for phrase_ in sorted(words("allies")))


def _merge(first: list[Party], second: list[Party]) -> list[Party]:
    have = {p.actor for p in first}
    return [*first, *(p for p in second if p.actor not in have)]
