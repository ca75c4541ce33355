"""Disagreements between independent wordings of a story: other figures for the same count, another day or country for the same deed.

Copies of one text are not compared here: what they differ in is damage. A figure is disputed where sentences that match tell
another number of the same things ("31 dead", "42 dead"); numbers below two are left alone, since "one" is mostly no count.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from attache.dossier import Dossier, Finding, Span
from attache.story.aligning import freely
from attache.story.collation import Dispute, Row, Version
from attache.story.sentences import Sentence
from attache.story.traits import Deed, deeds_of
from attache.story.units import Found, numbers_of

Told = tuple[int, Dossier, Version]


def disputes(told: Sequence[Told]) -> list[Dispute]:
    """What the versions of a story, each as (page of its base, dossier, version), say against one another; on both pages."""
    found: list[Dispute] = []
    for one, other in combinations(told, 2):
        found += _figures(one, other)
        found += _deeds(one, other)
    return found


def _figures(one: Told, other: Told) -> Iterator[Dispute]:
    mine, theirs = _sentences(one[2].rows), _sentences(other[2].rows)
    for row, column in freely(mine, theirs):
        here = list(numbers_of(mine[row]))
        there = list(numbers_of(theirs[column])) if here else []
        for first in here:
            rivals = [second for second in there if second.after == first.after and first.after]
            if rivals and all(r.value != first.value for r in rivals) and float(first.value) >= 2:
                yield from _both(one, other, _placed(one, row, first), _placed(other, column, rivals[0]), first.after or "")


def _sentences(rows: Sequence[Row]) -> list[Sentence]:
    """The best text of each row, so that what one copy damaged is not disputed."""
    return [Sentence(row.best, 0, len(row.best)) for row in rows]


def _placed(told: Told, row: int, number: Found) -> tuple[Span | None, str]:
    """Where the number stands on the base's page; None where the base has another reading there than the best."""
    place = told[2].rows[row].places[0].span
    at = told[1].text.find(number.text, place.start, place.end)
    return (Span(start=at, end=at + len(number.text)) if at >= 0 else None), number.text


def _both(one: Told, other: Told, first: tuple[Span | None, str], second: tuple[Span | None, str], what: str) -> Iterator[Dispute]:
    for here, there, mine, theirs in ((one, other, first, second), (other, one, second, first)):
        span, text = mine
        yield _dispute(here, there, span, text, f"an independent page has {theirs[1]} ({what})")


def _deeds(one: Told, other: Told) -> Iterator[Dispute]:
    theirs = deeds_of(other[1])
    for first in deeds_of(one[1]):
        for second in theirs:
            if what := _against(first, second):
                for here, there, deed, (mine, others) in ((one, other, first, what), (other, one, second, what[::-1])):
                    message = f"an independent page puts it {others}, this one {mine}"
                    yield _dispute(here, there, *_event(here[1], deed), message)


def _against(first: Deed, second: Deed) -> tuple[str, str] | None:
    """What two tellings of one deed say against each other: the same kind and parties, on other days or in other countries."""
    if first.kind != second.kind or first.parties != second.parties or len(first.parties) < 2 or first.kind == "say":
        return None
    same_day = first.first is not None and (first.first, first.last) == (second.first, second.last)
    if same_day and first.country and second.country and first.country != second.country:
        return f"in {first.country}", f"in {second.country}"
    exact = first.first == first.last and second.first == second.last
    same_place = first.country is not None and first.country == second.country
    if same_place and exact and first.first and second.first and first.first != second.first:
        return f"on {first.first}", f"on {second.first}"
    return None


def _event(dossier: Dossier, deed: Deed) -> tuple[Span | None, str]:
    wanted = (event for event in dossier.events if event.kind == deed.kind and set(deed.parties) == {*event.source, *event.target})
    event = next(wanted, None)
    return (event.span, dossier.text[event.span.start : event.span.end]) if event else (None, deed.kind)


def _dispute(here: Told, there: Told, span: Span | None, text: str, message: str) -> Dispute:
    grounds = [f"{here[1].source.uri}: {text}", f"{there[1].source.uri}: {message}"]
    finding = Finding(
        kind="disputed", span=span, text=text, message=message, grounds=grounds, severity="warning", confidence=0.7, rule="collation"
    )
    return Dispute(page=here[0], finding=finding)
