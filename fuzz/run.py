"""Runs the entries under atheris, a slice of time each in turn, every slice in a process of its own.

``python -m fuzz.run --minutes 60`` goes round all entries until the time is over; names of entries choose. What is found lies in
``build/fuzz/finds``: the input, and beside it how it came about; each place in the code is kept once. ``build/fuzz/log.csv`` says
how long each entry ran. A find that is mended becomes a test (`fuzz/README.md`).
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import os
import re
import resource
import subprocess
import sys
import time
import traceback
from pathlib import Path

from fuzz.seeds import dictionary, seeds

PLACE = Path(__file__).parent.parent / "build" / "fuzz"
SLICE = 240
"""Seconds that an entry runs at once."""
SLOW = 10.0
"""Seconds of processor time after which an input of at most `LENGTH` bytes is a find."""
LENGTH = 20_000
MEGABYTES = 4_000


def main() -> None:
    """Run as the command line says."""
    parser = argparse.ArgumentParser(prog="fuzz.run", description=__doc__)
    parser.add_argument("names", nargs="*", help="entries; all without")
    parser.add_argument("--minutes", type=float, default=60.0, help="how long in all, by the clock")
    parser.add_argument("--one", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.one:
        _fuzz(given.one)
        return
    from fuzz.entries import entries

    names = given.names or list(entries())
    end = time.monotonic() + 60 * given.minutes
    PLACE.mkdir(parents=True, exist_ok=True)
    while time.monotonic() < end:
        for name in names:
            if time.monotonic() < end:
                _slice(name)


def _slice(name: str) -> None:
    """One entry for a while, and a line in the log."""
    corpus = PLACE / "corpus" / name
    corpus.mkdir(parents=True, exist_ok=True)
    for seed in seeds(name):
        (corpus / hashlib.sha1(seed).hexdigest()).write_bytes(seed)
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    environment = {**os.environ, "ATTACHE_KNOWLEDGE": ""}
    # By the clock four times the slice, so that a process that hangs outside of Python ends too.
    command = [sys.executable, "-m", "fuzz.run", "--one", name]
    try:
        done = subprocess.run(command, env=environment, capture_output=True, text=True, errors="replace", timeout=SLICE * 4 + 120)
        status, told = done.returncode, done.stderr
    except subprocess.TimeoutExpired as error:
        status, told = -1, str(error)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    executed = re.search(r"number_of_executed_units:\s*(\d+)", told)
    if status:
        (PLACE / f"died-{name}.txt").write_text(told[-4_000:])
    with (PLACE / "log.csv").open("a", newline="") as stream:
        row = (name, f"{time.monotonic() - began:.0f}", f"{cpu:.1f}", executed[1] if executed else "", status)
        csv.writer(stream).writerow(row)


def _fuzz(name: str) -> None:
    """In a process of its own: what libFuzzer does with one entry."""
    import atheris

    with atheris.instrument_imports(include=["attache"]):
        from fuzz.entries import entries

        entry = entries()[name]
    finds = PLACE / "finds"
    finds.mkdir(parents=True, exist_ok=True)
    words = PLACE / f"{name}.dict"
    words.write_text(dictionary(name))

    def one(data: bytes) -> None:
        began = time.process_time()
        try:
            checked(entry, data)
        except Exception as error:
            _keep(finds, name, data, error)
        except BaseException as error:  # Rust's panics derive from BaseException
            if isinstance(error, KeyboardInterrupt | SystemExit):
                raise
            _keep(finds, name, data, error)
        if time.process_time() - began > SLOW:
            _keep(finds, name, data, TimeoutError(f"{time.process_time() - began:.0f} s of processor time"))

    arguments = [sys.argv[0], str(PLACE / "corpus" / name), f"-max_total_time={SLICE}", "-timeout=120", f"-rss_limit_mb={MEGABYTES}",
                 f"-max_len={LENGTH}", f"-dict={words}", f"-artifact_prefix={finds}/{name}-", "-print_final_stats=1"]  # fmt: skip
    atheris.Setup(arguments, one)
    atheris.Fuzz()


def checked(entry: object, data: bytes) -> None:
    """Run an entry; attache's own errors are answers, anything else is raised."""
    from attache.errors import AttacheError

    try:
        entry(data)  # type: ignore[operator]
    except AttacheError:
        return


def _keep(finds: Path, name: str, data: bytes, error: BaseException) -> None:
    """Keep an input, unless the same place in the code gave the same error before."""
    frames = [f"{Path(f.filename).name}:{f.name}" for f in traceback.extract_tb(error.__traceback__) if "/attache/" in f.filename]
    mark = hashlib.sha1(f"{name} {type(error).__name__} {frames[-1:]}".encode()).hexdigest()[:10]
    told = finds / f"{name}-{mark}.txt"
    if told.exists() and (finds / f"{name}-{mark}.bin").stat().st_size <= len(data):
        return
    (finds / f"{name}-{mark}.bin").write_bytes(data)
    told.write_text("".join(traceback.format_exception(error))[-3_000:])


if __name__ == "__main__":
    main()
