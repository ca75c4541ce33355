"""Statements without a verb of saying: "according to X", "his claim that ...", "is sure that ...", "reportedly"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from attache.what.grammar import child, is_verb, label
from attache.what.saying.cues import Cue, book
from attache.what.saying.drafts import Draft
from attache.what.saying.extents import Page, subtree
from attache.what.saying.speakers import speaker_of_noun, speaker_of_verb


def phrase_statements(page: Page) -> Iterator[Draft]:
    """The drafts of all nouns, adjectives and phrases of a document that hand on words."""
    lists = book().lists
    openings = {phrase.split()[0] for phrase in lists["according"]}
    for token in page.doc:
        made: Draft | None = None
        if token.lower_ in openings:
            made = _according(page, token)
        if made is None and token.lower_ in lists["resting"] and label(token) == "case":
            made = _resting(page, token)
        elif token.lower_ in lists["hearsay"]:
            made = _hearsay(token)
        elif token.pos_ == "NOUN" and (cues := book().nouns.get(token.lemma_.lower())):
            made = _noun(token, cues[0])
        elif token.pos_ == "ADJ" and (cues := book().adjectives.get(token.lemma_.lower())):
            made = _adjective(token, cues)
        if made is not None:
            yield made


def _according(page: Page, first: Token) -> Draft | None:
    """ "According to X, ..." and "..., according to X": the clause that the phrase belongs to."""
    doc, end = page.doc, 0
    for phrase in book().lists["according"]:
        words = phrase.split()
        if [t.lower_ for t in doc[first.i : first.i + len(words)]] == words:
            end = first.i + len(words)
    if not end or end >= len(doc):
        return None
    speaker = _outermost(doc[end], end)
    if speaker is None:
        return None
    own = {t.i for t in speaker.subtree if t.i >= first.i} | set(range(first.i, end))
    over = _clause_over(speaker, own)
    if over is None:
        return None
    content = {t.i for t in over.subtree} - own
    rule = "say:according:" + first.lower_
    return Draft(range(first.i, end), speaker, content, rule, speech=True, confidence=0.9)


def _outermost(token: Token, start: int) -> Token | None:
    """The head of the noun phrase that begins at a token."""
    best = token
    while best.head != best and best.head.left_edge.i >= start - 3 and best.head.i >= start and not is_verb(best.head):
        best = best.head
    return best if best.pos_ in {"NOUN", "PROPN", "PRON", "NUM", "X", "ADJ", "DET"} else None


def _clause_over(token: Token, own: set[int]) -> Token | None:
    above = token
    while above.head != above:
        above = above.head
        if above.i in own:
            continue
        if is_verb(above) or child(above, "cop", "nsubj") is not None or above.head == above:
            return above
    return None


def _resting(page: Page, case: Token) -> Draft | None:
    """ "In a poll last week, two thirds ...", "by his account, ..."; only at the start of a sentence or behind a comma."""
    noun, lists = case.head, book().lists
    opens = case.i == case.sent.start or page.doc[case.i - 1].text in {",", "“"}
    owner = child(noun, "nmod:poss")
    minds = noun.lemma_.lower() in lists["minds"] and owner is not None
    if not opens or label(noun) not in {"obl", "nmod"} or noun.left_edge != case or not (minds or noun.lemma_.lower() in lists["evidence"]):
        return None
    own = {t.i for t in noun.subtree}
    over = _clause_over(noun, own)
    if over is None or (
        case.i != case.sent.start and noun.right_edge.i + 2 < case.sent.end and page.doc[noun.right_edge.i + 1].text != ","
    ):
        return None
    content = {t.i for t in over.subtree} - own
    rule = f"say:according:{noun.lemma_.lower()}"
    return Draft(range(case.i, case.i + 1), owner if minds else noun, content, rule, speech=False, confidence=0.7)


def _hearsay(adverb: Token) -> Draft | None:
    over = adverb.head
    if over == adverb:
        return None
    content = subtree(over, [adverb])
    return Draft(range(adverb.i, adverb.i + 1), None, content, f"say:hearsay:{adverb.lower_}", speech=True, confidence=0.7)


def _noun(noun: Token, cue: Cue) -> Draft | None:
    """ "His claim that ...", "the demand for talks by Iran", "made a promise to leave"; the noun needs somebody or a whole clause."""
    clause = next((c for c in noun.children if label(c) == "acl" and c.i > noun.i and _complement(c)), None)
    clause = clause or _predicate(noun) or _next(noun)
    speaker = speaker_of_noun(noun, book().lists["light"])
    if clause is not None:
        content = subtree(clause, [noun] if noun.head == clause else [])
        told = any(c.lower_ in {"that", "whether"} for c in clause.children)
        if speaker is None and not told:
            return None
    else:
        content = _about(noun, cue, speaker)
        if speaker is None or not content:
            return None
    form = "noun" if clause is not None else "about"
    return Draft(range(noun.i, noun.i + 1), speaker, content, f"say:{form}:{noun.lemma_.lower()}:n", cue.speech, cue.confidence)


def _complement(clause: Token) -> bool:
    """A clause that says what the noun is: "that ..." without a gap, or an infinitive."""
    marks = {c.lower_ for c in clause.children if label(c) in {"mark", "aux"}}
    return bool(marks & {"that", "to", "whether"})


def _predicate(noun: Token) -> Token | None:
    """ "His bet is that they will stay"."""
    over = noun.head
    if label(noun) in {"nsubj:outer", "nsubj"} and any(c.lower_ == "that" and label(c) == "mark" for c in over.children):
        return over if child(over, "cop") is not None else None
    if label(noun) == "root" or noun.dep_ == "ROOT":
        return child(noun, "ccomp") if child(noun, "cop") is not None else None
    return None


def _next(noun: Token) -> Token | None:
    """A that-clause right behind the noun which the parse hangs elsewhere."""
    if noun.i + 2 >= len(noun.doc) or noun.nbor(1).lower_ != "that" or noun.nbor(1).pos_ != "SCONJ":
        return None
    clause = noun.nbor(1).head
    return clause if clause.i > noun.i and clause.left_edge.i > noun.i else None


def _about(noun: Token, cue: Cue, speaker: Token | None) -> set[int]:
    inside = cue.prepositions or book().lists["contents"]
    for c in noun.children:
        case = next((m for m in c.children if label(m) in {"case", "mark"}), None)
        if label(c).startswith(("nmod", "acl", "obl")) and c.i > noun.i and case is not None and case.lower_ in inside and c != speaker:
            return {i for i in subtree(c) if i > case.i}
    return set()


def _adjective(adjective: Token, cues: tuple[Cue, ...]) -> Draft | None:
    """ "She is sure that ...", "worried about the vote", "willing to talk"."""
    speaker = speaker_of_verb(adjective)
    if speaker is None or speaker.lower_ in book().lists["empty"]:
        return None
    for cue in cues:
        content = _of_adjective(adjective, cue)
        if content:
            rule = f"say:adjective:{adjective.lemma_.lower()}"
            return Draft(range(adjective.i, adjective.i + 1), speaker, content, rule, False, cue.confidence)
    return None


def _of_adjective(adjective: Token, cue: Cue) -> set[int]:
    for c in adjective.children:
        if c.i < adjective.i or label(c) not in {"ccomp", "xcomp", "advcl", "obl", "csubj"}:
            continue
        to = any(m.lower_ == "to" and label(m) in {"mark", "aux"} for m in c.children)
        case = next((m for m in c.children if label(m) in {"case", "mark"}), None)
        if to:
            if "infinitive" in cue.takes:
                return subtree(c)
        elif label(c) in {"ccomp", "csubj"} or (label(c) == "advcl" and (case is None or case.lower_ == "that")):
            if "clause" in cue.takes:
                return subtree(c)
        elif case is not None and case.lower_ in book().lists["contents"] and "about" in cue.takes:
            return {i for i in subtree(c) if i > case.i}
    return set()
