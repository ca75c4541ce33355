"""Words that stand for somebody named elsewhere: an office without a name, and "he" or "she" where it is clear who."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Token

from attache.knowledge import OfficePhrase
from attache.reading import Linked
from attache.who.bodies import SUBJECTS
from attache.who.ledger import Claim, Ledger
from attache.who.lexicon import words


def link_offices(ledger: Ledger, phrases: Sequence[OfficePhrase]) -> None:
    """Link "the Turkish president" to the one person of the page who held that office."""
    for phrase in phrases:
        start = phrase.start
        while start < phrase.end and (ledger.taken[start] or ledger.doc[start].text in {"'s", "’s", "'", "’", "-", "the"}):
            start += 1
        if phrase.former or not ledger.free(start, phrase.end) or _names_somebody(ledger, phrase):
            continue
        person = _holder_on_page(ledger, phrase)
        if person is None:
            continue
        office = phrase.offices[0].id if len(phrase.offices) == 1 else None
        reason = f"{ledger.people[person].name}, named on the page, held this office"
        ledger.link(start, phrase.end, person, Claim("office", "title", 0.75, reason, False, office, (phrase.start, phrase.end)))


def _names_somebody(ledger: Ledger, phrase: OfficePhrase) -> bool:
    """Whether the phrase is the title of a name on the page, or a plural that means several."""
    last = ledger.doc[phrase.end - 1]
    return any(link.office_span and link.office_span[0] <= phrase.start < link.office_span[1] for link in ledger.reading.linked) or (
        last.tag_ in {"NNS", "NNPS"} and last.lower_.endswith("s")
    )


def _holder_on_page(ledger: Ledger, phrase: OfficePhrase) -> str | None:
    """The person of the page who held the office; where its country is not said, the one named last."""
    meant = {office.id for office in phrase.offices}
    fitting = []
    for key in ledger.people:
        for tenure in ledger.knowledge.tenures_of(key, ledger.period):
            same_kind = phrase.where is None and tenure.office.kind == phrase.kind and phrase.kind not in {"other", "minister", "envoy"}
            if (
                tenure.office.id in meant
                or same_kind
                or (tenure.office.where == phrase.where and phrase.kind == tenure.office.kind != "minister")
            ):
                fitting.append(key)
                break
    if len(fitting) > 1 and phrase.where is None:
        before = [link for link in ledger.reading.linked if link.actor in fitting and link.start < phrase.start]
        return max(before, key=lambda link: link.start).actor if before else None
    return fitting[0] if len(fitting) == 1 else None


def link_pronouns(ledger: Ledger) -> None:
    """Link "he" and "she" as subjects where one person is the subject of the sentence so far, or of the one before."""
    for token in ledger.doc:
        if token.lower_ not in words().he | words().she or ledger.taken[token.i] or token.dep_ not in SUBJECTS:
            continue
        actor = _antecedent(ledger, token)
        if actor is not None:
            name = ledger.reading.actors[actor].name
            ledger.link(token.i, token.i + 1, actor, Claim("pronoun", "propagation", 0.65, f"{name} is the one person spoken of before"))


def _antecedent(ledger: Ledger, token: Token) -> str | None:
    """The one person in the sentence before the pronoun, subjects before others; else in the sentence before that."""
    sent = token.sent
    here = _people_between(ledger, sent.start, token.i)
    previous = ledger.doc[sent.start - 1].sent if sent.start else None
    for links in (here, _people_between(ledger, previous.start, previous.end) if previous is not None else []):
        subjects = {link.actor for link in links if _is_subject(ledger, link)}
        if len(subjects) == 1:
            return subjects.pop()
        everyone = {link.actor for link in links}
        if everyone:
            return everyone.pop() if len(everyone) == 1 else None
    return None


def _people_between(ledger: Ledger, start: int, end: int) -> list[Linked]:
    actors = ledger.reading.actors
    return [
        link for link in ledger.reading.linked if start <= link.start < end and link.actor in actors and actors[link.actor].kind == "person"
    ]


def _is_subject(ledger: Ledger, link: Linked) -> bool:
    return any(token.dep_ in SUBJECTS for token in ledger.doc[link.start : link.end])
