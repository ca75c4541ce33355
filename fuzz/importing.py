"""The importers of knowledge, line by line and whole, into a database in memory or a file of a moment."""

from __future__ import annotations

import tempfile
from pathlib import Path

from attache.errors import AttacheError
from attache.knowledge.importing import import_facts
from attache.knowledge.importing.command import LINES, form_of
from attache.knowledge.importing.facts import Fact
from fuzz.entries import Entry

BAD_LINE = (ValueError, KeyError, TypeError, AttributeError)
"""What the importer itself takes for a bad line and passes over (`command._by_lines`)."""


def _lines(form: str) -> Entry:
    def read(data: bytes) -> None:
        facts: list[Fact] = []
        for line in data.split(b"\n"):
            try:
                facts += LINES[form](line)
            except BAD_LINE:
                continue

    return read


def _whole(form: str, ending: str) -> Entry:
    """A whole import: the file is read, the tables are made, and the finished database is asked."""

    def read(data: bytes) -> None:
        from attache.knowledge.store import Store

        with tempfile.TemporaryDirectory(prefix="attache-fuzz-") as folder:
            source, into = Path(folder) / f"in{ending}", Path(folder) / "k.db"
            source.write_bytes(data)
            import_facts(source, into, form, "USA")
            store = Store(into)
            for name in ("Ann Example", "a", ""):
                store.named(name), store.spellings_like(name, 5)
            list(store.organisations()), list(store.agreements())

    return read


def form(data: bytes) -> None:
    """What a file is, told from its beginning."""
    with tempfile.TemporaryDirectory(prefix="attache-fuzz-") as folder:
        for ending in ("", ".gz", ".bz2", ".zst"):
            source = Path(folder) / f"in{ending}"
            source.write_bytes(data)
            try:
                form_of(source)
            except AttacheError:
                continue


ENTRIES: dict[str, Entry] = {
    "import-form": form, "import-wikidata-line": _lines("wikidata"), "import-ftm-line": _lines("ftm"),
    "import-wikidata": _whole("wikidata", ".json"), "import-ftm": _whole("ftm", ".json"), "import-popolo": _whole("popolo", ".json"),
    "import-csv": _whole("csv", ".csv"), "import-gz": _whole("ftm", ".json.gz"), "import-bz2": _whole("ftm", ".json.bz2"),
    "import-zst": _whole("ftm", ".json.zst"),
}  # fmt: skip
