"""Makes a large record from chance, with everything the desk shows; written by rows, since reading the pages would take days.

    python -m bench.desk_record RECORD [PAGES]

100,000 pages with ten events each are the default: three copies a story, three doubts and twelve mentions a page.
"""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import accumulate
from typing import Any

from sqlalchemy import Connection, Table, insert

from attache.dossier import Actor, Dossier, Event, EventTime, Finding, Mention, PageDate, Place, Source, Span
from attache.record import Record, open_record
from attache.record import tables as t
from attache.record.packing import ZLIB, packed

EVENTS = 10
ACTORS = 20_000
BATCH = 500
KINDS = ("meet", "say", "visit", "accuse", "sanction", "promise", "demand", "warn", "sign", "attack", "call", "negotiate")
STATUSES = ("happened", "happened", "happened", "planned", "denied", "ongoing")
PLACES = (
    ("Brussels", "BEL", 50.8, 4.3),
    ("Geneva", "CHE", 46.2, 6.1),
    ("Moscow", "RUS", 55.8, 37.6),
    ("Washington", "USA", 38.9, -77.0),
    ("Ankara", "TUR", 39.9, 32.9),
    ("Beijing", "CHN", 39.9, 116.4),
    ("Nairobi", "KEN", -1.3, 36.8),
    ("Lima", "PER", -12.0, -77.0),
)
FINDINGS = ("corrupted-name", "fragment", "broken-quotation", "contradiction", "mistranslated", "disputed")
WORDS = (
    "talks border trade minister president agreement gas sanctions army visit summit council security energy market reform treaty "
    "fleet river harbour grain export tariff envoy delegation hostage prisoner missile pipeline refugee convoy budget loan"
).split()


def fill(record: Record, pages: int, seed: int = 1) -> None:
    """Write the pages, their stories and all that hangs on them."""
    chance = random.Random(seed)
    weights = list(accumulate(1 / (n + 1) ** 0.8 for n in range(ACTORS)))
    with record.writing() as connection:
        rows = [
            {"id": n + 1, "code": f"attache:a{n}", "name": f"Givén{n % 700} Family{n}", "folded": f"given{n % 700} family{n}",
             "kind": "person" if n % 3 else "country"} for n in range(ACTORS)
        ]  # fmt: skip
        connection.execute(insert(t.actors), rows)
    for first in range(1, pages + 1, BATCH):
        with record.writing() as connection:
            _batch(connection, chance, weights, range(first, min(first + BATCH, pages + 1)))
    with record.writing() as connection:
        connection.exec_driver_sql("ANALYZE")


def _batch(connection: Connection, chance: random.Random, weights: list[float], pages: range) -> None:
    rows: dict[Table, list[dict[str, Any]]] = {
        table: [] for table in (t.stories, t.texts, t.pages, t.dossiers, t.mentions, t.offices, t.events, t.reports, t.event_actors,
                                t.report_actors, t.findings)
    }  # fmt: skip
    for number in pages:
        for table, row in _page(chance, number, chance.choices(range(1, ACTORS + 1), cum_weights=weights, k=12)):
            rows[table].append(row)
    for table, some in rows.items():
        if some:
            connection.execute(insert(table), some)


def _page(chance: random.Random, number: int, actors: list[int]) -> Iterator[tuple[Table, dict[str, Any]]]:
    day = (date(2016, 1, 1) + timedelta(days=number * 3200 // 100_000 + chance.randrange(3))).isoformat()
    story, host = (number - 1) // 3 + 1, f"p{number % 50}.example"
    dossier, text = _dossier(chance, number, actors, day)
    title = dossier.title
    if (number - 1) % 3 == 0:
        yield t.stories, {"id": story, "title": title, "first_day": day, "last_day": day, "pages": 3, "wordings": 2}
    yield t.texts, {"id": number, "digest": str(number), "title": title, "text": text}
    yield t.pages, {
        "id": number, "sha256": f"{number:064x}", "uri": f"https://{host}/{number}", "url": f"https://{host}/{number}", "outlet": host,
        "media_type": "text/html", "title": title, "text_id": number, "reading": str(number), "day": day, "published": day,
        "language": "en", "reliability": 0.8, "state": "read", "story_id": story, "wording_id": number - number % 2,
        "filed": f"{day}T00:00:00Z", "events": EVENTS, "findings": len(dossier.findings),
    }  # fmt: skip
    kept = dossier.model_dump(mode="json", exclude={"text"}, exclude_defaults=True)
    yield t.dossiers, {"page_id": number, "packing": ZLIB, "data": packed(json.dumps(kept).encode())}
    for place, actor in enumerate(dict.fromkeys(actors)):
        yield t.mentions, {"page_id": number, "start": place * 12, "end": place * 12 + 9, "actor_id": actor, "text": f"Family{actor - 1}",
                           "repaired": int(place == 0), "confidence": 0.9, "rule": "title"}  # fmt: skip
    yield (
        t.offices,
        {"page_id": number, "actor_id": actors[0], "office": f"Minister of {WORDS[actors[0] % len(WORDS)]}", "affiliation": None},
    )
    for n, event in enumerate(dossier.events):
        yield from _event(number, (number - 1) * EVENTS + n + 1, event, actors, story, day)
    for finding in dossier.findings:
        between = story if finding.kind == "disputed" else None
        yield t.findings, {
            "page_id": number, "story_id": between, "kind": finding.kind, "severity": finding.severity, "start": 0, "end": 9,
            "text": finding.text, "reading": finding.reading, "message": finding.message, "grounds": '["a ground"]', "confidence": 0.9,
            "rule": "title",
        }  # fmt: skip


def _event(page: int, key: int, event: Event, actors: list[int], story: int, day: str) -> Iterator[tuple[Table, dict[str, Any]]]:
    place = event.place or Place(name="")
    first, second = actors[key % 11], actors[key % 11 + 1]
    row = {
        "id": key, "kind": event.kind, "status": event.status, "who": f"Family{first - 1}", "whom": f"Family{second - 1}", "about": "",
        "first": day, "last": day, "place": place.name, "country": place.country, "latitude": place.latitude, "longitude": place.longitude,
        "cameo": "040", "plover": "CONSULT", "words": f"{WORDS[key % len(WORDS)]} {WORDS[key % 7]}", "confidence": 0.8,
    }  # fmt: skip
    told = {"sources": 1 + key % 4, "reports": 1, "first_reported": day, "last_reported": day, "lead_id": key, "story_id": story}
    yield t.events, {**row, **told, "day": day}
    yield t.reports, {**row, "page_id": page, "code": event.id, "event_id": key, "contexts": "", "content": "what was said", "start": 0,
                      "end": 40, "trigger_start": 0, "trigger_end": 5, "rule": "meet:verb:meet", "stale": 0}  # fmt: skip
    for role, actor in {"source": first, "target": second}.items():
        if role == "source" or first != second:
            same = {name: row[name] for name in ("last", "kind", "status", "country")}
            yield t.event_actors, {"actor_id": actor, "event_id": key, "role": role, "day": day, "sources": told["sources"], **same}
            yield t.report_actors, {"actor_id": actor, "report_id": key, "role": role, "place": 0}


def _dossier(chance: random.Random, number: int, actors: list[int], day: str) -> tuple[Dossier, str]:
    text = " ".join(chance.choices(WORDS, k=300)) + f" case{number}"
    people = [
        Actor(id=f"attache:a{actor - 1}", name=f"Givén{(actor - 1) % 700} Family{actor - 1}", kind="person",
              mentions=[Mention(span=Span(start=n * 12, end=n * 12 + 9), text=text[n * 12 : n * 12 + 9], repaired=n == 0)])
        for n, actor in enumerate(dict.fromkeys(actors))
    ]  # fmt: skip
    events = []
    for n in range(EVENTS):
        name, country, latitude, longitude = chance.choice(PLACES)
        events.append(
            Event(id=f"e{n + 1}", kind=chance.choice(KINDS), status=chance.choice(STATUSES), source=[people[n % len(people)].id],
                  time=EventTime(start=day, end=day), place=Place(name=name, country=country, latitude=latitude, longitude=longitude),
                  trigger=Span(start=n * 40, end=n * 40 + 5), span=Span(start=n * 40, end=n * 40 + 40), rule="meet:verb:meet",
                  confidence=0.8)
        )  # fmt: skip
    findings = [
        Finding(kind=kind, span=Span(start=0, end=9), text=text[:9], reading="reading" if kind == "corrupted-name" else None,
                message=f"a doubt of the kind {kind}", grounds=["a ground"], severity="error", confidence=0.9, rule="title")
        for kind in chance.sample(FINDINGS, 3)
    ]  # fmt: skip
    dossier = Dossier(
        source=Source(uri=f"https://p{number % 50}.example/{number}", media_type="text/html", sha256=f"{number:064x}"),
        title=" ".join(chance.choices(WORDS, k=6)).capitalize(), text=text, language="en", reliability=0.8, date=PageDate(published=day),
        actors=people, events=events, findings=findings,
    )  # fmt: skip
    return dossier, text


if __name__ == "__main__":
    with open_record(sys.argv[1]) as made:
        fill(made, int(sys.argv[2]) if len(sys.argv) > 2 else 100_000)
