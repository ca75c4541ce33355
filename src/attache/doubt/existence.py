"""Who acts in a year when there was no such state or organisation, keeps a treaty not yet signed, or acts in an office not yet held."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from spacy.tokens import Doc, Token

from attache.dossier import Finding
from attache.doubt.clauses import SUBJECTS, VERBAL, anchors
from attache.doubt.evidence import finding
from attache.doubt.facts import by_token, dated_sentences, term_in_words
from attache.doubt.lexicon import FOLDER, table, words
from attache.doubt.stated import Stated, days_of, in_words
from attache.errors import DataError
from attache.knowledge import Knowledge, builtin
from attache.reading import Days, Linked, reading_of, text_of

RECENT = 10


def check_existence(doc: Doc) -> Iterator[Finding]:
    """The subject of a dated verb against the days on which it was there to act."""
    if not doc.has_annotation("DEP"):
        return
    knowledge = builtin()
    linked = by_token(reading_of(doc).linked)
    said = text_of(doc).lower()
    for stated in _recent(doc) if any(name in said for name in _existed()) else ():
        verb = _verb(doc, stated)
        if verb is not None:
            yield from _things(doc, verb, stated)
    for _, dates in dated_sentences(doc):
        for stated in dates:
            verb = None if stated.bound else _verb(doc, stated)
            if verb is not None:
                yield from _things(doc, verb, stated)
                yield from _treaties(doc, verb, stated, linked, knowledge)
                yield from _officers(doc, verb, stated, linked, knowledge)


def _verb(doc: Doc, stated: Stated) -> Token | None:
    return next((t for t in anchors(doc, stated.start, stated.end) if t.pos_ in VERBAL), None)


def _recent(doc: Doc) -> Iterator[Stated]:
    """Days told by their nearness to the page's own (``on Tuesday``), where the page states it."""
    published = reading_of(doc).date.published
    page = days_of(published[:10]) if published else None
    for time in reading_of(doc).times if page and page.first else ():
        days = days_of(time.value[:10]) if time.type == "DATE" and time.value else None
        if days is None or days.first is None or page is None or page.first is None or re.search(r"\d{4}", time.text):
            continue
        if days.first == days.last and abs((days.first - page.first).days) <= RECENT:
            yield Stated(time.span.start, time.span.end, days.first.isoformat(), days)


def _things(doc: Doc, verb: Token, stated: Stated) -> Iterator[Finding]:
    if verb.lemma_.lower() in table("existed")["spoken_of"]:
        return
    for subject in (child for child in verb.children if child.dep_ == "nsubj"):
        first, name = _actor(doc, subject)
        called, days = _existed().get(re.sub(r"^the ", "", name.lower()), ("", stated.days))
        if stated.days.overlaps(days):
            continue
        who, told = called or name, ("on " if len(stated.value) == 10 else "in ") + in_words(stated.value)
        start = doc[first].idx
        when = (
            f"from {days.first.year}"
            if days.first and (stated.days.last and stated.days.last < days.first)
            else f"until {days.last and days.last.year}"
        )
        yield finding(
            doc, "anachronism", start, start + len(name), f"{who} existed {when}, so that it did not act {told}.",
            severity="error", confidence=0.85, rule="anachronism-existence", grounds=[f"{who} existed {when} (table existed.toml)"],
        )  # fmt: skip


def _actor(doc: Doc, subject: Token) -> tuple[int, str]:
    """First token and words of the one who acts: ``the government of Yugoslavia``, ``the Yugoslav army``, ``Yugoslavia``."""
    head = subject
    if subject.lemma_.lower() in table("existed")["nouns"]:
        adjective = next((t for t in subject.children if t.dep_ in {"amod", "compound"} and _existed().get(t.lower_, ("",))[0]), None)
        before = doc[adjective.i - 1].lower_ if adjective is not None and adjective.i else ""
        if adjective is not None and before not in words("elsewhen") | {"-"}:
            return adjective.i, adjective.text
        head = next((child for child in subject.children if child.dep_ in {"nmod", "nmod:poss"}), subject)
    parts = [
        head,
        *(t for t in head.children if t.dep_ in {"compound", "amod", "flat", "nmod"} and t.pos_ in {"PROPN", "ADJ", "ADP", "NOUN"}),
    ]
    first, last = min(t.i for t in parts), max(t.i for t in parts)
    return first, doc[first : last + 1].text


def ended(name: str) -> bool:
    """Whether a name is in the table of what existed for a time, and has ended."""
    return name.lower() in _existed() and _existed()[name.lower()][1].last is not None


def _treaties(doc: Doc, verb: Token, stated: Stated, linked: dict[int, Linked], knowledge: Knowledge) -> Iterator[Finding]:
    """A treaty kept or broken in a year before it was signed."""
    if verb.lemma_.lower() not in table("existed")["kept"]:
        return
    for child in verb.children:
        mention = linked.get(child.i)
        agreement = knowledge.agreements.get(mention.actor) if mention and child.dep_ in {"obj", "obl", "nsubj:pass"} else None
        signed = days_of(agreement.signed) if agreement and agreement.signed else None
        if mention is None or agreement is None or signed is None or not signed.first or not stated.days.last:
            continue
        if stated.days.last.year < signed.first.year - 1:
            yield finding(
                doc, "anachronism", mention.mention.span.start, mention.mention.span.end,
                f"{agreement.name} was signed in {signed.first.year}: nobody could {verb.lemma_} it in {in_words(stated.value)}.",
                severity="error",
                confidence=0.85, rule="anachronism-agreement", grounds=[f"{agreement.name} was signed on {in_words(agreement.signed)}"],
            )  # fmt: skip


def _officers(doc: Doc, verb: Token, stated: Stated, linked: dict[int, Linked], knowledge: Knowledge) -> Iterator[Finding]:
    """``President X visited ... in YEAR``, where X held that office only in other years."""
    if verb.lemma_.lower() not in table("existed")["official"] or len(stated.value) > 10 or stated.value.endswith("s"):
        return
    for subject in (child for child in verb.children if child.dep_ in SUBJECTS):
        mention = next((linked[t.i] for t in (subject, *subject.children) if t.i in linked and linked[t.i].kind == "name"), None)
        if (
            mention is None
            or mention.office is None
            or mention.office_span is None
            or mention.mention.repaired
            or mention.office_span[1] > mention.start
        ):
            continue
        office, person = knowledge.offices.get(mention.office), knowledge.people.get(mention.actor)
        if office is None or person is None or office.kind not in {"head-of-state", "head-of-government"}:
            continue
        held = [
            t for t in knowledge.tenures_of(mention.actor) if {t.office.kind, t.office.also_kind} & {office.kind, office.also_kind} - {None}
        ]
        year = int(stated.value[:4])
        before = doc[max(0, mention.office_span[0] - 1)].lower_
        if not held or not all(t.start for t in held) or before in {"former", "then", "future", "ex", "late", "-"}:
            continue
        if all(year < int(t.start[:4]) - 1 or (t.end and year > int(t.end[:4]) + 1) for t in held):
            yield finding(
                doc, "anachronism", stated.start, stated.end, f"{person.name} was not {office.name} in {in_words(stated.value)}.",
                severity="warning", confidence=0.7, rule="anachronism-office",
                grounds=[f"{term_in_words(person.name, t)} ({t.source})" for t in held[:3]],
            )  # fmt: skip


@cache
def _existed() -> dict[str, tuple[str, Days]]:
    """By name in small letters: days, and what to call it where the name is an adjective."""
    found: dict[str, tuple[str, Days]] = {}
    for row in table("existed")["thing"]:
        start, end = days_of(row["start"]) if row["start"] else None, days_of(row["end"]) if row["end"] else None
        if not row["names"] or not (start or end):
            raise DataError(f"{FOLDER / 'existed.toml'}: a thing needs names and a start or an end: {row}")
        days = Days(start.first if start else None, end.last if end else None)
        found.update(dict.fromkeys(row["names"], ("", days)))
        found.update(dict.fromkeys(row.get("adjectives", ()), (row["names"][0].title(), days)))
    return found
