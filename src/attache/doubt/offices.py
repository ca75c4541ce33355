"""People given an office that they did not hold, while they are known to have held another."""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.tokens import Doc

from attache.dossier import Finding
from attache.doubt.evidence import finding
from attache.doubt.facts import term_in_words
from attache.doubt.lexicon import either
from attache.doubt.stated import days_of, stated_dates
from attache.knowledge import Knowledge, builtin
from attache.reading import Days, Linked, reading_of

# With these words near the title it speaks of another day, or of somebody else's office.
ELSEWHEN = re.compile(rf"\b(?:{either('elsewhen')})\b", re.IGNORECASE)
JUDGED = {"head-of-state", "head-of-government", "foreign-minister", "defence-minister", "finance-minister"}


def check_offices(doc: Doc) -> Iterator[Finding]:
    """One warning for each person and wrong office."""
    knowledge = builtin()
    days = _days(doc)
    if days is None:
        return
    seen: set[tuple[str, str]] = set()
    for linked in reading_of(doc).linked:
        if linked.kind != "name" or linked.office is None or linked.office_span is None or (linked.actor, linked.office) in seen:
            continue
        found = _wrong(doc, knowledge, linked, days)
        if found is not None:
            seen.add((linked.actor, linked.office))
            yield found


def _days(doc: Doc) -> Days | None:
    """The day of the page, or the period its offices agree on where that is no longer than two years."""
    reading = reading_of(doc)
    day = reading.date.published or reading.date.best
    if day:
        return days_of(day[:10])
    period = reading.period
    if period and period.first and period.last and (period.last - period.first).days < 730:
        return period
    return None


def _wrong(doc: Doc, knowledge: Knowledge, linked: Linked, days: Days) -> Finding | None:
    office = knowledge.offices.get(linked.office or "")
    person = knowledge.people.get(linked.actor)
    if office is None or person is None or linked.office_span is None or office.kind not in JUDGED:
        return None
    sentence = doc[linked.start].sent
    if stated_dates(sentence.text) or ELSEWHEN.search(doc[max(0, linked.office_span[0] - 3) : linked.end + 2].text):
        return None
    held = knowledge.tenures_of(linked.actor, days)
    kinds = {office.kind, office.also_kind} - {None}
    if not held or any({t.office.kind, t.office.also_kind} & kinds for t in held):
        return None
    if any(not t.start or t.open_end for t in held) or not any(t.office.where == office.where for t in held):
        return None
    start = doc[min(linked.office_span[0], linked.start)].idx
    token = doc[max(linked.office_span[1], linked.end) - 1]
    return finding(
        doc, "wrong-office", start, token.idx + len(token), f"{person.name} was not {office.name} then.",
        severity="warning", confidence=0.6, rule="wrong-office", reading=held[0].office.name,
        grounds=[term_in_words(person.name, t) for t in held],
    )  # fmt: skip
