"""How often `attache knowledge find` puts the right person first, given name, the words of the office and the day, but no sentence.

::

    python -m bench.found ../shared/data/names/name_repair.jsonl [--misses]

Right is who is right for `attache evaluate` on the same rows (:func:`attache.evaluate.repair.means`).
"""

from __future__ import annotations

import json
import sys
import time
from datetime import date
from pathlib import Path

from attache.evaluate.repair import means
from attache.knowledge import builtin
from attache.reading import Days
from attache.show.candidates import candidates


def main() -> None:
    """Print the shares, the misses too where asked for."""
    rows = [json.loads(line) for line in Path(sys.argv[1]).read_text("utf-8").splitlines()]
    rows = [row for row in rows if row["type"] == "repair"]
    first = shown = 0
    begun = time.process_time()
    for row in rows:
        names = [name for name in (row["gold"], *row["gold_aliases"].split("|")) if name]
        day = date.fromisoformat(row["date"])
        right = [means(builtin(), names, c.person, row) for c in candidates(row["mention"], Days(day, day), row["context"])]
        first, shown = first + any(right[:1]), shown + any(right)
        if not any(right[:1]) and "--misses" in sys.argv:
            print(f"{row['context']} {row['mention']}, {row['date']}: {row['gold']}{' (shown)' if any(right) else ''}")
    took = (time.process_time() - begun) / len(rows)
    share = f"first: {first} of {len(rows)} ({first / len(rows):.1%}); among those shown: {shown}"
    print(f"{share}; {took * 1e3:.0f} ms a question, of one core")


if __name__ == "__main__":
    main()
