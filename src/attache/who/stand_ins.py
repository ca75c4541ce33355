"""Words that stand for somebody named elsewhere: an office without a name, and "he" or "she" where it is clear who."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Token

from attache.knowledge import Office, OfficePhrase, Tenure, certainty, fold
from attache.reading import Linked
from attache.who.bodies import SUBJECTS
from attache.who.ledger import Claim, Ledger
from attache.who.lexicon import women, words
from attache.who.namesakes import HEADS
from attache.who.spans import is_namey

NAMED_SOON = 50
"""An office without a country may stand before the name of its holder, as a headline does, but not long before."""
MOST_DAYS = 31
"""An office without a name is that of its holder only where the day of the page is known so closely."""
OBJECTS = frozenset({"obj", "iobj", "obl", "dobj", "dative"})
LIKELY = 0.5
"""How certain it must be that a holder whose end is unknown still held it."""


def link_offices(ledger: Ledger, phrases: Sequence[OfficePhrase]) -> None:
    """Link "the Turkish president" to the one person of the page who held that office."""
    for phrase in phrases:
        start = phrase.start
        while start < phrase.end and (ledger.taken[start] or ledger.doc[start].text in {"'s", "’s", "'", "’", "-", "the"}):
            start += 1
        if phrase.former or not ledger.free(start, phrase.end) or _names_somebody(ledger, phrase) or _to_be(ledger, phrase):
            continue
        person = _holder_on_page(ledger, phrase)
        confidence, how = 0.75, "named on the page, held this office"
        if person is None and not _name_follows(ledger, phrase):
            person, confidence, how = (
                _holder_of_the_day(ledger, phrase.offices, phrase.kind),
                0.6,
                "whom the page does not name, held this office",
            )
        if person is None:
            continue
        office = phrase.offices[0].id if len(phrase.offices) == 1 else None
        reason = f"{ledger.people[person].name}, {how}"
        ledger.link(start, phrase.end, person, Claim("office", "title", confidence, reason, False, office, (phrase.start, phrase.end)))


def link_counterparts(ledger: Ledger) -> None:
    """Link "his Chinese counterpart" to the holder, in that country, of the kind of office that the person spoken of before holds."""
    lower, counterparts = ledger.tokens.lower, words().counterparts
    for i in range(2, len(lower)):
        if lower[i] not in counterparts or lower[i - 2] not in words().owners or ledger.taken[i]:
            continue
        country, owner = ledger.reading_at(i - 1), _owner(ledger, i - 2)
        if any(k.office_span and k.office_span[0] <= i < k.office_span[1] for k in ledger.reading.linked):
            continue  # the title of a name
        if country is None or country.kind not in {"demonym", "country"} or owner is None:
            continue
        where = ledger.reading.actors[country.actor].country or ""
        held = ledger.knowledge.tenures_of(owner, ledger.period)
        kind = min((t.office.kind for t in held), key=words().rank, default="")
        person = _holder_of_the_day(ledger, ledger.knowledge.offices_of_kind(kind, where), kind)
        if person is not None:
            reason = f"{ledger.people[person].name} held in {where} the kind of office that {ledger.people[owner].name} did ({kind})"
            ledger.link(i, i + 1, person, Claim("office", "title", 0.65, reason, False, None, (i - 1, i + 1)))


def _owner(ledger: Ledger, i: int) -> str | None:
    """Whose counterpart: the one known person before the words, or the last subject among several."""
    before = [k for k in ledger.reading.linked if k.end <= i and k.actor in ledger.people]
    near = [k for k in before if k.start >= ledger.doc[i].sent.start] or before
    subjects = [k for k in near if _is_subject(ledger, k)] or near
    return max(subjects, key=lambda k: k.start).actor if subjects else None


def _holder_of_the_day(ledger: Ledger, offices: Sequence[Office], kind: str) -> str | None:
    """The one person who held an office on the day, where the page's day is known closely; made an actor of the page."""
    period = ledger.period
    if period is None or period.first is None or period.last is None or (period.last - period.first).days > MOST_DAYS:
        return None
    if kind not in words().notable_kinds or kind in {"envoy", "minister"} or len({office.where for office in offices}) != 1:
        return None
    held = {t.person for office in offices for t in ledger.knowledge.holders(office.id, period) if certainty(t, period) >= LIKELY}
    person = ledger.knowledge.people.get(held.pop()) if len(held) == 1 else None
    return ledger.person(person) if person is not None else None


def _names_somebody(ledger: Ledger, phrase: OfficePhrase) -> bool:
    """Whether the phrase is the title of a name on the page, or a plural that means several."""
    last = ledger.doc[phrase.end - 1]
    return any(link.office_span and link.office_span[0] <= phrase.start < link.office_span[1] for link in ledger.reading.linked) or (
        last.tag_ in {"NNS", "NNPS"} and last.lower_.endswith("s")
    )


def _to_be(ledger: Ledger, phrase: OfficePhrase) -> bool:
    """Whether the office is what somebody is to get or to be, not who holds it: "his nominee for secretary of state"."""
    return phrase.start > 0 and ledger.tokens.lower[phrase.start - 1] in words().becoming


def _name_follows(ledger: Ledger, phrase: OfficePhrase) -> bool:
    """Whether a name stands right after the phrase, though nothing could be made of it."""
    return phrase.end < len(ledger.doc) and is_namey(ledger.doc[phrase.end])


def _holder_on_page(ledger: Ledger, phrase: OfficePhrase) -> str | None:
    """The person of the page who held the office; where its country is not said, the one named last, or at once."""
    meant = {office.id for office in phrase.offices}
    fitting = []
    for key in ledger.people:
        for tenure in ledger.knowledge.tenures_of(key, ledger.period):
            if tenure.office.id in meant or _of_the_kind(ledger, phrase, tenure):
                fitting.append(key)
                break
    if phrase.where is None:
        near = [link for link in ledger.reading.linked if link.actor in fitting and link.start < phrase.end + NAMED_SOON]
        before = [link for link in near if link.start < phrase.start]
        if before or len(fitting) > 1 or not near:
            return max(before, key=lambda link: link.start).actor if before else None
    return fitting[0] if len(fitting) == 1 else None


def _of_the_kind(ledger: Ledger, phrase: OfficePhrase, tenure: Tenure) -> bool:
    """Whether an office is of the phrase's kind and place; a president who heads the government (Iran's) is a president."""
    called = fold(ledger.doc[phrase.end - 1].text)
    alike = tenure.office.kind == phrase.kind or ({tenure.office.kind, phrase.kind} <= HEADS and called in fold(tenure.office.name).split())
    if phrase.where is None:
        return alike and phrase.kind not in {"other", "minister", "envoy"}
    return alike and tenure.office.where == phrase.where and phrase.kind != "minister"


def link_pronouns(ledger: Ledger) -> None:
    """Link "he" and "she" as subjects where one person is the subject of the sentence so far, or of the one before."""
    pronouns = words().he | words().she
    for i, word in enumerate(ledger.tokens.lower):
        if word not in pronouns or ledger.taken[i] or ledger.doc[i].dep_ not in SUBJECTS:
            continue
        token = ledger.doc[i]
        actor = _antecedent(ledger, token)
        if actor is not None:
            name = ledger.reading.actors[actor].name
            ledger.link(token.i, token.i + 1, actor, Claim("pronoun", "propagation", 0.65, f"{name} is the one person spoken of before"))


def link_object_pronouns(ledger: Ledger) -> None:
    """Link "him" and "her" as objects to the one person spoken of before who is not the subject of the same verb.

    Who acts would be "himself" (Chomsky 1981, principle B of binding).
    """
    pronouns = words().him | words().her
    for i, word in enumerate(ledger.tokens.lower):
        if word not in pronouns or ledger.taken[i] or ledger.doc[i].dep_ not in OBJECTS:
            continue
        acting = _acting(ledger, ledger.doc[i].head)
        for found in _before(ledger, ledger.doc[i]):
            meant = {link.actor for link in found if not _of_the_other_sex(ledger, link.actor, ledger.doc[i])} - acting
            if len(meant) == 1:
                actor = next(iter(meant))
                reason = f"{ledger.reading.actors[actor].name} is the one person spoken of before who is not the subject"
                ledger.link(i, i + 1, actor, Claim("pronoun", "propagation", 0.6, reason))
            if meant:
                break


def _acting(ledger: Ledger, verb: Token) -> set[str]:
    """The actors in the subjects of a verb and of those that it is joined to."""
    found: set[str] = set()
    while True:
        doers = [c.i for c in verb.children if c.dep_ in SUBJECTS]
        found |= {link.actor for link in ledger.reading.linked if any(link.start <= i < link.end for i in doers)}
        if verb.dep_ not in {"conj", "xcomp"} or verb.head == verb:
            return found
        verb = verb.head


def _before(ledger: Ledger, token: Token) -> Iterator[list[Linked]]:
    """The people named in the sentence before a token, then those of the sentence before that."""
    start = int(token.sent.start)
    yield _people_between(ledger, start, token.i)
    if start:
        previous = ledger.doc[start - 1].sent
        yield _people_between(ledger, previous.start, previous.end)


def _of_the_other_sex(ledger: Ledger, actor: str, pronoun: Token) -> bool:
    """Whether the pronoun cannot be said of somebody so called or addressed: "he" of Angela Merkel, "she" of Mr Kerry."""
    addressed = {ledger.doc[link.start - 1].lower_.rstrip(".") for link in ledger.reading.linked if link.actor == actor and link.start}
    woman = _woman(ledger, actor) or bool(addressed & words().she_titles)
    return woman if pronoun.lower_ in words().he | words().him else bool(addressed & words().he_titles)


def _woman(ledger: Ledger, actor: str) -> bool:
    return not women().isdisjoint(fold(ledger.reading.actors[actor].name).split()[:1])


def _antecedent(ledger: Ledger, token: Token) -> str | None:
    """The one person in the sentence before the pronoun, subjects before others; else in the sentence before that."""
    for found in _before(ledger, token):
        links = [link for link in found if not _of_the_other_sex(ledger, link.actor, token)]
        if token.lower_ in words().she:
            links = [link for link in links if _woman(ledger, link.actor)] or links
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
