"""Which dated facts a clause speaks of: its act, and everybody whom a fact asks for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from spacy.tokens import Token

from attache.doubt.clauses import SUBJECTS, VERBAL, Clause, unreal
from attache.knowledge import About, Act, DatedFact, Knowledge
from attache.reading import Linked

PARTIES = frozenset({"obj", "nsubj:pass", "nsubj", "obl", "obl:agent", "nmod", "nmod:poss", "compound", "amod", "xcomp"})
PARTS_OF_A_NAME = frozenset({"flat", "compound", "conj", "appos", "amod", "flat:foreign", "nmod:desc"})


def triggers(clause: Clause, knowledge: Knowledge) -> Iterator[tuple[Act, Token]]:
    """The acts that a clause speaks of, each with its word: the anchor, or a noun that a light verb carries."""
    acts = knowledge.happenings.acts
    anchor = clause.anchor
    for act in acts.by_form.get(anchor.lower_, ()):
        yield act, anchor
    if anchor.pos_ not in VERBAL or anchor.lemma_.lower() not in acts.light:
        return
    for child in anchor.children:
        if child.dep_ not in {"obj", "nsubj", "nsubj:pass", "obl", "xcomp", "acl", "advmod"}:
            continue
        for act in acts.by_form.get(child.lower_, ()):
            if child.lower_ in act.nouns:
                yield act, child
        for inner in child.children:
            for act in acts.by_form.get(inner.lower_, ()) if inner.dep_ == "compound" else ():
                if act.modifier:
                    yield act, inner


def facts_meant(clause: Clause, linked: Mapping[int, Linked], knowledge: Knowledge) -> list[tuple[DatedFact, Token]]:
    """The most particular facts that a clause speaks of, each with the word of its act; none where the act is denied or planned."""
    if unreal(clause.anchor):
        return []
    text = _Text(clause, linked)
    found = []
    for act, trigger in triggers(clause, knowledge):
        if trigger is not clause.anchor and unreal(trigger):
            continue
        for fact in knowledge.happenings.by_act.get(act.name, ()):
            if all(text.has(about, trigger) for about in fact.about):
                found.append((fact, trigger))
    most = max((len(fact.about) for fact, _ in found), default=0)
    return [(fact, trigger) for fact, trigger in found if len(fact.about) == most]


class _Text:
    """The words of a clause and who is named in them."""

    def __init__(self, clause: Clause, linked: Mapping[int, Linked]) -> None:
        self._clause = clause
        self._tokens = sorted((*clause.far, *clause.tokens), key=lambda t: t.i)
        self._actors: dict[str, list[Linked]] = {}
        for token in self._tokens:
            mention = linked.get(token.i)
            if mention is not None:
                self._actors.setdefault(mention.actor, []).append(mention)
        self._starts: list[int] = []
        parts, at = [], 1
        for token in self._tokens:
            self._starts.append(at)
            parts.append(token.lower_)
            at += len(token.lower_) + 1
        self._said = f" {' '.join(parts)} "

    def has(self, about: About, trigger: Token) -> bool:
        """Whether the clause names one of these, in the part that it must have."""
        return any(token.i != trigger.i and (not about.role or self._plays(token, about.role, trigger)) for token in self._named(about))

    def _named(self, about: About) -> Iterator[Token]:
        doc = self._clause.anchor.doc
        for identity in about.ids:
            for mention in self._actors.get(identity, ()):
                yield doc[mention.start : mention.end].root
        for word in about.words:
            spaced = _spaced(word)
            at = self._said.find(f" {spaced} ")
            while at >= 0:
                yield self._tokens[self._starts.index(at + 1) + spaced.count(" ")]
                at = self._said.find(f" {spaced} ", at + 1)

    def _plays(self, token: Token, role: str, trigger: Token) -> bool:
        top = _top(token)
        if role == "^":
            return token.i != trigger.i and (trigger in token.ancestors and token in trigger.subtree)
        near = {trigger.i, self._clause.anchor.i}
        # of "a body of the UN founded in 1988" only the body is borrowed whole
        borrowed = top in self._clause.far and (top == self._clause.anchor.head or not top.dep_.startswith("nmod"))
        if not (borrowed or top.i in near or (top.head.i in near and top.dep_ in PARTIES)):
            return False
        return role == "=" or self._suffers(top, trigger, borrowed)

    def _suffers(self, top: Token, trigger: Token, borrowed: bool) -> bool:
        """The object of a verb, the subject of a passive, or of one without an object; any of a noun's own."""
        if trigger.pos_ not in VERBAL:
            return True
        passive = any(child.dep_ in {"aux:pass", "nsubj:pass"} for child in trigger.children) or trigger.dep_ == "acl"
        objects = [child for child in trigger.children if child.dep_ == "obj"]
        if objects and not passive:
            return top.dep_ == "obj" and not borrowed
        return passive or borrowed or top.dep_ in SUBJECTS | {"obl", "obl:agent"}


def _top(token: Token) -> Token:
    """The word by which a name hangs on the clause."""
    while token.dep_ in PARTS_OF_A_NAME and token.head is not token and not _noun_of_act(token):
        token = token.head
    return token


def _noun_of_act(token: Token) -> bool:
    """Before a noun of act a name is its party ("EU entry", "Khashoggi murder"), not part of a longer name."""
    return token.dep_ in {"compound", "amod"} and token.head.pos_ == "NOUN"


def _spaced(word: str) -> str:
    return re.sub(r"\s*([-’'])\s*", r" \1 ", word) if "-" in word else word
