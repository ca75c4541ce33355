"""Where the compiled form of the packaged tables lies. It is made when the package is built, and again where the tables have changed since.

This module and those that it imports use nothing outside the standard library, since the build of the package runs them.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
from functools import cache
from pathlib import Path

from attache.errors import DataError
from attache.knowledge.compiling import TABLE_FILES, compile_tables

DATA = Path(__file__).parent / "data"
NAME = "knowledge.sqlite"
VARIABLE = "ATTACHE_KNOWLEDGE"
"""Names databases that `attache knowledge import` made, parted as in PATH; they are asked beside the built-in one. Empty: none."""
_MAKERS = (
    "compiling.py", "cores.py", "damaged.py", "fold.py", "indexing.py", "merging.py", "naming.py", "sounds.py", "spellings.py",
    "wordlists.py",
)  # fmt: skip


def digest(folder: Path = DATA) -> str:
    """What the tables and the code that compiles them are, as a short text: two equal ones give the same database."""
    found = hashlib.blake2b(digest_size=12)
    for path in (*(folder / name for name in TABLE_FILES), *(Path(__file__).parent / name for name in _MAKERS)):
        found.update(path.read_bytes())
    return found.hexdigest()


def build(target: Path, folder: Path = DATA) -> dict[str, int]:
    """Compile the tables into a file, which is there whole or not at all; returns how many rows of each table."""
    part = target.with_name(f"{target.name}.{os.getpid()}.part")
    try:
        counts = compile_tables(folder, part, digest(folder))
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
    return counts


def is_fresh(path: Path, wanted: str) -> bool:
    """Whether a file is the finished compilation of the tables with this digest."""
    if not path.is_file():
        return False
    try:
        db = sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)
        try:
            rows = db.execute("SELECT value FROM meta WHERE key = 'digest'").fetchall()
        finally:
            db.close()
    except sqlite3.DatabaseError:
        return False
    return rows == [(wanted,)]


@cache
def database() -> Path:
    """The compiled database: the packaged file, else one made now, beside the tables or in the user's cache folder."""
    wanted = digest()
    for path in (DATA / NAME, cache_folder() / f"knowledge-{wanted}.sqlite"):
        if is_fresh(path, wanted):
            return path
    failures = []
    for path in (DATA / NAME, cache_folder() / f"knowledge-{wanted}.sqlite"):
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            build(path)
        except (OSError, sqlite3.OperationalError) as error:
            failures.append(f"{path} ({error})")
        else:
            return path
    raise DataError(
        f"the knowledge base is not compiled and cannot be written to {' or '.join(failures)}; make one of the folders writable"
    )


def cache_folder() -> Path:
    """Where a database goes if the package's own folder is read-only; XDG_CACHE_HOME names another."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "attache"


def imported() -> tuple[Path, ...]:
    """The databases that the user made with `attache knowledge import`: those that ATTACHE_KNOWLEDGE names, else the usual one."""
    named = os.environ.get(VARIABLE)
    if named is not None:
        return tuple(Path(name) for name in named.split(os.pathsep) if name)
    return (usual_import(),) if usual_import().is_file() else ()


def usual_import() -> Path:
    """Where an import goes unless told otherwise; XDG_DATA_HOME names another folder than ~/.local/share."""
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "attache" / "imported.sqlite"
