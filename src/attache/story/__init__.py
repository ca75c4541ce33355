"""Which pages tell the same story: groups of copies by the word triples they share, each with its reason.

Copies share wording. Pages on the same event in words of their own are not found by this; the record's events are for that.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from attache.dossier import Dossier

SAME = 0.9
COPY = 0.3
_COMMON = 200
"""A triple in more pages than this is a set phrase and says nothing about copying."""


@dataclass(frozen=True)
class Link:
    """Why two pages belong together; the numbers are places in the list given."""

    first: int
    second: int
    similarity: float
    reason: str


@dataclass(frozen=True)
class Story:
    """Pages that are copies of one another, directly or by way of others, and the links that say so."""

    pages: tuple[int, ...]
    links: tuple[Link, ...]


def group(dossiers: Sequence[Dossier], threshold: float = COPY) -> list[Story]:
    """Group pages; every page is in exactly one story, those without a copy alone in theirs."""
    links = list(copies([d.text for d in dossiers], threshold))
    parent = list(range(len(dossiers)))
    for link in links:
        parent[_root(parent, link.second)] = _root(parent, link.first)
    members: dict[int, list[int]] = defaultdict(list)
    for page in range(len(dossiers)):
        members[_root(parent, page)].append(page)
    inside = {root: tuple(link for link in links if _root(parent, link.first) == root) for root in members}
    return sorted((Story(tuple(pages), inside[root]) for root, pages in members.items()), key=lambda story: story.pages)


def copies(texts: Sequence[str], threshold: float = COPY) -> list[Link]:
    """Pairs of texts whose triples overlap (Jaccard) at least as much as the threshold; of equal texts, each with the first only."""
    triples = [shingles(text) for text in texts]
    firsts: dict[frozenset[tuple[str, ...]], int] = {}
    equal = [_link((first, n), 1.0, len(t)) for n, t in enumerate(triples) if (first := firsts.setdefault(t, n)) != n and t]
    shared: dict[tuple[int, int], int] = defaultdict(int)
    for pages in _index(triples, firsts.values()).values():
        for place, first in enumerate(pages):
            for second in pages[place + 1 :]:
                shared[first, second] += 1
    pairs = ((pair, jaccard(triples[pair[0]], triples[pair[1]]), count) for pair, count in sorted(shared.items()))
    near = [_link(pair, similarity, count) for pair, similarity, count in pairs if similarity >= threshold]
    return sorted(equal + near, key=lambda link: (link.first, link.second))


def shingles(text: str) -> frozenset[tuple[str, ...]]:
    """The word triples of a text, case and punctuation aside; of a shorter text, its words as one."""
    words = re.findall(r"\w+", text.casefold())
    if len(words) < 3:
        return frozenset({tuple(words)} if words else ())
    return frozenset(zip(words, words[1:], words[2:], strict=False))


def jaccard(first: frozenset[tuple[str, ...]], second: frozenset[tuple[str, ...]]) -> float:
    """Shared over all; nothing shares with nothing."""
    return len(first & second) / len(first | second) if first and second else 0.0


def _index(triples: Sequence[frozenset[tuple[str, ...]]], wanted: Iterable[int]) -> Mapping[tuple[str, ...], list[int]]:
    places: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for page in wanted:
        for triple in triples[page]:
            places[triple].append(page)
    return {triple: pages for triple, pages in places.items() if len(pages) <= _COMMON}


def _link(pair: tuple[int, int], similarity: float, count: int) -> Link:
    kind = "the same text" if similarity == 1 else "nearly the same text" if similarity >= SAME else "much the same wording"
    return Link(pair[0], pair[1], similarity, f"{kind}: {count} word triples shared, {similarity:.0%} of all")


def _root(parent: list[int], page: int) -> int:
    while parent[page] != page:
        parent[page] = parent[parent[page]]
        page = parent[page]
    return page
