"""What the steps of filing cost, each on one core: ``python -m bench.steps ../shared/data [PAGES]``; pages a second of processor time.

From these docs/cluster.md works out what a month of news costs. The pages are those of `bench.throughput`, copies among them.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from attache._read import Reader
from attache.page import open_items, page_of
from attache.record import open_record
from attache.record.filing import file_sheet
from attache.record.perusal import unread, why_skipped
from attache.record.settling import settle
from attache.record.sheet import sheet_of
from bench.made_pages import make_pages, originals

BATCH = 100


class Watch:
    """Adds up the processor time of each step, and what it was given."""

    def __init__(self) -> None:
        self.steps: dict[str, tuple[int, float]] = {}

    def each(self, name: str, what: Any, given: Iterable[Any]) -> list[Any]:
        """What a step makes of all that is given, timed."""
        given = list(given)
        start = time.process_time()
        made = [what(one) for one in given]
        count, spent = self.steps.get(name, (0, 0.0))
        self.steps[name] = (count + len(given), spent + time.process_time() - start)
        return made


def main() -> int:
    """Print a line a step."""
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 400
    watch, reader = Watch(), Reader(None, None)
    reader.pipeline()
    with tempfile.TemporaryDirectory(prefix="steps-") as name, open_record(Path(name) / "record.db") as record:
        source = make_pages(originals(Path(sys.argv[1])), Path(name) / "pages.jsonl", count)
        pages = watch.each("cleaning", page_of, open_items([str(source)]))
        reasons = watch.each("choosing", lambda page: why_skipped(page, False), pages)
        chosen = [page for page, reason in zip(pages, reasons, strict=True) if reason is None]
        dossiers = watch.each("reading", reader.read, chosen)
        passed = [unread(page, None) for page, reason in zip(pages, reasons, strict=True) if reason]
        sheets = watch.each("making rows", sheet_of, [*dossiers, *passed])

        def write(some: Iterable[Any]) -> None:
            with record.writing() as connection:
                for sheet in some:
                    file_sheet(connection, sheet)

        for at in range(0, len(sheets), BATCH):
            watch.each("writing", write, [sheets[at : at + BATCH]])
        watch.each("grouping and merging", settle, [record])
    words = sum(len(page.text.split()) for page in chosen) / len(chosen)
    print(f"{count} pages, {len(chosen)} of them read, of {words:.0f} words each")
    for step, (_, spent) in watch.steps.items():
        size = len(chosen) if step == "reading" else count
        print(f"{step:22} {size:5} pages  {spent:7.2f} s  {size / spent:9.1f} pages/s", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
