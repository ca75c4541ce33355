"""What attache promises of hostile input (SECURITY.md), beside what test_page.py, test_sources.py, test_desk.py and test_ingest.py hold."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import re
import sqlite3
import time
from collections.abc import Callable
from pathlib import Path

import pytest
import zstandard

from attache.errors import AttacheError, SourceError, SourceRefused, SourceTooLarge, UsageError
from attache.knowledge.importing import import_facts
from attache.page import Page, limits, open_sources, page_from_bytes, page_from_text
from attache.page.address import fetch
from attache.page.columns import Columns
from attache.page.feeds import read_feed
from attache.page.tables import csv_items
from attache.record import open_record
from attache.record.packing import packed, unpacked
from attache.show.rows import write_rows
from attache.when import Reference, find_expressions, value_of

SENTENCE = "The ministers of both countries met in Riga on Tuesday and agreed to go on with the talks."
STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def test_every_limit_is_told_in_the_security_page(project: Path) -> None:
    told = (project / "SECURITY.md").read_text("utf-8")
    assert not [name for name in vars(limits) if name.isupper() and f"`{name}`" not in told]


def test_a_bomb_is_refused_while_it_is_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("attache.page.formats.MAX_BYTES", 1_000_000)
    for bomb in (gzip.compress(b"a" * 5_000_000), gzip.compress(gzip.compress(b"a" * 5_000_000))):
        with pytest.raises(SourceTooLarge):
            page_from_bytes(bomb, "bomb.gz")


@pytest.mark.parametrize(("ending", "pack"), [(".gz", gzip.compress), (".bz2", bz2.compress), (".zst", zstandard.compress)])
def test_an_import_ends_at_an_endless_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ending: str, pack: Callable[[bytes], bytes]
) -> None:
    monkeypatch.setattr("attache.knowledge.importing.streams.MOST_LINE", 100_000)
    source = tmp_path / f"people.json{ending}"
    source.write_bytes(pack(b'{"schema": "Person", "x": "' + b"a" * 3_000_000))
    with pytest.raises(SourceTooLarge):
        import_facts(source, tmp_path / "k.db", "ftm")


@pytest.mark.parametrize("name", ["a.jsonl.gz", "a.csv.zst", "a.jsonl.zst", "a.warc.zst", "a.warc.gz", "a.parquet", "a.html.gz"])
def test_damage_costs_one_source_and_no_other(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"\x28\xb5\x2f\xfdnot what it says" * 3)
    (tmp_path / "b.txt").write_text(SENTENCE)
    found = list(open_sources([str(tmp_path / name), str(tmp_path / "b.txt")]))
    assert isinstance(found[0], SourceError) and name in str(found[0]) and isinstance(found[-1], Page)


def test_entities_of_a_feed_are_not_expanded() -> None:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    feed = f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY l0 "ha">{laughs}<!ENTITY f SYSTEM "file:///etc/passwd">]>'
    feed += '<rss version="2.0"><channel>'
    feed += "<item><title>&l9;</title><description>&f; Ministers met.</description></item></channel></rss>"
    try:
        entries = read_feed(feed.encode(), "feed").entries
    except SourceError:
        return
    assert all(len(f"{entry.title}{entry.text}") < 1_000 and "root:" not in (entry.text or "") for entry in entries)


def test_a_feed_without_end_is_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("attache.page.feeds.MAX_ENTRIES", 5)
    items = "".join(f"<item><title>{n}</title><description>x</description></item>" for n in range(50))
    assert len(read_feed(f"<rss version='2.0'><channel>{items}</channel></rss>".encode(), "feed").entries) == 5


class _Endless(io.RawIOBase):
    """A field of a gigabyte, made as it is read."""

    def __init__(self) -> None:
        self.left, self.given = 1_000_000_000, 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        size = min(len(buffer), self.left)
        buffer[:size] = (b'text\n"' if not self.given else b"").ljust(size, b"x")
        self.left, self.given = self.left - size, self.given + size
        return size


def test_a_field_of_a_gigabyte_is_not_held(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("attache.page.tables.MAX_BYTES", 200_000)
    endless = _Endless()
    found = list(csv_items(io.BufferedReader(endless), "big.csv", Columns()))
    assert [type(one) for one in found] == [SourceTooLarge] and endless.given < 2_000_000


def test_json_of_any_depth_costs_its_line(tmp_path: Path) -> None:
    rows = ['{"text": ' + "[" * 100_000, json.dumps({"text": SENTENCE}), '{"text": ' + "9" * 100_000 + "}"]
    (tmp_path / "a.jsonl").write_text("\n".join(rows))
    assert [isinstance(one, Page) for one in open_sources([str(tmp_path / "a.jsonl")])] == [False, True, False]


@pytest.mark.parametrize("text", [
    "e" + "\u0301" * 50_000 + SENTENCE, "Z\u0351\u036b\u0343" * 3_000 + SENTENCE, "\u202e\u2066" * 5_000 + SENTENCE,
    "\x1b]52;c;aGk=\x07" + SENTENCE,
    "\x1b]8;;http://evil.example\x1b\\click\x1b]8;;\x1b\\ " + SENTENCE, "\x9b31m" + SENTENCE, "\ud800 " + SENTENCE,
])  # fmt: skip
def test_odd_characters_leave_a_page_that_steers_nothing(text: str) -> None:
    page = page_from_text(text, html=False, title="\x1b[2J\u202etitle")
    assert SENTENCE in page.text and not STEERING.search(page.text + (page.title or "").replace("\n", ""))


@pytest.mark.parametrize(
    "text", ["9" * 5_000 + " years ago", "in " + "1" * 5_000, "on 99999-99-99", "99999999 weeks ago", "3/99/20000", "32 May 2021"]
)
def test_numbers_and_days_beyond_reason_are_no_days(text: str) -> None:
    for expression in find_expressions(text):
        value_of(expression, Reference())


@pytest.mark.parametrize("host", [
    "127.1", "2130706433", "0x7f000001", "0177.0.0.1", "0.0.0.0", "[::]", "[::1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]",
    "169.254.169.254", "[fe80::1]",
    "[fc00::1]", "10.0.0.1", "192.168.0.1", "172.16.0.1", "100.64.0.1", "[64:ff9b::a00:1]", "[2002:a00:1::]",
])  # fmt: skip
def test_private_addresses_are_refused_in_every_spelling(host: str) -> None:
    with pytest.raises(SourceRefused):
        fetch(f"http://{host}/")


def test_a_name_that_changes_its_meaning_is_connected_to_where_it_was_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    from attache.page import address

    answers, connected = iter(["93.184.216.34", "127.0.0.1"]), []
    monkeypatch.setattr(address.socket, "getaddrinfo", lambda *a, **k: [(2, 1, 6, "", (next(answers), 80))])

    def connect(where: tuple[str, int], timeout: float) -> object:
        connected.append(where[0])
        raise OSError("no network here")

    monkeypatch.setattr(address.socket, "create_connection", connect)
    with pytest.raises(SourceError):
        fetch("http://rebound.example/")
    assert connected == ["93.184.216.34"]


def test_a_cell_is_no_formula() -> None:
    out = io.StringIO()
    write_rows(out, [{"words": text} for text in ("=1+1", "+1", "-1", "@A", "\t=1", "\r=1", "plain")], "csv")
    assert not re.search(r'(?m)^"?[=+\-@\t\r]', out.getvalue())


def test_a_kept_page_does_not_unpack_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("attache.record.packing.MAX_KEPT", 1_000)
    with pytest.raises(AttacheError, match="unpacks to more"):
        unpacked(packed(b"a" * 10_000), "zlib")
    with pytest.raises(AttacheError, match="cut short"):
        unpacked(packed(b"abcdefgh")[:-3], "zlib")


@pytest.mark.parametrize("version", ["0000", "", "00005", "x"])
def test_a_record_of_no_known_version_is_told(tmp_path: Path, version: str) -> None:
    place = tmp_path / "r.db"
    open_record(place).close()
    with sqlite3.connect(place) as database:
        database.execute("UPDATE alembic_version SET version_num = ?", (version,))
    with pytest.raises(UsageError, match=re.escape(str(place))):
        open_record(place, create=False)


def test_runs_of_marks_cost_no_more_than_their_length() -> None:
    """Three expressions of the doubt room looked at a run of marks or letters anew from each of its characters."""
    from attache.doubt.garbled import BROKEN
    from attache.doubt.passages import LAST_WORD, STOP

    def cost(size: int) -> float:
        began = time.process_time()
        for text in ("." * size + "\x00", "a" * size + "\x00"):
            assert not any(pattern.search(text) for pattern in (STOP, LAST_WORD, BROKEN))
        return time.process_time() - began

    # Quadratic, the longer would take minutes and not a part of a second.
    assert cost(400_000) < 20


def test_what_stands_thousands_of_times_is_looked_at_once_each() -> None:
    """Each date looked at all the text before it, each expression at all those taken, and a run of stops was read from each stop."""
    from attache.doubt.persons_within import _apart
    from attache.doubt.stated import stated_dates
    from attache.story.sentences import sentences_of

    began = time.process_time()
    assert len(stated_dates("on 3 May 1999, " * 20_000)) == 20_000
    assert len(find_expressions("on 3 May 1999, " * 4_000)) == 4_000
    assert len(sentences_of("." * 200_000 + " End. Next.")) == 3
    assert not list(_apart([(45 + n % 2, n, n + 2) for n in range(50_000)]))
    # Quadratic, these would take minutes.
    assert time.process_time() - began < 30


def test_a_pronoun_looks_back_through_no_more_than_the_last_events() -> None:
    from spacy.tokens import Doc
    from spacy.vocab import Vocab

    from attache.dossier import Event
    from attache.reading import Reading
    from attache.what.numbers import Numbers

    numbers = Numbers(Doc(Vocab()), Reading(), lambda token: None)
    numbers.events = [Event.model_construct(id=f"e{n}") for n in range(5_000)]
    back = [event.id for event in numbers.recent()]
    assert (back[0], len(back)) == ("e4999", 200)
