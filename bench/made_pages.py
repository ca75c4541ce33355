"""Makes pages from the real text of ``copies.jsonl.gz`` in the shared data, for measuring ingest; nothing of it is kept in the project."""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Callable, Iterator, Sequence
from html import escape
from pathlib import Path

from attache.record.relevance import nothing_diplomatic

SITES = (
    "<html><head><title>{title}</title></head><body><nav><a href='/'>Home</a> <a href='/world'>World</a></nav><article><h1>{title}</h1>"
    "{body}</article><footer>About us. Contact.</footer></body></html>",
    "<!doctype html><html><head><meta charset='utf-8'><title>{title}</title></head><body><div id='menu'>"
    "<ul><li>News</li><li>Sport</li></ul></div><main><h1>{title}</h1>{body}</main><div class='comments'>"
    "<h3>Leave a Reply</h3></div></body></html>",
)
COPIES = 0.3
_LEAST = 5
"""Fewest paragraphs of an article, so that enough different pages can be made of it."""


def articles(data: Path) -> list[str]:
    """The text of each article: general news."""
    with gzip.open(data / "copies" / "copies.jsonl.gz", "rt", encoding="utf-8") as stream:
        rows = [json.loads(line) for line in stream]
    return [row["text"] for row in rows if row["kind"] == "orig"]


def drawn(chance: random.Random, count: int, tell: Callable[[int, str], str]) -> Iterator[tuple[int, str, str]]:
    """Number, day and text of pages made by ``tell`` (of a number and a day); three in ten are earlier ones elsewhere."""
    recent: list[tuple[str, str]] = []
    for number in range(count):
        if recent and chance.random() < COPIES:
            day, text = chance.choice(recent)
        else:
            day = f"{chance.randint(2011, 2020)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
            text = tell(number, day)
            recent = [*recent[-500:], (day, text)]
        yield number, day, text


def originals(data: Path) -> list[list[str]]:
    """The paragraphs of each article."""
    found = [[p for p in text.split("\n") if len(p) > 80] for text in articles(data)]
    return [paragraphs for paragraphs in found if len(paragraphs) >= _LEAST]


def diplomatic(articles: Sequence[list[str]]) -> list[list[str]]:
    """A corpus of which half are the articles that name most offices and countries, so that little can be skipped."""
    # Paragraph by paragraph, so that a passing "French" does not make an article diplomatic.
    weight = {n: sum(nothing_diplomatic(p) is None for p in one) / len(one) for n, one in enumerate(articles)}
    ranked = sorted(weight, key=lambda n: -weight[n])
    best = [articles[n] for n in ranked[: len(ranked) // 5]]
    return best * (len(articles) // len(best)) + list(articles)


def make_pages(articles: Sequence[list[str]], place: Path, count: int, duplicates: float = 0.3, seed: int = 1) -> Path:
    """A .jsonl of HTML pages; a share of them are earlier pages again, with another site's frame. Each other page is an article's
    paragraphs in part, so that no two are alike."""
    chance = random.Random(seed)
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
