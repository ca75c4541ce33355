"""A reader process: takes pages from its standard input, gives back their rows on its standard output.

Started by `readers`; messages are pickles. It is a program of its own, not a fork, so that a page
that crashes it or hangs in it harms nothing else, and so that scripts which call `Record.ingest` need no ``__main__`` guard.
"""

from __future__ import annotations

import gc
import os
import pickle
import sys
from dataclasses import dataclass
from typing import IO

from attache.errors import SourceError, SourceTooLarge
from attache.page import Item
from attache.record.sheet import Sheet


@dataclass(frozen=True)
class Setup:
    """What a reader process needs to know: where known readings are, and how to read."""

    place: str
    published: str | None = None
    pipeline: str | None = None
    reader: str | None = None
    """Another way to read, ``module:factory``; its factory takes this object and gives a function from item to `Done`."""
    everything: bool = False
    """Read also pages that name nothing diplomatic."""
    megabytes: int = 2_000


@dataclass(frozen=True)
class Done:
    """What became of a page; `copy` where a known reading was taken over."""

    sheet: Sheet
    copy: bool = False


def serve(inward: IO[bytes], outward: IO[bytes]) -> None:
    """Read pages until the input ends."""
    setup: Setup = pickle.load(inward)
    read = _reader(setup)
    gc.freeze()  # the tables and the pipeline stay to the end: no collection need look through them again
    _limit(setup.megabytes)
    _send(outward, "ready")
    while True:
        try:
            item: Item = pickle.load(inward)
        except EOFError:
            return
        try:
            answer: Done | SourceError = read(item)
        except SourceError as error:
            answer = error
        except MemoryError:
            answer = SourceTooLarge(f"{item.uri}: reading it needs more than {setup.megabytes:,} MB of memory")
        except Exception as error:  # A fault of the program must cost one page, not the batch.
            answer = SourceError(f"{item.uri}: reading it failed ({type(error).__name__}: {str(error)[:200]})")
        _send(outward, answer)


def _reader(setup: Setup):  # type: ignore[no-untyped-def]
    from importlib import import_module

    module, _, factory = (setup.reader or "attache.record.perusal:make_reader").partition(":")
    return getattr(import_module(module), factory)(setup)


def _send(outward: IO[bytes], message: object) -> None:
    pickle.dump(message, outward, protocol=pickle.HIGHEST_PROTOCOL)
    outward.flush()


def _limit(megabytes: int) -> None:
    """Let the process grow by so much over what it has after loading, where the system can limit that."""
    try:
        import resource

        with open("/proc/self/statm", encoding="ascii") as stream:
            used = int(stream.read().split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (used + megabytes * 1_000_000, resource.RLIM_INFINITY))
    except (ImportError, OSError, ValueError):
        return


def _end_with_parent() -> None:
    """Have the system end this process when its parent is killed, so that a page that hangs does not outlive the batch."""
    try:
        import ctypes
        import signal

        # 1 is PR_SET_PDEATHSIG of <sys/prctl.h>; Linux only.
        ctypes.CDLL(None).prctl(1, signal.SIGKILL)
    except (ImportError, OSError, AttributeError):
        return


def main() -> None:
    """Speak over the process's own pipes; whatever else prints goes to standard error."""
    _end_with_parent()
    outward = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    serve(sys.stdin.buffer, outward)
