"""Which pages tell the same story: exact and changed copies, and other words on the same news, each link with its reason.

::

    for story in group(dossiers):            # all at once
        story.wordings                       # copies of one text, the founder of each first
    for links in CopyIndex().add(texts):     # plain texts, one after another
        ...
    collation = collate(dict(enumerate(dossiers)), story.wordings)   # the copies side by side, the best reading of each place
    for line in apparatus(collation): ...    # the same for the terminal; collation.model_dump_json() for programs

Nothing joins by way of a third: `grouping` says how chains are kept from gluing stories together.
"""

from __future__ import annotations

from collections.abc import Sequence

from attache.dossier import Dossier
from attache.story.apparatus import apparatus
from attache.story.collating import collate
from attache.story.collation import Collation
from attache.story.grouping import Story, regroup
from attache.story.index import CopyIndex, copies
from attache.story.links import Link, LinkKind
from attache.story.pieces import Memory, Piece, Shelf

__all__ = [
    "Collation", "CopyIndex", "Link", "LinkKind", "Memory", "Piece", "Shelf", "Story", "apparatus", "collate", "copies", "group", "regroup",
]  # fmt: skip


def group(dossiers: Sequence[Dossier]) -> list[Story]:
    """Group pages by their place in the list; every page is in exactly one story, those without a like alone in theirs."""
    shelf = Memory()
    pieces = [Piece.of(number, dossier) for number, dossier in enumerate(dossiers)]
    shelf.add(pieces)
    return sorted(regroup(pieces, shelf), key=lambda story: story.pages)
