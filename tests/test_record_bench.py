"""What the record measures: questions to a million events, throughput, memory, and kills. `make bench` prints the figures.

Sizes can be lowered with ATTACHE_BENCH (0.1 is a tenth).
"""

from __future__ import annotations

import os
import random
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from made_record import COUNTRIES, KINDS, WORDS, fill

from attache.record import Record, open_record

SCALE = float(os.environ.get("ATTACHE_BENCH", "1"))
pytestmark = pytest.mark.bench


def percentile(values: list[float], share: float) -> float:
    ranked = sorted(values)
    return ranked[min(len(ranked) - 1, int(share * len(ranked)))]


def questions(record: Record, chance: random.Random) -> dict[str, Callable[[], Any]]:
    """Kinds of questions, each anew by chance; actors drawn as often as they occur, the most frequent among them."""

    def actor() -> str:
        return f"Family{min(int(chance.paretovariate(0.6)), 19_999)}"

    def day() -> str:
        return f"20{chance.randint(16, 24)}-{chance.randint(1, 12):02}-01"

    def word() -> str:
        # No stop words; else as common as in language.
        return WORDS[min(50 + int(50 * chance.paretovariate(0.7)), len(WORDS) - 1)]

    return {
        "newest": lambda: record.events(limit=50),
        "actor": lambda: record.events(actor=actor(), limit=50),
        "actor, kind, since, place, status, sources": lambda: record.events(
            actor=actor(),
            kind=chance.choice(KINDS),
            since=day(),
            place=chance.choice(COUNTRIES),
            status="happened",
            min_sources=2,
            limit=50,
        ),
        "two actors": lambda: record.events(actor=actor(), other=actor(), limit=50),
        "kind and days": lambda: record.events(kind=chance.choice(KINDS), since=day(), until=day(), limit=50),
        "place and sources": lambda: record.events(place=chance.choice(COUNTRIES), min_sources=3, limit=50),
        "outlet and actor": lambda: record.events(outlet=f"p{chance.randrange(50)}.example", actor=actor(), limit=50),
        "sentence": lambda: record.events(text="met town", actor=actor(), limit=50),
        "one event": lambda: record.event(chance.randrange(1, 1_000)),
        "search, one word": lambda: record.search(word()),
        "search, three words": lambda: record.search(f"{word()} {word()} -{word()}"),
        "search, a rare word": lambda: record.search(f"case{chance.randrange(1, 2_000)}"),
        "search, a phrase": lambda: record.search(f'"{WORDS[chance.randrange(9)]} {word()}"'),
    }


def measured(record: Record, rounds: int) -> dict[str, list[float]]:
    chance = random.Random(5)
    times: dict[str, list[float]] = {}
    for name, ask in questions(record, chance).items():
        ask()
        for _ in range(rounds):
            start = time.perf_counter()
            ask()
            times.setdefault(name, []).append(1000 * (time.perf_counter() - start))
    return times


def test_questions_to_a_million_events(tmp_path: Path) -> None:
    named = os.environ.get("ATTACHE_BENCH_RECORD")
    with open_record(named or tmp_path / "m.db") as record:
        if not record.totals().events:
            fill(record, int(1_000_000 * SCALE))
        times = measured(record, 60)
        print(f"\n{record.totals().events:,} events, {record.totals().pages:,} pages; milliseconds at the median, the 95th percentile")
        for name, found in times.items():
            print(f"{name:45} {percentile(found, 0.5):8.1f} {percentile(found, 0.95):8.1f}")
        everything = [value for found in times.values() for value in found]
        print(f"{'all questions':45} {percentile(everything, 0.5):8.1f} {percentile(everything, 0.95):8.1f}")
