"""One event, many witnesses: reports of different pages become one event, counted by independent sources."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from attache.dossier import Actor, Dossier, Event, EventTime, PageDate, Place, Source, Span
from attache.record import EventRow, Record, open_record
from attache.record.likeness import Told
from attache.record.merging import clustered
from attache.record.witnesses import independent

NUMBER = itertools.count(1)


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Record]:
    with open_record(tmp_path / "r.db") as opened:
        yield opened


def tell(
    record: Record, who: str, whom: str, first: str | None, last: str | None = None, *, kind: str = "meet", status: str = "happened",
    country: str | None = None, text: str | None = None, outlet: str | None = None, day: str | None = None, said: str = "",
) -> None:  # fmt: skip
    """File a page with one event."""
    n = next(NUMBER)
    own = " ".join("".join(random.Random(n * 100 + k).choices("abcdefghijklmnopqrstuvwxyz", k=7)) for k in range(60))
    body = text or f"Page {n}. {who} and {whom}. {own}. {said}"
    people = [Actor(id=f"attache:{name.lower()}", name=name, kind="person") for name in (who, whom) if name]
    start = body.index(said) if said else 0
    event = Event(
        id="e1", kind=kind, status=status, source=[f"attache:{who.lower()}"], target=[f"attache:{whom.lower()}"] if whom else [],
        time=EventTime(start=first, end=last or first) if first else None, place=Place(name=country, country=country) if country else None,
        trigger=Span(start=0, end=4), span=Span(start=0, end=len(body) if text else 7), rule="test", confidence=0.8,
        content=Span(start=start, end=start + len(said)) if said else None,
    )  # fmt: skip
    uri = f"https://{outlet or f'paper{n}.example'}/{n}"
    record.file(
        Dossier(source=Source(uri=uri, media_type="text/plain", sha256=f"{n:064x}"), title=None, text=body, language="en", reliability=1.0,
                date=PageDate(published=day), actors=people, events=[event]),
    )  # fmt: skip


def sizes(record: Record) -> list[tuple[int, int]]:
    """(reports, sources) of each event, the greatest first."""
    return sorted(((row.reports, row.sources) for row in record.events()), reverse=True)


def only(record: Record) -> EventRow:
    (row,) = record.events()
    return row


def test_two_papers_tell_of_one_meeting(record: Record) -> None:
    tell(record, "Anna", "Bert", "2021-03-23", day="2021-03-24", outlet="a.example")
    tell(record, "Bert", "Anna", "2021-03-23", day="2021-03-23", outlet="b.example", country="BEL")
    row = only(record)
    assert (row.reports, row.sources, row.first_reported, row.last_reported) == (2, 2, "2021-03-23", "2021-03-24")
    assert row.country == "BEL", "what one page leaves out another tells"
    detail = record.event(row.id)
    assert detail is not None and [r.day for r in detail.reports] == ["2021-03-23", "2021-03-24"]
    assert {(role, name) for role, _, name in detail.parties} == {(r, n) for r in ("source", "target") for n in ("Anna", "Bert")}


@pytest.mark.parametrize(
    "other",
    [
        {"first": "2021-03-24"}, {"whom": "Carl"}, {"kind": "call"}, {"country": "FRA"}, {"first": None},
        {"first": "2021-03-01", "last": "2021-03-31"},
    ],
)  # fmt: skip
def test_what_may_be_another_event_stays_apart(record: Record, other: dict[str, Any]) -> None:
    # Pages days apart are not of one story, in which days may differ by one.
    tell(record, "Anna", "Bert", "2021-03-23", country="BEL", day="2021-03-23")
    tell(record, **{"who": "Anna", "whom": "Bert", "first": "2021-03-23", "day": "2021-03-29", **other})
    assert sizes(record) == [(1, 1), (1, 1)]


def test_an_interval_meets_a_day_in_it(record: Record) -> None:
    tell(record, "Anna", "Bert", "2021-03-22", "2021-03-24", kind="visit")
    tell(record, "Anna", "Bert", "2021-03-23", kind="visit")
    assert sizes(record) == [(2, 2)]
    assert only(record).first == "2021-03-23", "the narrower interval is kept"


def test_source_and_target_matter_where_the_act_has_a_direction(record: Record) -> None:
    tell(record, "Anna", "Bert", "2021-03-23", kind="accuse")
    tell(record, "Bert", "Anna", "2021-03-23", kind="accuse")
    assert sizes(record) == [(1, 1), (1, 1)]


def test_copies_are_one_source_whoever_prints_them(record: Record) -> None:
    copied = "Anna met Bert in the palace for two hours and spoke with him about fish."
    for outlet in ("a.example", "b.example", "c.example"):
        tell(record, "Anna", "Bert", None, text=copied, outlet=outlet)
    assert sizes(record) == [(3, 1)], "the very same sentence, though nobody knows the day"
    tell(record, "Anna", "Bert", "2021-03-23", outlet="d.example")
    assert sizes(record) == [(3, 1), (1, 1)]


def test_statuses_over_time(record: Record) -> None:
    tell(record, "Anna", "Bert", "2021-03-23", status="planned", day="2021-03-20")
    tell(record, "Anna", "Bert", "2021-03-23", status="planned", day="2021-03-21")
    tell(record, "Anna", "Bert", "2021-03-23", status="happened", day="2021-03-23")
    tell(record, "Anna", "Bert", "2021-03-23", status="denied", day="2021-03-25")
    row = only(record)
    assert row.status == "denied"
    detail = record.event(row.id)
    assert detail is not None
    assert [(s.day, s.status, s.reports) for s in detail.statuses] == [
        ("2021-03-20", "planned", 2), ("2021-03-23", "happened", 1), ("2021-03-25", "denied", 1),
    ]  # fmt: skip
    assert len(record.events(status="denied")) == 1 and not record.events(status="planned")


def test_statements_need_like_contents(record: Record) -> None:
    tell(record, "Anna", "", "2021-03-23", kind="say", said="the treaty protects fishermen along the whole northern coast")
    tell(record, "Anna", "", "2021-03-23", kind="say", said="this treaty protects all fishermen on the northern coast")
    tell(record, "Anna", "", "2021-03-23", kind="say", said="pensions will rise next year")
    assert sizes(record) == [(2, 2), (1, 1)]


def test_a_rejected_report_hides_its_event_until_taken_back(record: Record) -> None:
    tell(record, "Anna", "Bert", "2021-03-23", day="2021-03-23")
    tell(record, "Anna", "Bert", "2021-03-23", day="2021-03-24")
    detail = record.event(only(record).id)
    assert detail is not None
    first = record.judge("event", "reject", page=detail.reports[0].page, report=detail.reports[0].id, by="me")
    assert only(record).reports == 2, "another page still tells it"
    record.judge("event", "reject", page=detail.reports[1].page, report=detail.reports[1].id)
    assert not record.events() and len(record.events(rejected=True)) == 1
    tell(record, "Anna", "Bert", "2021-03-23", day="2021-03-25")
    assert only(record).reports == 3, "a new report brings the event back"
    assert record.withdraw(first) and not record.withdraw(first)
    assert len(record.judgements()) == 1 and len(record.judgements(withdrawn=True)) == 2


@pytest.mark.parametrize(
    ("told", "count"),
    [
        ([], 0), ([(1, "a"), (1, "b"), (1, "c")], 1), ([(1, "a"), (2, "a"), (3, "a")], 1), ([(1, "a"), (2, "b")], 2),
        ([(1, None), (2, None)], 2), ([(1, "a"), (1, "b"), (1, "c"), (2, "a"), (3, "b"), (4, "c")], 3), ([(1, None), (1, "a")], 1),
        ([(1, "a"), (2, "a"), (1, "b")], 2),
    ],
)  # fmt: skip
def test_independent_sources(told: list[tuple[int, str | None]], count: int) -> None:
    assert independent(told) == count
    assert independent(reversed(told)) == count


REPORTS = st.lists(
    st.tuples(st.integers(1, 3), st.integers(1, 3), st.integers(0, 4), st.integers(0, 3), st.sampled_from([None, "BEL", "FRA"]),
              st.sampled_from([None, 1, 2])), max_size=14,
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(REPORTS, st.randoms(use_true_random=False))
def test_clusters_do_not_depend_on_the_order(found: list[tuple[Any, ...]], chance: Any) -> None:
    told = [_told(n, *one) for n, one in enumerate(found, 1)]
    before = {frozenset(one.row["code"] for one in group) for group in clustered(told)}
    chance.shuffle(told)
    assert {frozenset(one.row["code"] for one in group) for group in clustered(told)} == before
    assert sum(map(len, before)) == len(found)


def _told(n: int, who: int, whom: int, day: int, length: int, country: str | None, story: int | None) -> Told:
    first = f"2021-03-{day + 10}" if day else None
    row = {"id": n, "event_id": None, "page_id": n, "kind": "meet", "status": "happened", "first": first, "words": "", "content": None,
           "last": f"2021-03-{day + 10 + length}" if day else None, "country": country, "confidence": 0.5, "uri": f"u{n}",
           "sha256": f"s{n}", "code": f"c{n}", "story": story}  # fmt: skip
    return Told.of(row, [("source", who), ("target", whom)])


def test_events_come_in_slices(record: Record) -> None:
    for n in range(7):
        tell(record, f"Anna{n}", "Bert", f"2021-03-{n + 1:02}")
    first = record.events(limit=3)
    assert [row.first for row in first] == ["2021-03-07", "2021-03-06", "2021-03-05"] and first.more
    last = record.events(limit=3, offset=6)
    assert len(last) == 1 and not last.more
    assert [row.first for row in record.events(limit=2, order="oldest")] == ["2021-03-01", "2021-03-02"]
    frame = first.to_polars()
    assert frame.shape[0] == 3 and "sources" in frame.columns
