"""Groups texts into wordings (copies of one text) and wordings into stories.

New pieces and all that are connected with them are taken together, put in an order that does not depend on when they came, and
clustered: each joins the first wording whose *founder* it is a copy of, else founds one; each wording joins the story to whose
wordings it is alike. Nothing joins by way of a third: a chain of pages each a little like the next does not glue two stories together.

- A member of a wording was compared with its founder itself (`copysets`).
- A wording joins a story when it is like its founder or like at least half of its first wordings, and within two days of the founder.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from attache.story.copysets import WordingSet, wordings_of
from attache.story.links import Link
from attache.story.pieces import Piece, Shelf
from attache.story.sameness import DAYS, sameness
from attache.story.sketch import LEAST

MOST = 2_000
"""The largest set of connected pieces that is grouped at once."""
COMPARED = 20
"""How many wordings of a story, the first ones, a further one is compared with."""


@dataclass(frozen=True)
class Story:
    """Texts on the same news. Each wording holds ids of copies of one text, its founder first; a founder stands for its wording."""

    wordings: tuple[tuple[int, ...], ...]
    links: tuple[Link, ...] = ()

    @property
    def pages(self) -> tuple[int, ...]:
        """All ids, sorted."""
        return tuple(sorted(one for wording in self.wordings for one in wording))


@dataclass
class _Story:
    wordings: list[WordingSet]
    links: list[Link] = field(default_factory=list)


def regroup(fresh: Collection[Piece], shelf: Shelf) -> Iterator[Story]:
    """The stories of new pieces, each whole: known pieces that belong to one with them are in it too, and their old grouping is void.

    The new pieces must be on the shelf already. The same pieces give the same stories in whatever order they came.
    """
    left = {piece.id: piece for piece in fresh}
    while left:
        start = min(left)
        inside = _connected(left[start], shelf)
        for one in inside:
            left.pop(one, None)
        yield from clustered(list(inside.values()))


def clustered(pieces: Sequence[Piece]) -> list[Story]:
    """Cluster pieces that may belong together; such as share no key are not compared."""
    stories: list[_Story] = []
    by_key: dict[int, set[int]] = defaultdict(set)
    for wording in wordings_of(pieces):
        keys = wording.founder.traits.keys
        number = _join(wording, stories, set().union(*(by_key[key] for key in keys if key in by_key)))
        for key in keys:
            by_key[key].add(number)
    return [_finished(story) for story in stories]


def _finished(story: _Story) -> Story:
    wordings = tuple(tuple(piece.id for piece in wording.members) for wording in story.wordings)
    return Story(wordings, (*story.links, *(link for wording in story.wordings for link in wording.links)))


def story_link(one: Piece, other: Piece) -> Link | None:
    """The link of two pieces on the same news in words of their own."""
    found = sameness(one.traits, other.traits)
    return Link.between(one.id, other.id, "same-story", found.score, found.reason) if found.enough else None


def _join(wording: WordingSet, stories: list[_Story], near: set[int]) -> int:
    """Puts a wording into the story that it is likest to, or a new one; the story's number."""
    best: tuple[float, int, list[Link]] | None = None
    for number in sorted(near):
        story = stories[number]
        if not _in_time(wording, story):
            continue
        compared = story.wordings[:COMPARED]
        founding = story_link(compared[0].founder, wording.founder)
        others = [link for w in compared[1:] if (link := story_link(w.founder, wording.founder))]
        links = [founding, *others] if founding else others
        if not links or not (founding or 2 * len(links) >= len(compared)):
            continue
        score = max(link.score for link in links)
        if best is None or score > best[0]:
            best = (score, number, links)
    if best is None:
        stories.append(_Story([wording]))
        return len(stories) - 1
    stories[best[1]].wordings.append(wording)
    stories[best[1]].links += best[2]
    return best[1]


def _in_time(wording: WordingSet, story: _Story) -> bool:
    """Whether a story stays within `DAYS` of its founder."""
    one, other = wording.founder.traits.day, story.wordings[0].founder.traits.day
    return not (one and other) or abs((date.fromisoformat(one) - date.fromisoformat(other)).days) <= DAYS


def _connected(start: Piece, shelf: Shelf) -> dict[int, Piece]:
    """A piece and all that are connected with it by likely copies and stories."""
    inside, border = {start.id: start}, [start]
    # Who has a key and is not inside yet: of pages that are nearly equal each but the first finds nobody left to compare.
    outside: dict[int, set[int]] = {}
    while border and len(inside) < MOST:
        fresh = list({key: None for piece in border for key in piece.keys if key not in outside})
        held = shelf.holders(fresh)
        outside.update((key, {one for one in held.get(key, ()) if one not in inside}) for key in fresh)
        following: list[Piece] = []
        for piece in border:
            near = set().union(*(outside[key] for key in piece.keys))
            related = [other for other in shelf.pieces(sorted(near)) if _related(piece, other)]
            inside.update({other.id: other for other in related})
            for other in related:
                for key in other.keys:
                    if key in outside:
                        outside[key].discard(other.id)
            following += related
        border = following
    return inside


def _related(one: Piece, other: Piece) -> bool:
    return one.sketch.shared(other.sketch) >= LEAST or one.text == other.text or sameness(one.traits, other.traits).enough
