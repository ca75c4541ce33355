"""Sources at scale: web archives, tables and feeds give their pages one at a time, and damage costs only what is damaged."""

from __future__ import annotations

import csv
import gzip
import json
from pathlib import Path

import polars
import pytest
import zstandard

from attache.errors import SourceError
from attache.page import Columns, Item, Meter, extent, open_items, open_sources
from attache.page.columns import usual_names

LONG = "The ministers met in the capital and spoke about the treaty for many hours. " * 8


def record(
    kind: str, url: str, body: bytes, *, http: bool = True, head: str = "Content-Type: text/html; charset=utf-8", status: int = 200
) -> bytes:  # noqa: E501
    """One WARC record."""
    payload = f"HTTP/1.1 {status} OK\r\n{head}\r\n\r\n".encode() + body if http else body
    content = "application/http; msgtype=response" if http else "text/plain"
    fields = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2021-03-23T10:00:00Z\r\n"
        f"WARC-Record-ID: <urn:uuid:{abs(hash((kind, url))):032x}>\r\nContent-Type: {content}\r\nContent-Length: {len(payload)}\r\n\r\n"
    )
    return fields.encode() + payload + b"\r\n\r\n"


def html(n: int) -> bytes:
    return f"<html><head><title>Page {n}</title></head><body><article><p>{LONG} Page {n}.</p></article></body></html>".encode()


RECORDS = [
    record("warcinfo", "", b"software: test\r\n", http=False),
    record("request", "https://a.example/1", b"GET / HTTP/1.1\r\n\r\n", http=False),
    record("response", "https://a.example/1", html(1)),
    record("response", "https://a.example/2", gzip.compress(html(2)), head="Content-Type: text/html\r\nContent-Encoding: gzip"),
    record("response", "https://a.example/picture", b"\x89PNG", head="Content-Type: image/png"),
    record("response", "https://a.example/gone", b"gone", status=404),
    record("conversion", "https://a.example/3", f"{LONG}Tëxt 3.".encode(), http=False),
]
PACKINGS = {"": lambda data: data, ".gz": gzip.compress, ".zst": zstandard.compress}


def opened(*sources: Path, columns: Columns | None = None) -> tuple[list[Item], list[SourceError]]:
    found = list(open_items(map(str, sources), columns or Columns()))
    return [f for f in found if isinstance(f, Item)], [f for f in found if isinstance(f, SourceError)]


@pytest.mark.parametrize("packing", list(PACKINGS))
def test_an_archive_gives_its_pages(tmp_path: Path, packing: str) -> None:
    archive = tmp_path / f"crawl.warc{packing}"
    archive.write_bytes(b"".join(PACKINGS[packing](one) for one in RECORDS))
    pages, errors = opened(archive)
    assert [page.uri for page in pages] == ["https://a.example/1", "https://a.example/2", "https://a.example/3"] and not errors
    assert pages[1].data == html(2) and pages[1].url == "https://a.example/2"
    read = list(open_sources([str(archive)]))
    assert [not isinstance(page, SourceError) and f"{n}." in page.text[-12:] for n, page in enumerate(read, 1)] == [True] * 3


@pytest.mark.parametrize("packing", list(PACKINGS))
def test_a_truncated_archive_gives_what_is_whole(tmp_path: Path, packing: str) -> None:
    archive = tmp_path / f"crawl.warc{packing}"
    whole = b"".join(PACKINGS[packing](one) for one in (RECORDS[2], RECORDS[6]))
    archive.write_bytes(whole[:-150])
    pages, errors = opened(archive)
    assert [page.uri for page in pages] == ["https://a.example/1"]
    assert errors and all(error.uri for error in errors)


@pytest.mark.parametrize("packing", list(PACKINGS))
def test_damage_in_the_middle_of_an_archive_is_passed_over(tmp_path: Path, packing: str) -> None:
    archive = tmp_path / f"crawl.warc{packing}"
    pack = PACKINGS[packing]
    archive.write_bytes(pack(RECORDS[2]) + b"rubbish that is no record\r\n" * 50 + pack(RECORDS[6]))
    pages, errors = opened(archive)
    assert [page.uri for page in pages] == ["https://a.example/1", "https://a.example/3"]
    assert len(errors) == 1 and "damaged after byte" in str(errors[0])


def test_a_bomb_in_an_archive_is_refused_and_its_neighbours_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("attache.page.warc.MAX_BYTES", 100_000)
    bomb = record(
        "response", "https://a.example/bomb", gzip.compress(b"0" * 5_000_000), head="Content-Type: text/html\r\nContent-Encoding: gzip"
    )  # noqa: E501
    (tmp_path / "a.warc").write_bytes(bomb + RECORDS[2])
    pages, errors = opened(tmp_path / "a.warc")
    assert [page.uri for page in pages] == ["https://a.example/1"]
    assert [type(error).__name__ for error in errors] == ["SourceTooLarge"]


ROWS = [
    {"url": "https://a.example/1", "headline": "One", "body": f"{LONG} One.", "when": "2021-03-23"},
    {"url": "https://a.example/2", "headline": "Two", "body": "", "when": "2021-03-24"},
    {"url": None, "headline": None, "body": f"{LONG} Three.", "when": None},
]


def write_table(path: Path) -> Path:
    if path.suffix == ".parquet":
        polars.DataFrame(ROWS).write_parquet(path)
    else:
        with gzip.open(path, "wt", encoding="utf-8") if path.suffix == ".gz" else path.open("w", encoding="utf-8") as stream:
            writer = csv.DictWriter(stream, list(ROWS[0]))
            writer.writeheader()
            writer.writerows(ROWS)
    return path


@pytest.mark.parametrize("name", ["t.csv", "t.csv.gz", "t.parquet"])
def test_a_table_gives_a_page_a_row(tmp_path: Path, name: str) -> None:
    table = write_table(tmp_path / name)
    pages, errors = opened(table, columns=Columns(date="when"))
    assert [(p.uri, p.title, p.published) for p in pages] == [("https://a.example/1", "One", "2021-03-23"), (f"{table}#3", None, None)]
    assert [error.uri for error in errors] == [f"{table}#2"] and "empty" in str(errors[0])
    _, wrong = opened(table, columns=Columns(text="nothing"))
    assert "has no column 'nothing'; it has 'url', 'headline', 'body', 'when'" in str(wrong[0])


def test_a_table_without_text_says_what_it_has(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("a,b\n1,2\n", "utf-8")
    _, errors = opened(tmp_path / "t.csv")
    assert "--text-column" in str(errors[0]) and "'a', 'b'" in str(errors[0])


def test_damaged_tables_are_told(tmp_path: Path) -> None:
    parquet = write_table(tmp_path / "t.parquet")
    parquet.write_bytes(parquet.read_bytes()[:-40])
    packed = write_table(tmp_path / "t.csv.gz")
    packed.write_bytes(packed.read_bytes()[:-20])
    (tmp_path / "empty.csv").write_text("text\n", "utf-8")
    for path in (parquet, packed, tmp_path / "empty.csv"):
        _, errors = opened(path)
        assert errors and errors[-1].uri and path.name in str(errors[-1])


def test_an_endless_line_of_a_table_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("attache.page.tables.MAX_BYTES", 10_000)
    (tmp_path / "t.csv").write_text("text\n" + LONG + "\n" + "x" * 50_000, "utf-8")
    pages, errors = opened(tmp_path / "t.csv")
    assert len(pages) == 1 and type(errors[0]).__name__ == "SourceTooLarge"


def test_packed_lines(tmp_path: Path) -> None:
    rows = "".join(json.dumps({"id": n, "text": LONG, "url": f"https://a.example/{n}"}) + "\n" for n in range(5))
    (tmp_path / "p.jsonl.zst").write_bytes(zstandard.compress(rows.encode()))
    pages, errors = opened(tmp_path / "p.jsonl.zst")
    assert [page.url for page in pages] == [f"https://a.example/{n}" for n in range(5)] and not errors
    (tmp_path / "q.jsonl").write_text(json.dumps({"story": LONG}) + "\n", "utf-8")
    assert [page.text for page in opened(tmp_path / "q.jsonl", columns=Columns(text="story"))[0]] == [LONG]


RSS = f"""<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0"><channel><title>News</title><ttl>30</ttl>
<item><title>One &amp; only</title><link>https://a.example/1</link><pubDate>Tue, 23 Mar 2021 10:00:00 GMT</pubDate>
<description>{LONG}</description></item>
<item><title>Bare</title><link>https://a.example/2</link></item></channel></rss>"""
ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>News</title><entry><id>urn:1</id><title>One</title>
<updated>2021-03-23T10:00:00Z</updated><content type="html">&lt;p&gt;{LONG}&lt;/p&gt;</content></entry></feed>"""


@pytest.mark.parametrize(("name", "feed"), [("n.xml", RSS), ("n.atom", ATOM)])
def test_a_feed_gives_what_it_carries(tmp_path: Path, name: str, feed: str) -> None:
    (tmp_path / name).write_text(feed, "utf-8")
    (page,) = open_sources([str(tmp_path)])
    assert not isinstance(page, SourceError)
    assert page.published == "2021-03-23" and (page.title or "").startswith("One") and page.text.startswith("The ministers met")


def test_a_folder_holds_all_of_these_and_its_extent_is_known(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "a.txt").write_text(LONG, "utf-8")
    (tmp_path / "deep" / "b.warc.gz").write_bytes(gzip.compress(RECORDS[2]))
    write_table(tmp_path / "t.csv")
    (tmp_path / "picture.png").write_bytes(b"\x89PNG")
    meter = Meter()
    found = list(open_items([str(tmp_path)], Columns(date="when"), meter=meter))
    assert len(found) == 5
    assert meter.done == extent([str(tmp_path)]) == sum(p.stat().st_size for p in tmp_path.rglob("*") if p.is_file() and p.suffix != ".png")


def test_the_usual_names_of_columns_have_their_shape() -> None:
    names = usual_names()
    assert "text" in names["text"] and "url" in names["url"]
    listed = [name for group in names.values() for name in group]
    assert len(listed) == len(set(listed)), "a name says two things"
