"""``python -m bench.peers SHARED [TASK...]``: run the tasks, keep build/peers.json, and write docs/peers.md with its pictures from it.

Tasks named are run anew and the others kept as they were. ``--page`` writes the page from what is kept.
"""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
import time
from datetime import date
from pathlib import Path
from typing import Any

import attache
from bench.peers import environment
from bench.peers.quoting import quoting
from bench.peers.tables import Task, markdown, task_of
from bench.peers.tasks import cleaning, copying, names, speed, times

TASKS = {"cleaning": cleaning, "times": times, "names": names, "copies": copying, "statements": quoting, "speed": speed}
KEPT = Path("build") / "peers.json"
DOCS = Path("docs")


def main() -> int:
    """Run, keep and write."""
    words = [word for word in sys.argv[1:] if word != "--page"]
    if not words and "--page" not in sys.argv:
        print(__doc__, file=sys.stderr)
        return 2
    kept: dict[str, Any] = json.loads(KEPT.read_text("utf-8")) if KEPT.is_file() else {}
    if words:
        shared, chosen = Path(words[0]), words[1:] or list(TASKS)
        try:
            environment.prepare()
        except (OSError, subprocess.CalledProcessError) as error:
            print(f"the peers could not be installed ({error}); attache runs alone", file=sys.stderr)
        nlp = attache.load()
        for name in chosen:
            began = time.time()
            task = TASKS[name](shared, nlp)
            kept[name] = {**task.as_json(), "taken": _taken()}
            KEPT.parent.mkdir(exist_ok=True)
            KEPT.write_text(json.dumps(kept, indent=1, ensure_ascii=False), "utf-8")
            print(f"{markdown(task)}\n({time.time() - began:.0f} s by the clock)\n", flush=True)
    write(kept)
    return 0


def _taken() -> str:
    """When and where, in words."""
    load = os.getloadavg()[0]
    return f"{date.today().isoformat()}, Python {platform.python_version()}, {os.cpu_count()} cores, load {load:.0f}"


def write(kept: dict[str, Any]) -> None:
    """docs/peers.md and its pictures."""
    tasks: list[Task] = [task_of({k: v for k, v in kept[n].items() if k != "taken"}) for n in TASKS if n in kept]
    head = (environment.HERE / "head.md").read_text("utf-8")
    parts = [head]
    for name in TASKS:
        if name in kept:
            task = task_of({k: v for k, v in kept[name].items() if k != "taken"})
            parts.append(f"{markdown(task)}\nTaken {kept[name]['taken']}: `python -m bench.peers ../shared/data {name}`.\n")
    try:
        from bench.peers.plots import draw

        draw(tasks, DOCS)
    except ImportError:
        print("no pictures without matplotlib (extra bench)", file=sys.stderr)
    (DOCS / "peers.md").write_text("\n".join(parts), "utf-8")


if __name__ == "__main__":
    raise SystemExit(main())
