"""Load: the desk under many readers while an ingest runs; `bench.long_ingest` watches a long one for leaks.

::

    python -m bench.load desk 50 60            # 50 readers for 60 seconds (wrk) while pages are filed

The pages are drawn from chance and read by `tests/light_reader.py`, which uses no language model, so that what is measured is
everything around reading. One page in five thousand kills its reader and one in two thousand makes it fail, as pages do.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from attache.record import open_record
from attache.record.ingest import Options
from bench.made_pages import drawn

TESTS = Path(__file__).parent.parent / "tests"
FIRST = ("Ana", "Bela", "Cato", "Dora", "Emil", "Fred", "Gina", "Hugo", "Ines", "Jan", "Kira", "Leo", "Mira", "Nils", "Olga", "Paul")
NAMES = [
    f"{first}{middle}{last}"
    for first in FIRST
    for middle in ("ba", "de", "lu", "mo", "ri")
    for last in ("ko", "sen", "dze", "ian", "ov", "ez")
]
BASE, MORE = 500, 5_000
"""Pages that the desk has to begin with, and those that are filed while it is asked."""
CRASH, FAULT = 5_000, 2_000


def pages(count: int, seed: int = 1) -> Iterator[str]:
    """Lines of a ``.jsonl``: half a thousand words by chance and some meetings each; three in ten are earlier pages elsewhere."""
    chance = random.Random(seed)
    words = [f"{a}{b}" for a in ("ba", "de", "fi", "go", "lu", "ma", "ne", "pi", "ro", "su") for b in range(400)]

    def tell(number: int, day: str) -> str:
        meetings = ". ".join(f"{chance.choice(NAMES)} met {chance.choice(NAMES)} on {day}" for _ in range(chance.randint(1, 4)))
        body = " ".join(chance.choices(words, k=chance.randint(150, 600)))
        return f"Report {number}\n{meetings}.\n{body}"

    for number, day, text in drawn(chance, count, tell):
        fault = "CRASH " if number % CRASH == CRASH // 2 else "FAULT " if number % FAULT == FAULT // 2 else ""
        yield json.dumps({"id": number, "text": fault + text, "url": f"https://paper{number % 40}.example/{number}", "date": day})


def filed(place: Path, count: int) -> None:
    """File pages into a new record."""
    source = place.with_suffix(".jsonl")
    with source.open("w") as stream:
        stream.writelines(line + "\n" for line in pages(count))
    with open_record(place) as record:
        options = Options(workers=2, reader="light_reader:make_reader", seconds=60.0)
        summary = record.ingest([str(source)], options=options, on_error=lambda error: None)
        print(f"{summary.filed:,} filed, {summary.copies:,} of them copies, {summary.failed} failed, {summary.seconds:.0f} s", flush=True)
        failed = [failure.reason for failure in record.failures(limit=1000)]
    told = sum("fault of the program" in message for message in failed)
    print(f"of the failed {told} told of their fault, {len(failed) - told} killed their reader", flush=True)


def desk(readers: int, seconds: int) -> None:
    """The desk of a record under many readers while an ingest files into the same record."""
    wrk = shutil.which("wrk")
    if wrk is None:
        sys.exit("wrk is not installed (Debian: apt-get install wrk)")
    with tempfile.TemporaryDirectory(prefix="load-") as name:
        folder = Path(name)
        filed(folder / "r.db", BASE)
        (folder / "more.jsonl").write_text("".join(line + "\n" for line in pages(MORE, seed=2)))
        port = 8490 + os.getpid() % 500
        command = [sys.executable, "-m", "attache", "serve", "--record", str(folder / "r.db"), "--port", str(port)]
        server = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
        assert server.stderr is not None
        print(server.stderr.readline().strip(), flush=True)
        _listens(port)
        writer = subprocess.Popen([sys.executable, "-m", "bench.load", "file", str(folder)], stdout=subprocess.PIPE, text=True)
        try:
            script = folder / "paths.lua"
            script.write_text(PATHS)
            told = subprocess.run(
                [wrk, "-t1", f"-c{readers}", f"-d{seconds}s", "--timeout", "30s", "--latency", "-s", str(script), f"http://127.0.0.1:{port}/"],
                capture_output=True, text=True, check=True,
            )  # fmt: skip
            print(told.stdout, flush=True)
        finally:
            writing = writer.poll() is None
            writer.terminate()
            print(writer.communicate()[0].strip().splitlines()[-1:], "ingest went on to the end of the readers:", writing)
            server.terminate()
            server.wait(30)
            rest = server.stderr.read()
            print("the desk's own complaints:", rest.count("Traceback"), rest[-800:] if "Traceback" in rest else "")


def _listens(port: int) -> None:
    """Wait until the desk answers; it names its address a moment before."""
    for _ in range(300):
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            time.sleep(0.2)
    sys.exit("the desk does not answer")


PATHS = """
local paths = {"/", "/events", "/events?kind=meet&since=2021-03-01", "/events?view=timeline", "/search?q=report", "/stories", "/pages",
  "/page/1", "/page/7", "/story/3", "/events.json?limit=50", "/actors", "/names.json?q=an", "/doubts", "/event/5"}
local n = 0
request = function() n = n + 1; return wrk.format("GET", paths[n % #paths + 1]) end
local bad = 0
response = function(status) if status >= 400 then bad = bad + 1; errors = bad end end
local threads = {}
setup = function(thread) table.insert(threads, thread) end
done = function(summary, latency)
  local bad = 0
  for _, t in ipairs(threads) do bad = bad + (t:get("errors") or 0) end
  io.write(string.format("p50 %.0f ms, p95 %.0f ms, p99 %.0f ms, most %.0f ms; %d answers, %d of status 400 or more\\n",
    latency:percentile(50) / 1000, latency:percentile(95) / 1000, latency:percentile(99) / 1000, latency.max / 1000, summary.requests, bad))
  local e = summary.errors
  io.write(string.format("errors: connect %d, read %d, write %d, timeout %d\\n", e.connect, e.read, e.write, e.timeout))
end
"""


def more(folder: Path) -> None:
    """File ``more.jsonl`` of a folder into its record, and say how far it came."""
    with open_record(folder / "r.db") as record:
        options = Options(workers=1, reader="light_reader:make_reader", seconds=60.0)
        print("begun", flush=True)
        record.ingest([str(folder / "more.jsonl")], options=options, on_error=lambda error: None,
                      progress=lambda so_far, at: print(f"{so_far.filed:,} filed", flush=True))  # fmt: skip


def main() -> None:
    """Run as the command line says."""
    parser = argparse.ArgumentParser(prog="bench.load", description=__doc__)
    parser.add_argument("what", choices=["desk", "file"])
    parser.add_argument("given", nargs="*")
    chosen = parser.parse_args()
    # The reader processes find the light reader by this.
    os.environ["PYTHONPATH"] = os.pathsep.join([str(TESTS), *filter(None, [os.environ.get("PYTHONPATH")])])
    if chosen.what == "file":
        more(Path(chosen.given[0]))
    else:
        desk(*map(int, chosen.given or ("50", "60")))


if __name__ == "__main__":
    main()
