"""Which pages tell the same story: exact and changed copies, and other words on the same news, each link with its reason.

::

    for story in group(dossiers):            # all at once
        story.wordings                       # copies of one text, the founder of each first
    for links in CopyIndex().add(texts):     # plain texts, one after another
        ...
    collate({id: dossier, ...}, story)       # the copies side by side, the best reading of each name, figure, date and quotation

Nothing joins by way of a third: `grouping` says how chains are kept from gluing stories together.
"""

from __future__ import annotations

from collections.abc import Sequence

from attache.dossier import Dossier
from attache.story.grouping import Story, regroup
from attache.story.index import CopyIndex, copies
from attache.story.links import Link, LinkKind
from attache.story.pieces import Memory, Piece, Shelf

__all__ = ["CopyIndex", "Link", "LinkKind", "Memory", "Piece", "Shelf", "Story", "copies", "group", "regroup"]


def group(dossiers: Sequence[Dossier]) -> list[Story]:
    """Group pages by their place in the list; every page is in exactly one story, those without a like alone in theirs."""
    shelf = Memory()
    pieces = [Piece.of(number, dossier) for number, dossier in enumerate(dossiers)]
    shelf.add(pieces)
    return sorted(regroup(pieces, shelf), key=lambda story: story.pages)
