"""Which acts are the content of another: "threatened to ban", "rejected calls to withdraw", "said that it must leave"."""

from __future__ import annotations

from collections.abc import Collection

from spacy.tokens import Token

from attache.what.grammar import is_verb, label

_ASIDE = frozenset({"conj", "advcl", "parataxis", "appos", "advcl:relcl"})
_CIRCUMSTANCE = frozenset(
    {"after", "before", "since", "during", "in", "at", "when", "while", "following", "amid", "despite", "until", "as", "ahead"}
)
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
        beside = label(at) in _ASIDE and (is_verb(at) or label(at) != "conj")
        if (
            above.i in triggers
            and not (beside and (above.i not in loosely or label(at) == "conj"))
            and not (_is_circumstance(at) and above.i not in loosely)
            and not _is_doer(at)
        ):
            return above.i
        at = above
    return None


def _is_circumstance(token: Token) -> bool:
    if not label(token).startswith(("obl", "nmod")):
        return False
    return any(label(c) in {"case", "mark"} and c.lower_ in _CIRCUMSTANCE for c in token.children)


def _is_doer(token: Token) -> bool:
    return label(token).startswith(("nsubj", "csubj")) and "pass" not in label(token)
