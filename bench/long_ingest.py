"""A long ingest watched for leaks: what the writing process and its readers hold, each thousand pages.

::

    python -m bench.long_ingest FOLDER [--pages 50000] [--reader light_reader:make_reader]

Pages of three short sentences are made from chance, three in ten of them earlier pages elsewhere, and read with the language model, so that
fifty thousand take an hour rather than eight. Each five thousand pages one reader process is killed, as the system does when memory is
short. The folder keeps the pages, the record and the log (``log.txt``); stopped, the same command goes on. `--reader` names another reader.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import signal
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import astuple, dataclass, fields
from importlib.resources import files
from json import dumps
from pathlib import Path
from statistics import median

from attache.knowledge import builtin
from attache.record import Summary, open_record
from attache.record.ingest import Options
from bench.made_pages import drawn

EVERY, KILL = 1_000, 5_000
TESTS = Path(__file__).parent.parent / "tests"


def pages(count: int, seed: int = 1) -> Iterator[str]:
    """Lines of a ``.jsonl``. Nearly all words of a page are drawn from thousands, so that pages which are no copies do not look like such:
    where each shared its few words with all, grouping looked through them all at every step (218 s of the processor at 7,000 pages)."""
    chance = random.Random(seed)
    words = [word for word in files("attache.language.data").joinpath("verbs.txt").read_text("utf-8").split() if len(word) > 5]
    countries = sorted(country.names[0] for country in builtin().countries.values())

    def tell(_: int, day: str) -> str:
        one, other = chance.sample(countries, 2)
        said = chance.sample(words, 24)
        told = " ".join([*said[:4], "of the", *said[4:8], "and", *said[8:12]]), " ".join([*said[12:18], "in a", *said[18:]])
        return f"{one} met {other} on {day}.\nThe {told[0]}. They {told[1]}."

    for number, day, text in drawn(chance, count, tell):
        yield dumps({"id": number, "text": text, "url": f"https://paper{number % 40}.example/{number}", "date": day})


@dataclass(frozen=True)
class Sample:
    """What the ingest and its readers hold at one moment."""

    pages: int
    seconds: int
    writer_cpu: float
    """Processor seconds of the writing process."""
    writer_mb: float
    readers_mb: float
    files: int
    processes: int
    threads: int
    temporary: int

    @classmethod
    def now(cls, done: int, began: float) -> Sample:
        """As the system tells it (/proc)."""
        held = children()
        temporary = sum(1 for _ in Path(tempfile.gettempdir()).glob("attache-*"))
        return cls(done, round(time.monotonic() - began), round(time.process_time(), 1), megabytes(os.getpid()), sum(map(megabytes, held)),
                   len(os.listdir("/proc/self/fd")), len(held), threading.active_count(), temporary)  # fmt: skip


def children() -> list[int]:
    """The processes that this one has started."""
    stats = ((int(path.parent.name), _read(path).rpartition(")")[2].split()) for path in Path("/proc").glob("[0-9]*/stat"))
    return [number for number, fields in stats if len(fields) > 1 and int(fields[1]) == os.getpid()]


def megabytes(process: int) -> float:
    """The resident memory of a process."""
    found = re.search(r"VmRSS:\s+(\d+)", _read(Path(f"/proc/{process}/status")))
    return round(int(found[1]) / 1000, 1) if found else 0.0


def _read(path: Path) -> str:
    try:
        return path.read_text()
    except OSError:
        return ""


class Log:
    """Takes a sample each thousand pages, and kills a reader now and then."""

    def __init__(self, place: Path) -> None:
        self._stream = place.open("a", encoding="utf-8", buffering=1)
        self._began, self._last = time.monotonic(), 0
        self.samples: list[Sample] = []
        names = [field.name for field in fields(Sample)]
        self._stream.write(f"begun {time.strftime('%Y-%m-%d %H:%M:%S')}\n" + "\t".join(names) + "\n")

    def note(self, so_far: Summary, at: str) -> None:
        """After each transaction of the ingest."""
        done = so_far.filed + so_far.known + so_far.skipped + so_far.failed
        if done // EVERY == self._last // EVERY:
            return
        new = so_far.filed > 0
        if new and done // KILL != self._last // KILL and (held := children()):
            with suppress(ProcessLookupError):
                os.kill(held[0], signal.SIGKILL)
        self._last = done
        self.sample(done)

    def sample(self, done: int) -> None:
        """Take one."""
        self.samples.append(Sample.now(done, self._began))
        self._stream.write("\t".join(map(str, astuple(self.samples[-1]))) + "\n")

    def say(self, line: str) -> None:
        """A line on standard output and in the log."""
        print(line, flush=True)
        self._stream.write(line + "\n")


def growth(name: str, values: Sequence[float]) -> str:
    """The first tenth of the samples beside the last."""
    part = max(1, len(values) // 10)
    first, last = median(values[:part]), median(values[-part:])
    return f"{name}: {first:,.1f} in the first tenth, {last:,.1f} in the last, at most {max(values):,.1f}; ratio {last / (first or 1):.2f}"


def main() -> int:
    """Run as the command line says."""
    parser = argparse.ArgumentParser(prog="bench.long_ingest", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--pages", type=int, default=50_000)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--reader")
    chosen = parser.parse_args()
    # Where the tests' light reader is to be had.
    os.environ["PYTHONPATH"] = os.pathsep.join([str(TESTS), *filter(None, [os.environ.get("PYTHONPATH")])])
    chosen.folder.mkdir(parents=True, exist_ok=True)
    source = chosen.folder / f"pages{chosen.pages}.jsonl"
    source.write_text("".join(line + "\n" for line in pages(chosen.pages)), "utf-8")
    log = Log(chosen.folder / "log.txt")
    with open_record(chosen.folder / "record.db") as record:
        options = Options(workers=chosen.workers, reader=chosen.reader, seconds=60.0)
        done = record.ingest([str(source)], options=options, on_error=lambda error: log.say(str(error)), progress=log.note)
        totals = record.totals()
    log.sample(done.filed + done.known + done.skipped + done.failed)
    log.say(f"{done.filed:,} filed ({done.copies:,} read before), {done.known:,} known, {done.skipped:,} skipped, {done.failed:,} failed")
    rate = (done.filed + done.skipped) / done.seconds
    log.say(f"{done.seconds:,.0f} s, {rate:.1f} pages/s; {totals.events:,} events, {totals.stories:,} stories")
    # The last sample was taken after the readers' end.
    for field in fields(Sample)[3:]:
        log.say(growth(field.name, [float(getattr(one, field.name)) for one in log.samples[:-1]]))
    log.say(f"after the end: {log.samples[-1]}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
