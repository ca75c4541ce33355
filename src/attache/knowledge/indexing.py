"""The name index of a knowledge database: keys of whole names and surnames, and letter trigrams for names that are only alike.

It is filled from the table ``person`` and can be made again at any time, so an import that was cut off leaves nothing half done.
"""

from __future__ import annotations

import sqlite3
from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator

from attache.knowledge.fold import fold, key_of, squeeze
from attache.knowledge.spellings import rules, skeleton, untitled

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

SCHEMA = """
CREATE TABLE IF NOT EXISTS name (key INTEGER, person INTEGER, grade INTEGER, PRIMARY KEY (key, person)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS surname (key INTEGER, person INTEGER, grade INTEGER, PRIMARY KEY (key, person)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS spelling (n INTEGER PRIMARY KEY, person INTEGER, name TEXT, kind TEXT, language TEXT);
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


def surnames(name: str, country: str = "") -> set[str]:
    """The surnames a name may be cited by: the last word, with its particles (der Leyen, von der Leyen), the first in East Asia,
    and the last two, or the one before the last, where people bear two (Peña Nieto, Peña)."""
    words = [word for word in fold(untitled(name)).split() if word not in rules().generations] or fold(name).split()
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


def grams(name: str) -> set[str]:
    """Letter trigrams of a folded name, word edges marked."""
    return {f" {word} "[i : i + 3] for word in fold(name).split() for i in range(len(word))}


def whole_keys(form: str) -> Iterator[tuple[str, int]]:
    """What a spelling is found by as a whole, and how each key was made."""
    yield squeeze(form), WRITTEN
    bare = _short(untitled(form))
    words = fold(bare).split()
    yield "".join(words), WRITTEN if len(words) > 1 else RESPELT
    yield "".join([words[-1], *words[:-1]]), TURNED
    yield "".join([*words[1:], words[0]]), TURNED
    if len(words) < 2:
        return
    yield skeleton(bare), RESPELT
    yield skeleton(" ".join([words[-1], *words[:-1]])), RESPELT
    last = next((i for i in range(len(words) - 1, 0, -1) if words[i] not in rules().generations), 0)
    if last > 1 and len(words[0]) > 1:
        # John Dramani Mahama: John Mahama; a middle name alone before the surname says as much (Geir Hilmar Haarde)
        start = next((i for i in range(last - 1, 0, -1) if words[i] not in PARTICLES), 0) + 1
        family = words[start : last + 1]
        yield skeleton(" ".join([words[0], *family])), REDUCED
        if start > 1 and len(words[start - 1]) > 2:
            yield skeleton(" ".join([words[start - 1], *family])), REDUCED


def query_keys(name: str) -> dict[str, int]:
    """What to look for when a name is asked: as written, without a title, in another spelling, without names or initials in the middle."""
    bare = _short(untitled(name))
    words = fold(bare).split()
    found: dict[str, int] = {}
    if not words:
        return found
    for key, grade in ((squeeze(name), WRITTEN), ("".join(words), WRITTEN), (skeleton(bare), RESPELT)):
        found.setdefault(key, grade)
    if len(words) > 2:
        # An initial in the middle says little: Boris N. Yeltsin
        less = [words[0], *(word for word in words[1:-1] if len(word) > 1), words[-1]]
        found.setdefault(skeleton(" ".join(less)), RESPELT)
        found.setdefault(skeleton(f"{words[0]} {words[-1]}"), REDUCED)
    return {key: grade for key, grade in found.items() if key}


def _short(name: str) -> str:
    """Rulers without their country: Abdullah II of Jordan is Abdullah II."""
    head, _, _ = name.partition(" of ")
    return head if head.split() and head.split()[-1].strip("IVX") == "" and len(head.split()) > 1 else name


def surname_keys(form: str, country: str) -> Iterator[tuple[str, int]]:
    """What a spelling is found by when only the surname is written."""
    for surname in surnames(form, country):
        yield surname, WRITTEN
        if len(surname) >= SHORTEST:
            yield skeleton(surname), RESPELT


def kind_of_name(form: str, name: str) -> str:
    """``name``, ``surname`` (a single word of it), ``spelling`` (the same by transliteration), ``script`` (other letters) or ``alias``."""
    if form == name:
        return "name"
    if not any("a" <= c <= "z" for c in fold(form)):
        return "script"
    if len(fold(form).split()) == 1 and fold(form) in fold(name).split():
        return "surname"
    return "spelling" if skeleton(form) == skeleton(name) else "alias"


def index_people(db: sqlite3.Connection, progress: Callable[[int], None] = lambda done: None) -> int:
    """Fill the index from the table ``person``; how many spellings there are. ``progress`` is told how many people are done."""
    db.executescript(SCHEMA)
    for table in ("name", "surname", "spelling", "gram"):
        db.execute(f"DELETE FROM {table}")
    posting: dict[str, array[int]] = defaultdict(lambda: array("I"))
    names, lasts = _Keys(), _Keys()
    number = 0
    for done, (person, name, aliases, country) in enumerate(db.execute("SELECT n, name, aliases, country FROM person ORDER BY n")):
        for form in spellings(name, aliases):
            names.add(whole_keys(form), person)
            lasts.add(surname_keys(form, country), person)
            for gram in grams(form):
                posting[gram].append(number)
            number += 1
        if done % BATCH == 0:
            progress(done)
    # In the order of the keys a table without row numbers grows at its end only, which is several times faster.
    db.executemany("INSERT OR IGNORE INTO name VALUES (?,?,?)", names.rows())
    db.executemany("INSERT OR IGNORE INTO surname VALUES (?,?,?)", lasts.rows())
    db.executemany("INSERT INTO spelling VALUES (?,?,?,?,?)", _spelling_rows(db))
    width = "H" if number < 1 << 16 else "I"
    db.executemany("INSERT INTO gram VALUES (?,?)", ((gram, array(width, posting[gram]).tobytes()) for gram in sorted(posting)))
    db.execute("INSERT OR REPLACE INTO meta VALUES ('gram_width', ?)", (str(array(width).itemsize),))
    return number


def _spelling_rows(db: sqlite3.Connection) -> Iterator[tuple[int, int, str | None, str, str]]:
    """Every spelling with its kind, numbered as in the trigram lists; the name itself is not written twice."""
    number = 0
    for person, name, aliases, told in db.execute("SELECT n, name, aliases, languages FROM person ORDER BY n"):
        languages = dict(part.rsplit("@", 1) for part in told.split("|") if "@" in part)
        for form in spellings(name, aliases):
            yield number, person, None if form == name else form, kind_of_name(form, name), languages.get(form, "")
            number += 1


class _Keys:
    """Keys of people, kept as plain numbers: a million names are ten million keys."""

    def __init__(self) -> None:
        self._packed: list[int] = []

    def add(self, keys: Iterable[tuple[str, int]], person: int) -> None:
        """The best grade of each key."""
        best: dict[str, int] = {}
        for key, grade in keys:
            if key:
                best[key] = min(grade, best.get(key, REDUCED))
        self._packed += [key_of(key) << 32 | person << 2 | grade for key, grade in best.items()]

    def rows(self) -> Iterator[tuple[int, int, int]]:
        """(key, person, grade) in order, the best grade of a person first."""
        self._packed.sort()
        return ((packed >> 32, packed >> 2 & 0x3FFFFFFF, packed & 3) for packed in self._packed)
