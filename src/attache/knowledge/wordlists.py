"""The words of all names, on disk: which names hold each, under which keys a damaged form finds it, and the letters of every name.

What is gathered is sorted by the database, in files, so that memory stays bounded however many names there are. Nothing outside the
standard library is used, since the build of the package runs this.
"""

from __future__ import annotations

import sqlite3
import sys
from array import array
from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import itemgetter

from attache.knowledge.damaged import signature, word_keys, words_of

BATCH = 50_000
WORD_SCHEMA = """
CREATE TABLE IF NOT EXISTS word (n INTEGER PRIMARY KEY, word TEXT, size INTEGER, spellings BLOB);
CREATE TABLE IF NOT EXISTS variant (key INTEGER, word INTEGER, PRIMARY KEY (key, word)) WITHOUT ROWID;
"""


class Words:
    """Names on their way into the tables ``word`` and ``variant``; the letters of all come into ``meta`` as ``signatures``."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._rows: list[tuple[str, int]] = []
        self._signatures = array("Q")
        db.execute("DROP TABLE IF EXISTS temp.new_word")
        db.execute("DROP TABLE IF EXISTS temp.new_variant")
        db.execute("CREATE TEMP TABLE new_word (word TEXT, spelling INTEGER)")
        db.execute("CREATE TEMP TABLE new_variant (key INTEGER, word INTEGER)")

    def add(self, folded: Sequence[str]) -> None:
        """The next spelling; they are numbered from 0 in the order in which they come."""
        words = words_of(folded)
        number = len(self._signatures)
        self._signatures.append(signature(words))
        self._rows += [(word, number) for word in dict.fromkeys(words)]
        if len(self._rows) > BATCH:
            self._write()

    def _write(self) -> None:
        self._db.executemany("INSERT INTO temp.new_word VALUES (?,?)", self._rows)
        self._rows.clear()

    def finish(self) -> int:
        """Fill the tables; how many spellings there are."""
        self._write()
        self._db.executemany("INSERT INTO word VALUES (?,?,?,?)", self._lists())
        self._db.executemany("INSERT INTO temp.new_variant VALUES (?,?)", self._keys())
        self._db.execute("INSERT INTO variant SELECT DISTINCT key, word FROM temp.new_variant ORDER BY key, word")
        self._db.execute("DROP TABLE temp.new_word")
        self._db.execute("DROP TABLE temp.new_variant")
        self._db.execute("INSERT OR REPLACE INTO meta VALUES ('signatures', ?)", (_little(self._signatures),))
        return len(self._signatures)

    def _lists(self) -> Iterator[tuple[int, str, int, bytes]]:
        rows = self._db.execute("SELECT word, spelling FROM temp.new_word ORDER BY word, spelling")
        for n, (word, group) in enumerate(groupby(rows, key=itemgetter(0))):
            numbers = array("I", (row[1] for row in group))
            yield n, word, len(numbers), _little(numbers)

    def _keys(self) -> Iterator[tuple[int, int]]:
        for n, word in self._db.execute("SELECT n, word FROM word ORDER BY n"):
            yield from ((key, n) for key in word_keys(word))


def _little(numbers: array[int]) -> bytes:
    """The bytes of numbers, the lowest first on every machine."""
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers.tobytes()
