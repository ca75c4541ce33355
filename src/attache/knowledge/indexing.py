"""The name index of a knowledge database: keys of whole names and surnames, and the words of names that are only alike.

It is filled from the table ``person`` and can be made again at any time, so an import that was cut off leaves nothing half done.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence

from attache.knowledge.fold import fold, number_of
from attache.knowledge.spellings import bare, by_spelling, rules, skeleton
from attache.knowledge.wordlists import WORD_SCHEMA, Words

PARTICLES = frozenset("von van der den de del della di da dos du la le al el bin ibn ould abu ben ter ten".split())
FAMILY_FIRST = frozenset({"CHN", "KOR", "PRK", "VNM", "TWN", "HKG", "HUN", "KHM"})
"""Countries whose names put the family name first, at home or abroad."""
TWO_SURNAMES = frozenset(
    "ESP PRT BRA MEX GTM SLV HND NIC CRI PAN CUB DOM COL VEN ECU PER BOL PRY URY ARG CHL PHL AGO MOZ GNB STP CPV TLS GNQ".split()
)
"""Countries where the last word is the mother's surname and the one before it the father's: Enrique Peña Nieto."""
BATCH = 5_000
SHORTEST = 5
"""Letters that a surname needs before another spelling of it counts: Lee is not Li."""

WRITTEN, TURNED, RESPELT, REDUCED = range(4)
"""How a key was made: as written; family name first or last; in another spelling; with names in the middle left out."""

SCHEMA = (
    """
CREATE TABLE IF NOT EXISTS name (key INTEGER, person INTEGER, grade INTEGER, PRIMARY KEY (key, person)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS surname (key INTEGER, person INTEGER, grade INTEGER, PRIMARY KEY (key, person)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS spelling (n INTEGER PRIMARY KEY, person INTEGER, name TEXT, kind TEXT, language TEXT);
CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value BLOB) WITHOUT ROWID;
"""
    + WORD_SCHEMA
)


def spellings(name: str, aliases: str) -> list[str]:
    """Name and aliases (``|`` between), without those that fold to the same."""
    seen: dict[str, str] = {}
    for form in [name, *aliases.split("|")]:
        if fold(form):
            seen.setdefault(fold(form), form)
    return list(seen.values())


def surnames(words: Sequence[str], country: str = "") -> set[str]:
    """The surnames that a name (bare words) may be cited by: the last word, with its particles (der Leyen, von der Leyen), the first
    in East Asia, and the last two, or the one before the last, where people bear two (Peña Nieto, Peña)."""
    # the territory of a ruler or a peer is no name of the family
    words = words[: words.index("of")] if "of" in words[1:] else words
    words = [word for word in words if word not in rules().generations] or list(words)
    found = {words[-1]}
    for i in range(len(words) - 2, 0, -1):
        if words[i] not in PARTICLES:
            break
        found.add("".join(words[i:]))
    if country in FAMILY_FIRST:
        found.add(words[0])
    if country in TWO_SURNAMES and len(words) > 2:
        found |= {"".join(words[-2:]), words[-2]} - PARTICLES
    return found


def whole_keys(words: Sequence[str]) -> Iterator[tuple[str, int]]:
    """What a spelling (folded words) is found by as a whole, and how each key was made."""
    yield "".join(words), WRITTEN
    words = bare(words)
    if len(words) < 2:
        yield "".join(words), RESPELT
        return
    yield "".join(words), WRITTEN
    yield "".join([words[-1], *words[:-1]]), TURNED
    yield "".join([*words[1:], words[0]]), TURNED
    if len(words) > 3:
        # López Obrador Andrés Manuel
        yield "".join([*words[-2:], *words[:-2]]), TURNED
    yield skeleton(words), RESPELT
    yield skeleton([words[-1], *words[:-1]]), RESPELT
    yield from ((key, REDUCED) for key in _cut_short(words))


def _cut_short(words: Sequence[str]) -> Iterator[str]:
    """John Dramani Mahama as John Mahama; a middle name before the surname says as much (Geir Hilmar Haarde: Hilmar Haarde)."""
    last = next((i for i in range(len(words) - 1, 0, -1) if words[i] not in rules().generations), 0)
    if last < 2 or len(words[0]) < 2:
        return
    start = next((i for i in range(last - 1, 0, -1) if words[i] not in PARTICLES), 0) + 1
    family = words[start : last + 1]
    yield skeleton([words[0], *family])
    if start > 1 and len(words[start - 1]) > 2:
        yield skeleton([words[start - 1], *family])


def query_keys(name: str) -> dict[str, int]:
    """What to look for when a name is asked: as written, without a title, in another spelling, without names or initials in the middle."""
    whole = fold(name).split()
    words = bare(whole)
    found = {"".join(whole): WRITTEN}
    found.setdefault("".join(words), WRITTEN)
    found.setdefault(skeleton(words), RESPELT)
    if len(words) > 2:
        # An initial in the middle says little: Boris N. Yeltsin
        found.setdefault(skeleton([words[0], *(word for word in words[1:-1] if len(word) > 1), words[-1]]), RESPELT)
        found.setdefault(skeleton([words[0], words[-1]]), REDUCED)
    return {key: grade for key, grade in found.items() if key}


def surname_keys(words: Sequence[str], country: str) -> Iterator[tuple[str, int]]:
    """What a spelling (folded words) is found by when only the surname is written."""
    for surname in surnames(bare(words), country):
        yield surname, WRITTEN
        if len(surname) >= SHORTEST:
            yield by_spelling(surname), RESPELT


def kind_of_name(form: str, name: str) -> str:
    """``name``, ``surname`` (a single word of it), ``spelling`` (the same by transliteration), ``script`` (other letters) or ``alias``."""
    if form == name:
        return "name"
    if not any("a" <= c <= "z" for c in fold(form)):
        return "script"
    if len(fold(form).split()) == 1 and fold(form) in fold(name).split():
        return "surname"
    return "spelling" if skeleton(fold(form).split()) == skeleton(fold(name).split()) else "alias"


def index_people(db: sqlite3.Connection, progress: Callable[[int], None] = lambda done: None) -> int:
    """Fill the index from the table ``person``; how many spellings there are. ``progress`` is told how many people are done."""
    db.executescript(SCHEMA)
    for table in ("name", "surname", "spelling", "word", "variant"):
        db.execute(f"DELETE FROM {table}")
    names, lasts, words = _Keys(db, "name"), _Keys(db, "surname"), Words(db)
    for done, (person, name, aliases, country) in enumerate(db.execute("SELECT n, name, aliases, country FROM person ORDER BY n")):
        for form in spellings(name, aliases):
            folded = fold(form).split()
            names.add(whole_keys(folded), person)
            lasts.add(surname_keys(folded, country), person)
            words.add(folded)
        if done % BATCH == 0:
            progress(done)
    names.finish()
    lasts.finish()
    db.executemany("INSERT INTO spelling VALUES (?,?,?,?,?)", _spelling_rows(db))
    return words.finish()


def _spelling_rows(db: sqlite3.Connection) -> Iterator[tuple[int, int, str | None, str, str]]:
    """Every spelling with its kind, numbered as in the lists of words; the name itself is not written twice."""
    number = 0
    for person, name, aliases, told in db.execute("SELECT n, name, aliases, languages FROM person ORDER BY n"):
        languages = dict(part.rsplit("@", 1) for part in told.split("|") if "@" in part)
        for form in spellings(name, aliases):
            yield number, person, None if form == name else form, kind_of_name(form, name), languages.get(form, "")
            number += 1


class _Keys:
    """Keys of people on their way into a table. A million names have ten million keys, so the database sorts them, on disk."""

    def __init__(self, db: sqlite3.Connection, table: str) -> None:
        self._db, self._table = db, table
        self._rows: list[tuple[int, int, int]] = []
        db.execute(f"DROP TABLE IF EXISTS temp.new_{table}")
        db.execute(f"CREATE TEMP TABLE new_{table} (key INTEGER, person INTEGER, grade INTEGER)")

    def add(self, keys: Iterable[tuple[str, int]], person: int) -> None:
        """The keys of one spelling."""
        self._rows += [(number_of(key), person, grade) for key, grade in keys if key]
        if len(self._rows) > 20 * BATCH:
            self._write()

    def _write(self) -> None:
        self._db.executemany(f"INSERT INTO temp.new_{self._table} VALUES (?,?,?)", self._rows)
        self._rows.clear()

    def finish(self) -> None:
        """Move them over in the order of the keys, so that the table grows at its end only; of a person's equal keys the best grade."""
        self._write()
        self._db.execute(
            f"INSERT INTO {self._table} SELECT key, person, min(grade) FROM temp.new_{self._table}"
            " GROUP BY key, person ORDER BY key, person"
        )
        self._db.execute(f"DROP TABLE temp.new_{self._table}")
