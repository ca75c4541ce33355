"""Makes anew what grouping compares texts by, where an older attache made it in another way, and groups the pages of these texts anew.

Texts are taken from the highest number down, and the stories that rest on them are marked in the same transaction. Whoever stops it loses
nothing: the text of the lowest number comes last, so that one look at it tells whether any is left, and a mark stays until its story
has been grouped. Nothing may be filed before, or new pages would miss the copies that they cannot be compared with; asking goes on.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Function, delete, func, insert, select, update

from attache.errors import DataError, RecordError
from attache.record import tables as t
from attache.record.grouping import chunks, keep, stories_of
from attache.record.keeping import dossier
from attache.record.store import shown
from attache.story import Piece
from attache.story.pieces import MADE_BY

TEXTS, STORIES = 200, 50
"""How many are looked at in one transaction."""
MARKED = -1
"""In ``stories.collated``: a story whose pages have to be grouped anew."""


def outdated(connection: Connection) -> bool:
    """Whether grouping cannot compare the texts of the record, because an older attache noted them in another way."""
    s = t.signatures.c
    lowest = connection.execute(select(_beginning()).order_by(s.text_id).limit(1)).scalar()
    return lowest is not None and bytes(lowest) != MADE_BY


def demand_current(connection: Connection, place: str) -> None:
    """A `RecordError` that says what to do, where the record is `outdated`."""
    if outdated(connection):
        name = shown(place)
        raise RecordError(
            f"{name}: an older attache filed it and compared its pages for copies in another way. It can be asked as it is; before pages "
            f"are filed, `attache settle --record {name}` compares them anew"
        )


def renew(connection: Connection, below: int | None = None, batch: int = TEXTS) -> tuple[int, int]:
    """Look at some texts whose numbers are below one (None: at the highest): where to go on, 0 at the end, and how many were made anew."""
    s, x = t.signatures.c, t.texts.c
    query = select(x.id, _beginning().label("made_by")).outerjoin(t.signatures, s.text_id == x.id).order_by(x.id.desc()).limit(batch)
    rows = connection.execute(query if below is None else query.where(x.id < below)).all()
    # A text without a signature had nothing to be compared by; another way to compare may find something.
    old = [row.id for row in rows if row.made_by is None or bytes(row.made_by) != MADE_BY]
    changed = [text for text, rank in _speakers(connection, old).items() if _sign_anew(connection, text, *rank)]
    for some in chunks(changed):
        told = select(t.pages.c.story_id).where(t.pages.c.text_id.in_(some))
        connection.execute(update(t.stories).where(t.stories.c.id.in_(told)).values(collated=MARKED))
    return (rows[-1].id if len(rows) == batch else 0), len(changed)


def regroup(connection: Connection, after: int = 0, batch: int = STORIES) -> tuple[int, int]:
    """Group the pages of some marked stories of numbers after one: where to go on, 0 at the end, and how many stories they were."""
    s, p = t.stories.c, t.pages.c
    marked = list(
        connection.execute(select(s.id).where(s.collated == MARKED, s.id > after).order_by(s.id).limit(batch)).scalars()
    )  # fmt: skip
    texts = sorted(set(connection.execute(select(p.text_id).where(p.story_id.in_(marked))).scalars())) if marked else []
    before, covered, taken = set(marked), set[int](), set[int]()
    for story in stories_of(connection, texts):
        covered.update(story.pages)
        for some in chunks(story.pages):
            before.update(connection.execute(select(p.story_id).where(p.text_id.in_(some), p.story_id.is_not(None))).scalars())
        taken.add(keep(connection, story, taken))
    _let_go(connection, sorted(before | taken), covered)
    for some in chunks(sorted(before - taken)):
        connection.execute(delete(t.stories).where(s.id.in_(some)))
    return (marked[-1] if len(marked) == batch else 0), len(marked)


def _let_go(connection: Connection, stories: Sequence[int], covered: set[int]) -> None:
    """Take pages out of stories whose other pages were grouped without them; the next grouping looks at them as at new ones."""
    p = t.pages.c
    for some in chunks(stories):
        rows = connection.execute(select(p.id, p.text_id).where(p.story_id.in_(some)))
        for left in chunks([row.id for row in rows if row.text_id not in covered]):
            connection.execute(update(t.pages).where(p.id.in_(left)).values(story_id=None))


def _beginning() -> Function[Any]:
    """The first bytes of a signature, which name what made it; the rest need not be sent."""
    return func.substr(t.signatures.c.data, 1, len(MADE_BY))


def _speakers(connection: Connection, texts: Sequence[int]) -> dict[int, tuple[str, int]]:
    """Of each text the page that speaks for it, with its rank: the first by what `Sheet.rank` is made of."""
    p, first = t.pages.c, dict[int, tuple[str, int]]()
    for some in chunks(texts):
        for row in connection.execute(select(p.id, p.text_id, p.day, p.sha256, p.uri).where(p.text_id.in_(some))):
            rank = (f"{row.day or '9999'} {row.sha256} {row.uri}", row.id)
            first[row.text_id] = min(rank, first.get(row.text_id, rank))
    return first


def _sign_anew(connection: Connection, text_id: int, rank: str, page: int) -> bool:
    """Whether the text has or had a signature."""
    kept = dossier(connection, page)
    if kept is None:
        raise DataError(f"page {page} of the record has no dossier; the record is damaged")
    piece = Piece.of(0, kept)
    s, b = t.signatures.c, t.bands.c
    had = connection.execute(delete(t.signatures).where(s.text_id == text_id)).rowcount > 0
    connection.execute(delete(t.bands).where(b.text_id == text_id))
    if piece.keys:
        connection.execute(insert(t.signatures), {"text_id": text_id, "rank": rank, "data": piece.data})
        connection.execute(insert(t.bands), [{"band": key, "text_id": text_id} for key in piece.keys])
    return had or bool(piece.keys)
