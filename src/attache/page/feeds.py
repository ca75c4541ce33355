"""Pages from RSS and Atom feeds: the entries' own texts, and where the whole articles are."""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from attache.errors import SourceEmpty, SourceUnreadable
from attache.page.items import Item

_HEAD = 2_000
_ROOTS = (b"<rss", b"<feed", b"<rdf:rdf")


@dataclass(frozen=True)
class Entry:
    """One entry of a feed."""

    uri: str
    link: str | None
    title: str | None
    published: str | None
    text: str | None
    """HTML as the feed carries it: the article or a summary."""

    def item(self) -> Item | None:
        """The entry's own text as a page; None where it has none."""
        if not self.text or not self.text.strip():
            return None
        body = f"<html><body><article><p>{self.text}</p></article></body></html>"
        return Item(self.uri, text=body, html=True, title=self.title, published=self.published, url=self.link)


@dataclass(frozen=True)
class Feed:
    """A feed as it was at one moment."""

    title: str | None
    entries: tuple[Entry, ...]
    minutes: int | None = None
    """How long the feed says it may be kept (RSS ``ttl``)."""


def is_feed(data: bytes) -> bool:
    """Whether the bytes begin like a feed."""
    head = data[:_HEAD].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return head.startswith((b"<?xml", *_ROOTS)) and any(root in head for root in _ROOTS)


def read_feed(data: bytes, uri: str) -> Feed:
    """The entries of a feed (extra ``feeds``)."""
    try:
        import feedparser
    except ImportError as error:
        raise SourceUnreadable("feeds need the package feedparser: pip install 'attache[feeds]'") from error
    parsed = feedparser.parse(data)
    if not parsed.entries and (parsed.bozo or not parsed.version):
        raise SourceUnreadable(f"{uri}: not an RSS or Atom feed")
    entries = tuple(_entry(entry, uri, number) for number, entry in enumerate(parsed.entries, 1))
    ttl = str(parsed.feed.get("ttl", ""))
    return Feed(parsed.feed.get("title"), entries, int(ttl) if ttl.isdecimal() and len(ttl) < 6 else None)


def feed_items(data: bytes, uri: str) -> Iterator[Item]:
    """The entries that carry text, as pages."""
    count = 0
    for entry in read_feed(data, uri).entries:
        if (item := entry.item()) is not None:
            count += 1
            yield item
    if not count:
        raise SourceEmpty(f"{uri}: no entry of this feed carries text; `attache watch` fetches the pages that it links to")


def _entry(entry: Any, uri: str, number: int) -> Entry:
    link = entry.get("link")
    link = link if isinstance(link, str) and link.startswith(("http://", "https://")) else None
    texts = [part.get("value", "") for part in entry.get("content", [])] + [entry.get("summary", "")]
    moment = entry.get("published_parsed") or entry.get("updated_parsed")
    day = datetime.fromtimestamp(calendar.timegm(moment), UTC).date().isoformat() if moment else None
    name = link or f"{uri}#{entry.get('id') or number}"
    return Entry(name, link, " ".join(str(entry.get("title", "")).split()) or None, day, max(texts, key=len) or None)
