"""How fast ``attache ingest`` is beside the plain composition.

::

    python -m bench.throughput ../shared/data [--pages 5000] [--parts 5] [--corpus diplomatic] [--seconds 1500]

The plain composition is what a user would write: trafilatura, then the same spaCy pipeline over every page, `nlp.pipe` in two processes.
Both read pages made of real articles (`made_pages`), of which a share are earlier pages in another site's frame: general news, or a corpus
of which half names heads of state, ministers and treaties, so that little can be skipped.

The pages are read in parts, each by both, one right after the other, so that what else the machine does meets both alike; figures of all
parts so far are printed after each, and no part is begun that would likely end after `--seconds`. The plain composition reads only a
drawn share of each part, and its time is scaled up by it (the loading of the model, once a part on either side, is not). Processor time
counts all processes of either side.
"""

from __future__ import annotations

import argparse
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from attache.record import Record, Summary, open_record
from attache.record.ingest import Options
from bench.made_pages import diplomatic, make_pages, originals

PLAIN = """
import json, sys, time
import trafilatura
from attache import load
lines = open(sys.argv[1], encoding="utf-8").read().splitlines()[int(sys.argv[2])::2]
nlp = load()
start, worked = time.monotonic(), time.process_time()
texts = (trafilatura.extract(json.loads(line)["html"]) or "" for line in lines)
events = sum(len(doc._.attache.events) for doc in nlp.pipe(texts, batch_size=16))
print(time.monotonic() - start, time.process_time() - worked, events)
"""
EVERY = 250
"""Pages between two lines of progress."""


@dataclass
class Figures:
    """Both sides' figures of the parts so far; those of the plain composition scaled to all pages."""

    pages: int = 0
    drawn: int = 0
    plain: float = 0.0
    plain_work: float = 0.0
    plain_events: float = 0.0
    ours: float = 0.0
    our_work: float = 0.0
    copies: int = 0
    counts: Counter[str] = field(default_factory=Counter)

    def show(self, record: Record) -> None:
        """Print them."""
        reasons = Counter(page.reason for page in record.pages(limit=self.pages, state="skipped"))
        events = sum(page.events for page in record.pages(limit=self.pages))
        told = ", ".join(f"{count:,} {name}" for name, count in self.counts.items())
        print(f"\n{self.pages:,} pages: {told}; {self.copies:,} read before; one-minute load {os.getloadavg()[0]:.1f}")
        for reason, count in reasons.most_common():
            print(f"  skipped: {count:,} {reason}")
        for name, clock, work in (("plain composition", self.plain, self.plain_work), ("attache ingest", self.ours, self.our_work)):
            print(f"  {name:18} {clock:8.1f} s by the clock, {self.pages / clock:6.1f} pages/s; {work:8.1f} s of the processor")
        print(f"  (the plain composition from {self.drawn:,} pages drawn; attache with stories and merging)")
        print(f"  ratio {self.plain / self.ours:.2f} by the clock, {self.plain_work / self.our_work:.2f} of the processor; ", end="")
        print(f"events {self.plain_events:,.0f} (scaled) and {events:,}", flush=True)


def read_plainly(lines: Sequence[str], folder: Path, share: float, figures: Figures) -> None:
    """Have the plain composition read a drawn share of some pages."""
    drawn = random.Random(7).sample(lines, max(2, round(share * len(lines))))
    sample = folder / "sample.jsonl"
    sample.write_text("\n".join(drawn) + "\n", "utf-8")
    environment = {**os.environ, "ATTACHE_THREADS": "1", "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    start, before = time.monotonic(), worked()
    # Sessions of their own, as attache's readers have: Linux shares a busy machine out by sessions.
    both = [subprocess.Popen([sys.executable, "-c", PLAIN, str(sample), part], stdout=subprocess.PIPE, env=environment, text=True,
                             start_new_session=True) for part in "01"]  # fmt: skip
    told = [tuple(map(float, process.communicate()[0].split())) for process in both]
    whole, work = time.monotonic() - start, worked() - before
    reading, read_work = max(clock for clock, _, _ in told), sum(work for _, work, _ in told)
    scale = len(lines) / len(drawn)
    figures.plain += whole - reading + reading * scale
    figures.plain_work += work - read_work + read_work * scale
    figures.plain_events += scale * sum(events for *_, events in told)
    figures.drawn += len(drawn)


def ingest(record: Record, lines: Sequence[str], place: Path, figures: Figures) -> None:
    """Have attache file some pages."""
    place.write_text("".join(lines), "utf-8")
    before, said = worked(), [0]

    def show(so_far: Summary, at: str) -> None:
        done = so_far.filed + so_far.skipped + so_far.failed
        if done - said[0] >= EVERY:
            said[0] = done
            print(f"  … {figures.pages + done:,} pages", file=sys.stderr, flush=True)

    summary = record.ingest([str(place)], options=Options(workers=2), progress=show)
    figures.ours += summary.seconds
    figures.our_work += worked() - before
    figures.counts.update(filed=summary.filed, skipped=summary.skipped, failed=summary.failed)
    figures.copies += summary.copies
    figures.pages += len(lines)


def worked() -> float:
    """Processor time of this process and of its children that have ended."""
    return sum(sum(resource.getrusage(who)[:2]) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))


def measure(articles: Sequence[list[str]], pages: int, parts: int = 1, share: float = 0.2, copies: float = 0.3, limit: float = 1e9) -> None:
    """Both on the same pages, part by part while it is likely to end within the limit; figures on standard output after each."""
    start, figures, longest = time.monotonic(), Figures(), 0.0
    with tempfile.TemporaryDirectory(prefix="throughput-") as name, open_record(Path(name) / "record.db") as record:
        folder = Path(name)
        lines = make_pages(articles, folder / "pages.jsonl", pages, copies).read_text("utf-8").splitlines(keepends=True)
        size = -(-pages // parts)
        for number, at in enumerate(range(0, pages, size)):
            begun = time.monotonic()
            if begun - start + longest > limit:
                print(f"\nleft out: {pages - at:,} pages, which would not be done within {limit:.0f} s", flush=True)
                return
            some = lines[at : at + size]
            read_plainly([line.rstrip("\n") for line in some], folder, share, figures)
            ingest(record, some, folder / f"part{number}.jsonl", figures)
            figures.show(record)
            longest = max(longest, time.monotonic() - begun)


def main() -> int:
    """Measure as the command line says."""
    parser = argparse.ArgumentParser(prog="bench.throughput", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--pages", type=int, default=5_000)
    parser.add_argument("--parts", type=int, default=5)
    parser.add_argument("--copies", type=float, default=0.3, help="the share of pages that are copies")
    parser.add_argument("--share", type=float, default=0.2, help="the share of pages that the plain composition reads")
    parser.add_argument("--corpus", choices=("general", "diplomatic"), default="general")
    parser.add_argument("--seconds", type=float, default=1_500)
    chosen = parser.parse_args()
    articles = originals(chosen.data)
    if chosen.corpus == "diplomatic":
        articles = diplomatic(articles)
    measure(articles, chosen.pages, chosen.parts, chosen.share, chosen.copies, chosen.seconds)
    return 0


if __name__ == "__main__":
    sys.exit(main())
