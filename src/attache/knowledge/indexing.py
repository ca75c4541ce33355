"""The name index of a knowledge database: exact keys, surnames, and letter trigrams for names that are only alike.

It is filled from the table ``person`` and can be made again at any time, so an import that was cut off leaves nothing half done.
"""

from __future__ import annotations

import sqlite3
from array import array
from collections import defaultdict
from collections.abc import Callable

from attache.knowledge.fold import fold, key_of, squeeze

PARTICLES = frozenset("von van der den de del della di da dos du la le al el bin ibn ould abu ben ter ten".split())
FAMILY_FIRST = frozenset({"CHN", "KOR", "PRK", "VNM", "TWN", "HKG"})
"""Countries whose names put the family name first."""
BATCH = 5_000

SCHEMA = """
CREATE TABLE IF NOT EXISTS name (key INTEGER, person INTEGER, PRIMARY KEY (key, person)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS surname (key INTEGER, person INTEGER, PRIMARY KEY (key, person)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS spelling (n INTEGER PRIMARY KEY, person INTEGER, name TEXT);
CREATE TABLE IF NOT EXISTS gram (gram TEXT PRIMARY KEY, spellings BLOB) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
"""


def spellings(name: str, aliases: str) -> list[str]:
    """Name and aliases (``|`` between), without those that fold to the same."""
    seen: dict[str, str] = {}
    for form in [name, *aliases.split("|")]:
        if fold(form):
            seen.setdefault(fold(form), form)
    return list(seen.values())


def surnames(name: str) -> set[str]:
    """The last word of a name, and with its particles: Leyen, der Leyen, von der Leyen."""
    words = fold(name).split()
    found = {words[-1]}
    for i in range(len(words) - 2, 0, -1):
        if words[i] not in PARTICLES:
            break
        found.add("".join(words[i:]))
    return found


def grams(name: str) -> set[str]:
    """Letter trigrams of a folded name, word edges marked."""
    return {f" {word} "[i : i + 3] for word in fold(name).split() for i in range(len(word))}


def keys_of(form: str, country: str) -> tuple[set[str], set[str]]:
    """What a spelling is found by whole (as written, and with the family name first or last), and by surname."""
    words = fold(form).split()
    whole = {squeeze(form), "".join([words[-1], *words[:-1]]), "".join([*words[1:], words[0]])}
    return whole, surnames(form) | ({words[0]} if country in FAMILY_FIRST else set())


def index_people(db: sqlite3.Connection, progress: Callable[[int], None] = lambda done: None) -> int:
    """Fill the index from the table ``person``; how many spellings there are. ``progress`` is told how many people are done."""
    db.executescript(SCHEMA)
    for table in ("name", "surname", "spelling", "gram"):
        db.execute(f"DELETE FROM {table}")
    posting: dict[str, array[int]] = defaultdict(lambda: array("I"))
    names: list[tuple[int, int]] = []
    lasts: list[tuple[int, int]] = []
    forms: list[tuple[int, int, str | None]] = []
    number = 0
    rows = db.execute("SELECT n, name, aliases, country FROM person ORDER BY n").fetchall()
    for done, (person, name, aliases, country) in enumerate(rows):
        for form in spellings(name, aliases):
            whole, last = keys_of(form, country)
            names += [(key_of(key), person) for key in whole]
            lasts += [(key_of(key), person) for key in last]
            forms.append((number, person, None if form == name else form))
            for gram in grams(form):
                posting[gram].append(number)
            number += 1
        if done % BATCH == 0:
            progress(done)
    # In the order of the keys a table without row numbers grows at its end only, which is several times faster.
    db.executemany("INSERT OR IGNORE INTO name VALUES (?,?)", sorted(set(names)))
    db.executemany("INSERT OR IGNORE INTO surname VALUES (?,?)", sorted(set(lasts)))
    db.executemany("INSERT INTO spelling VALUES (?,?,?)", forms)
    width = "H" if number < 1 << 16 else "I"
    db.executemany("INSERT INTO gram VALUES (?,?)", ((gram, array(width, posting[gram]).tobytes()) for gram in sorted(posting)))
    db.execute("INSERT OR REPLACE INTO meta VALUES ('gram_width', ?)", (str(array(width).itemsize),))
    return number
