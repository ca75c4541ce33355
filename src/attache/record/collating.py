"""The pages of a story side by side, and what its independent wordings dispute, kept as findings."""

from __future__ import annotations

from sqlalchemy import Connection, delete, insert, select, update

from attache.dossier import Dossier
from attache.record import tables as t
from attache.record.keeping import dossier, pages_of_story
from attache.record.sheet import finding_row
from attache.story import Collation, collate

MOST = 60
"""Pages of a story that are laid side by side, the earliest; the work grows with their square."""
BATCH = 20


def collation(connection: Connection, story_id: int) -> Collation | None:
    """The copies of a story, with the best reading of each place; None where there is no such story."""
    pages = [page for page in pages_of_story(connection, story_id) if page.state == "read"][:MOST]
    if not pages:
        return None
    found: dict[int, Dossier] = {}
    wordings: dict[int, list[int]] = {}
    for page in pages:
        kept = dossier(connection, page.id)
        if kept is not None:
            found[page.id] = kept
            wordings.setdefault(page.wording or page.id, []).append(page.id)
    return collate(found, list(wordings.values()))


def dispute(connection: Connection, batch: int = BATCH) -> int:
    """Look for disputes in some stories that changed since the last time; how many were looked at, 0 when all is done."""
    s, f = t.stories.c, t.findings.c
    changed = list(connection.execute(select(s.id).where(s.collated == 0).order_by(s.id).limit(batch)).scalars())
    for story_id in changed:
        connection.execute(delete(t.findings).where(f.story_id == story_id))
        wordings = connection.execute(select(s.wordings).where(s.id == story_id)).scalar() or 0
        found = collation(connection, story_id) if wordings > 1 else None
        rows = [{**finding_row(d.finding), "page_id": d.page, "story_id": story_id} for d in (found.disputes if found else ())]
        if rows:
            connection.execute(insert(t.findings), rows)
        connection.execute(update(t.stories).where(s.id == story_id).values(collated=1))
    return len(changed)
