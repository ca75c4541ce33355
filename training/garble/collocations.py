"""Makes ``src/attache/doubt/lexicon/collocations.txt.gz`` from the training halves of the treebanks and of the entity corpora.

::

    python -m training.garble.collocations ../shared/data/language

Three documents in ten of the treebanks are left out: the detector that uses the table is trained on those
(``training/garble/spun.py``), since text that the table was counted from would look cleaner than any other.
"""

from __future__ import annotations

import gzip
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from attache.doubt.collocations import runs_of
from training.data import read_docs

TARGET = Path("src/attache/doubt/lexicon/collocations.txt.gz")
LEAST_WORD = 3
LEAST_PAIR = 2


def kept_for_training(number: int) -> bool:
    """Whether a document of the treebank is left out of the table."""
    return number % 10 in (2, 5, 8)


def texts(language: Path) -> Iterator[str]:
    """The texts that are counted."""
    for number, doc in enumerate(read_docs(language / "ud_train.spacy")):
        if not kept_for_training(number):
            yield " ".join(doc.text.split())
    with (language / "ner_train2.jsonl").open(encoding="utf-8") as file:
        for line in file:
            row = json.loads(line)
            yield "".join(word + " " * space for word, space in zip(row["words"], row["spaces"], strict=True))


def main() -> None:
    """Count and write."""
    words: Counter[str] = Counter()
    pairs: Counter[tuple[str, str]] = Counter()
    for text in texts(Path(sys.argv[1])):
        for run in runs_of(text):
            words.update(run)
            pairs.update(zip(run, run[1:], strict=False))
    vocabulary = {word for word, count in words.items() if count >= LEAST_WORD}
    after: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for (first, second), count in sorted(pairs.items()):
        if count >= LEAST_PAIR and first in vocabulary and second in vocabulary:
            after[first].append((second, count))
    lines = [str(pairs.total())]
    lines += [" ".join([word, str(words[word]), *(f"{w} {c}" for w, c in after[word])]) for word in sorted(vocabulary)]
    # Without the time of the making, so that the same counts make the same file.
    with TARGET.open("wb") as file, gzip.GzipFile(fileobj=file, mode="wb", mtime=0, filename="") as packed:
        packed.write(("\n".join(lines) + "\n").encode("ascii"))
    print(f"{TARGET}: {len(vocabulary)} words, {sum(map(len, after.values()))} pairs, {TARGET.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
