"""The page room: what is taken off a page, what stays, and the way back to the source."""

from __future__ import annotations

import gzip
import io
import json
import re
import socket
import threading
from collections import Counter
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from attache.errors import (
    DataError,
    SourceEmpty,
    SourceError,
    SourceMissing,
    SourceRefused,
    SourceTooLarge,
    SourceUnreadable,
)  # fmt: skip
from attache.page import Page, clean_text, language_of, limits, looks_english, open_sources, page_from_bytes, page_from_text, read_source
from attache.page.address import is_public
from attache.page.phrases import _built, phrases

SHARED = Path(__file__).parents[1] / ".." / "shared" / "data"
TITLE = "Ministers seek way out of the grain dispute"
BODY = [
    "TALLINN (Reuters) – The foreign ministers of the three Baltic states met on Tuesday to look for a way out of the grain dispute.",
    "“We will not close the border,” the Estonian minister said. Lanterns.",
    "Share prices in Riga fell after the talks, and the ministers will continue reading the draft in June.",
    "By Friday both sides want to have a paper on the table. Leave was cancelled for the customs officers.",
    "Comments by the minister were not well received in Minsk, whose envoy left the room.",
]  # fmt: skip


def page(*parts: str) -> str:
    return "\n\n".join(parts)


# Name, the page, and its residue as (kind, text); everything else is text. {T} is the title, {B} the body.
VARIANTS: dict[str, tuple[str, list[tuple[str, str]]]] = {
    "bare": ("{T}\n\n{B}", []),
    "title twice": ("{T}\n\n{T}\n\n{B}", [("repeated-title", "{T}")]),
    "title with the site": ("{T}\n\n{T} | The Baltic Post\n\n{B}", [("repeated-title", "{T} | The Baltic Post")]),
    "site title first": ("{T} | The Baltic Post\n\n{T}\n\n{B}", [("repeated-title", "{T} | The Baltic Post")]),
    "title at the end": ("{T}\n\n{B}\n\n{T}", [("repeated-title", "{T}")]),
    "comment form": (
        "{T}\n\n{B}\n\nLeave a Reply Cancel reply\n\nYour email address will not be published. Required fields are marked *\n\nComment *\n"
        "Name *\nEmail *\nWebsite\n\nSave my name, email, and website in this browser for the next time I comment.\n"
        "Notify me of follow-up comments by email.\nPost Comment",
        [("comment-form", t) for t in (
            "Leave a Reply Cancel reply", "Your email address will not be published. Required fields are marked *", "Comment *",
            "Name *", "Email *", "Website", "Save my name, email, and website in this browser for the next time I comment.",
            "Notify me of follow-up comments by email.", "Post Comment")],
    ),
    "navigation at the end": (
        "{T}\n\n{B}\n\nPrevious Post\nNext Post\n\nYou may also like\nStorm closes Riga harbour\nHow to cook a herring\nMore news",
        [("navigation", t) for t in (
            "Previous Post", "Next Post", "You may also like", "Storm closes Riga harbour", "How to cook a herring", "More news")],
    ),
    "menu at the top": (
        "Skip to content\nHome\nWorld\nPolitics\nArts & Letters\nContact\n\n{T}\n\n{B}",
        [("navigation", t) for t in ("Skip to content", "Home", "World", "Politics", "Arts & Letters", "Contact")],
    ),
    "menu in one line": ("Home | World | Politics | Sport\n{T}\n{B}", [("navigation", "Home | World | Politics | Sport")]),
    "breadcrumb": ("Home » World » Baltic\n\n{T}\n\n{B}", [("navigation", "Home » World » Baltic")]),
    "sharing": (
        "{T}\n\nShare this:\nFacebook Twitter Email\n\n{B}\n\nClick to share on WhatsApp (Opens in new window)\n9 Shares",
        [("sharing", t) for t in (
            "Share this:", "Facebook Twitter Email", "Click to share on WhatsApp (Opens in new window)", "9 Shares")],
    ),
    "tags": (
        "{T}\n\n{B}\n\nFiled under: Europe, Trade\nTags: grain, Baltic\nCategories",
        [("tags", "Filed under: Europe, Trade"), ("tags", "Tags: grain, Baltic"), ("tags", "Categories")],
    ),
    "placeholders": (
        "{T}\n\n{B}\n\nLoading...\n\n%d bloggers like this:", [("placeholder", "Loading..."), ("placeholder", "%d bloggers like this:")]
    ),
    "bylines": (
        "{T}\n\nBy Anna Kask and Jonas Petraitis\nPosted on March 9, 2021 at 5:04 pm\n\n{B}\n\n(Reporting by Anna Kask; Editing by T. Ets)",
        [("byline", t) for t in (
            "By Anna Kask and Jonas Petraitis", "Posted on March 9, 2021 at 5:04 pm", "(Reporting by Anna Kask; Editing by T. Ets)")],
    ),
    "cookies": (
        "This website uses cookies to improve your experience.\nAccept All\n\n{T}\n\n{B}",
        [("cookie-notice", "This website uses cookies to improve your experience."), ("cookie-notice", "Accept All")],
    ),
    "advertisement in the middle": (
        "{T}\n\n{B0}\n\nAdvertisement\n\n{B1}\n\nStory continues below\n\n{B2}\n\n{B3}\n\n{B4}\n\nSubscribe to our newsletter",
        [("advertisement", t) for t in ("Advertisement", "Story continues below", "Subscribe to our newsletter")],
    ),
    "also read in the middle": (
        "{T}\n\n{B0}\n\nAlso read: Storm closes Riga harbour\n\n{B1}\n\n{B2}\n\n{B3}\n\n{B4}",
        [("navigation", "Also read: Storm closes Riga harbour")],
    ),
    "captions": (
        "{T}\n\nPhoto: Reuters\n\n{B}\n\nImage credit: Anna Kask\n\nThe border at Narva (Photo by Anna Kask/Getty Images)",
        [("caption", t) for t in ("Photo: Reuters", "Image credit: Anna Kask", "The border at Narva (Photo by Anna Kask/Getty Images)")],
    ),
    "copyright and counts": (
        "{T}\n\n1,234 views\n3 min read\n\n{B}\n\n© 2021 The Baltic Post. All rights reserved.\n5 Comments",
        [("other", "1,234 views"), ("other", "3 min read"), ("other", "© 2021 The Baltic Post. All rights reserved."),
         ("comment-form", "5 Comments")],
    ),
    "one newline between": ("{T}\n{T}\n{C}\nmore news\nLeave a Reply", [
        ("repeated-title", "{T}"), ("navigation", "more news"), ("comment-form", "Leave a Reply")]),
    "clinging to the last paragraph": (
        "{T}\n\n{B} %d bloggers like this:", [("placeholder", "%d bloggers like this:")]
    ),
    "windows line ends": ("{T}\r\n\r\n{T}\r\n\r\n{B}\r\n\r\nLeave a Reply", [("repeated-title", "{T}"), ("comment-form", "Leave a Reply")]),
}  # fmt: skip


def filled(text: str) -> str:
    named = {f"{{B{i}}}": part for i, part in enumerate(BODY)}
    named |= {"{T}": TITLE, "{B}": page(*BODY), "{C}": "\n".join(BODY)}
    for name, value in named.items():
        text = text.replace(name, value)
    return text


@pytest.mark.parametrize("name", VARIANTS)
def test_all_residue_and_none_of_the_text(name: str) -> None:
    source, residue = VARIANTS[name]
    raw = filled(source)
    found = page_from_text(raw, html=False)
    assert found.text == page(TITLE, *BODY)
    assert Counter((r.kind, r.text) for r in found.residue) == Counter((kind, filled(text)) for kind, text in residue)
    assert all(r.raw and raw[r.raw.start : r.raw.end] == r.text for r in found.residue)
    assert found.title == TITLE and found.headings[0] == (0, len(TITLE))
    for match in re.finditer(r"\S+", found.text):
        span = found.raw_span(*match.span())
        assert span and raw[span.start : span.end] == match.group()


@pytest.mark.parametrize("line", [
    "Noodles.", "Showing.", "Comments.", "ANKARA (AP) –", "Share the burden, the minister tells allies", "The ministers signed the tags.",
    "She will share this.", "Read the treaty, the envoy said.", "Back to the table, Minsk says.",
])  # fmt: skip
def test_text_stays_text(line: str) -> None:
    assert line in page_from_text(page(TITLE, BODY[0], line, BODY[2])).text
    assert line in page_from_text(page(TITLE, *BODY, line)).text


def test_bylines_state_day_and_author() -> None:
    found = page_from_text(page(TITLE, "By Anna Kask", "Updated: 11 March 2021", "Published: 9 March 2021", *BODY))
    assert (found.published, found.author) == ("2021-03-09", "Anna Kask")
    assert page_from_text(page(TITLE, "Posted on 03/04/2021", *BODY)).published is None


def test_wrapped_lines_are_joined() -> None:
    wrapped = "The foreign ministers of the three Baltic states met on Tuesday to\nlook for a way out of the dispute that\nlasted long."
    assert wrapped.replace("\n", " ") in clean_text(page(TITLE, wrapped, BODY[1]))


def test_mojibake_is_mended_only_where_certain() -> None:
    broken = "“We will not close the border,” the minister said in Besançon.".encode().decode("cp1252", errors="replace")
    raw = page(TITLE, BODY[0], "The cafÃ© in SÃ£o TomÃ© was closed, they said.", 'President Erdo"an and the envoy Wilmès met in Liège.')
    found = page_from_text(raw)
    assert "The café in São Tomé was closed" in found.text and 'Erdo"an and the envoy Wilmès met in Liège' in found.text
    assert found.notes and found.raw_span(found.text.index("café"), found.text.index("café") + 4) is None
    at = found.text.index("was closed")
    span = found.raw_span(at, at + 10)
    assert span and raw[span.start : span.end] == "was closed"
    assert page_from_text(broken).text


def test_hostile_characters_are_taken_out() -> None:
    raw = "\ufeff" + TITLE + "\n\n" + "\x1b[31mThe \x00min\u200bisters\u00a0met\x1b]0;evil\x07 on Tuesday in Riga\u202e and talked."
    raw += "\r\nIt went well."
    found = page_from_text(raw)
    assert "The ministers met on Tuesday in Riga and talked." in found.text
    assert not re.search("[\x00-\x09\x0b-\x1f\u200b\u202e]", found.text)
    assert found.raw_span(found.text.index("talked"), found.text.index("talked") + 6)


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_encodings(codec: str) -> None:
    text = page(TITLE, *BODY, "The envoy Wilmès called it “a naïve plan” in Liège.")
    assert page_from_bytes(text.encode(codec), "p.txt").text == text


def test_declared_encoding() -> None:
    head = "<html><head><meta charset='iso-8859-2'><title>x</title></head>"
    html = f"{head}<body><p>{BODY[2]}</p><p>Złoty spadł po rozmowach.</p></body></html>"
    assert "Złoty spadł" in page_from_bytes(html.encode("iso-8859-2"), "p.html").text


@pytest.mark.parametrize("data", [
    b"%PDF-1.7\n%\xe2\xe3", b"\x89PNG\r\n\x1a\n\x00\x00", b"PK\x03\x04\x14\x00", bytes(range(256)) * 20, b"\x1f\x8bbroken",
])  # fmt: skip
def test_not_text(data: bytes) -> None:
    with pytest.raises(SourceUnreadable, match="^p.txt: "):
        page_from_bytes(data, "p.txt")


HTML = """<!doctype html><html><head><title>{title} - The Baltic Post</title><meta property="og:title" content="{title}">
<meta property="article:published_time" content="2021-03-09T10:00:00Z"><meta name="author" content="Anna Kask">
<meta property="og:site_name" content="The Baltic Post"></head><body><nav><ul><li>Home</li><li>World</li></ul></nav>
<article><h1>{title}</h1>{body}</article><aside><h3>You may also like</h3><a href="/x">Storm closes Riga harbour</a></aside>
<footer>&copy; 2021 The Baltic Post. All rights reserved.</footer></body></html>"""


def html_page() -> str:
    return HTML.format(title=TITLE, body="".join(f"<p>{part.replace('–', '&ndash;')}</p>\n" for part in BODY))


def test_html() -> None:
    found = page_from_text(html_page())
    assert (found.title, found.published, found.author, found.site) == (TITLE, "2021-03-09", "Anna Kask", "The Baltic Post")
    assert all(part in found.text for part in BODY) and "Storm" not in found.text
    assert {"navigation", "other"} <= {r.kind for r in found.residue}
    at = found.text.index("Estonian minister")
    span = found.raw_span(at, at + 17)
    assert span and found.raw[span.start : span.end] == "Estonian minister"
    assert found.raw_span(found.text.index("–"), found.text.index("–") + 1) is None


@pytest.mark.parametrize("markup", [
    "<div>" * 100_000 + BODY[0], "<" * 50_000, "<a " * 50_000, "<!--" * 50_000, "&amp" * 50_000, "<html><b>" * 1500 + BODY[0] + "</b>",
    "<html><script>" * 3000, "<p>&#x110000;&#0;&#xd800; Riga talks failed.</p>",
])  # fmt: skip
def test_hostile_html_ends_soon(markup: str) -> None:
    try:
        page_from_text(markup, html=True)
    except SourceError as error:
        assert "\n" not in str(error)


def test_files_and_folders(tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_text(page(TITLE, *BODY))
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "c.html.gz").write_bytes(gzip.compress(html_page().encode()))
    (tmp_path / "a" / "empty.txt").write_text(" \n")
    (tmp_path / "picture.png").write_bytes(b"\x89PNG")
    (tmp_path / "bare").mkdir()
    inputs = [str(tmp_path), str(tmp_path / "missing"), str(tmp_path / "bare"), str(tmp_path / "picture.png"), "ftp://x/y"]
    found = list(open_sources(inputs))
    assert [type(f) for f in found] == [
        Page, SourceEmpty, Page, SourceMissing, SourceEmpty, SourceUnreadable, SourceUnreadable]  # fmt: skip
    for error in found:
        if isinstance(error, SourceError):
            assert str(error).startswith(vars(error)["uri"]) and "\n" not in str(error)


def test_json_lines(tmp_path: Path) -> None:
    path = tmp_path / "pages.jsonl"
    first = {"id": "x1", "text": page(*BODY), "title": TITLE, "date": "2021-03-09T01:02:03Z"}
    rows = [first, "{", {"id": 7, "html": html_page()}, {"id": "e", "text": ""}, [1]]
    path.write_text("\n".join(row if isinstance(row, str) else json.dumps(row) for row in rows) + "\n\n")
    packed = tmp_path / "packed.jsonl.gz"
    packed.write_bytes(gzip.compress(path.read_bytes()))
    for source in (path, packed):
        found = list(open_sources([str(source)]))
        opened, third = found[0], found[2]
        assert isinstance(opened, Page) and isinstance(third, Page)
        assert (opened.title, opened.published, opened.source.uri) == (TITLE, "2021-03-09", f"{source}#x1")
        assert third.source.uri == f"{source}#7"
        assert [vars(f)["uri"].rpartition("#")[2] for f in found if isinstance(f, SourceError)] == ["2", "e", "5"]


def test_too_large(tmp_path: Path) -> None:
    huge = tmp_path / "huge.txt"
    with huge.open("wb") as stream:
        stream.truncate(200_000_000)
    lines = tmp_path / "lines.jsonl"
    with lines.open("wb") as stream:
        stream.truncate(200_000_000)
        stream.seek(0, 2)
        stream.write(b'\n{"text": "The ministers met in Riga on Tuesday."}\n')
    with pytest.raises(SourceTooLarge):
        read_source(str(huge))
    found = list(open_sources([str(lines)]))
    assert [type(f) for f in found] == [SourceTooLarge, Page]
    with pytest.raises(SourceTooLarge):
        page_from_text("word " * (limits.MAX_TEXT // 4))


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(page(TITLE, *BODY).encode())))
    assert read_source("-").title == TITLE


@pytest.fixture
def server() -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if self.path == "/loop":
                self.send_response(302)
                self.send_header("Location", "/loop")
                self.end_headers()
                return
            self.send_response(200 if self.path == "/page" else 404)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(html_page().encode())

        def log_message(self, *args: object) -> None:
            """Silent."""

    running = HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=running.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{running.server_port}"
    running.shutdown()
    running.server_close()


def test_addresses(server: str) -> None:
    found = list(open_sources([f"{server}/page", f"{server}/none", f"{server}/loop"], allow_private=True))
    assert [type(f) for f in found] == [Page, SourceMissing, SourceUnreadable]
    refused = [f"{server}/page", "http://localhost/", "http://[::1]/", "http://169.254.169.254/a", "http://[::ffff:10.0.0.1]/", "http:///x"]
    assert {type(f) for f in open_sources(refused)} == {SourceRefused}


def test_redirect_into_the_private_network_is_refused(server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    names = {"public.example": "93.184.216.34"}
    real = socket.getaddrinfo
    monkeypatch.setattr(socket, "getaddrinfo", lambda host, *a, **k: real(names.get(host, host), *a, **k))
    host, port = server.removeprefix("http://").split(":")
    from attache.page import address

    monkeypatch.setattr(address, "_answer", lambda response, url: server + "/page")
    monkeypatch.setattr(socket, "create_connection", lambda where, timeout: _connected(host, int(port)))
    with pytest.raises(SourceRefused):
        read_source("http://public.example/")


def _connected(host: str, port: int) -> socket.socket:
    plain = socket.socket()
    plain.connect((host, port))
    return plain


@pytest.mark.parametrize(("address", "public"), [
    ("8.8.8.8", True), ("2606:4700::1111", True), ("10.1.2.3", False), ("127.0.0.1", False), ("0.0.0.0", False), ("100.64.0.1", False),
    ("169.254.1.1", False), ("224.0.0.1", False), ("::1", False), ("fe80::1%eth0", False), ("fd00::1", False), ("::ffff:127.0.0.1", False),
    ("64:ff9b::7f00:1", False), ("2002:7f00:1::", False),
])  # fmt: skip
def test_public_addresses(address: str, public: bool) -> None:
    assert is_public(address) is public


def test_languages() -> None:
    assert looks_english(page(*BODY)) and looks_english("Biden. Noodles.")
    german = "Die Außenminister der drei baltischen Staaten haben sich am Dienstag getroffen, um einen Ausweg aus dem Streit zu finden."
    assert language_of(german) == "de" and not looks_english(german)
    assert not looks_english("Министры иностранных дел встретились во вторник в Риге")


def test_shape_of_the_phrase_table() -> None:
    table = phrases()
    assert len(table.lines) > 500 and sum(pattern.pattern.count("|(?:") for _, pattern in table.patterns) > 100 and len(table.words) >= 4
    for hostile in ("a " * 199, "by " * 130, "1 " * 199, "." * 400, "(photo by " * 39, "- " * 199, "tags: " * 60):
        table.judge(hostile)
    for broken in ({"menus": {"lines": ["x"]}}, {"tags": {"phrases": ["x"]}}, {"tags": {"lines": [" "]}}, {"tags": {"patterns": ["("]}}):
        with pytest.raises(DataError):
            _built(broken, "test.toml")


def _shingles(text: str) -> Counter[tuple[str, ...]]:
    words = re.findall(r"\w+", text)
    return Counter(tuple(words[i : i + 4]) for i in range(max(1, len(words) - 3)))


@pytest.mark.skipif(not (SHARED / "pages").is_dir(), reason="the shared data is not there")
def test_real_pages() -> None:
    """The measure of article-extraction-benchmark: shingles of four words."""
    gold = json.loads((SHARED / "pages" / "ground-truth.json").read_text(encoding="utf-8"))
    precision = recall = mapped = 0.0
    for name, entry in gold.items():
        found = read_source(str(SHARED / "pages" / f"{name}.html.gz"))
        ours, theirs = _shingles(found.text), _shingles(entry["articleBody"])
        both = sum((ours & theirs).values())
        precision += both / sum(ours.values()) / len(gold)
        recall += both / sum(theirs.values()) / len(gold)
        words = [m.span() for m in re.finditer(r"\S+", found.text)]
        mapped += sum(found.raw_span(*span) is not None for span in words) / len(words) / len(gold)
    assert 2 * precision * recall / (precision + recall) >= 0.95
    assert mapped >= 0.9


@pytest.mark.skipif(not (SHARED / "dispatches").is_dir(), reason="the shared data is not there")
def test_dispatches() -> None:
    for path in sorted((SHARED / "dispatches").glob("*.txt")):
        gold = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
        assert sorted(r.text for r in read_source(str(path)).residue) == sorted(gold["residue"])


@pytest.mark.skipif(not (SHARED / "copies").is_dir(), reason="the shared data is not there")
def test_chrome_around_copies() -> None:
    """Everything put around 163 articles comes off, and no paragraph goes that reads as a sentence."""
    with gzip.open(SHARED / "copies" / "copies.jsonl.gz", "rt", encoding="utf-8") as stream:
        rows = [json.loads(line) for line in stream]
    originals = {row["story"]: row["text"] for row in rows if row["kind"] == "orig"}
    for row in rows:
        if row["kind"] != "chrome":
            continue
        found = page_from_text(row["text"], html=False)
        around = {"Share this:", "Facebook Twitter Email", "more news", "Leave a Reply", "%d bloggers like this:", "Tags: world, politics"}
        assert around <= {r.text for r in found.residue}
        for line in originals[row["story"]].split("\n"):
            if len(line) > 160 and line.rstrip().endswith((".", "”")):
                assert not any(r.text == line.strip() for r in found.residue), line


@pytest.mark.parametrize(
    ("text", "english"),
    [
        ("Putin met Erdogan in Sochi.", True),
        (
            "NATO Secretary General Jens Stoltenberg met Ukrainian President Volodymyr Zelensky in Brussels on Tuesday, Stoltenberg said.",
            True,
        ),
        ("Le président Emmanuel Macron a rencontré Angela Merkel à Berlin mardi, et les deux dirigeants ont parlé de la Russie.", False),
        ("Bundeskanzlerin Merkel und Präsident Putin trafen sich am Dienstag in Moskau, um über die Ukraine zu sprechen.", False),
    ],
)
def test_a_line_full_of_names_is_english_all_the_same(text: str, english: bool) -> None:
    assert looks_english(text) is english
