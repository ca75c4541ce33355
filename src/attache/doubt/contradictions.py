"""Stated dates against known dates: when an agreement was signed, came into force or was left."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Doc

from attache.dossier import Finding
from attache.doubt.evidence import finding
from attache.doubt.facts import iso_of, linked_in, outside, term_in_words, terms_of
from attache.doubt.lexicon import table
from attache.doubt.passages import Passage, paragraphs, sentences
from attache.doubt.stated import Stated, days_of, in_words, stated_dates
from attache.knowledge import Agreement, Knowledge, builtin
from attache.reading import reading_of, text_of

REACH = 70
BACK = 3  # sentences that "the deal" may look back
MANY_PARTIES = 6
# Words between an act and a date that open another clause.
OTHER_CLAUSE = re.compile(
    r"[;:]|\b(?:when|after|before|since|until|while|because|although|but|that was|which)\b|, and (?:the |has|had|is|was)"
)
NEGATED = re.compile(
    r"\b(?:not|never|n[’']t|would|could|if|should|may|might|will|threatened to|vowed to|promised to)\b(?:\s+\w+){0,3}\s*$", re.IGNORECASE
)


@dataclass(frozen=True)
class Act:
    """What a sentence says was done to an agreement, and where the words stand in the text."""

    kind: str
    word: str
    start: int
    end: int


def check_contradictions(doc: Doc) -> Iterator[Finding]:
    """Walks the sentences with a stated date; remembers the agreement last spoken of."""
    if all(mention.kind != "agreement" for mention in reading_of(doc).linked):
        return  # most pages
    knowledge = builtin()
    spoken: list[tuple[int, str]] = []
    number = 0
    for line in paragraphs(doc):
        for piece in sentences(line):
            number += 1
            named = [m for m in linked_in(doc, piece.start, piece.end) if m.actor in knowledge.agreements]
            spoken.extend((number, m.actor) for m in named)
            dates = stated_dates(piece.text, piece.start)
            if dates:
                yield from _agreement(doc, knowledge, piece, dates, _meant(piece, number, spoken, bool(named)))


def _meant(piece: Passage, number: int, spoken: list[tuple[int, str]], named: bool) -> list[str]:
    """The agreements a sentence speaks of: named in it, or the last one where it says ``the deal``."""
    if named:
        return list(dict.fromkeys(actor for at, actor in spoken if at == number))
    # A capital between the two makes it a name of its own: "the Lisbon Treaty" is not the treaty spoken of before.
    nouns = "|".join(table("acts")["nouns"]["words"])
    if not re.search(rf"\b(?i:the|that|this|its)\s+(?:[a-z][\w-]*\s+){{0,2}}(?i:{nouns})\b", piece.text):
        return []
    recent = [actor for at, actor in spoken if number - BACK <= at < number]
    return recent[-1:]


def _agreement(doc: Doc, knowledge: Knowledge, piece: Passage, dates: Sequence[Stated], meant: list[str]) -> Iterator[Finding]:
    for act in _acts(piece):
        stated = _date_of(text_of(doc), piece, act, dates)
        if stated is None:
            continue
        known = [fact for name in meant for fact in _known(doc, knowledge, piece, knowledge.agreements[name], act)]
        if known and all(_differs(stated, value, agreement, act) for value, _, agreement in known):
            value, fact, _ = known[0]
            grounds = [fact, *_terms(doc, knowledge, piece, stated)]
            yield finding(
                doc, "contradiction", stated.start, stated.end, f"{fact}, not {in_words(stated.value)}.", severity="error",
                confidence=0.9 if len(meant) == 1 else 0.75, rule=f"contradiction-{act.kind}", reading=_same_precision(value, stated.value),
                grounds=grounds,
            )  # fmt: skip


def _acts(piece: Passage) -> list[Act]:
    found = []
    for kind, pattern in _act_patterns().items():
        for match in pattern.finditer(piece.text):
            if not NEGATED.search(piece.text[: match.start()]):
                found.append(Act(kind, match.group().lower(), piece.start + match.start(), piece.start + match.end()))
    return sorted(found, key=lambda act: act.start)


def _date_of(text: str, piece: Passage, act: Act, dates: Sequence[Stated]) -> Stated | None:
    """The date of an act: the next one after it in its clause, else one that opens the sentence."""
    after = [d for d in dates if d.start >= act.end]
    others = [other for other in _acts(piece) if other.start > act.start]
    if after:
        gap = text[act.end : after[0].start]
        between = any(act.end <= other.start < after[0].start for other in others)
        if len(gap) <= REACH and not between and not OTHER_CLAUSE.search(gap):
            return None if after[0].bound else after[0]
    first = dates[0]
    opening = re.fullmatch(r"(?:(?:back|early|late)\s+)*(?:in|on)\s+(?:early |late |mid-)?", text[piece.start : first.start], re.IGNORECASE)
    gap = text[first.end : act.start]
    if opening and first.end <= act.start and len(gap) <= REACH and not OTHER_CLAUSE.search(gap) and _acts(piece)[0] == act:
        return first
    return None


def _known(doc: Doc, knowledge: Knowledge, piece: Passage, agreement: Agreement, act: Act) -> list[tuple[str, str, Agreement]]:
    """What is known of an act upon an agreement: date, fact in words."""
    if act.kind == "sign":
        facts = [(agreement.signed, f"{agreement.name} was signed on {in_words(agreement.signed)}")] if agreement.signed else []
    elif act.kind == "enter":
        facts = [(agreement.in_force, f"{agreement.name} came into force on {in_words(agreement.in_force)}")] if agreement.in_force else []
    else:
        parties = _parties(doc, knowledge, piece)
        facts = []
        for left in agreement.withdrawals:
            party = knowledge.countries.get(left.party)
            if left.party in parties or left.under in parties:
                name = party.name if party else left.party
                facts.append((left.date, f"{name} left {agreement.name} on {in_words(left.date)}"))
    return [(value, fact.replace(" on ", " in ") if value.count("-") < 2 else fact, agreement) for value, fact in facts if days_of(value)]


def _parties(doc: Doc, knowledge: Knowledge, piece: Passage) -> set[str]:
    """ISO codes and actor ids that a sentence names, people's countries included."""
    reading = reading_of(doc)
    found: set[str] = set()
    for mention in linked_in(doc, piece.start, piece.end):
        found.add(mention.actor)
        found.add(iso_of(mention.actor))
        actor = reading.actors.get(mention.actor)
        if actor is not None and actor.country:
            found.add(actor.country)
    return found - {""}


def _differs(stated: Stated, value: str, agreement: Agreement, act: Act) -> bool:
    known = days_of(value)
    if known is None or stated.days.overlaps(known):
        return False
    if act.word in table("acts")["sign"]["loose"] and stated.value[:4] == value[:4]:
        return False
    # A text may be agreed the year before it is signed, and until it comes into force.
    if act.kind == "sign" and act.word in table("acts")["sign"]["loose"] and _between(stated.value, value, agreement.in_force):
        return False
    # A treaty of many parties is signed by each in its own time: only a date before its first signature cannot be.
    if act.kind == "sign" and len(agreement.parties) > MANY_PARTIES:
        return stated.days.last is not None and known.first is not None and stated.days.last < known.first
    return True


def _between(stated: str, signed: str, in_force: str) -> bool:
    year, last = int(stated[:4]), in_force[:4] or signed[:4]
    return year == int(signed[:4]) - 1 or year == int(last)


def _terms(doc: Doc, knowledge: Knowledge, piece: Passage, stated: Stated) -> list[str]:
    """The terms of leaders named in the sentence, where the stated date lies outside them."""
    grounds: list[str] = []
    for mention in linked_in(doc, piece.start, piece.end):
        person = knowledge.people.get(mention.actor)
        terms = terms_of(knowledge, mention) if person else []
        if person and outside(terms, stated.days):
            grounds.extend(term_in_words(person.name, term) for term in terms)
    return list(dict.fromkeys(grounds))


def _same_precision(value: str, stated: str) -> str:
    return value[: len(stated)] if len(stated) < len(value) else value


@cache
def _act_patterns() -> dict[str, re.Pattern[str]]:
    longest_first = {k: sorted(table("acts")[k]["words"], key=len, reverse=True) for k in ("sign", "withdraw", "enter")}
    return {k: re.compile(rf"\b(?:{'|'.join(words)})\b", re.I) for k, words in longest_first.items()}
