"""How fast ``attache ingest`` is beside the plain composition: `python -m bench.throughput DATA`, DATA as ``../shared/data``.

The plain composition is what a user would write: trafilatura, then the same spaCy pipeline over every page, `nlp.pipe` in two processes.
Both read pages made of real articles, of which a share are earlier pages in another site's frame, in two corpora: general news, and news of
which half names heads of state, ministers and treaties (so that little can be skipped). One after the other on a quiet machine; the plain
composition reads only a drawn share of the pages, and its time is scaled up by it (the loading of the model is not).

Settings by environment variable: THROUGHPUT_PAGES (5000), THROUGHPUT_COPIES (0.3), THROUGHPUT_SHARE of the pages for the plain composition
(0.2), THROUGHPUT_CORPORA (general,diplomatic), THROUGHPUT_SECONDS (1140): no further corpus is begun once it is likely to end later.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from html import escape
from pathlib import Path

from attache.record import open_record
from attache.record.ingest import Options
from attache.record.relevance import nothing_diplomatic

PAGES = int(os.environ.get("THROUGHPUT_PAGES", "5000"))
COPIES = float(os.environ.get("THROUGHPUT_COPIES", "0.3"))
SHARE = float(os.environ.get("THROUGHPUT_SHARE", "0.2"))
CORPORA = os.environ.get("THROUGHPUT_CORPORA", "general,diplomatic").split(",")
SECONDS = float(os.environ.get("THROUGHPUT_SECONDS", "1140"))
FRAMES = (
    "<html><head><title>{title}</title></head><body><nav><a href='/'>Home</a> <a href='/world'>World</a></nav><article><h1>{title}</h1>"
    "{body}</article><footer>About us. Contact.</footer></body></html>",
    "<!doctype html><html><head><meta charset='utf-8'><title>{title}</title></head><body><div id='menu'><ul><li>News</li></ul>"
    "</div><main><h1>{title}</h1>{body}</main><div class='comments'><h3>Leave a Reply</h3></div></body></html>",
)
PLAIN = """
import json, sys, time
import trafilatura
from attache import load
lines = open(sys.argv[1], encoding="utf-8").read().splitlines()[int(sys.argv[2])::2]
nlp = load()
start = time.monotonic()
texts = (trafilatura.extract(json.loads(line)["html"]) or "" for line in lines)
events = sum(len(doc._.attache.events) for doc in nlp.pipe(texts, batch_size=16))
print(time.monotonic() - start, events)
"""


def articles(data: Path, corpus: str) -> list[list[str]]:
    """The paragraphs of each article; of a diplomatic corpus half are of the articles that name most offices and countries."""
    import gzip

    with gzip.open(data / "copies" / "copies.jsonl.gz", "rt", encoding="utf-8") as stream:
        rows = [json.loads(line) for line in stream]
    found = [[p for p in row["text"].split("\n") if len(p) > 80] for row in rows if row["kind"] == "orig"]
    found = [paragraphs for paragraphs in found if len(paragraphs) > 4]
    if corpus != "diplomatic":
        return found
    # Paragraph by paragraph, so that a passing "French" does not make an article diplomatic.
    weight = {n: sum(nothing_diplomatic(p) is None for p in one) / len(one) for n, one in enumerate(found)}
    ranked = sorted(weight, key=lambda n: -weight[n])
    best = [found[n] for n in ranked[: len(ranked) // 5]]
    return best * (len(found) // len(best)) + found


def make_pages(data: Path, place: Path, corpus: str, seed: int = 1) -> Path:
    """A .jsonl of HTML pages; each that is no copy is an article's paragraphs in part, so that no two are alike."""
    chance, sources = random.Random(seed), articles(data, corpus)
    bodies: list[tuple[str, str]] = []
    with place.open("w", encoding="utf-8") as stream:
        for n in range(PAGES):
            if bodies and chance.random() < COPIES:
                title, body = chance.choice(bodies)
            else:
                chosen = chance.choice(sources)
                kept = sorted(chance.sample(range(len(chosen)), chance.randint(len(chosen) // 2, len(chosen) - 1)))
                title = f"Report {n}: {chosen[0][:60]}"
                body = "".join(f"<p>{escape(chosen[k])}</p>" for k in kept)
                bodies.append((title, body))
            page = FRAMES[n % len(FRAMES)].format(title=escape(title), body=body)
            stream.write(json.dumps({"id": n, "html": page, "url": f"https://paper{n % 40}.example/{n}", "date": "2021-03-23"}) + "\n")
    return place


def plain(pages: Path, folder: Path) -> tuple[float, float, int]:
    """Seconds that the plain composition would take for all pages, those that it took for the drawn ones, and events found in these."""
    lines = pages.read_text("utf-8").splitlines()
    drawn = random.Random(7).sample(lines, max(2, round(SHARE * len(lines))))
    sample = folder / "sample.jsonl"
    sample.write_text("\n".join(drawn) + "\n", "utf-8")
    environment = {**os.environ, "ATTACHE_THREADS": "1", "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    start = time.monotonic()
    both = [subprocess.Popen([sys.executable, "-c", PLAIN, str(sample), part], stdout=subprocess.PIPE, env=environment, text=True)
            for part in "01"]  # fmt: skip
    told = [process.communicate()[0].split() for process in both]
    whole = time.monotonic() - start
    reading = max(float(one[0]) for one in told)
    return whole - reading + reading * len(lines) / len(drawn), whole, sum(int(one[1]) for one in told)


def measure(data: Path, corpus: str) -> None:
    """Both on one corpus; the figures on standard output."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        pages = make_pages(data, folder / "pages.jsonl", corpus)
        scaled, taken, found = plain(pages, folder)
        with open_record(folder / "record.db") as record:
            summary = record.ingest([str(pages)], options=Options(workers=2))
            reasons = Counter(page.reason for page in record.pages(limit=PAGES, state="skipped"))
            events = sum(page.events for page in record.pages(limit=PAGES))
    print(f"\n{corpus}: {PAGES:,} pages, {summary.copies:,} read before, {summary.skipped:,} skipped, {summary.failed} failed")
    for reason, count in reasons.most_common():
        print(f"  skipped: {count:,} {reason}")
    print(f"  plain composition {scaled:8.1f} s, {PAGES / scaled:6.1f} pages/s (from {SHARE:.0%} of the pages, drawn: {taken:.1f} s)")
    print(f"  attache ingest    {summary.seconds:8.1f} s, {PAGES / summary.seconds:6.1f} pages/s, stories and merging included")
    print(f"  ratio {scaled / summary.seconds:.2f}; events {found / SHARE:,.0f} (scaled) and {events:,}", flush=True)


def main(arguments: Sequence[str]) -> int:
    """Measure each corpus while there is time."""
    if len(arguments) != 1 or not Path(arguments[0]).is_dir():
        print("usage: python -m bench.throughput DATA", file=sys.stderr)
        return 2
    start, longest = time.monotonic(), 0.0
    for corpus in CORPORA:
        begun = time.monotonic()
        if begun - start + longest > SECONDS:
            print(f"\n{corpus}: left out, it would not be done within {SECONDS:.0f} s", flush=True)
            continue
        measure(Path(arguments[0]), corpus)
        longest = time.monotonic() - begun
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
