"""Makes a record of any size from chance, for measuring questions; written by rows, since reading a million pages takes days."""

from __future__ import annotations

import itertools
import random
from datetime import date, timedelta

from sqlalchemy import Connection, insert

from attache.record import Record
from attache.record import tables as t

KINDS = ("meet", "visit", "call", "accuse", "sanction", "promise", "demand", "warn", "sign", "attack", "aid", "protest")
STATUSES = ("happened", "happened", "happened", "planned", "denied", "ongoing")
WORDS = [f"word{n}" for n in range(50_000)]
"""The vocabulary, from the commonest; the first are as common as stop words."""
_SHARES = list(itertools.accumulate(1 / (n + 1) for n in range(len(WORDS))))
COUNTRIES = ("BEL", "FRA", "DEU", "USA", "CHN", "RUS", "TUR", "UKR", "GBR", "JPN", "IND", "BRA", "ZAF", "EGY", "IRN", "ISR")
BATCH = 5_000


def fill(record: Record, events: int, actors: int = 20_000, seed: int = 1) -> None:
    """As many events, five a page, with actors whose frequencies fall off as in news (the first in every thirtieth event)."""
    chance = random.Random(seed)
    weights = [1 / (n + 1) ** 0.8 for n in range(actors)]
    with record.writing() as connection:
        rows = [
            {"code": f"attache:a{n}", "name": f"Name{n} Family{n}", "folded": f"name{n} family{n}", "kind": "person"} for n in range(actors)
        ]
        connection.execute(insert(t.actors), rows)
        named = [{"word": word, "actor_id": n} for n, row in enumerate(rows, 1) for word in row["folded"].split()]
        connection.execute(insert(t.name_words), named)
        connection.execute(insert(t.stories), {"title": "all", "pages": 1, "wordings": 1})
    drawn = iter(chance.choices(range(1, actors + 1), weights, k=2 * events))
    for start in range(0, events, BATCH):
        with record.writing() as connection:
            _batch(connection, chance, range(start, min(start + BATCH, events)), drawn)
    with record.writing() as connection:
        connection.exec_driver_sql("ANALYZE")


def words(chance: random.Random, count: int) -> list[str]:
    """Words by chance, as frequent as in language (Zipf)."""
    return chance.choices(WORDS, cum_weights=_SHARES, k=count)


def _batch(connection: Connection, chance: random.Random, numbers: range, drawn: object) -> None:
    pages = range(numbers.start // 5 + 1, (numbers.stop + 4) // 5 + 1)
    texts, listed = [], []
    for page in pages:
        day = _day(chance)
        body = " ".join(words(chance, 120)) + f" case{page} They met in town."
        texts.append({"id": page, "digest": str(page), "title": " ".join(words(chance, 6)), "text": body})
        host = f"p{page % 50}.example"
        listed.append(
            {
                "id": page,
                "sha256": f"{page:064x}",
                "uri": f"https://{host}/{page}",
                "outlet": host,
                "media_type": "text/plain",
                "text_id": page,
                "reading": str(page),
                "day": day,
                "published": day,
                "language": "en",
                "reliability": 1.0,
                "state": "read",
                "story_id": 1,
                "wording_id": page,
                "filed": day,
                "events": 5,
            }
        )
    events, reports, parties = [], [], []
    for n in numbers:
        day = _day(chance)
        first, second = next(drawn), next(drawn)  # type: ignore[call-overload]
        row = {
            "kind": chance.choice(KINDS),
            "status": chance.choice(STATUSES),
            "who": f"Name{first} Family{first}",
            "whom": f"Name{second}",
            "about": "",
            "first": day,
            "last": day,
            "country": chance.choice(COUNTRIES),
            "place": "Town",
            "words": "They met in town.",
            "confidence": 0.8,
        }
        events.append(
            {
                **row,
                "id": n + 1,
                "sources": 1 + int(chance.expovariate(1.5)),
                "reports": 1,
                "first_reported": day,
                "last_reported": day,
                "day": day,
                "lead_id": n + 1,
                "story_id": 1,
            }
        )
        reports.append(
            {
                **row,
                "id": n + 1,
                "page_id": n // 5 + 1,
                "code": f"e{n % 5}",
                "event_id": n + 1,
                "contexts": "",
                "start": 0,
                "end": 9,
                "trigger_start": 0,
                "trigger_end": 4,
                "rule": "made",
                "stale": 0,
            }
        )
        asked = {key: events[-1][key] for key in ("day", "last", "kind", "status", "country", "sources")}
        parties.append({**asked, "event_id": n + 1, "role": "source", "actor_id": first})
        if second != first:
            parties.append({**asked, "event_id": n + 1, "role": "target", "actor_id": second})
    for table, rows in ((t.texts, texts), (t.pages, listed), (t.events, events), (t.reports, reports), (t.event_actors, parties)):
        connection.execute(insert(table), rows)


def _day(chance: random.Random) -> str:
    return (date(2015, 1, 1) + timedelta(int(chance.triangular(0, 3650, 3400)))).isoformat()
