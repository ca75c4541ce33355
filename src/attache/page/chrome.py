"""Tells a page's text from what stands around it.

Wording alone decides for phrases that no text uses. Words that a text may use too count only at the edges: above the first
paragraph, below the last, or beside other residue. A line that ends as a sentence is text unless its wording is a known phrase, and
single words with a full stop always are: damaged pages have them, and they are findings, not residue.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from attache.dossier import Residue, ResidueKind, Span
from attache.page.aligned import Aligned, Builder, same_characters
from attache.page.lines import Line, lines_of
from attache.page.phrases import folded

_MAX_TITLE = 200
_MENU_RUN = 3
_MENU_WORDS = 3
_MENU_LENGTH = 30
_MAX_LINK = 140
_SITE_SUFFIX = re.compile(r"\s+[-|–—»·:]\s+")
_SAYS = re.compile(r"[^.]{1,60} (?:says|said|wrote|on)\b[^.]{0,60}:")


@dataclass
class Cleaned:
    """A page without its residue. ``headings`` are spans of the clean text, the title's first if it stands there."""

    clean: Aligned
    title: str | None = None
    headings: list[tuple[int, int]] = field(default_factory=list)
    residue: list[Residue] = field(default_factory=list)


def without_chrome(page: Aligned, source: str, title: str | None = None) -> Cleaned:
    """The clean text of a normalised page and what was taken off it; ``title`` where metadata states one."""
    lines = lines_of(page)
    first, last = _body(lines)
    chosen = _title(lines, first, title)
    _mark_titles(lines, chosen, title)
    _mark_menus(lines, chosen, first, last)
    _mark_weak(lines, chosen, first, last)
    _mark_lists(lines, last)
    return _assembled(lines, chosen, source, title)


def _body(lines: list[Line]) -> tuple[int, int]:
    """The indices of the first and the last paragraph; both -1 and the end where there is none."""
    body = [i for i, line in enumerate(lines) if line.kind is None and line.is_body]
    return (body[0], body[-1]) if body else (len(lines), -1)


def _title(lines: list[Line], first: int, stated: str | None) -> int | None:
    """The line that is the title: what metadata states, else the first line that comes twice, else the first that is like one."""
    above = lines[: first + 1]
    top = [i for i, line in enumerate(above) if len(line.text) <= _MAX_TITLE and not (line.certain and line.words < 4)]
    keys = Counter(folded(line.text) for line in lines if len(line.text) <= _MAX_TITLE)
    if stated:
        return next((i for i in top if folded(lines[i].text) == folded(stated)), None)
    for i in top:
        if keys[folded(lines[i].text)] > 1 and lines[i].words > 1 and not lines[i].certain:
            return i
    # "Title | Site" above "Title": the shorter is the title.
    parts = {folded(part) for i in top for part in _SITE_SUFFIX.split(lines[i].text)[:-1] if len(part) > 12}
    for i in top:
        if folded(lines[i].text) in parts and lines[i].kind is None:
            return i
    plain = [i for i in top if i < first and lines[i].kind is None and not lines[i].text.endswith((".", ",", ";"))]
    return next((i for i in plain if lines[i].words >= 4), plain[0] if plain and not _menu_run(lines, plain[0]) else None)


def _menu_run(lines: list[Line], at: int) -> bool:
    return at + _MENU_RUN <= len(lines) and all(_is_menu(line) for line in lines[at : at + _MENU_RUN])


def _is_menu(line: Line) -> bool:
    """A short fragment in title case, as sites have in their menus."""
    if len(line.text) > _MENU_LENGTH or line.words > _MENU_WORDS or not line.text[-1].isalnum():
        return False
    return all(word[0].isupper() or not word[0].isalpha() or len(word) <= 3 for word in line.text.split())


def _mark_titles(lines: list[Line], chosen: int | None, stated: str | None) -> None:
    """Marks every other copy of the title, with or without the site's name."""
    if chosen is None and not stated:
        return
    title = folded(lines[chosen].text if chosen is not None else stated or "")
    if chosen is not None:
        lines[chosen].kind = None
    for i, line in enumerate(lines):
        if i == chosen or len(line.text) > 2 * _MAX_TITLE or len(title) < 3:
            continue
        key = folded(line.text)
        pieces = [folded(p) for p in _SITE_SUFFIX.split(line.text)] if not line.closes else []
        if key == title or (len(pieces) > 1 and title in (pieces[0], pieces[-1]) and len(title) > 12):
            line.kind, line.weak, line.certain, line.opens = "repeated-title", False, True, False


def _mark_menus(lines: list[Line], chosen: int | None, first: int, last: int) -> None:
    """Marks runs of menu entries above and below the text."""
    run: list[Line] = []
    for i, line in enumerate(lines):
        at_edge = i != chosen and (i < first or i > last)
        if at_edge and _is_menu(line) and (line.kind is None or line.weak):
            run.append(line)
            continue
        if at_edge and line.kind is not None and not line.weak:
            continue
        _close_run(run)
        run = []
    _close_run(run)


def _close_run(run: list[Line]) -> None:
    if len(run) >= _MENU_RUN:
        for line in run:
            line.kind, line.weak, line.certain = line.kind or "navigation", False, True


def _mark_weak(lines: list[Line], chosen: int | None, first: int, last: int) -> None:
    """Decides on the wordings that are residue only at the edges or beside residue."""
    for i, line in enumerate(lines):
        if not line.weak:
            continue
        beside = any(0 <= j < len(lines) and lines[j].kind is not None and not lines[j].weak for j in (i - 1, i + 1))
        after_title = chosen is not None and i == chosen + 1
        line.weak = False
        if i == chosen or not (i < first or i > last or beside or after_title):
            line.kind = None


def _mark_lists(lines: list[Line], last: int) -> None:
    """Marks the titles listed under such headings as "Related posts", and comments, once the text is over."""
    opened = commented = False
    for line in lines[last + 1 :]:
        if line.kind is not None:
            opened = opened or line.opens
        elif _SAYS.fullmatch(line.text):
            line.kind, commented = "comment-form", True
        elif (opened and last >= 0 and not line.closes and line.words > 1 and len(line.text) <= _MAX_LINK) or commented:
            line.kind = "navigation" if not commented else "comment-form"


def _assembled(lines: list[Line], chosen: int | None, source: str, stated: str | None) -> Cleaned:
    built = Builder()
    result = Cleaned(Aligned("", ()), lines[chosen].text if chosen is not None else stated)
    texts = [i for i, line in enumerate(lines) if line.kind is None]
    for i, line in enumerate(lines):
        if line.kind is not None:
            result.residue.append(residue(line.kind, line.part, source))
            continue
        if len(built):
            built.add("\n\n")
        start = len(built)
        built.keep(line.text, line.part.origins)
        if i == chosen or _is_heading(line, i, texts):
            result.headings.append((start, len(built)))
    result.clean = built.done()
    return result


def _is_heading(line: Line, at: int, texts: list[int]) -> bool:
    """A short line that is no sentence, with text below it."""
    if line.words > 12 or line.words < 2 or not (line.text[0].isupper() or line.text[0].isdigit()) or at == texts[-1]:
        return False
    return line.text[-1].isalnum() or line.text[-1] == "?"


def residue(kind: ResidueKind, part: Aligned, source: str) -> Residue:
    """A piece of residue with the way back to its place."""
    found = same_characters(part, 0, len(part.text), source)
    return Residue(kind=kind, text=part.text, raw=Span(start=found[0], end=found[1]) if found else None)
