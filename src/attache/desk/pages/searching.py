"""Search: names that may be meant, and pages by their words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Query

from attache.desk.asked import Number
from attache.desk.names import Named
from attache.desk.rendering import page
from attache.desk.state import Desk, the_desk
from attache.errors import UsageError
from attache.record import Hit

router = APIRouter()
PER_PAGE = 20


@dataclass(frozen=True)
class Piece:
    """A part of a snippet; `found` where it is one of the words searched for."""

    text: str
    found: bool


@dataclass(frozen=True)
class HitLine:
    """A page found, with its snippet in pieces."""

    hit: Hit
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class Found:
    """Names and pages for some words; `message` says what was wrong with the words."""

    q: str
    names: tuple[Named, ...]
    hits: tuple[HitLine, ...]
    message: str | None
    offset: int
    limit: int
    more: bool


def search(
    q: Annotated[str, Query(description='Words, "a phrase", -without.', max_length=300)] = "",
    since: str | None = None, until: str | None = None, outlet: str | None = None, offset: Number = 0, desk: Desk = Depends(the_desk),
) -> Found:  # fmt: skip
    """Names that may be meant, and pages that have all the words, best first."""
    start = min(max(0, offset or 0), 10_000)
    if not q.strip():
        return Found(q, (), (), None, 0, PER_PAGE, False)
    names = desk.names.complete(q.strip(), 8) if not start else ()
    try:
        found = desk.record.search(q, since=since or None, until=until or None, outlet=outlet or None, limit=PER_PAGE, offset=start)
    except UsageError as error:
        return Found(q, names, (), str(error), start, PER_PAGE, False)
    return Found(q, names, tuple(HitLine(hit, _pieces(hit.snippet)) for hit in found), None, start, PER_PAGE, found.more)


def _pieces(snippet: str) -> tuple[Piece, ...]:
    """The snippet at its brackets; a page's own brackets may mark a word too many, which does no harm."""
    out, found = [], False
    for part in snippet.replace("[", "\0[").replace("]", "\0]").split("\0"):
        mark, text = part[:1], part[1:] if part[:1] in "[]" and part else part
        found = mark == "["
        if text:
            out.append(Piece(text, found))
    return tuple(out)


page(router, "/search", "search.html", search, tag="search")
