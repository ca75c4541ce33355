"""Content that stands around its cue: "The pact, he said, is dead", "the pact, as the envoy pointed out, is dead"."""

from __future__ import annotations

from attache.what.grammar import label
from attache.what.saying.cues import book
from attache.what.saying.drafts import FINITE, CueVerb, case_of

_BREAKS = frozenset({",", "—", "–", "-", "”", '"', "'"})
_FAR = 8
_OWN = frozenset({"advcl", "obl", "nsubj", "xcomp", "conj"})


def around(verb: CueVerb) -> set[int]:
    """The clause that the cue's own clause stands in or behind."""
    token, over = verb.token, verb.token.head
    as_clause = label(token) == "advcl" and case_of(token) == "as"
    if not (label(token) == "parataxis" or as_clause) or over == token or not _reports(verb):
        return set()
    own = {t.i for t in token.subtree}
    claims = any(t.pos_ in {"VERB", "AUX"} for t in over.subtree if t.i not in own)
    leads = token.left_edge.i <= over.left_edge.i and not as_clause
    return {t.i for t in over.subtree} - own if claims and not leads and over.i not in own else set()


def inserted(verb: CueVerb) -> set[int]:
    """The rest of the sentence where commas alone set the cue's clause off, and the parse does not see it."""
    (start, end), doc, sentence = verb.clause, verb.page.doc, verb.token.sent
    commas = start - 1 > sentence.start and end < sentence.end and doc[start - 1].text == doc[end].text == ","
    if not commas or not _reports(verb) or verb.token.tag_ not in FINITE or label(verb.token) == "acl:relcl":
        return set()
    return set(range(sentence.start, start)) | set(range(end, sentence.end))


def broken(verb: CueVerb, content: set[int]) -> set[int]:
    """A content with both sides of a cue between commas, whatever the parse hangs on which."""
    (start, end), token, sentence, doc = verb.clause, verb.token, verb.token.sent, verb.page.doc
    aside = verb.acting is not None and verb.acting.head == token and label(token) not in {"advcl", "acl", "acl:relcl"}
    if not content or not aside or start <= sentence.start or end >= sentence.end:
        return content
    end = _to_comma(verb, end)
    if doc[start - 1].text[-1:] not in _BREAKS or doc[end].text[:1] not in _BREAKS:
        return content
    behind = set(range(end, sentence.end))
    for c in token.children:
        if c.i >= end and label(c) in _OWN:
            behind -= {t.i for t in c.subtree}
    quoted = any(i in verb.page.quoted for i in content)
    leads = doc[end].text == "," and min(content) >= end and not quoted  # "To understand it, she said, one must go there"
    own = {"nsubj"} if leads else {"nsubj", "obl", "advcl"}
    own_before = any(doc[i].head == token and label(doc[i]) in own for i in range(sentence.start, start))
    before = set() if own_before else set(range(sentence.start, start))
    return (content | behind | before) - set(range(start, end))


def _to_comma(verb: CueVerb, end: int) -> int:
    """The comma that ends a cue's clause, where a few words without a verb stand before it: "she said in a June report, and"."""
    doc = verb.page.doc
    for i in range(end, min(end + _FAR, verb.sentence_end)):
        if doc[i].text == ",":
            return i
        if doc[i].pos_ in {"VERB", "AUX", "PUNCT"}:
            break
    return end


def _reports(verb: CueVerb) -> bool:
    return verb.bare and not verb.passive and verb.acting is not None and verb.acting.lower_ not in book().lists["hedging"]
