"""A cue verb with what is known of it, and a statement before its content is laid out as stretches."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Token

from attache.what.grammar import child, label
from attache.what.saying.extents import Page

FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})


@dataclass
class Draft:
    """One statement as found; ``content`` holds token numbers, ``rule`` the construction and cue that made it."""

    cue: range
    speaker: Token | None
    content: set[int]
    rule: str
    speech: bool
    confidence: float


@dataclass(frozen=True)
class CueVerb:
    """A verb that may hand on words.

    ``acting`` is the head of the phrase that its clause names as subject, of its own or shared; ``cue`` the verb with auxiliaries and
    adverbs beside it; ``clause`` the tokens ``[start, end)`` of speaker and cue alone.
    """

    page: Page
    token: Token
    acting: Token | None
    passive: bool
    cue: range
    clause: tuple[int, int]

    @property
    def bare(self) -> bool:
        """Whether the verb has a subject of its own and nothing that it might be about."""
        own = self.acting is not None and self.acting.head == self.token
        return own and child(self.token, "obj", "xcomp", "ccomp") is None

    @property
    def sentence_end(self) -> int:
        """The first token behind the verb's sentence."""
        return int(self.token.sent.end)

    def patient(self) -> Token | None:
        """The one acted upon: the object, or the subject of a passive."""
        return child(self.token, "nsubj:pass") if self.passive else child(self.token, "obj", "iobj")


def case_of(token: Token) -> str:
    """The preposition or conjunction that opens a phrase or clause, lower case; empty where there is none."""
    opener = opener_of(token)
    return opener.lower_ if opener is not None else ""


def opener_of(token: Token) -> Token | None:
    """The word that opens a phrase or clause; ClearNLP trees make it the head of its phrase."""
    return token if token.dep_ == "prep" else next((c for c in token.children if label(c) in {"case", "mark"}), None)


def adverbials(verb: Token) -> list[Token]:
    """The phrases and clauses behind a verb that say more of it: "about the war", "for leaving"."""
    return [c for c in verb.children if c.i > verb.i and (c.dep_ == "prep" or label(c).startswith(("obl", "advcl")))]


def is_infinitive(act: Token) -> bool:
    """Whether a verb stands with "to"."""
    return any(c.lower_ == "to" and label(c) in {"mark", "aux"} for c in act.children)
