"""Pictures of every page of the desk over a record, light, dark and as narrow as a phone, to be looked at: `make screens`.

    python tools/screens.py RECORD FOLDER [PAGE...]

It needs Playwright's Python package and a Chromium; CHROMIUM names another than /usr/bin/chromium.
"""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import uvicorn
from playwright.sync_api import sync_playwright

from attache.desk import Settings, make_app
from attache.desk.serving import bound
from attache.record import Record, open_record

LOOKS: dict[str, dict[str, Any]] = {
    "light": {"viewport": {"width": 1360, "height": 900}, "color_scheme": "light"},
    "dark": {"viewport": {"width": 1360, "height": 900}, "color_scheme": "dark"},
    "phone": {"viewport": {"width": 390, "height": 844}, "color_scheme": "light", "is_mobile": True, "has_touch": True},
}


@contextmanager
def served(record: Record, settings: Settings | None = None) -> Iterator[str]:
    """The address of a desk over a record, served from a thread until left."""
    listening = bound("127.0.0.1", 0)
    server = uvicorn.Server(uvicorn.Config(make_app(record, settings), log_level="error", timeout_graceful_shutdown=1))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    while not server.started and thread.is_alive():
        time.sleep(0.01)
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(10)


def pages_of(record: Record) -> dict[str, str]:
    """The pages to be looked at, by name: the most damaged page, the story with most copies, the person told of most."""
    pages, stories = record.pages(limit=200), record.stories(limit=100)
    worst = min(pages, key=lambda p: (-p.findings, p.id)).id
    event = max(record.events(limit=200), key=lambda e: (e.sources, e.reports)).id
    person = next((row.code for row in record.people("Vladimir Putin", 1)), "wd:Q7747")
    found = {
        "today": "/", "reading": f"/page/{worst}", "events": "/events", "timeline": "/events?view=timeline", "map": "/events?view=map",
        "network": "/events?view=network", "event": f"/event/{event}", "actors": "/actors", "actor": f"/actor/{person}",
        "pages": "/pages", "doubts": "/doubts", "repairs": "/doubts?kind=corrupted-name", "judgements": "/judgements",
        "search": "/search?q=putin", "add": "/add", "stories": "/stories", "api": "/api", "problem": "/nothing-here",
    }  # fmt: skip
    if stories:
        found["story"] = f"/story/{max(stories, key=lambda s: (s.pages, s.wordings)).id}"
    return found


def main(place: str, folder: str, *only: str) -> None:
    """Take the pictures."""
    out = Path(folder)
    out.mkdir(parents=True, exist_ok=True)
    with open_record(place, create=False) as record, served(record) as address, sync_playwright() as tool:
        wanted = {name: path for name, path in pages_of(record).items() if not only or name in only}
        browser = tool.chromium.launch(executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"), args=["--no-sandbox"])
        for look, how in LOOKS.items():
            context = browser.new_context(**how)
            page = context.new_page()
            for name, path in wanted.items():
                page.goto(address + path + ("#at-e1" if name == "reading" else ""))
                page.screenshot(path=out / f"{name}-{look}.png", full_page=look == "phone" or name not in ("reading",))
            context.close()
        browser.close()
    print(f"{len(wanted) * len(LOOKS)} pictures in {out}")


if __name__ == "__main__":
    main(*sys.argv[1:])
