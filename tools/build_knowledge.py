"""Make the packaged knowledge base: ``python tools/build_knowledge.py [FOLDER]``.

With FOLDER (people.csv, offices.csv, tenures.csv as in shared/data/knowledge) the packaged CSV copies are renewed from it first; then
``knowledge.sqlite`` is compiled from the packaged tables alone. It is not kept in git: the build of the package makes it, and so does this.
"""

from __future__ import annotations

import csv
import gzip
import io
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "src"))

from attache.knowledge import packaged  # noqa: E402

DATA = ROOT / "src" / "attache" / "knowledge" / "data"
TABLES = {
    "people": ("id", "name", "aliases", "country"),
    "offices": ("id", "name", "kind", "where", "also_kind"),
    "tenures": ("person", "office", "start", "end", "source", "as_of"),
}


def carry_over(folder: Path) -> None:
    """Write normalised, sorted copies of the source tables into the package."""
    for table, columns in TABLES.items():
        with (folder / f"{table}.csv").open(encoding="utf-8", newline="") as file:
            rows = sorted(tuple(row[column].strip() for column in columns) for row in csv.DictReader(file))
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerows([columns, *rows])
        # mtime=0 and no file name: the same rows give the same bytes
        (DATA / f"{table}.csv.gz").write_bytes(gzip.compress(text.getvalue().encode(), mtime=0))


def main() -> None:
    """Renew the copies if a folder is given, then compile."""
    if len(sys.argv) > 1:
        carry_over(Path(sys.argv[1]))
    target = packaged.DATA / packaged.NAME
    counts = packaged.build(target)
    print(f"{target}: {target.stat().st_size / 1e6:.1f} MB,", ", ".join(f"{n} {what}" for what, n in counts.items()))


if __name__ == "__main__":
    main()
