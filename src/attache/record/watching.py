"""Watches feeds: asks each for what changed, fetches the new pages with good manners, and files them.

The manners: a feed is asked with its ETag and Last-Modified, not more often than it says (``ttl``), and less and less often
while it fails; pages of one host are fetched some seconds apart and only where its robots.txt allows it; a page filed once is
not fetched again.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit
from urllib.robotparser import RobotFileParser

from sqlalchemy import select, update

from attache.errors import SourceError, SourceMissing
from attache.page import Item
from attache.page.address import AGENT, Answer, fetch
from attache.page.feeds import Entry, Feed, read_feed
from attache.record import tables as t
from attache.record.accounts import Summary
from attache.record.filing import known_address
from attache.record.ingest import Options, file_items
from attache.record.inserting import ignoring, now

if TYPE_CHECKING:
    from attache.record.book import Record

_MOST_MINUTES = 24 * 60
Complain = Callable[[SourceError], None]


@dataclass(frozen=True)
class Manners:
    """How feeds are watched: minutes between two looks, seconds between two pages of one host."""

    minutes: float = 15.0
    host_seconds: float = 3.0
    fetch_pages: bool = True
    allow_private: bool = False


@dataclass
class _Hosts:
    """When each host was asked last, and what its robots.txt says."""

    manners: Manners
    asked: dict[str, float] = field(default_factory=dict)
    rules: dict[str, RobotFileParser] = field(default_factory=dict)

    def fetch(self, url: str) -> Item:
        """The page at an address, in its turn."""
        parts = urlsplit(url)
        if not self._rules(f"{parts.scheme}://{parts.netloc}").can_fetch(AGENT, url):
            raise SourceMissing(f"{url}: its host's robots.txt asks programs not to fetch it")
        self._wait(parts.netloc)
        answer = fetch(url, allow_private=self.manners.allow_private)
        return Item(url, data=answer.data, media_type=answer.media_type, charset=answer.charset, url=url)

    def _wait(self, host: str) -> None:
        left = self.asked.get(host, -1e9) + self.manners.host_seconds - time.monotonic()
        if left > 0:
            time.sleep(left)
        self.asked[host] = time.monotonic()

    def _rules(self, base: str) -> RobotFileParser:
        if base not in self.rules:
            parser = RobotFileParser()
            try:
                answer = fetch(f"{base}/robots.txt", allow_private=self.manners.allow_private)
                parser.parse(answer.data.decode("utf-8", "replace").splitlines())
            except SourceError:
                parser.parse([])
            self.rules[base] = parser
        return self.rules[base]


def watch_feeds(
    record: Record, feeds: Sequence[str], manners: Manners, pipeline: str | None, once: bool, complain: Complain
) -> Iterator[Summary]:
    """What became of each look at the feeds that were due; goes on for ever, unless `once`."""
    with record.writing() as connection:
        connection.execute(ignoring(connection, t.feeds), [{"url": url} for url in dict.fromkeys(feeds)])
    hosts = _Hosts(manners)
    due = dict.fromkeys(feeds, 0.0)
    while True:
        ready = [url for url, moment in due.items() if moment <= time.monotonic()]
        if ready:
            yield _look(record, ready, hosts, pipeline, complain)
            for url in ready:
                due[url] = time.monotonic() + 60 * _minutes(record, url, manners)
        if once:
            return
        time.sleep(max(1.0, min(due.values()) - time.monotonic()))


def _look(record: Record, urls: Sequence[str], hosts: _Hosts, pipeline: str | None, complain: Complain) -> Summary:
    read: dict[str, tuple[Feed, Answer]] = {}

    def items() -> Iterator[Item | SourceError]:
        for url in urls:
            try:
                found = _changed(record, url, hosts.manners)
            except SourceError as error:
                error.uri = error.uri or url
                _note(record, url, message=str(error), failed=t.feeds.c.failed + 1)
                yield error
                continue
            if found is not None:
                read[url] = found
                for entry in found[0].entries:
                    yield from _page(record, entry, hosts)

    summary = file_items(record, items(), list(urls), None, pipeline, complain, None, Options())
    for url, (feed, answer) in read.items():
        # Where a page is missing still, the feed's marks are not kept, so that the next look sees the whole feed again.
        marks = {} if summary.failed else {"etag": answer.etag, "modified": answer.modified}
        _note(record, url, title=feed.title, wait=feed.minutes or 0, **marks)
    return summary


def _changed(record: Record, url: str, manners: Manners) -> tuple[Feed, Answer] | None:
    """The feed, or None where it has not changed."""
    f = t.feeds.c
    with record.reading() as connection:
        row = connection.execute(select(f.etag, f.modified).where(f.url == url)).one()
    answer = fetch(url, allow_private=manners.allow_private, etag=row.etag, modified=row.modified)
    feed = None if answer.unchanged else read_feed(answer.data, url)
    _note(record, url, message=None, failed=0)
    return None if feed is None else (feed, answer)


def _page(record: Record, entry: Entry, hosts: _Hosts) -> Iterator[Item | SourceError]:
    """The page of an entry that is not in the record: the whole article, or what the feed carries of it."""
    with record.reading() as connection:
        if known_address(connection, entry.uri):
            return
    carried = entry.item()
    if not hosts.manners.fetch_pages or entry.link is None:
        if carried is not None:
            yield carried
        return
    try:
        yield hosts.fetch(entry.link)
    except SourceError as error:
        error.uri = error.uri or entry.link
        yield carried if carried is not None else error


def _minutes(record: Record, url: str, manners: Manners) -> float:
    f = t.feeds.c
    with record.reading() as connection:
        row = connection.execute(select(f.wait, f.failed).where(f.url == url)).one()
    return float(min(max(manners.minutes, float(row.wait)) * 2 ** min(row.failed, 10), _MOST_MINUTES))


def _note(record: Record, url: str, **values: Any) -> None:
    with record.writing() as connection:
        connection.execute(update(t.feeds).where(t.feeds.c.url == url).values(**values, checked=now()))
