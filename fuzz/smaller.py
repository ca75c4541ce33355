"""Makes a find smaller: takes pieces out for as long as the same thing happens at the same place of the code.

``python -m fuzz.smaller ENTRY FILE OUT``
"""

from __future__ import annotations

import sys
import traceback
from pathlib import Path

from fuzz.entries import Entry, entries
from fuzz.run import checked


def what_happens(entry: Entry, data: bytes) -> str | None:
    """The error of an input and where in attache it came up; None where there is none."""
    try:
        checked(entry, data)
    except BaseException as error:
        if isinstance(error, KeyboardInterrupt):
            raise
        frames = [f"{Path(f.filename).name}:{f.name}" for f in traceback.extract_tb(error.__traceback__) if "/attache/" in f.filename]
        return f"{type(error).__name__} {frames[-1:]}"
    return None


def smaller(entry: Entry, data: bytes) -> bytes:
    """The least that was found by taking out halves, quarters and so on down to single bytes."""
    wanted = what_happens(entry, data)
    size = max(1, len(data) // 2)
    while wanted is not None:
        at, before = 0, len(data)
        while at < len(data):
            shorter = data[:at] + data[at + size :]
            if what_happens(entry, shorter) == wanted:
                data = shorter
            else:
                at += size
        if size == 1 and len(data) == before:
            break
        size = max(1, size // 2)
    return data


if __name__ == "__main__":
    name, source, target = sys.argv[1:4]
    found = smaller(entries()[name], Path(source).read_bytes())
    print(name, what_happens(entries()[name], found), f"{len(found)} bytes")
    Path(target).write_bytes(found)
