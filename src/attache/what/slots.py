"""The slots of a trigger: who stands as its subject, object, owner, behind its prepositions, or where it happens."""

from __future__ import annotations

from functools import cache, cached_property

from spacy.tokens import Token

from attache.what.grammar import asked, child, clause_end, direct_object, governor, is_passive, is_verb, label, obliques, phrase, subject
from attache.what.lexicon import Frame, takes, words
from attache.what.parties import Parties
from attache.what.party import Party

DIRECT = frozenset(
    {"subject", "object", "iobject", "possessive", "modifier", "owner", "within", "place", "scene", "mover", "told", "asked"}
)
"""Slots that are no prepositions."""
_LAST = {"place", "scene", "mover"}
_SCENES = {"in", "near", "at", "outside", "inside", "across", "throughout", "over", "into", "around", "along", "within", "from", "to"}


class Slots:
    """The parties around one trigger, as one frame asks for them."""

    def __init__(self, trigger: Token, frame: Frame, parties: Parties) -> None:
        self.trigger, self.frame, self.parties = trigger, frame, parties
        self.object = direct_object(trigger) if frame.form == "verb" else None
        self.fallback = False

    def collect(self, slots: tuple[str, ...]) -> list[Party]:
        found: list[Party] = []
        for slot in slots:
            if slot not in _LAST or not found:
                found = merge(found, self.slot(slot))
        return found

    def slot(self, slot: str) -> list[Party]:
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
        if slot == "asked":
            actor = asked(self.trigger)
            return self.parties.of_phrase(actor) if actor is not None else []
        if slot == "iobject":
            return self._indirect()
        if slot == "possessive":
            return self._held(("nmod:poss",))
        if slot == "modifier":
            return self._held(("amod", "compound", "nmod"), before=True)
        if slot == "owner":
            return self.owner()
        return [p for prep, head in self.prepositions if prep == slot for p in self._after(head) or self._whose(head)]

    def _whose(self, head: Token) -> list[Party]:
        """Whoever is named in what a verb of judging is about: "complained over two Israeli raids"."""
        return self.parties.among(*phrase(head)) if "within" in self.frame.target else []

    def _told(self) -> list[Party]:
        """The subject of what is said: "alleged that France had known", "its demand that Israel leave"."""
        clause = child(self.trigger, "ccomp", "acl")
        if self.object is not None and clause is None:
            clause = child(self.object, "acl", "ccomp")
        actor = child(clause, "nsubj", "nsubj:pass") if clause is not None else None
        return self.parties.of_phrase(actor) if actor is not None and actor.i > self.trigger.i else []

    def _scene(self) -> list[Party]:
        """The country where it takes place, for acts that are aimed at those who are there."""
        scenes = _SCENES - {"from"} if self.frame.kind == "visit" else _SCENES  # "a visit by a delegation from Washington"
        heads = [head for prep, head in self.prepositions if prep in scenes]
        heads.sort(key=lambda head: not self.parties.is_place(head.i))
        return next((spot for head in heads if (spot := self.parties.state_at(*phrase(head)))), [])

    def _subject(self) -> list[Party]:
        if is_passive(self.trigger) and not self.frame.stative:
            return [p for prep, head in obliques(self.trigger) if prep == "by" for p in self._after(head)]
        found = subject(self.trigger)
        if found is None or found.i == self.trigger.i:
            return []
        if found.i == self.trigger.head.i and found.lemma_.lower() in words("struck"):
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

    def agentless(self) -> bool:
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
                found = merge(found, self.parties.pronoun(c) or self.parties.among(c.left_edge.i, c.i + 1))
        return found

    def owner(self) -> list[Party]:
        """For "X held talks with", "X's schedule includes a meeting with": the subject of the verb above."""
        above = governor(self.trigger) if child(self.trigger, "cop") is None else self.trigger
        there = above is not None and child(above, "cop") is not None and self.parties.is_place(above.i)  # "is in Kampala for talks"
        holds = above is not None and (above.lemma_.lower() in words("holding") or above == self.trigger or there or self._takes_part())
        if above is None or not holds:
            return []
        found = subject(above)
        if found is None:
            return []
        agenda = any(t.lemma_.lower() in words("agendas") for t in found.subtree)
        return self.parties.among(*phrase(found)) if agenda else self.parties.of_phrase(found)

    def _takes_part(self) -> bool:
        """Whether who acts was in the talks too: "spoke after talks with her"; not after another's talks."""
        case = child(self.trigger, "case")
        beside = case is not None and case.lower_ in words("beside_talks") and not self._held(("nmod:poss",))
        return beside and any(prep == "with" for prep, _ in obliques(self.trigger))

    @cached_property
    def prepositions(self) -> list[tuple[str, Token]]:
        """Prepositional phrases of the trigger, of its object, and, as attachment often errs, of the clause behind it."""
        found = [(prep, head) for prep, head in obliques(self.trigger) if not self._of_other_noun(prep, head)]
        if self.object is not None and self.object.i > self.trigger.i:
            own = self.object.lemma_.lower()  # "discussed talks with them": the talks are, not the discussing
            found += [(prep, head) for prep, head in obliques(self.object) if own in self.frame.object or not takes(own, prep)]
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
        if noun == self.object or noun.pos_ != "NOUN" or noun.lemma_.lower() in self.frame.near:
            return False
        return takes(noun.lemma_.lower(), prep)

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
        return self.parties.linked(above.i) is not None or takes(above.lemma_.lower(), prep)

    def _after(self, head: Token) -> list[Party]:
        """Parties of a prepositional phrase: the parsed phrase, with the coordination read on along the words."""
        found = self.parties.of_phrase(head)
        start, end = phrase(head)
        stop = min(int(head.sent.end), max(end, head.i + 25))
        named = found and all(p.by not in {"number", "pronoun", "unnamed"} for p in found)
        return merge(found, self.parties.among(start, stop)) if named else found

    def allied(self) -> list[Party]:
        """Those who act along: "in conjunction with the European Union"."""
        doc, sentence = self.trigger.doc, self.trigger.sent
        low = [t.lower_ for t in doc[sentence.start : sentence.end]]
        found: list[Party] = []
        for parts in _ally_phrases():
            if parts[0] not in low:
                continue
            for at in range(len(low) - len(parts)):
                if low[at : at + len(parts)] == parts and self._same_clause(sentence.start + at):
                    found = merge(found, self.parties.among(sentence.start + at + len(parts), min(sentence.end, sentence.start + at + 14)))
        return found

    def _same_clause(self, at: int) -> bool:
        if at > self.trigger.i:
            return at < clause_end(self.trigger) and self.trigger.doc[at].lower_ != "as"
        return False

    def agreements(self, slots: tuple[str, ...]) -> list[Party]:
        found: list[Party] = []
        for slot in slots:
            heads = [self.object] if slot == "object" else [head for prep, head in self.prepositions if prep == slot]
            for head in heads:
                if head is not None:
                    found = merge(found, self.parties.agreement(*phrase(head)))
        if self.frame.object_is == "agreement" and not found and label(self.trigger).startswith("acl"):
            start = self.trigger.head.left_edge.i
            found = self.parties.agreement(start, self.trigger.i)
        return found

    def nearest_before(self) -> list[Party]:
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


@cache
def _ally_phrases() -> tuple[list[str], ...]:
    return tuple(phrase_.split() for phrase_ in sorted(words("allies")))


def merge(first: list[Party], second: list[Party]) -> list[Party]:
    have = {p.actor for p in first}
    return [*first, *(p for p in second if p.actor not in have)]
