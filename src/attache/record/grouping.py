"""Groups new pages into wordings and stories, with what the story room says of their texts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlalchemy import Connection, delete, insert, select, update

from attache.record import tables as t
from attache.record.rows import LinkRow
from attache.record.sheet import Sheet
from attache.record.stories import link, set_story
from attache.story import Piece, Story, regroup

BATCH = 200
_CHUNK = 500


class TextShelf:
    """The texts of a record as the story room asks for them."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._kept: dict[int, Piece] = {}

    def holders(self, keys: Sequence[int]) -> dict[int, list[int]]:
        """Of each key the ids of the texts that have it."""
        b, found = t.bands.c, dict[int, list[int]]()
        for some in chunks(keys):
            for key, text_id in self._connection.execute(select(b.band, b.text_id).where(b.band.in_(some))):
                found.setdefault(key, []).append(text_id)
        return found

    def pieces(self, ids: Sequence[int]) -> list[Piece]:
        """The pieces of these texts; each is loaded once."""
        x, s = t.texts.c, t.signatures.c
        for some in chunks([one for one in ids if one not in self._kept]):
            query = select(x.id, x.text, x.digest, s.data).join(t.signatures, s.text_id == x.id).where(x.id.in_(some))
            for row in self._connection.execute(query):
                self._kept[row.id] = Piece.kept(row.id, row.text, row.data, row.digest)
        return [self._kept[one] for one in ids]


def sign(connection: Connection, text_id: int, sheet: Sheet) -> None:
    """Keep what grouping needs of a text. Of several pages with one text the first by day speaks for it, whichever came first."""
    s = t.signatures.c
    if not sheet.keys:
        return
    row = {"text_id": text_id, "rank": sheet.rank, "data": sheet.signature}
    before = connection.execute(select(s.rank).where(s.text_id == text_id)).scalar()
    if before is None:
        connection.execute(insert(t.signatures), row)
    elif sheet.rank < before:
        connection.execute(update(t.signatures).where(s.text_id == text_id).values(row))
        connection.execute(delete(t.bands).where(t.bands.c.text_id == text_id))
    else:
        return
    connection.execute(insert(t.bands), [{"band": key, "text_id": text_id} for key in sheet.keys])


def group(connection: Connection, batch: int = BATCH) -> int:
    """Give some pages that have none a story; how many were looked at, 0 when all is done."""
    p, taken = t.pages.c, set[int]()
    fresh = connection.execute(select(p.id, p.text_id).where(p.story_id.is_(None)).order_by(p.id).limit(batch)).all()
    for story in stories_of(connection, sorted({row.text_id for row in fresh})):
        taken.add(keep(connection, story, taken))
    return len(fresh)


def stories_of(connection: Connection, texts: Sequence[int]) -> list[Story]:
    """The stories of some texts, each whole."""
    signed = set[int]()
    for some in chunks(texts):
        signed.update(connection.execute(select(t.signatures.c.text_id).where(t.signatures.c.text_id.in_(some))).scalars())
    shelf = TextShelf(connection)
    return [*regroup(shelf.pieces(sorted(signed)), shelf), *(Story(((text,),)) for text in texts if text not in signed)]


def keep(connection: Connection, story: Story, taken: set[int]) -> int:
    """Write one story down; its id, which is none of those `taken` by another part of the story that it was."""
    p = t.pages.c
    pages: dict[int, list[int]] = {}
    texts = story.pages
    for some in chunks(texts):
        for row in connection.execute(select(p.id, p.text_id).where(p.text_id.in_(some)).order_by(p.id)):
            pages.setdefault(row.text_id, []).append(row.id)
    members = [[page for text in wording for page in pages[text]] for wording in story.wordings]
    everything = [page for wording in members for page in wording]
    for some in chunks(everything):
        connection.execute(delete(t.links).where(t.links.c.first_id.in_(some)))
    story_id = set_story(connection, everything, [min(wording) for wording in members for _ in wording], taken)
    same = [LinkRow(alike[0], other, "same-text", 1.0, "the same clean text") for alike in pages.values() for other in alike[1:]]
    found = [LinkRow(pages[k.first][0], pages[k.second][0], k.kind, k.score, k.reason) for k in story.links]
    link(connection, same + found)
    return story_id


def chunks(values: Sequence[int]) -> Iterator[Sequence[int]]:
    """As many at a time as a statement takes."""
    return (values[at : at + _CHUNK] for at in range(0, len(values), _CHUNK))
