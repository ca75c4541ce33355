"""Statements that verbs make: each construction that a verb's class licenses, tried in a fixed order."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from spacy.tokens import Token

from attache.what.grammar import is_verb, label, particles
from attache.what.saying.clauses import quote, reported
from attache.what.saying.complements import about, blame, gerund, infinitive, name_given, order, thing
from attache.what.saying.cues import Cue, book
from attache.what.saying.drafts import CueVerb, Draft
from attache.what.saying.extents import Page
from attache.what.saying.quoting import clause_of_cue
from attache.what.saying.speakers import beside, is_passive, speaker_of_verb

CONSTRUCTIONS: dict[str, Callable[[CueVerb, Cue], set[int]]] = {
    "quote": quote, "clause": reported, "order": order, "label": name_given, "blame": blame, "infinitive": infinitive, "gerund": gerund,
    "about": about, "object": thing,
}  # fmt: skip
"""The constructions of ``verbs.toml`` in the order in which they are tried; each gives the tokens of the content, or none."""
_TURNED = {"clause", "order", "label", "blame", "object", "infinitive"}
_CUE_PARTS = {"aux", "aux:pass", "advmod", "compound:prt"}


def verb_statements(page: Page) -> Iterator[Draft]:
    """One draft a cue verb, by the first construction that it fills."""
    for token in page.doc:
        if not is_verb(token):
            continue
        cues = [cue for cue in book().verbs.get(token.lemma_.lower(), ()) if _fits(token, cue)]
        if cues and (draft := _draft(_cue_verb(page, token), cues)) is not None:
            yield draft


def _fits(verb: Token, cue: Cue) -> bool:
    if cue.particle and cue.particle not in particles(verb):
        return False
    return not cue.needs or any(c.lower_ in cue.needs for c in verb.children)


def _cue_verb(page: Page, verb: Token) -> CueVerb:
    acting = speaker_of_verb(verb)
    if acting is not None and acting.i in page.quoted and verb.i not in page.quoted:
        acting = beside(verb) or acting  # “Virginia, go and vote,” he said: the parse may take the one addressed for the subject
    return CueVerb(page, verb, acting, is_passive(verb), _span(verb), clause_of_cue(page, verb))


def _span(verb: Token) -> range:
    """The verb with the auxiliaries and adverbs right beside it."""
    start, end = verb.i, verb.i + 1
    parts = {c.i for c in verb.children if label(c) in _CUE_PARTS and c.left_edge == c.right_edge}
    while start - 1 in parts:
        start -= 1
    while end in parts:
        end += 1
    return range(start, end)


def _draft(verb: CueVerb, cues: list[Cue]) -> Draft | None:
    """The statement by the first construction that one of the classes licenses and the words fill."""
    for name, construction in CONSTRUCTIONS.items():
        for cue in cues:
            licensed = name in cue.takes or (name == "about" and bool(cue.prepositions))
            found = construction(verb, cue) if licensed else set()
            if found:
                return _made(verb, name, cue, found)
    return None


def _made(verb: CueVerb, name: str, cue: Cue, content: set[int]) -> Draft | None:
    token, turned = verb.token, verb.passive and (name in _TURNED or (name == "about" and cue.speech))  # "was told of the deal"
    speaker = speaker_of_verb(token, passive=True) if turned else verb.acting
    if turned and speaker is None and label(token) in {"acl", "amod", "advcl"}:
        return None  # "compared with last year"
    if speaker is not None and speaker.lower_ in book().lists["reader"] and not cue.speech:
        return None  # "would you think": the reader
    if speaker is None and not verb.passive and name != "quote" and token.tag_ in {"VB", "VBG"}:
        return None  # "to say that", "saying so": nobody in particular
    return Draft(verb.cue, speaker, content, f"say:{name}:{token.lemma_.lower()}", cue.speech, cue.confidence)
