"""Which acts are the content of another: "threatened to ban", "rejected calls to withdraw", "said that it must leave"."""

from __future__ import annotations

from collections.abc import Collection

from spacy.tokens import Token

from attache.what.grammar import is_verb, label

_ASIDE = frozenset({"conj", "advcl", "parataxis", "appos", "advcl:relcl"})
_CIRCUMSTANCE = frozenset({
    "after", "before", "since", "during", "in", "at", "when", "while", "following", "amid", "despite", "until", "as", "ahead",
})  # fmt: skip
_FAR = 12


def governor_among(token: Token, triggers: Collection[int], loosely: Collection[int] = ()) -> int | None:
    """The token among ``triggers`` whose content a trigger word belongs to, or None; to one of ``loosely`` a clause beside it belongs too.

    Clauses beside it ("accused X and expelled Y", "left, warning that") and circumstances ("after the attack") are no content.
    """
    at = token
    for _ in range(_FAR):
        above = at.head
        if above == at:
            return None
        if above.i in triggers and not _is_doer(at) and not _is_beside(at, loosely=above.i in loosely):
            return above.i
        at = above
    return None


def _is_beside(token: Token, loosely: bool) -> bool:
    """Whether a clause or phrase stands beside what governs it; ``loosely`` only what is joined on does."""
    joined = label(token) == "conj" and is_verb(token)
    aside = label(token) in _ASIDE and label(token) != "conj"
    return joined or (not loosely and (aside or _is_circumstance(token)))


def _is_circumstance(token: Token) -> bool:
    if not label(token).startswith(("obl", "nmod")):
        return False
    return any(label(c) in {"case", "mark"} and c.lower_ in _CIRCUMSTANCE for c in token.children)


def _is_doer(token: Token) -> bool:
    return label(token).startswith(("nsubj", "csubj")) and "pass" not in label(token)
