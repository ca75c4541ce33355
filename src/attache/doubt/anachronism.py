"""Acts dated outside the term of the leader they are ascribed to, and leaders called former while in office."""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.tokens import Doc

from attache.dossier import Finding
from attache.doubt.evidence import finding
from attache.doubt.facts import outside, term_in_words, terms_of
from attache.doubt.lexicon import either
from attache.doubt.passages import Passage, paragraphs, sentences
from attache.doubt.stated import Stated, days_of, stated_dates
from attache.knowledge import Knowledge, Tenure, builtin, fold
from attache.reading import Linked, reading_of, text_of

REACH = 60
UNDER = re.compile(r"\b(?:under|by then|then)[\s-]+(?:the\s+)?(?:[\w.’'-]+\s+){0,6}$", re.IGNORECASE)
FORMER = re.compile(r"\b(?:former|ex)[\s-](?:[\w.’'-]+\s+){0,5}$")
DEPUTY = re.compile(rf"\b(?:{either('beside_leaders')})\b", re.IGNORECASE)


def check_anachronisms(doc: Doc) -> Iterator[Finding]:
    """``under X in YEAR`` outside the terms of X; ``former`` of a leader in office."""
    knowledge = builtin()
    reading = reading_of(doc)
    persons = [m for m in reading.linked if m.kind == "name" and m.actor in knowledge.people and not m.mention.repaired]
    for line in paragraphs(doc):
        for piece in sentences(line):
            inside = [m for m in persons if piece.start <= doc[m.start].idx < piece.end]
            dates = [d for d in stated_dates(piece.text, piece.start) if not d.bound] if inside else []
            for mention in inside:
                if dates:
                    yield from _under(doc, knowledge, piece, mention, dates)
                yield from _former(doc, knowledge, piece, mention)


def _under(doc: Doc, knowledge: Knowledge, piece: Passage, mention: Linked, dates: list[Stated]) -> Iterator[Finding]:
    name_start, name_end = doc[mention.start].idx, doc[mention.end - 1].idx + len(doc[mention.end - 1])
    lead = UNDER.search(text_of(doc)[piece.start : name_start])
    if lead is None or re.search(r"[,;]", lead.group()):
        return
    under = piece.start + lead.start()
    near = [d for d in dates if _beside(text_of(doc), d, under, name_end)]
    terms = terms_of(knowledge, mention) if _bears(knowledge, mention) else []
    if len(near) != 1 or not outside(terms, near[0].days):
        return
    stated, person = near[0], knowledge.people[mention.actor]
    yield finding(
        doc, "anachronism", stated.start, stated.end, f"{person.name} was not in office in {stated.value}.",
        severity="error", confidence=0.85 if len(dates) == 1 else 0.75, rule="anachronism-under", reading=_likely(stated, terms),
        grounds=[term_in_words(person.name, term) for term in terms],
    )  # fmt: skip


def _bears(knowledge: Knowledge, mention: Linked) -> bool:
    """Whether the last word of the name as written is one of the person's own."""
    names = (knowledge.people[mention.actor].name, *knowledge.people[mention.actor].aliases)
    written = fold(mention.mention.text).split()
    return bool(written) and any(written[-1] in fold(name).split() for name in names)


def _beside(text: str, stated: Stated, under: int, name_end: int) -> bool:
    """A date next to the words ``under X``, with no other clause between."""
    gap = text[stated.end : under] if stated.end <= under else text[name_end : stated.start]
    return len(gap) <= REACH and not re.search(r"[;:.]|\b(?:which|who|when|after|before|since|until|while|that)\b", gap)


def _likely(stated: Stated, terms: list[Tenure]) -> str | None:
    """The term as a reading, where there is only one."""
    return f"{terms[0].start}..{terms[0].end}" if len(terms) == 1 and stated.value else None


def _former(doc: Doc, knowledge: Knowledge, piece: Passage, mention: Linked) -> Iterator[Finding]:
    """Only where an office is stated: a former minister may be president today."""
    reading = reading_of(doc)
    day = reading.date.published  # a day worked out from the page may be that of something it looks back on
    days = days_of(day[:10]) if day else None
    office = knowledge.offices.get(mention.office) if mention.office else None
    if days is None or office is None or mention.office_span is None:
        return
    name_start = doc[mention.start].idx
    lead = FORMER.search(text_of(doc)[piece.start : name_start])
    if lead is None or re.search(r"[,;]", lead.group()) or DEPUTY.search(lead.group()):
        return
    held = [t for t in knowledge.tenures_of(mention.actor, days) if t.office.id == office.id and t.start and not t.open_end]
    if not held:
        return
    start, end = piece.start + lead.start(), doc[mention.end - 1].idx + len(doc[mention.end - 1])
    person = knowledge.people[mention.actor]
    yield finding(
        doc, "anachronism", start, end, f"{person.name} was in office on {day}, not a former holder.",
        severity="error", confidence=0.8,
        rule="anachronism-former", reading=text_of(doc)[name_start:end], grounds=[term_in_words(person.name, t) for t in held],
    )  # fmt: skip
