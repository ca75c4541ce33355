"""The desk's pages as HTML; everything that comes from a record is escaped."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from urllib.parse import urlencode

from attache.dossier import Dossier
from attache.record import PageRow
from attache.show.html import document, frame
from attache.show.safe import printable

PER_PAGE = 100
_LIST_CSS = """
table { border-collapse: collapse; font: .92rem/1.4 system-ui, sans-serif; width: 100%; }
th, td { text-align: left; padding: .4rem .8rem .4rem 0; border-bottom: 1px solid var(--line); overflow-wrap: anywhere; }
td.number, th.number { text-align: right; }
"""


def page_list(rows: Sequence[PageRow], offset: int) -> str:
    """The pages of the record, newest first."""
    body = "".join(map(_row, rows)) or '<tr><td colspan="5">No pages here. File some with: attache ingest SOURCE…</td></tr>'
    counts = "".join(f"<th class=number>{name}</th>" for name in ("reliability", "events", "doubts"))
    head = f"<tr><th>day</th><th>page</th>{counts}</tr>"
    return frame("The desk", f'<main id="main"><h1>Pages</h1><table>{head}{body}</table>{_turn(len(rows), offset)}</main>', _LIST_CSS)


def reading_view(dossier: Dossier) -> str:
    """One page, annotated."""
    return document([dossier], crumb='<nav aria-label="Back"><a href="/">All pages</a></nav>')


def problem(status: int, message: str) -> str:
    """An error, with the way back."""
    body = f'<main id="main"><h1>{status}</h1><p>{escape(message)} <a href="/">All pages</a></p></main>'
    return frame(str(status), body)


def _row(row: PageRow) -> str:
    title, uri = (escape(printable(text), quote=True) for text in (row.title or "(no title)", row.uri))
    return (
        f"<tr><td>{escape(row.day or 'unknown')}</td>"
        f'<td><a href="/page/{escape(row.sha256, quote=True)}">{title}</a><br><span class="soft">{uri}</span></td>'
        f"<td class=number>{row.reliability:.0%}</td><td class=number>{row.events}</td><td class=number>{row.findings}</td></tr>"
    )


def _turn(shown: int, offset: int) -> str:
    earlier = f'<a href="/?{urlencode({"from": max(0, offset - PER_PAGE)})}">newer</a> ' if offset else ""
    later = f'<a href="/?{urlencode({"from": offset + PER_PAGE})}">older</a>' if shown == PER_PAGE else ""
    return f"<p>{earlier}{later}</p>" if earlier or later else ""
