"""The article of an HTML page through trafilatura, with its metadata; what stands around it as residue."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from attache.dossier import Residue, Span
from attache.errors import SourceTooLarge, SourceUnreadable
from attache.page.aligned import Aligned, Builder
from attache.page.chrome import Cleaned, residue, without_chrome
from attache.page.limits import MAX_HTML, MAX_RESIDUE, MAX_RESIDUE_TEXT
from attache.page.markup import Finder, blocks
from attache.page.mend import in_one_line, mended, normalised
from attache.page.page import Stated
from attache.page.phrases import folded, phrases
from attache.page.published import stated_day

_MAX_DEPTH = 2_000
_TAG = re.compile(r"<(/?)([a-zA-Z]{1,20})\b[^<>]{0,5000}?(/?)>")
_NEVER_CLOSED = frozenset("area base br col embed hr img input li link meta p param source td th tr track wbr option dt dd".split())


def article(raw: str, uri: str, title: str | None) -> tuple[Cleaned, Stated, int]:
    """The clean article, what the metadata states, and how many lines had mojibake mended."""
    if len(raw) > MAX_HTML:
        raise SourceTooLarge(f"{uri}: {len(raw):,} characters of HTML, the limit is {MAX_HTML:,}")
    _refuse_depth(raw, uri)
    visible = blocks(raw)
    found = _extracted(raw, uri)
    finder = Finder(visible)
    built = Builder()
    paragraphs = [p.strip() for p in (found.text or "").split("\n")] if found is not None else []
    for paragraph in filter(None, paragraphs):
        if len(built):
            built.add("\n\n")
        finder.place(paragraph, built)
    meta = _metadata(found)
    if not len(built):
        return _without_article(visible, raw, title or meta.title, meta)
    text, changed = mended(normalised(built.done()))
    cleaned = without_chrome(text, raw, title or meta.title)
    cleaned.residue += _around(visible, finder.used, raw, title or meta.title)
    return cleaned, meta, changed


def _refuse_depth(raw: str, uri: str) -> None:
    """Raises where elements are nested deeper than any page and than the parsers' stacks."""
    depth = 0
    for match in _TAG.finditer(raw):
        closing, name, closed = match.groups()
        if name.casefold() in _NEVER_CLOSED or closed:
            continue
        depth = max(0, depth - 1) if closing else depth + 1
        if depth > _MAX_DEPTH:
            raise SourceUnreadable(f"{uri}: its HTML is nested more than {_MAX_DEPTH:,} deep; save the page as text")


def _extracted(raw: str, uri: str) -> Any:
    """trafilatura's document, None where it finds no article."""
    from trafilatura import bare_extraction

    # No extensive search: htmldate would then take any date on the page, and a date that nobody states is a guess.
    dates = {"original_date": True, "extensive_search": False, "max_date": date.today().isoformat()}
    try:
        return bare_extraction(raw, with_metadata=True, include_comments=False, include_tables=True, favor_precision=True,
                               date_extraction_params=dates)  # fmt: skip
    except (RecursionError, ValueError, TypeError, AttributeError, KeyError, IndexError, AssertionError) as error:
        raise SourceUnreadable(f"{uri}: its HTML cannot be read ({type(error).__name__}); save the page as text") from error


def _metadata(found: Any) -> Stated:
    if found is None:
        return Stated()
    return Stated(title=_line(found.title), published=stated_day(found.date or ""), author=_line(found.author), site=_line(found.sitename))


def _line(text: str | None) -> str | None:
    return in_one_line(text) or None if text else None


def _without_article(visible: list[Aligned], raw: str, title: str | None, meta: Stated) -> tuple[Cleaned, Stated, int]:
    """All visible text, cleaned as plain text is: short pages, and those with too little to look like an article."""
    built = Builder()
    for block in visible:
        if len(built):
            built.add("\n\n")
        built.keep(block.text, block.origins)
    text, changed = mended(normalised(built.done()))
    return without_chrome(text, raw, title), meta, changed


def _around(visible: list[Aligned], used: set[int], raw: str, title: str | None) -> list[Residue]:
    """The blocks that are not part of the article, judged by their wording; a bounded number."""
    found: list[Residue] = []
    table = phrases()
    for number, block in enumerate(visible):
        if number in used:
            continue
        if len(found) == MAX_RESIDUE:
            break
        part = normalised(block).stripped()
        if not part.text:
            continue
        if title and folded(part.text) == folded(title):
            found.append(residue("repeated-title", part, raw))
            continue
        verdict = table.judge(part.text)
        piece = residue(verdict.kind if verdict else "other", part, raw)
        if len(piece.text) > MAX_RESIDUE_TEXT:
            cut = piece.raw
            place = Span(start=cut.start, end=cut.start + MAX_RESIDUE_TEXT) if cut else None
            piece = Residue(kind=piece.kind, text=piece.text[:MAX_RESIDUE_TEXT], raw=place)
        found.append(piece)
    return found
