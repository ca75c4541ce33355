"""The views: everything shown, nothing of a page let loose."""

from __future__ import annotations

import io
import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from sample_dossier import TEXT, sample

from attache.dossier import Dossier
from attache.errors import SourceMissing
from attache.show import writer
from attache.show.html import document
from attache.show.marks import pieces
from attache.show.rows import write_rows
from attache.show.safe import console, printable
from attache.show.terminal import show


def shown(dossier: Dossier, width: int = 120) -> str:
    out = io.StringIO()
    show(console(out, width), dossier)
    return out.getvalue()


def test_pieces_join_to_the_text() -> None:
    assert "".join(p.text for p in pieces(sample())) == TEXT


def test_pieces_carry_what_covers_them() -> None:
    found = {p.text: p for p in pieces(sample())}
    assert found["Petr Novack"].repaired == "Petr Novák"
    assert found["Petr Novack"].closing == (1,)
    assert found["met"].trigger and found["met"].opening == (0,)
    assert found["Monday"].time and found["Prague"].place


def test_spans_outside_the_text_are_not_painted() -> None:
    dossier = sample()
    dossier.actors[0].mentions[0].span.end = 10_000
    assert "".join(p.text for p in pieces(dossier)) == TEXT


def test_terminal_tells_all() -> None:
    text = shown(sample())
    for part in ("A <visit>", "page.txt", "about 2021-03-23", "70%", "Petr Novack → Petr Novák", "Minister of Windows", "meet", "Prague",
                 "Petr Novák held the office from 2020", "an orphan word", "1 piece of residue"):  # fmt: skip
        assert part in text, part
    assert "\x1b" not in text, "no colour where no terminal is"


@pytest.mark.parametrize("width", [40, 60, 80, 200])
def test_terminal_keeps_to_its_width(width: int) -> None:
    assert max(map(len, shown(sample(), width).splitlines())) <= width


def test_escape_sequences_do_not_reach_the_terminal() -> None:
    dossier = sample(title="\x1b]0;owned\x07 \x9b31m")
    dossier.source.uri = "a\x1b[2J.txt"
    dossier.findings[0].message = "see \x1b[31mred\u202e"
    text = shown(dossier)
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202e]", text)


def test_printable_keeps_offsets() -> None:
    assert printable("a\x1bb\n\tc") == "a�b\n\tc"


class Audit(HTMLParser):
    """Collects ids, inner links, tags, and what is not closed."""

    def __init__(self) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.tags: set[str] = set()
        self.stack: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        named = dict(attributes)
        self.ids += [named["id"] or ""] if "id" in named else []
        self.links += [named["href"] or ""] if "href" in named else []
        if tag not in ("meta", "br"):
            self.stack.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.stack.pop() == tag


def audit(html: str) -> Audit:
    found = Audit()
    found.feed(html)
    assert not found.stack
    return found


def test_html_is_whole_and_its_links_lead_somewhere() -> None:
    found = audit(document([sample(), sample(uri="other.txt")]))
    assert len(found.ids) == len(set(found.ids))
    assert {link.removeprefix("#") for link in found.links} <= set(found.ids)
    assert not found.tags & {"script", "img", "link", "iframe", "form", "b"}


def test_html_escapes_the_page() -> None:
    evil = "<script>alert(1)</script>\"'&</style>"
    dossier = sample(title=evil, uri=evil)
    dossier.actors[0].name = dossier.findings[0].message = dossier.residue[0].text = evil
    dossier.findings[1].grounds = dossier.findings[1].grounds + [evil]
    html = document([dossier])
    assert "<script" not in html and html.count("</style>") == 1
    audit(html)


def test_html_says_its_policy_and_language() -> None:
    html = document([sample()])
    assert "default-src 'none'" in html and '<html lang="en">' in html
    assert "http" not in html.replace("http-equiv", ""), "nothing is fetched from elsewhere"


def test_html_lights_up_an_events_words() -> None:
    html = document([sample()])
    assert 'href="#p1-at-e0"' in html and "article:has(#p1-at-e0:target) mark.p1-e0" in html


def test_json_gives_a_line_a_page_and_errors_only_for_lines_of_a_batch() -> None:
    out = io.StringIO()
    with writer("json", out) as json_out:
        json_out.dossier(sample())
        json_out.failure(SourceMissing("gone.txt: no such file"))
    lines = out.getvalue().splitlines()
    assert Dossier.model_validate_json(lines[0]) == sample()
    assert len(lines) == 1


def test_html_is_written_even_where_the_run_breaks_off() -> None:
    out = io.StringIO()
    with pytest.raises(KeyboardInterrupt), writer("html", out) as html_out:
        html_out.dossier(sample())
        raise KeyboardInterrupt
    audit(out.getvalue())


def test_rows_in_csv_cannot_be_formulas() -> None:
    out = io.StringIO()
    write_rows(out, [{"who": "=HYPERLINK(1)", "whom": None}], "csv")
    assert out.getvalue() == "who,whom\n'=HYPERLINK(1),\n"


def test_rows_in_json_keep_null() -> None:
    out = io.StringIO()
    write_rows(out, [{"who": "Novák", "whom": None}], "json")
    assert json.loads(out.getvalue()) == {"who": "Novák", "whom": None}


def test_published_schema_is_the_models() -> None:
    published = json.loads((Path(__file__).parent.parent / "docs" / "dossier.schema.json").read_text("utf-8"))
    assert published == Dossier.model_json_schema(), "run: python -m attache.show.schema > docs/dossier.schema.json"
