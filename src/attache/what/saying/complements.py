"""What a verb is about other than as a clause or quotation: orders, names given, judgements, infinitives, objects."""

from __future__ import annotations

from spacy.tokens import Token

from attache.what.grammar import child, label
from attache.what.lexicon import words
from attache.what.saying.cues import Cue, book
from attache.what.saying.drafts import CueVerb, adverbials, case_of, is_infinitive, opener_of
from attache.what.saying.extents import subtree
from attache.what.saying.speakers import speaker_of_verb


def order(verb: CueVerb, cue: Cue) -> set[int]:
    """Somebody with an infinitive: "urged Iran to return", "was told to leave"."""
    token = verb.token
    act = child(token, "xcomp", "ccomp")
    if act is None:  # parsers often hang the infinitive of "called on Iran to return" on as an adverbial
        act = next((c for c in token.children if label(c) == "advcl" and c.i > token.i and is_infinitive(c)), None)
    if act is None or act.i < token.i or not is_infinitive(act):
        return set()
    whom = verb.patient()
    if whom is None and not verb.passive and cue.takes.isdisjoint({"infinitive", "clause"}):
        whom = next((c for c in adverbials(token) if not label(c).startswith("advcl")), None)
    return subtree(act) | (subtree(whom) if whom is not None else set())


def name_given(verb: CueVerb, cue: Cue) -> set[int]:
    """ "Called the deal a mistake", "described him as weak"."""
    token, name, naming = verb.token, child(verb.token, "xcomp"), book().lists["naming"]
    if name is None or is_infinitive(name):
        name = next((c for c in adverbials(token) if case_of(c) in naming), None)
    if name is None:
        return set()
    named = child(token, "nsubj:pass") if verb.passive else child(token, "obj")
    return subtree(name) | (subtree(named) if named is not None else set())


def blame(verb: CueVerb, cue: Cue) -> set[int]:
    """ "Criticized him for leaving": the one judged, with what for."""
    token, judged = verb.token, verb.patient()
    if judged is None:
        return _antecedent(verb)
    if verb.passive and speaker_of_verb(token, passive=True) is None:
        return set()
    grounds = [c for c in adverbials(token) if case_of(c) in book().lists["judged"]]
    return subtree(judged).union(*(subtree(c) for c in grounds))


def infinitive(verb: CueVerb, cue: Cue) -> set[int]:
    """ "Promised to leave"; of "the talks are expected to fail" the talks too."""
    act = child(verb.token, "xcomp")
    if act is None or act.i < verb.token.i or not is_infinitive(act):
        return set()
    raised = verb.patient() if verb.passive else None
    return subtree(act) | (subtree(raised) if raised is not None else set())


def gerund(verb: CueVerb, cue: Cue) -> set[int]:
    """ "Denied having left"."""
    token = verb.token
    act = next((c for c in token.children if label(c) in {"xcomp", "obj", "ccomp"} and c.tag_ == "VBG" and c.i > token.i), None)
    return subtree(act) if act is not None else set()


def about(verb: CueVerb, cue: Cue) -> set[int]:
    """The phrase of a preposition that the class names; the preposition is left to the cue."""
    clause = child(verb.token, "ccomp")
    for c in [*adverbials(verb.token), *([clause] if clause is not None and clause.i > verb.token.i else [])]:
        first = opener_of(c)
        if first is not None and first.lower_ in cue.prepositions:
            return {i for i in subtree(c) if i > first.i}
    return set()


def thing(verb: CueVerb, cue: Cue) -> set[int]:
    """The object: "rejected the plan", "the plan was rejected by them", "cited the audit as the reason"."""
    held = child(verb.token, "nsubj:pass") if verb.passive else child(verb.token, "obj")
    if held is None or held.lower_ in words("relatives"):
        return _antecedent(verb) if not cue.objects else set()
    if verb.passive and speaker_of_verb(verb.token, passive=True) is None:
        return set()
    if _is_pronoun(held) or (cue.objects and held.lemma_.lower() not in cue.objects):
        return set()
    beside = [c for c in adverbials(verb.token) if c.i > held.i and case_of(c) == "as"]
    return subtree(held).union(*(subtree(c) for c in beside))


def _is_pronoun(held: Token) -> bool:
    return held.pos_ == "PRON" and held.left_edge == held.right_edge


def _antecedent(verb: CueVerb) -> set[int]:
    """ "The demands that they rejected": the head of the relative clause."""
    noun, own = verb.token.head, child(verb.token, "nsubj")
    if label(verb.token) != "acl:relcl" or verb.passive or own is None or own.left_edge.i <= noun.i or own.lower_ in words("relatives"):
        return set()
    return subtree(noun, [verb.token])
