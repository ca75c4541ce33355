"""Whose statement it is: the words of the clause that name the speaker of a cue."""

from __future__ import annotations

from spacy.tokens import Token

from attache.what.grammar import child, governor, is_verb, label, obliques
from attache.what.saying.cues import book

_DEEP = 6
_TOPS = {"nsubj", "nsubj:pass", "root", "ROOT"}
_SUBJECTS = ("nsubj", "nsubj:pass", "csubj", "nsubj:outer")
_FINITE = {"VBD", "VBZ", "VBP"}
_NAMING = {"NOUN", "PROPN", "PRON"}
_INNER = {"compound", "flat", "det", "amod", "nmod", "nmod:poss", "appos", "nummod"}
_CLOSING = {"”", '"', "'", ",", "“"}
_SHARING = {"conj", "advcl", "parataxis", "dep", "ccomp"}


def is_passive(verb: Token) -> bool:
    """Whether a cue tells what is said of its subject; taggers take "said" for a participle too readily to trust the tag alone."""
    if child(verb, "nsubj:pass", "aux:pass", "csubj:pass") is not None:
        return True
    bare = child(verb, "aux", "nsubj", "obj", "ccomp") is None
    return bare and verb.tag_ == "VBN" and label(verb) in {"acl", "advcl"}


def speaker_of_verb(verb: Token, passive: bool = False) -> Token | None:
    """The head of the words that name who acts in a verb; a relative or personal pronoun is left as it stands.

    With ``passive`` the one acted upon does not count: the speaker is the agent ("by X"), if there is one.
    """
    if passive:
        return next((head for prep, head in obliques(verb) if prep == "by"), None)
    return child(verb, *_SUBJECTS) or beside(verb) or _subject(verb, 0)


def beside(verb: Token) -> Token | None:
    """Where the parse gives a finite verb no subject: the name or noun right before it, or right behind one that closes a quotation."""
    if verb.tag_ not in _FINITE or label(verb) in {"acl", "acl:relcl", "xcomp", "amod"} or child(verb, "cc") is not None:
        return None
    doc, at = verb.doc, verb.i - 1
    while at > verb.sent.start and doc[at].pos_ in {"AUX", "ADV"}:
        at -= 1
    if at >= verb.sent.start and doc[at].pos_ in _NAMING and not _an_argument(doc[at], verb):
        return _phrase_head(doc[at], verb)
    closes = verb.i + 1 < len(doc) and doc[verb.i - 1].text[-1:] in _CLOSING
    if closes and doc[verb.i + 1].pos_ in {*_NAMING, "DET", "ADJ", "NUM"}:
        return _phrase_head(doc[verb.i + 1], verb)
    return None


def _an_argument(token: Token, verb: Token) -> bool:
    """Whether a word before a verb hangs on it as anything but a clause: "On Monday said ..."."""
    top = token
    while top.head != verb and top.head != top:
        top = top.head
    apart = any(t.text == "," for t in token.doc[top.i : token.i])  # "In Paris, Minister X said": a comma ends the adverbial
    return top.head == verb and label(top) not in {"ccomp", "parataxis", "dep"} and not apart


def _phrase_head(token: Token, verb: Token) -> Token:
    """The head of the noun phrase that a token stands in, not looking past the verb or a comma."""
    while token.head not in (token, verb) and token.head.pos_ in _NAMING and label(token) in _INNER and _between(token, verb):
        token = token.head
    return token


def _between(token: Token, verb: Token) -> bool:
    """Whether a token and its head stand on the same side of a verb, with no punctuation between them."""
    first, last = sorted((token.i, token.head.i))
    return (token.i < verb.i) == (token.head.i < verb.i) and not any(t.is_punct for t in token.doc[first:last])


def _subject(verb: Token, depth: int) -> Token | None:
    own = child(verb, *_SUBJECTS)
    if own is not None:
        return own
    first = second_verb(verb)
    if first is not None:
        return _subject(first, depth + 1)
    above, relation = verb.head, label(verb)
    if depth > _DEEP or above == verb:
        return None
    if relation == "xcomp":
        return child(above, "obj", "iobj") or _subject(above, depth + 1) if _hands_on(above) else _subject(above, depth + 1)
    if relation == "acl" and above.pos_ in {"NOUN", "PROPN", "PRON", "NUM"}:
        return _of_participle(verb, above, depth)
    if relation in _SHARING and (is_verb(above) or above.pos_ in {"AUX", "ADJ", "NOUN"}):
        return _subject(above, depth + 1)
    return None


def second_verb(verb: Token) -> Token | None:
    """The first cue verb of a speaker, where the parse hangs the second on what the first reports.

    "Said he would stay and warned that ...", "said he would stay, calling it ...".
    """
    clause, cues = verb.head, book().verbs
    if label(clause) != "ccomp" or child(verb, "nsubj", "aux", "mark") is not None or verb.lemma_.lower() not in cues:
        return None
    first = clause.head
    if first.lemma_.lower() not in cues or not first.i < clause.i < verb.i:
        return None
    if label(verb) == "advcl":
        spoken = any(cue.speech for cue in cues[verb.lemma_.lower()])
        return first if spoken and verb.tag_ == "VBG" and verb.doc[verb.left_edge.i - 1].text == "," else None
    tensed = child(clause, "aux", "aux:pass") is not None or clause.tag_ not in {verb.tag_, "NN", "JJ"}
    return first if label(verb) == "conj" and first.tag_ == verb.tag_ in {"VBD", "VBZ"} and tensed else None


def _hands_on(above: Token) -> bool:
    """Whether the one acted upon is to act: "urged Iran to say"; not "used the speech to say"."""
    return child(above, "obj", "iobj") is not None and not is_passive(above)


def _of_participle(verb: Token, noun: Token, depth: int) -> Token | None:
    """ "A letter saying ...": the letter; "his decision to say ...": whoever decided."""
    if verb.tag_ in {"VBG", "VBN"}:
        apart = verb.tag_ == "VBG" and verb.doc[verb.left_edge.i - 1].text == "," and label(noun) not in _TOPS
        over = governor(noun) if apart else None  # "..., saying that" behind a comma: the clause's own subject
        return (_subject(over, depth + 1) if over is not None else None) or noun
    owner = child(noun, "nmod:poss")
    over = governor(noun)
    return owner or (_subject(over, depth + 1) if over is not None else None)


def speaker_of_noun(noun: Token, light: frozenset[str]) -> Token | None:
    """Who owns or makes a noun: "his claim", "the claim by Iran", "Iran made the claim"."""
    owner = child(noun, "nmod:poss")
    if owner is not None:
        return owner
    by = next((head for prep, head in obliques(noun) if prep in {"by", "from"}), None)
    if by is not None:
        return by
    above = noun.head
    if label(noun) in {"obj", "nsubj:pass"} and is_verb(above) and above.lemma_.lower() in light:
        return speaker_of_verb(above, is_passive(above))
    return next((c for c in noun.children if label(c) == "compound" and c.pos_ == "PROPN"), None)


def phrase_of(head: Token, cue: range) -> tuple[int, int]:
    """Tokens ``[start, end)`` of a speaker: titles, names and what is set beside them, up to the cue where that lies inside."""
    start, end = head.left_edge.i, head.right_edge.i + 1
    if start < cue.stop and cue.start < end:
        if head.i < cue.start:
            end = cue.start
        else:
            start = cue.stop
    while end > start + 1 and (head.doc[end - 1].is_punct or head.doc[end - 1].is_space) and end - 1 != head.i:
        end -= 1
    while start < head.i and (head.doc[start].is_punct or head.doc[start].is_space):
        start += 1
    return start, end
