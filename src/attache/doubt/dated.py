"""Known events told with a wrong date: who joined, was elected, invaded or killed when, as the parse puts act and date together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from spacy.tokens import Doc

from attache.dossier import Finding, Severity
from attache.doubt.clauses import anchors, clause_of
from attache.doubt.evidence import finding
from attache.doubt.facts import by_token, dated_sentences, told_since
from attache.doubt.lexicon import words
from attache.doubt.meant import facts_meant
from attache.doubt.stated import Stated, in_words
from attache.knowledge import DatedFact, Knowledge, builtin
from attache.reading import Days, Linked, reading_of

NEAR = timedelta(days=3)  # a night, a time zone or a vote of several days


def check_dated(doc: Doc) -> Iterator[Finding]:
    """Each stated date whose clause speaks of a known event that was on another day, month or year."""
    pieces = list(dated_sentences(doc))
    if not pieces or not doc.has_annotation("DEP"):
        return
    knowledge = builtin()
    linked = by_token(reading_of(doc).linked)
    for _, dates in pieces:
        for stated in dates:
            facts = _spoken_of(doc, stated, linked, knowledge)
            if facts and not any(_fits(other, fact) for fact in facts for other in dates):
                yield from _found(doc, stated, facts)


def _spoken_of(doc: Doc, stated: Stated, linked: dict[int, Linked], knowledge: Knowledge) -> list[DatedFact]:
    """The facts that the nearest word with any of them speaks of."""
    for anchor in anchors(doc, stated.start, stated.end):
        meant = facts_meant(clause_of(anchor), linked, knowledge)
        if stated.bound:  # "a member since 1999" dates the joining; "until 1999" or "since the invasion" dates nothing
            meant = [(f, t) for f, t in meant if t.lower_ in words("belonging") and told_since(doc, stated)]
        else:
            meant = [(f, t) for f, t in meant if t.lower_ not in words("belonging") or anchor.lemma_.lower() in words("made")]
        if meant:
            return [_as_told(fact, anchor.lemma_.lower(), knowledge) for fact, _ in meant]
    return []


def _as_told(fact: DatedFact, verb: str, knowledge: Knowledge) -> DatedFact:
    """A war that "began" is dated by its first day, one that "ended" by its last."""
    acts = knowledge.happenings.acts
    if fact.act.name != "war" or not (verb in acts.starts or verb in acts.ends):
        return fact
    ends = [date.partition("/")[0 if verb in acts.starts else 2] or date for date in fact.dates]
    days = tuple(Days(d.first, d.first) if verb in acts.starts else Days(d.last, d.last) for d in fact.days)
    what = f"{fact.what} {'began' if verb in acts.starts else 'ended'}"
    return replace(fact, what=what, dates=tuple(ends), days=days)


def _fits(stated: Stated, fact: DatedFact) -> bool:
    """Whether the date agrees with the fact, or with what may have come before the first or after the last of several."""
    if any(stated.days.overlaps(days) or _close(stated.days, days) for days in fact.days):
        return True
    firsts = [days.first for days in fact.days if days.first]
    lasts = [days.last for days in fact.days if days.last]
    if not fact.act.recurs or len(fact.days) == 1 or not firsts or not lasts:
        return False
    before = stated.days.last is not None and stated.days.last < min(firsts)
    return before or (stated.days.first is not None and stated.days.first > max(lasts))


def _close(one: Days, other: Days) -> bool:
    if None in (one.first, one.last, other.first, other.last):
        return False
    assert one.first and one.last and other.first and other.last
    return one.first - NEAR <= other.last and other.first <= one.last + NEAR


def _found(doc: Doc, stated: Stated, facts: list[DatedFact]) -> Iterator[Finding]:
    year = int(stated.value[:4])
    fact, date = min(((f, d) for f in facts for d in f.dates), key=lambda pair: abs(int(pair[1][:4]) - year))
    same_year = any(d[:4] == stated.value[:4] for f in facts for d in f.dates)
    severity: Severity = "warning" if same_year else "error"
    told = " or ".join(_told(d) for d in _nearest(fact.dates, year))
    first = date.partition("/")[0]
    reading = first[: len(stated.value)] if len(fact.dates) == 1 and "/" not in date else None
    yield finding(
        doc, "contradiction", stated.start, stated.end, f"{_capital(fact.what)}: {told}, not {in_words(stated.value)}.",
        severity=severity, confidence=0.7 if same_year else 0.9 if len(facts) == 1 else 0.85, rule="contradiction-fact", reading=reading,
        grounds=[f"{fact.what}: {told} ({fact.source})"],
    )  # fmt: skip


def _nearest(dates: tuple[str, ...], year: int) -> list[str]:
    """The known dates about the stated year: all of them where they are few, else the one before and the one after."""
    if len(dates) <= 3:
        return list(dates)
    before = [d for d in dates if int(d[:4]) <= year][-1:]
    return before + [d for d in dates if int(d[:4]) > year][:1]


def _told(date: str) -> str:
    start, slash, end = date.partition("/")
    if not slash:
        return in_words(start)
    return f"{in_words(start)} to {in_words(end)}" if end else f"from {in_words(start)} on"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
