"""Makes pages from the real text of ``copies.jsonl.gz`` in the shared data, for measuring ingest; nothing of it is kept in the project."""

from __future__ import annotations

import gzip
import json
import random
from html import escape
from pathlib import Path

SITES = (
    "<html><head><title>{title}</title></head><body><nav><a href='/'>Home</a> <a href='/world'>World</a></nav><article><h1>{title}</h1>"
    "{body}</article><footer>About us. Contact.</footer></body></html>",
    "<!doctype html><html><head><meta charset='utf-8'><title>{title}</title></head><body><div id='menu'>"
    "<ul><li>News</li><li>Sport</li></ul></div><main><h1>{title}</h1>{body}</main><div class='comments'>"
    "<h3>Leave a Reply</h3></div></body></html>",
)


def originals(data: Path) -> list[list[str]]:
    """The paragraphs of each article."""
    with gzip.open(data / "copies" / "copies.jsonl.gz", "rt", encoding="utf-8") as stream:
        rows = [json.loads(line) for line in stream]
    return [[p for p in row["text"].split("\n") if len(p) > 80] for row in rows if row["kind"] == "orig"]


def make_pages(data: Path, place: Path, count: int, duplicates: float = 0.3, seed: int = 1) -> Path:
    """A .jsonl of HTML pages; a share of them are earlier pages again, with another site's frame. Each other page is an article's
    paragraphs in part, so that no two are alike."""
    chance, articles = random.Random(seed), [a for a in originals(data) if len(a) > 4]
    bodies: list[tuple[str, str]] = []
    with place.open("w", encoding="utf-8") as stream:
        for n in range(count):
            if bodies and chance.random() < duplicates:
                title, body = chance.choice(bodies)
            else:
                chosen = chance.choice(articles)
                kept = sorted(chance.sample(range(len(chosen)), chance.randint(len(chosen) // 2, len(chosen) - 1)))
                title = f"Report {n}: {chosen[0][:60]}"
                body = "".join(f"<p>{escape(chosen[k])}</p>" for k in kept)
                bodies.append((title, body))
            page = SITES[n % len(SITES)].format(title=escape(title), body=body)
            stream.write(json.dumps({"id": n, "html": page, "url": f"https://paper{n % 40}.example/{n}", "date": "2021-03-23"}) + "\n")
    return place
