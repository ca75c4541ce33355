"""Pages from RSS and Atom feeds: the entries' own texts, and where the whole articles are."""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from attache.errors import SourceEmpty, SourceUnreadable
from attache.page.items import Item, name_of
from attache.page.limits import MAX_ENTRIES
from attache.page.mend import in_one_line

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
    try:
        parsed = feedparser.parse(data)
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError, AssertionError) as error:
        # It reads any bytes, but stumbles over some: a declared encoding that is no text, dates beyond the calendar.
        raise SourceUnreadable(f"{uri}: not an RSS or Atom feed ({type(error).__name__})") from error
    if not parsed.entries and (parsed.get("bozo") or not parsed.get("version")):
        raise SourceUnreadable(f"{uri}: not an RSS or Atom feed")
    entries = tuple(_entry(entry, uri, number) for number, entry in enumerate(parsed.entries[:MAX_ENTRIES], 1))
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
    link = name_of(link) if isinstance(link, str) and link.startswith(("http://", "https://")) else None
    texts = [part.get("value") or "" for part in entry.get("content", [])] + [entry.get("summary") or ""]
    name = link or f"{uri}#{entry.get('id') or number}"
    return Entry(name_of(name), link, in_one_line(str(entry.get("title", ""))) or None, _day(entry), max(texts, key=len) or None)


def _day(entry: Any) -> str | None:
    """The day that an entry states; None where it is none of the calendar."""
    moment = entry.get("published_parsed") or entry.get("updated_parsed")
    try:
        return datetime.fromtimestamp(calendar.timegm(moment), UTC).date().isoformat() if moment else None
    except (ValueError, OverflowError, OSError):
        return None
