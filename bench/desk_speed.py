"""How long the desk's pages take over a large record: `python -m bench.desk_speed RECORD [TIMES]`, milliseconds by page.

Two columns of figures, each median, 95th percentile and largest: processor time, which a busy machine does not stretch, and the clock.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable

from fastapi.testclient import TestClient

from attache.desk import make_app
from attache.record import Record, open_record
from bench.desk_record import ACTORS, KINDS, PLACES, WORDS


def addresses(record: Record, chance: random.Random) -> dict[str, Callable[[], str]]:
    """Addresses by kind of page, each anew by chance; actors drawn as often as they occur."""
    totals = record.totals()

    def actor() -> str:
        return f"attache:a{min(int(chance.paretovariate(0.6)) - 1, ACTORS - 1)}"

    def month() -> str:
        year, number = chance.randint(2016, 2023), chance.randint(1, 12)
        return f"since={year}-{number:02}-01&until={year}-{number:02}-28"

    return {
        "today": lambda: "/",
        "page": lambda: f"/page/{chance.randint(1, totals.pages)}",
        "story": lambda: f"/story/{chance.randint(1, totals.stories)}",
        "event": lambda: f"/event/{chance.randint(1, totals.events)}",
        "actor": lambda: f"/actor/{actor()}",
        "events": lambda: "/events",
        "events of an actor": lambda: f"/events?actor={actor()}",
        "events by kind, month": lambda: f"/events?kind={chance.choice(KINDS)}&{month()}",
        "events of two": lambda: f"/events?actor={actor()}&other={actor()}&kind=meet",
        "timeline": lambda: f"/events?view=timeline&actor={actor()}",
        "map": lambda: f"/events?view=map&{month()}",
        "map of a place": lambda: f"/events?view=map&place={chance.choice(PLACES)[1]}",
        "network": lambda: f"/events?view=network&kind=meet&{month()}",
        "actors": lambda: "/actors",
        "pages": lambda: f"/pages?{month()}",
        "doubts": lambda: "/doubts?kind=corrupted-name",
        "search": lambda: f"/search?q={chance.choice(WORDS)}+case{chance.randint(1, totals.pages)}",
        "search, a common word": lambda: f"/search?q={chance.choice(WORDS)}",
        "names": lambda: (
            f"/names.json?q={chance.choice(('fam', 'giv', f'family{chance.randint(1, 999)}', f'Famili{chance.randint(1, 999)}'))}"
        ),
    }


def main(place: str, times: str = "20") -> None:
    """Print the figures of each kind of page, and of all requests together."""
    chance = random.Random(7)
    everything: list[tuple[float, float]] = []
    with open_record(place, create=False) as record, TestClient(make_app(record), base_url="http://127.0.0.1") as desk:
        for name, make in addresses(record, chance).items():
            desk.get(make())
            took: list[tuple[float, float]] = []
            for _ in range(int(times)):
                address = make()
                started, busy = time.perf_counter(), time.process_time()
                status = desk.get(address).status_code
                took.append((1000 * (time.process_time() - busy), 1000 * (time.perf_counter() - started)))
                if status != 200:
                    print(f"{address}: {status}", file=sys.stderr)
            everything += took
            print(f"{name:24} {_ranks(took)}", flush=True)
        print(f"{'all':24} {_ranks(everything)}")


def _ranks(took: list[tuple[float, float]]) -> str:
    """Median, 95th percentile and largest, of the processor's time and of the clock's."""
    columns = (sorted(one[n] for one in took) for n in (0, 1))
    return "  |".join(f"{some[len(some) // 2]:7.0f}{some[int(0.95 * len(some))]:7.0f}{some[-1]:7.0f}" for some in columns)


if __name__ == "__main__":
    main(*sys.argv[1:])
