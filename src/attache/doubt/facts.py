"""What several checkers ask of a page and of the knowledge base: dated sentences, who is named where, codes, terms in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache

from spacy.tokens import Doc

from attache.doubt.passages import Passage, paragraphs, sentences
from attache.doubt.stated import NEAR, Stated, in_words, stated_dates
from attache.knowledge import Knowledge, Tenure, builtin
from attache.reading import Days, Linked, reading_of, text_of

LEADERS = {"head-of-state", "head-of-government", "head-of-organisation"}


def dated_sentences(doc: Doc) -> Iterator[tuple[Passage, tuple[Stated, ...]]]:
    """The sentences that state a date in full, with their dates."""
    for line in paragraphs(doc):
        for piece in sentences(line):
            dates = stated_dates(piece.text, piece.start)
            if dates:
                yield piece, dates


def told_since(doc: Doc, stated: Stated) -> bool:
    """Whether a date is that since which something holds: ``a member since 1999``."""
    return stated.bound and text_of(doc)[max(0, stated.start - NEAR) : stated.start].rstrip().endswith("since")


def by_token(mentions: Iterable[Linked]) -> dict[int, Linked]:
    """The mention that each token belongs to."""
    return {i: mention for mention in mentions for i in range(mention.start, mention.end)}


def linked_in(doc: Doc, start: int, end: int) -> list[Linked]:
    """The linked mentions whose names lie in the characters ``[start, end)``."""
    return [m for m in reading_of(doc).linked if m.start < m.end and start <= doc[m.start].idx < end]


def iso_of(actor: str) -> str:
    """ISO 3166 alpha-3 of a country's id; empty for other actors."""
    return _countries().get(actor, "")


def code_of(mention: Linked | None) -> str:
    """ISO 3166 alpha-3 or the code of the organisation that a mention names; empty where neither is named."""
    if mention is None:
        return ""
    organisation = builtin().organisations.get(mention.actor)
    return iso_of(mention.actor) or (organisation.code or "" if organisation else "")


def terms_of(knowledge: Knowledge, mention: Linked) -> list[Tenure]:
    """The terms a title beside a name speaks of: those of the stated kind of office, else those at the head of something."""
    held = knowledge.tenures_of(mention.actor)
    office = knowledge.offices.get(mention.office) if mention.office else None
    if office is not None:
        kinds = {office.kind, office.also_kind} - {None}
        same = [t for t in held if {t.office.kind, t.office.also_kind} & kinds]
        if same:
            return same
    return [t for t in held if t.office.kind in LEADERS or t.office.also_kind in LEADERS]


def outside(terms: Iterable[Tenure], days: Days) -> bool:
    """Whether terms are known, all with a start, and none shares a day with ``days``."""
    known = list(terms)
    return bool(known) and all(t.start and (t.end or t.open_end) for t in known) and not any(t.days.overlaps(days) for t in known)


def term_in_words(name: str, term: Tenure) -> str:
    """``Donald Trump was President of the United States from 20 January 2017 to 20 January 2021``."""
    until = f"to {in_words(term.end)}" if term.end else "on"
    return f"{name} was {term.office.name} from {in_words(term.start) if term.start else '?'} {until}"


@cache
def _countries() -> dict[str, str]:
    return {country.id: iso3 for iso3, country in builtin().countries.items()}
