"""What each page of the desk weighs in a browser: requests, bytes as sent, first paint: `python -m bench.desk_weight RECORD`."""

from __future__ import annotations

import os
import sys

from playwright.sync_api import sync_playwright

from attache.record import open_record
from tools.screens import pages_of, served

PAINT = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0"


def main(place: str) -> None:
    """Print a line a page, each opened with an empty cache."""
    with open_record(place, create=False) as record, served(record) as address, sync_playwright() as tool:
        browser = tool.chromium.launch(executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"), args=["--no-sandbox"])
        for name, path in pages_of(record).items():
            page = browser.new_context().new_page()
            sizes: list[int] = []
            page.on("requestfinished", lambda request, into=sizes: into.append(sum(request.sizes()[k] for k in _PARTS)))
            page.goto(address + path, wait_until="networkidle")
            print(f"{name:12} {len(sizes):3} requests {sum(sizes) / 1000:7.1f} kB  first paint {page.evaluate(PAINT):6.0f} ms")
            page.context.close()
        browser.close()


_PARTS = ("responseBodySize", "responseHeadersSize")

if __name__ == "__main__":
    main(*sys.argv[1:])
