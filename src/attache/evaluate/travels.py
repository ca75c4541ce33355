"""Scores the linking of people on the trips of US presidents and secretaries of state: were those whom the remarks name found?

Each row: ``start`` and ``end`` (ISO days), ``country``, ``country_iso3``, ``locale``, ``remarks``. The truth is taken from the remarks
without the rooms: a title of ``data/travels.toml`` and the capitalised words after it are somebody named, unless a word like "former"
stands before; the country is that of the adjective or name right before the title, and the United States after "Accompanied". A link is
right where its person is written so in an accepted spelling and held an office of that country or organisation on the days of the trip,
up to two months off. Where no country stands beside the title it is that of the trip if somebody of such a name was in office there,
else any. Whoever the tables do not have is missed.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from spacy.language import Language

from attache.errors import DataError
from attache.evaluate.forms import Form, GoldFile, Row, language_of
from attache.evaluate.measures import Measure, Score
from attache.knowledge import Knowledge, Person, builtin
from attache.reading import Days, Linked, Reading, reading_of
from attache.who.component import Who
from attache.who.variants import same_spelling

SLACK = timedelta(days=60)
FIRST, LAST = "2000", "2026"
"""Trips that begin before ``LAST`` and not before ``FIRST`` count."""
LISTS = {"titles", "address", "particles", "stops", "own", "past"}
HOME = "USA"


@dataclass(frozen=True)
class Named:
    """Somebody whom the remarks name: characters ``[start, end)`` of the text; country or organisation (its code) where told beside it."""

    start: int
    end: int
    name: str
    where: str | None


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    """The regular expressions made of ``travels.toml``, checked."""
    table = tomllib.loads((Path(__file__).parent / "data" / "travels.toml").read_text(encoding="utf-8"))
    if set(table) != LISTS or not all(isinstance(v, list) and v for v in table.values()):
        raise DataError(f"evaluate/data/travels.toml: needs exactly the lists {', '.join(sorted(LISTS))}")
    either = {name: "|".join(re.escape(w) for w in sorted(table[name], key=len, reverse=True)) for name in LISTS}
    capital = "A-ZÀ-ÖØ-ÞĀ-Ž"
    word = rf"(?!(?:{either['stops']})\b)[{capital}](?:[\w’'-]*\w|\.)"
    small = rf"(?:{either['particles']})"
    name = rf"(?:{small}[ -])*{word}(?: (?:(?:{small}[ -])+)?{word})*"
    return {
        "named": re.compile(rf"\b(?:{either['titles']}) (?:(?:{either['address']}) )*(?P<name>{name})"),
        "own": re.compile(rf"(?:{either['own']}) (?:US |U\.S\. )?$"),
        "past": re.compile(rf"\b(?:{either['past']})\b(?: [\w-]+)? $"),
    }


def people_named(text: str, knowledge: Knowledge) -> Iterator[Named]:
    """Who is named with a title, and of which country where that stands beside it."""
    patterns = _patterns()
    for found in patterns["named"].finditer(text):
        before = text[: found.start()]
        if not patterns["past"].search(before):
            where = HOME if patterns["own"].search(before) else _where_before(before, knowledge)
            name = re.sub("['’]s$|[.]$", "", found["name"])
            yield Named(found.start("name"), found.start("name") + len(name), name, where)


def _where_before(text: str, knowledge: Knowledge) -> str | None:
    """The country or organisation whose name or adjective ends the text."""
    words = text.rstrip().removesuffix("’s").removesuffix("'s").split(" ")
    for size in (4, 3, 2, 1):
        last = " ".join(words[-size:])
        country = knowledge.country_named(last) or knowledge.country_of_demonym(last)
        if country is not None:
            return country.iso3
        body = knowledge.organisation_named(last)
        if body is not None and body.code:
            return body.code
    return None


def score_travels(gold: GoldFile, nlp: Language) -> Score:
    """The measures: everybody named; the same without the traveller's own president; who is in the tables at all."""
    everybody, others, known = Measure("people linked on the day"), Measure("the same, foreigners"), Measure("in the tables on the day")
    knowledge = builtin()
    for text, country, days, reading in read_trips(gold.rows, nlp):
        for named in people_named(text, knowledge):
            there = _in_tables(knowledge, named, named.where or country, days)
            where = named.where or (country if there else None)
            right = any(_right(knowledge, link, named, where, days) for link in _links(reading, named))
            _count(everybody, right, f"{named.name} ({where}, {days.first}): {text}")
            if named.where != HOME:
                _count(others, right)
            _count(known, right or there or (named.where is None and _in_tables(knowledge, named, None, days)))
    return Score(gold.path.stem, [everybody, others, known], form=FORM.name)


def _count(measure: Measure, yes: bool, line: str = "") -> None:
    measure.wanted += 1
    measure.found += yes
    measure.missed += [line] if line and not yes else []


def read_trips(trips: list[Row], nlp: Language) -> Iterator[tuple[str, str, Days, Reading]]:
    """The trips as pages, the place and then the remarks, published on the first day: text, country, days, what the who room read."""
    rows = [row for row in trips if FIRST <= row["start"] < LAST and row["remarks"] and row["country_iso3"]]
    pages = [f"Visit to {row['country']}. {row['remarks']}" for row in rows]
    who = Who()
    with language_of(nlp):
        docs = list(nlp.pipe(pages))
    for row, page, doc in zip(rows, pages, docs, strict=True):
        first = date.fromisoformat(row["start"])
        reading_of(doc).published = Days(first, first)
        who(doc)
        yield page, row["country_iso3"], Days(first, date.fromisoformat(row["end"]) if row["end"] else first), reading_of(doc)


def _links(reading: Reading, named: Named) -> list[Linked]:
    return [k for k in reading.linked if k.kind == "name" and k.mention.span.start < named.end and k.mention.span.end > named.start]


def _right(knowledge: Knowledge, link: Linked, named: Named, where: str | None, days: Days) -> bool:
    person = knowledge.people.get(link.actor)
    spelled = person is not None and (same_spelling(named.name, person) or link.mention.repaired)
    return person is not None and spelled and _in_office(knowledge, person, where, days)


def _in_office(knowledge: Knowledge, person: Person, where: str | None, days: Days) -> bool:
    """Whether a person held an office there on the days, or two months before or after."""
    tenures = knowledge.tenures_of(person.id, _around(days))
    return any(where is None or where in (tenure.office.where, person.country) for tenure in tenures)


def _around(days: Days) -> Days:
    return Days(days.first and days.first - SLACK, days.last and days.last + SLACK)


def _in_tables(knowledge: Knowledge, named: Named, where: str | None, days: Days) -> bool:
    """Whether somebody so named held an office there, or anywhere, on the days."""
    if where is not None:
        held = (t.person for office in knowledge.offices_at(where) for t in knowledge.holders(office.id, _around(days)))
        if any(same_spelling(named.name, knowledge.people[i]) for i in set(held) if i in knowledge.people):
            return True
    people = [*knowledge.people_surnamed(named.name.split()[-1]), *knowledge.people_named(named.name)]
    return any(same_spelling(named.name, p) and _in_office(knowledge, p, where, days) for p in people)


FORM = Form("trips", frozenset({"start", "end", "country_iso3", "locale", "remarks"}), score_travels)
