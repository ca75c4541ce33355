"""What reading costs: processor time of each component, and words a second of two reading processes.

::

    python -m bench.reading_speed ../shared/data [ROUNDS]

The articles are the originals of ``copies/``. Each round reads the same twenty, and of every component the quickest round counts,
since what else a shared machine does only adds to it; the first round fills the caches. Then two processes read half of all
articles each, from a start with empty caches, as the readers of an ingest do: words over the clock of the slower, the best of
three turns.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from spacy.language import Language

from attache import load
from attache.reading import reading_of
from bench.made_pages import articles

ARTICLES, TURNS = 20, 3


def words_in(texts: Sequence[str]) -> int:
    """Words by white space."""
    return sum(len(text.split()) for text in texts)


def of_components(nlp: Language, texts: Sequence[str], rounds: int) -> dict[str, float]:
    """Processor seconds of each component's quickest round, tokenising among them; the first of one more round is not counted."""
    best: dict[str, float] = {}
    for turn in range(rounds + 1):
        began = time.process_time()
        docs = [nlp.make_doc(text) for text in texts]
        spent = {"tokens": time.process_time() - began}
        for doc in docs:
            reading_of(doc)
        for name, component in nlp.pipeline:
            began = time.process_time()
            piped: Any = getattr(component, "pipe", None)
            docs = list(piped(docs)) if piped else [component(doc) for doc in docs]
            spent[name] = time.process_time() - began
        if turn:
            best = {name: min(seconds, best.get(name, seconds)) for name, seconds in spent.items()}
    return best


def of_two(texts: Sequence[str]) -> float:
    """Words a second of two processes at once."""
    done: Any = multiprocessing.Queue()
    start = multiprocessing.Event()
    halves = [texts[0::2], texts[1::2]]
    readers = [multiprocessing.Process(target=_read_half, args=(half, done, start)) for half in halves]
    for reader in readers:
        reader.start()
    for _ in readers:
        done.get()
    start.set()
    slowest: float = max(done.get() for _ in readers)
    return words_in(texts) / slowest


def _read_half(texts: Sequence[str], done: Any, start: Any) -> None:
    nlp = load()
    list(nlp.pipe(texts[:2]))
    done.put(0.0)
    start.wait()
    began = time.perf_counter()
    for _ in nlp.pipe(texts):
        pass
    done.put(time.perf_counter() - began)


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("rounds", type=int, nargs="?", default=8)
    options = parser.parse_args()
    os.environ.setdefault("ATTACHE_THREADS", "1")
    texts = articles(options.data)
    few = texts[:ARTICLES]
    best = of_components(load(), few, options.rounds)
    words = words_in(few)
    for name, seconds in best.items():
        print(f"{name:20}{1e6 * seconds / words:8.1f} µs a word")
    every = sum(best.values()) / words
    print(f"{'all':20}{1e6 * every:8.1f} µs a word, {1 / every:,.0f} words a second of one core")
    print(f"two processes: {max(of_two(texts) for _ in range(TURNS)):,.0f} words a second")


if __name__ == "__main__":
    main()
