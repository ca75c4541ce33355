"""Full-text search over the clean text of pages, with the words found shown in their place."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, text

from attache.errors import UsageError
from attache.knowledge import fold
from attache.record.rows import Hit
from attache.record.slices import Slice

NEWEST = 500
"""Of words that more texts have than this, the newest texts are ranked: ranking a million takes seconds."""
_AROUND = 90
_PART = re.compile(r'(-?)"([^"]*)"|(\S+)')
_WORD = re.compile(r"\w+(?:['’]\w+)?")


@dataclass(frozen=True)
class Query:
    """A search as words and phrases that must be there, and such that must not."""

    wanted: tuple[tuple[str, ...], ...]
    unwanted: tuple[tuple[str, ...], ...] = ()


def parsed(words: str) -> Query:
    """A search as people write it: words, ``"a phrase"``, ``-without``; `UsageError` where no word is wanted."""
    wanted: list[tuple[str, ...]] = []
    unwanted: list[tuple[str, ...]] = []
    for minus, phrase, word in _PART.findall(words):
        negated = bool(minus) or (word.startswith("-") and len(word) > 1)
        parts = tuple(_WORD.findall(phrase or word))
        if parts:
            (unwanted if negated else wanted).append(parts)
    if not wanted:
        raise UsageError(f'{words!r}: nothing to search for; give a word or a "phrase in quotes", -word for without')
    return Query(tuple(wanted), tuple(unwanted))


_SQLITE = """
SELECT p.id AS page, p.uri, p.outlet, p.title, p.day, p.reliability, p.story_id AS story, p.wording_id AS wording, x.text, f.score
FROM (SELECT rowid AS id, -bm25(search, 4.0, 1.0) AS score FROM search WHERE search MATCH :query AND rowid >= :floor
      ORDER BY rank LIMIT :most) f
JOIN texts x ON x.id = f.id JOIN pages p ON p.text_id = f.id
WHERE (:since IS NULL OR p.day >= :since) AND (:until IS NULL OR p.day <= :until) AND (:outlet IS NULL OR p.outlet = :outlet)
ORDER BY f.score DESC, p.day DESC, p.id LIMIT :limit OFFSET :offset
"""
_SQLITE_FLOOR = "SELECT min(id) FROM (SELECT rowid AS id FROM search WHERE search MATCH :query ORDER BY rowid DESC LIMIT :newest)"
_POSTGRES = """
SELECT p.id AS page, p.uri, p.outlet, p.title, p.day, p.reliability, p.story_id AS story, p.wording_id AS wording, x.text, f.score
FROM (SELECT id, ts_rank(search, query) AS score FROM
        (SELECT id, search, query FROM texts, to_tsquery('english', :query) query WHERE search @@ query ORDER BY id DESC LIMIT :newest) n
      ORDER BY score DESC LIMIT :most) f
JOIN texts x ON x.id = f.id JOIN pages p ON p.text_id = f.id
WHERE (CAST(:since AS text) IS NULL OR p.day >= :since) AND (CAST(:until AS text) IS NULL OR p.day <= :until)
  AND (CAST(:outlet AS text) IS NULL OR p.outlet = :outlet)
ORDER BY f.score DESC, p.day DESC NULLS LAST, p.id LIMIT :limit OFFSET :offset
"""


def search(
    connection: Connection, words: str, *, since: str | None, until: str | None, outlet: str | None, limit: int, offset: int
) -> Slice[Hit]:
    """Pages whose text has all the words, best first; the pages of one wording each count."""
    query = parsed(words)
    narrowed = any((since, until, outlet))
    values: dict[str, object] = {
        "since": since, "until": until, "outlet": outlet, "limit": limit + 1, "offset": offset, "newest": NEWEST,
        "most": NEWEST if narrowed else limit + offset + 1,
    }  # fmt: skip
    if connection.dialect.name == "sqlite":
        values["query"] = _fts5(query)
        floor = connection.execute(text(_SQLITE_FLOOR), values).scalar()
        rows = connection.execute(text(_SQLITE), values | {"floor": floor or 0}).all()
    else:
        rows = connection.execute(text(_POSTGRES), values | {"query": _tsquery(query)}).all()
    return Slice(tuple(_hit(row, query) for row in rows[:limit]), limit, offset, len(rows) > limit)


def texts_with(connection: Connection, words: str, most: int) -> list[int] | None:
    """The ids of the texts that have all the words; None where they are more than `most`, or the words tell nothing."""
    terms = tuple((word,) for word in _WORD.findall(words))
    if not terms:
        return None
    if connection.dialect.name == "sqlite":
        query, value = "SELECT rowid FROM search WHERE search MATCH :query LIMIT :most", _fts5(Query(terms))
    else:
        query, value = "SELECT id FROM texts WHERE search @@ to_tsquery('english', :query) LIMIT :most", _tsquery(Query(terms))
    found = list(connection.execute(text(query), {"query": value, "most": most}).scalars())
    return found if len(found) < most else None


def index_text(connection: Connection, text_id: int, plain: str) -> None:
    """Enter a text, folded, into PostgreSQL's index; SQLite's has a trigger for it and folds by itself."""
    if connection.dialect.name == "postgresql":
        # PostgreSQL takes no more than a megabyte of index a text, and no longer words than 2,046 bytes.
        query = text("UPDATE texts SET search = to_tsvector('english', :plain) WHERE id = :id")
        connection.execute(query, {"plain": plain, "id": text_id})


def _fts5(query: Query) -> str:
    def quoted(parts: tuple[str, ...]) -> str:
        return '"' + " ".join(parts).replace('"', "") + '"'

    without = "".join(f" NOT {quoted(parts)}" for parts in query.unwanted)
    return " AND ".join(map(quoted, query.wanted)) + without


def _tsquery(query: Query) -> str:
    def joined(parts: tuple[str, ...]) -> str:
        words = [w for part in parts for w in re.findall(r"\w+", fold(part))]
        return "(" + " <-> ".join(words) + ")" if words else "()"

    terms = [joined(parts) for parts in query.wanted] + ["!" + joined(parts) for parts in query.unwanted]
    return " & ".join(term for term in terms if "()" not in term)


def _hit(row: Row[Any], query: Query) -> Hit:
    spans = tuple(matches(row.text, query))
    return Hit(
        page=row.page, uri=row.uri, outlet=row.outlet, title=row.title, day=row.day, snippet=snippet(row.text, spans), spans=spans,
        score=round(float(row.score), 4), reliability=row.reliability, story=row.story, wording=row.wording,
    )  # fmt: skip


def matches(body: str, query: Query, most: int = 40) -> list[tuple[int, int]]:
    """Where the wanted words stand, by their folded stems: the first `most` places, as code points."""
    stems = {_stem(fold(word)) for parts in query.wanted for word in parts}
    found = []
    for word in _WORD.finditer(body):
        if _stem(fold(word[0])) in stems:
            found.append(word.span())
            if len(found) == most:
                break
    return found


def _stem(word: str) -> str:
    """A coarse stem, for marking only: the database's own stemmer has decided what is found."""
    for ending in ("ing", "ed", "es", "s", "e"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word


def snippet(body: str, spans: tuple[tuple[int, int], ...]) -> str:
    """The stretch of text with the most of the words found, each in brackets; its beginning where none is marked."""
    if not spans:
        return " ".join(body[: 2 * _AROUND].split())
    start = max(spans, key=lambda at: (len({body[a:b].casefold() for a, b in spans if at[0] <= a < at[0] + 2 * _AROUND}), -at[0]))[0]
    first, last = max(0, start - _AROUND // 2), min(len(body), start + 2 * _AROUND)
    parts, at = [], first
    for a, b in spans:
        if a >= first and b <= last:
            parts += [body[at:a], "[", body[a:b], "]"]
            at = b
    shown = " ".join("".join([*parts, body[at:last]]).split())
    return ("… " if first else "") + shown + (" …" if last < len(body) else "")
