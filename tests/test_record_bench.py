"""What the record measures: questions to a million events, throughput, memory, and kills. `make bench` prints the figures.

Sizes can be lowered with ATTACHE_BENCH (0.1 is a tenth).
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from made_record import COUNTRIES, KINDS, WORDS, fill
from test_ingest import contents, killed_runs, lines

from attache.record import Record, open_record
from attache.record.ingest import Options

sys.path.insert(0, str(Path(__file__).parent.parent))

from bench.made_pages import originals  # noqa: E402
from bench.throughput import measure  # noqa: E402

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


def measured(record: Record, rounds: int) -> dict[str, list[tuple[float, float]]]:
    """Milliseconds of each question on the clock and of the processor: on a busy machine only the second says how much work it is."""
    chance = random.Random(5)
    times: dict[str, list[tuple[float, float]]] = {}
    for name, ask in questions(record, chance).items():
        ask()
        for _ in range(rounds):
            start, worked = time.perf_counter(), time.process_time()
            ask()
            spent = (1000 * (time.perf_counter() - start), 1000 * (time.process_time() - worked))
            times.setdefault(name, []).append(spent)
    return times


def test_questions_to_a_million_events(tmp_path: Path) -> None:
    named = os.environ.get("ATTACHE_BENCH_RECORD")
    with open_record(named or tmp_path / "m.db") as record:
        if not record.totals().events:
            fill(record, int(1_000_000 * SCALE))
        times = measured(record, 60)
        print(f"\n{record.totals().events:,} events, {record.totals().pages:,} pages; milliseconds (median, 95th percentile)")
        print(f"{'':45} {'on the clock':>17} {'of the processor':>17}")
        times["all questions"] = [value for found in times.values() for value in found]
        for name, found in times.items():
            clock, work = ([pair[n] for pair in found] for n in (0, 1))
            shown = (percentile(clock, 0.5), percentile(clock, 0.95), percentile(work, 0.5), percentile(work, 0.95))
            print(f"{name:45} " + " ".join(f"{value:8.1f}" for value in shown))


def test_throughput_against_the_plain_composition(shared_data: Path) -> None:
    """attache ingest, and trafilatura with `nlp.pipe` over every page in two processes, on the same pages one after the other."""
    measure(originals(shared_data), int(5_000 * SCALE), parts=5 if SCALE == 1 else 1)


def varied(path: Path, count: int) -> Path:
    """A .jsonl of short pages with words of their own, every tenth a copy of the one before."""
    chance = random.Random(2)
    text = ""
    with path.open("w", encoding="utf-8") as stream:
        for n in range(count):
            if n % 10 != 9:
                own = " ".join(f"w{chance.randrange(10**6)}" for _ in range(200))
                text = f"News {n}: {own} Anna{chance.randrange(3000)} met Bert{chance.randrange(3000)} on 2021-03-{n % 28 + 1:02}."
            stream.write(
                json.dumps({"id": n, "text": text, "date": f"20{n % 20 + 2:02}-03-30", "url": f"https://p{n % 40}.example/{n}"}) + "\n"
            )
    return path


GROWTH = """
import resource, sys
from attache.record import open_record
from attache.record.ingest import Options
with open_record(sys.argv[1]) as record:
    record.ingest([sys.argv[2]], options=Options(workers=2, reader="light_reader:make_reader"))
print(*(resource.getrusage(who).ru_maxrss // 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)))
"""


def test_memory_does_not_grow_with_the_number_of_pages(tmp_path: Path) -> None:
    """The writing process over 1,000 and 20,000 pages, with readers that use no language model (a real one would take hours)."""
    peaks = []
    for count in (int(1_000 * SCALE), int(20_000 * SCALE)):
        source = varied(tmp_path / f"{count}.jsonl", count)
        command = [sys.executable, "-c", GROWTH, str(tmp_path / f"{count}.db"), str(source)]
        environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parent)}
        peaks.append(subprocess.run(command, capture_output=True, text=True, check=True, env=environment).stdout.split())
        print(f"\n{count:,} pages: at most {peaks[-1][0]} MB in the writer, {peaks[-1][1]} MB in a reader")
    print(f"ratio {int(peaks[1][0]) / int(peaks[0][0]):.2f}")


def test_fifty_kills(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An ingest killed at fifty random moments ends as an undisturbed one."""
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parent))
    source = lines(tmp_path / "p.jsonl", int(6_000 * SCALE), head="SLOW ")
    kills = int(50 * SCALE) or 1
    killed = killed_runs(tmp_path / "k.db", source, kills, longest=12.0, seed=11)
    with open_record(tmp_path / "k.db") as broken, open_record(tmp_path / "u.db") as whole:
        whole.ingest([str(source)], options=Options(workers=2, reader="light_reader:make_reader"))
        assert contents(broken) == contents(whole)
        at_work = sum(run.state == "interrupted" and run.filed > 0 for run in broken.runs(limit=10 * kills))
        print(f"\n{killed} of {kills} runs killed, {at_work} of them after they had filed some pages; ", end="")
        print(f"{broken.totals().pages:,} pages, the same as undisturbed")
