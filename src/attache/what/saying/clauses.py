"""What a verb of saying reports as a clause or quotes, with the slips of a parse mended by the words around it."""

from __future__ import annotations

from spacy.tokens import Token

from attache.what.grammar import child, is_verb, label
from attache.what.saying.broken import around, broken, inserted
from attache.what.saying.cues import Cue, book
from attache.what.saying.drafts import FINITE, CueVerb, case_of
from attache.what.saying.extents import subtree
from attache.what.saying.quoting import quoted
from attache.what.saying.speakers import second_verb

_WIDEST_GAP = 30
_NEAR = 7


def quote(verb: CueVerb, cue: Cue) -> set[int]:
    """Quotations beside the cue, with the clause that they are part of."""
    if verb.passive and label(verb.token) in {"advcl", "acl"}:
        return set()  # "Asked about it, “No,” she said": not the one who was asked by the cue
    found = quoted(verb.page, verb.token)
    if not found:
        return set()
    clause, start = reported(verb, cue), verb.clause[0]
    if min(found) < start:  # “...,” she said after the talks: of the rest only what stands before
        clause = {i for i in clause if i < start and verb.page.paragraph[i] == verb.page.paragraph[start]}
    return found | clause


def reported(verb: CueVerb, cue: Cue) -> set[int]:
    """ "Said that ...", "..., he said", "he said: ..."."""
    clause = child(verb.token, "ccomp") or _late_subject(verb)
    if clause is None:
        clause = next((c for c in verb.token.children if label(c) == "parataxis" and _introduced(verb, c)), None)
    if clause is None:
        aside = broken(verb, around(verb)) if "quote" in cue.takes else set()
        return aside or _cut_short(verb) or _that(verb) or (inserted(verb) if "quote" in cue.takes else set()) or _block(verb)
    content = subtree(clause, [c for c in clause.children if c.i > clause.i and second_verb(c) == verb.token])
    if clause.i < verb.token.i:  # "We will stay, he said in Ankara": the parse may hang the place on the first verb
        content = {i for i in content if i < verb.token.i}
    return broken(verb, content | _rest(verb, clause) | _gap(verb, clause))


def _late_subject(verb: CueVerb) -> Token | None:
    """ "It was reported that ..."."""
    found = child(verb.token, "csubj", "csubj:pass")
    return found if found is not None and found.i > verb.token.i and verb.passive else None


def _introduced(verb: CueVerb, clause: Token) -> bool:
    """Whether a loose clause is what the verb introduces: before it, or behind a colon."""
    if clause.i < verb.token.i:
        return any(is_verb(t) or t.pos_ == "AUX" for t in clause.subtree)
    return any(t.text == ":" for t in verb.page.doc[verb.token.i : clause.left_edge.i + 1])


def _rest(verb: CueVerb, clause: Token) -> set[int]:
    """What the parse hangs on the verb though it belongs to the words reported: "said that A, and B would", "said that A because B"."""
    more: set[int] = set()
    for c in verb.token.children:
        if c.i < clause.i or clause.i < verb.token.i:
            continue
        own = child(c, "nsubj", "nsubj:pass", "expl") is not None and c.lemma_.lower() not in book().verbs
        grounds = label(c) == "advcl" and case_of(c) in book().lists["grounds"]
        if grounds or (own and label(c) in {"conj", "parataxis"}):
            more |= subtree(c)
    return more


def _gap(verb: CueVerb, clause: Token) -> set[int]:
    """Words between the verb and its clause that the parse gives to nothing of the verb's: the clause's own subject, mostly."""
    token, first = verb.token, clause.left_edge.i
    if not token.i < first < token.i + _WIDEST_GAP:
        return set()
    lent = child(token, "obj") if child(clause, "nsubj", "nsubj:pass", "csubj", "expl", "mark") is None else None
    taken = {t.i for c in token.children if c not in (clause, lent) and c.i > token.i for t in c.subtree}
    left = [i for i in range(verb.cue.stop, first) if i not in taken and not verb.page.doc[i].is_space]
    return set(range(left[0], first)) if len(left) > 1 and not verb.page.doc[left[0]].is_punct else set()


def _cut_short(verb: CueVerb) -> set[int]:
    """ "Explained these workers [object] were well paid": a finite verb right behind the object makes a clause of it."""
    token, object_ = verb.token, child(verb.token, "obj")
    if object_ is None or object_.i < token.i or token.tag_ not in FINITE or object_.right_edge.i + 1 >= verb.sentence_end:
        return set()
    follower = verb.page.doc[object_.right_edge.i + 1]
    joined = label(follower) in {"conj", "acl:relcl", "acl"} or any(label(c) == "cc" for c in follower.children)
    if follower.tag_ not in FINITE or joined:
        return set()
    return set(range(object_.left_edge.i, verb.sentence_end))


def _that(verb: CueVerb) -> set[int]:
    """Behind a bad parse: "that" right behind the verb and its object, to the end of the sentence."""
    doc, at, stop = verb.page.doc, verb.token.i, verb.sentence_end
    for token in doc[at + 1 : min(at + _NEAR, stop)]:
        if token.lower_ == "that" and token.pos_ == "SCONJ":
            if token.i + 1 == len(doc) or doc[token.i + 1].is_punct:
                return set()
            opens = token.i == at + 1 or (token.head.i > token.i and label(token.head) not in {"acl:relcl", "acl"})
            return set(range(token.i, stop)) if opens else set()
        if token.is_punct or (is_verb(token) and token.tag_ != "VBN"):
            return set()
    return set()


def _block(verb: CueVerb) -> set[int]:
    """ "She continued:" at the end of its paragraph: the paragraph that follows."""
    doc, page = verb.page.doc, verb.page
    last = next((t for t in reversed(doc[verb.token.i : verb.sentence_end]) if not t.is_space), verb.token)
    start = next((i for i in range(last.i + 1, len(doc)) if not doc[i].is_space), len(doc))
    if last.text != ":" or start >= len(doc) or page.paragraph[start] == page.paragraph[last.i] or not verb.bare:
        return set()
    return set(range(start, page.paragraph_end(start)))
