"""Reading a parse: subjects, objects and prepositions of a verb or noun, whatever labels the pipeline uses.

Universal Dependencies labels are taken as they are; the ClearNLP labels of ``en_core_web_*`` are mapped onto them.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from attache.what.lexicon import words

_LABELS = {
    "nsubjpass": "nsubj:pass", "csubjpass": "csubj:pass", "dobj": "obj", "dative": "iobj", "poss": "nmod:poss", "relcl": "acl:relcl",
    "auxpass": "aux:pass", "prt": "compound:prt", "nn": "compound", "neg": "advmod", "pobj": "obl",
}  # fmt: skip
CLAUSAL = frozenset({"acl", "acl:relcl", "advcl", "advcl:relcl", "ccomp", "parataxis", "csubj", "csubj:pass"})
_OBLIQUE = ("obl", "nmod", "advmod", "advcl", "acl")
Phrase = tuple[int, int]
"""Tokens ``[start, end)``."""


def label(token: Token) -> str:
    """The dependency label in Universal Dependencies terms."""
    return _LABELS.get(token.dep_, token.dep_)


def child(token: Token, *labels: str) -> Token | None:
    """The first child that bears one of the labels."""
    return next((c for c in token.children if label(c) in labels), None)


def noun_forms(token: Token) -> tuple[str, ...]:
    """The lemma of a noun, and the singulars that a lemmatiser misses in a capitalised plural ("Ministers", "Fishermen")."""
    low = token.lower_
    if token.tag_ not in {"NNS", "NNPS", "NNP"}:
        return (token.lemma_.lower(), low)
    return (token.lemma_.lower(), low, low.removesuffix("s"), low.removesuffix("men") + "man")


def is_verb(token: Token) -> bool:
    """Whether a token is a verb form, auxiliaries left out."""
    return token.pos_ == "VERB" or (token.pos_ != "AUX" and token.tag_.startswith("VB"))


def is_passive(verb: Token) -> bool:
    """Whether the verb's subject is the one acted upon."""
    if child(verb, "nsubj:pass", "aux:pass", "csubj:pass") is not None:
        return True
    # "the deal signed in May"; but "accusations that Russia had attacked" has an auxiliary and is active.
    return verb.tag_ == "VBN" and label(verb) in {"acl", "advcl"} and child(verb, "aux") is None


def phrase(head: Token) -> Phrase:
    """The noun phrase of a head: its subtree up to the first clause inside it."""
    start = head.left_edge.i
    end = head.right_edge.i + 1
    cut = [c.left_edge.i for c in _descendants(head) if label(c) in CLAUSAL and c.left_edge.i > head.i]
    return start, min([end, *cut])


def _descendants(head: Token) -> Iterator[Token]:
    """Tokens below a head, not looking inside clauses."""
    for c in head.children:
        yield c
        if label(c) not in CLAUSAL:
            yield from _descendants(c)


def subject(verb: Token, depth: int = 0) -> Token | None:
    """The one who acts (active voice) or is acted upon (passive): the word's own subject, or the one it shares."""
    own = child(verb, "nsubj", "nsubj:pass", "expl")
    relation = label(verb)
    if own is not None and own.lower_ in words("relatives") and relation.startswith(("acl", "advcl")):
        return verb.head
    if own is not None and label(own) != "expl":
        return own
    if depth > 5 or verb.head == verb:
        return None
    if relation == "xcomp":
        controller = child(verb.head, "obj", "iobj")
        return controller if controller is not None else subject(verb.head, depth + 1)
    if relation == "acl" and verb.tag_ in {"VBG", "VBN"}:
        return verb.head
    if relation in {"acl", "acl:relcl"} and verb.head.pos_ in {"NOUN", "PROPN"}:
        return None if relation == "acl:relcl" else _governor_subject(verb.head, depth)
    if relation == "advcl" and verb.tag_ == "VBG" and _is_told_of_object(verb):
        return child(verb.head, "obj", "iobj")
    if relation in {"conj", "advcl", "ccomp", "parataxis", "dep"} and (is_verb(verb.head) or verb.head.pos_ in {"AUX", "ADJ"}):
        return subject(verb.head, depth + 1)
    return None


def _is_told_of_object(verb: Token) -> bool:
    """ "Accused Moscow of sending", "kept them from leaving": the deed is that of the one spoken of."""
    marker = child(verb, "mark")
    return marker is not None and marker.lower_ in words("deed_markers") and child(verb.head, "obj", "iobj") is not None


def _governor_subject(noun: Token, depth: int) -> Token | None:
    """Of "X made a promise to leave": X."""
    owner = governor(noun)
    return subject(owner, depth + 1) if owner is not None else None


def governor(token: Token) -> Token | None:
    """The nearest verb (or copular predicate) above a token."""
    for above in token.ancestors:
        if is_verb(above) or child(above, "cop") is not None:
            return above
    return None


def direct_object(verb: Token) -> Token | None:
    """The one acted upon: object, or subject of a passive; the head noun of "the deal, which X signed"."""
    if is_passive(verb):
        return subject(verb)
    found = child(verb, "obj") or child(verb, "iobj")
    if found is not None and found.lower_ in words("relatives"):
        return verb.head
    if found is None and label(verb) == "acl:relcl" and subject(verb) != verb.head:
        doer = subject(verb)
        return verb.head if doer is None or owner_before(doer) is None else None
    if found is None and label(verb) == "conj" and is_verb(verb.head):
        shared = child(verb.head, "obj")
        return shared if shared is not None and shared.i > verb.i else None
    return found


def owner_before(noun: Token) -> Token | None:
    """Whose it is, of "whose troops": the noun that the clause is about."""
    whose = next((c for c in noun.children if c.lower_ == "whose"), None)
    if whose is None:
        return None
    clause = next((a for a in noun.ancestors if label(a).startswith("acl")), None)
    return clause.head if clause is not None and clause.head.i < whose.i else None


def obliques(token: Token) -> list[tuple[str, Token]]:
    """Prepositions (lower case) with what they govern: ("with", Macron), for either style of labels."""
    found = []
    for c in token.children:
        if c.dep_ in {"prep", "agent"}:
            found += [(c.lower_, inner) for inner in c.children if inner.dep_ in {"pobj", "pcomp"}]
            continue
        if label(c).startswith(_OBLIQUE):
            case = next((inner for inner in c.children if label(inner) in {"case", "mark"} and inner.i < c.i), None)
            if case is None and label(c.left_edge) == "case" and c.left_edge.i < c.i:
                case = c.left_edge  # "between Commission President Ursula": parsers may hang it on the title
            if case is not None:
                found.append((case.lower_, c))
    return found


def is_infinitive(clause: Token | None) -> bool:
    """Whether a clause's verb has "to" before it."""
    return clause is not None and any(c.lower_ == "to" and label(c) in {"mark", "aux"} for c in clause.children)


def mandated(verb: Token) -> Token | None:
    """The verb of the clause that asks for something to be done: "demanded that Iran release them", "insists that it should stop".

    It is in the bare form, the mandative subjunctive (Huddleston & Pullum 2002, ch. 11), or has an auxiliary of obligation. Of what is
    merely told ("insisted that Iran had stopped") there is none.
    """
    clause = child(verb, "ccomp")
    if clause is None or clause.i < verb.i:
        return None
    finite = next((c for c in clause.children if label(c) in {"aux", "aux:pass", "cop"}), clause)
    if finite.lower_ in words("obliged"):
        return clause
    if finite.lower_ != finite.lemma_.lower() or finite.tag_ not in {"VB", "VBP"}:
        return None
    doer = child(clause, "nsubj", "nsubj:pass")
    alone = doer is not None and not doer.conjuncts and doer.tag_ in {"NN", "NNP"}
    return clause if finite.tag_ == "VB" or alone or verb.tag_ in {"VBD", "VBN"} else None


def asked(verb: Token) -> Token | None:
    """Who is to act: "demanded that Iran release them", "called for Iran to do so"; nobody of "that they be released"."""
    clause = mandated(verb)
    if clause is not None:
        return child(clause, "nsubj")
    clause = next((c for c in verb.children if is_infinitive(c) and c.i > verb.i), None)
    if clause is None:
        return None
    # parsers often hang the doer on the verb above
    above = [head for prep, head in obliques(verb) if prep == "for" and phrase(head)[1] == clause.left_edge.i]
    return above[0] if above else child(clause, "nsubj")


def particles(verb: Token) -> set[str]:
    """Particles of a verb ("down" of "sat down"), by label or by standing right after it."""
    found = {c.lower_ for c in verb.children if label(c) == "compound:prt" or (label(c) == "advmod" and c.i <= verb.i + 2)}
    if verb.i + 1 < len(verb.doc):
        found.add(verb.nbor(1).lower_)
    return found


def _opens_matrix(auxiliary: Token, token: Token) -> bool:
    """Whether an auxiliary goes on with the clause around a relative one: "the US, which left the deal, is holding ..."."""
    verb = auxiliary.head
    return label(auxiliary) in {"aux", "aux:pass", "cop"} and label(token).startswith("acl") and token in verb.subtree and verb.i > token.i


def _opens_clause(auxiliary: Token, token: Token) -> bool:
    """Whether an auxiliary is that of another verb with a subject of its own behind the token: "signed hours after he had met her"."""
    verb = auxiliary.head
    own = child(verb, "nsubj", "nsubj:pass")
    return label(auxiliary) in {"aux", "aux:pass", "cop"} and verb != token and own is not None and token.i < own.i < verb.i


def clause_end(token: Token) -> int:
    """Where the stretch of words that belongs to a trigger ends: the next clause, or the end of the sentence."""
    for other in token.doc[token.i + 1 : token.sent.end]:
        finite = other.tag_ in {"VBD", "VBZ", "VBP", "MD"}
        opens = finite and (is_verb(other) or _opens_matrix(other, token) or _opens_clause(other, token))
        if opens or other.text in {";", ".", "?", "!"}:
            return other.i
    return int(token.sent.end)
