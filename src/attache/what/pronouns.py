"""Whom a personal pronoun stands for, where an event has it for a party."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from spacy.tokens import Token

from attache.reading import Reading
from attache.what.grammar import governor, label, subject
from attache.what.lexicon import words
from attache.what.mentions import Mentions
from attache.what.numbers import Numbers
from attache.what.party import Party
from attache.what.unnamed import Unnamed


@dataclass
class Pronouns:
    """The pronouns of one page; ``of_phrase`` gives the actors of a noun phrase, ``counted`` whom a counting word counts."""

    mentions: Mentions
    reading: Reading
    unnamed: Unnamed
    numbers: Numbers
    of_phrase: Callable[[Token], list[Party]]
    counted: Callable[[Token], Token]
    asked: set[int] = field(default_factory=set)
    """Pronouns that are being looked up: what they stand for may lead back to them."""

    def of(self, head: Token) -> list[Party]:
        """What a personal pronoun stands for: as linked, else the subject of the clause above, else that of the last sentence."""
        mention = self.mentions.at.get(head.i)
        if mention is not None and mention.kind == "pronoun":
            return [Party(mention.actor, head.i, head.i + 1, "pronoun")]
        if mention is not None:
            return []  # "US" is not "us"
        plural = head.lower_ in words("plural_pronouns")
        if head.i in self.asked or (not plural and head.lower_ not in words("singular_pronouns")):
            return []
        if head.lower_ == "it" and label(head) == "obj" and self._thing_before(head):
            return []  # "welcomed the deal, while Syria hailed it"
        self.asked.add(head.i)
        try:
            return self._above(head, plural) or self._last_subject(head, plural)
        finally:
            self.asked.discard(head.i)

    def _above(self, head: Token, plural: bool) -> list[Party]:
        """The subject of a clause above a pronoun, where it fits in number."""
        above = governor(head.head) if head.head != head else None
        while above is not None:
            matrix = subject(above)
            # "One of them told": who the pronoun means is not told by the words that count it
            if matrix is not None and matrix.i < head.i and matrix.lower_ != head.lower_ and self.counted(matrix) != head:
                found = self.of_phrase(matrix)
                if found and ((len(found) > 1) == plural or (plural and not self.reading.is_person(found[0].actor))):
                    return [Party(p.actor, head.i, head.i + 1, "pronoun") for p in found]
            above = governor(above)
        return []

    def _last_subject(self, head: Token, plural: bool) -> list[Party]:
        """Who acted in the last event that fits in number (one: in this sentence or the two before); nobody where "they" are its things."""
        if head.lower_ in {"we", "us"} or (head.lower_ in {"they", "them"} and self._things_before(head)):
            return []  # "we" are those who speak, whoever acted last
        near = 0 if plural else self.mentions.doc[max(self.numbers.previous(head) - 1, 0)].sent.start_char
        for event in self.numbers.recent():
            sides = [a for a in event.source if plural or self.reading.is_person(a) == (head.lower_ in {"he", "she", "him", "her"})]
            if sides and (len(sides) > 1) == plural and near <= event.trigger.end <= head.idx:
                return [Party(a, head.i, head.i + 1, "pronoun") for a in sides]
        return []

    def _thing_before(self, head: Token) -> bool:
        """Whether something that is nobody is acted upon in the sentence before a pronoun, or in the one before that."""
        before = self.mentions.doc[self.numbers.previous(head) : head.i]
        things = (t for t in before if label(t) in {"obj", "nsubj:pass"} and t.tag_ == "NN" and self.mentions.linked(t.i) is None)
        return any(self.unnamed.kind(t) is None for t in things)

    def _things_before(self, head: Token) -> bool:
        """Whether the last words for several before a pronoun in its sentence are things: "condemned the launches, said they broke ..."."""
        for token in reversed(self.mentions.doc[head.sent.start : head.i]):
            if self.mentions.linked(token.i) is None and token.tag_ == "NNS":
                return self.unnamed.kind(token) is None
            if self.mentions.linked(token.i) is not None and token.head.i < head.i and any(c.pos_ == "CCONJ" for c in token.subtree):
                return False
        return False
