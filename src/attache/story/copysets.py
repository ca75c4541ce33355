"""Sorts texts into wordings: sets of copies of one text.

Each text, in an order that does not depend on when it came, joins the wording whose *founder* it is a copy of, else founds one. Where
two texts were both spun, neither may look like a copy of the other, though each does of a third. So a text joins too where it is a
copy of a member and *kin* of the founder, which asks less than a copy; and two wordings are joined where a text is a copy
of both and their founders are kin. Every member was compared with its founder, so that no chain grows beyond that.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from attache.story.copying import Verdict, judge, kin
from attache.story.links import Link
from attache.story.overlap import LITERAL, overlap
from attache.story.pieces import Piece
from attache.story.sketch import LEAST

MOST = 50
"""How many wordings a text is compared with, the likeliest first."""
FURTHER = 3
"""How many more after it has found its own, in case it shows that they are one."""
MEMBERS = 3
STANDING = 8
"""Members of a wording, the first that are not literal copies, that stand for it beside the founder."""


@dataclass
class WordingSet:
    """The copies of one text; the founder stands for them, and some members by whom further copies are found."""

    founder: Piece
    members: list[Piece]
    links: list[Link] = field(default_factory=list)
    standing: list[Piece] = field(default_factory=list)


def wordings_of(pieces: Sequence[Piece]) -> list[WordingSet]:
    """The wordings of some texts, each in one."""
    made: list[WordingSet] = []
    number_of: dict[int, int] = {}
    by_band: dict[int, list[Piece]] = defaultdict(list)
    for piece in sorted(pieces, key=lambda one: one.order):
        near = {other.id: other for key in piece.sketch.bands if key in by_band for other in by_band[key]}
        home, link = _home(piece, list(near.values()), made, number_of)
        if link is None:
            made.append(WordingSet(piece, [piece]))
        else:
            made[home].members.append(piece)
            made[home].links.append(link)
        number_of[piece.id] = home
        if link is None or (link.score < LITERAL and len(made[home].standing) < STANDING):
            made[home].standing.append(piece)
            for key in piece.sketch.bands:
                by_band[key].append(piece)
    return [one for one in made if one.members]


def copy_link(one: Piece, other: Piece) -> Link | None:
    """The link of two pieces where one is a copy of the other."""
    verdict = _verdict(one, other)[0]
    return _link(one, other, verdict) if verdict.copy else None


def _home(piece: Piece, near: Sequence[Piece], made: list[WordingSet], number_of: dict[int, int]) -> tuple[int, Link | None]:
    """The number of the wording that a piece is a copy of, the likeliest first, and the link; else the next number."""
    likely: dict[int, list[Piece]] = {}
    for other in sorted(near, key=lambda one: (-one.sketch.shared(piece.sketch), one.order)):
        likely.setdefault(number_of[other.id], []).append(other)
    home, link, left = len(made), None, MOST
    for number, members in likely.items():
        if not left:
            break
        left -= 1
        found = _member(piece, made[number], members)
        if found is None:
            continue
        if link is None:
            home, link, left = number, found, min(left, FURTHER)
        elif any(_copy_or_kin(made[home].founder, made[number].founder)):
            home = _joined(made, min(home, number), max(home, number), found, number_of)
    return home, link


def _member(piece: Piece, wording: WordingSet, members: Sequence[Piece]) -> Link | None:
    """The link that makes a piece one of a wording: with the founder, or by way of a member where the founder is kin."""
    verdict, near = _verdict(wording.founder, piece)
    if not verdict.copy and near:
        tried = (_verdict(one, piece)[0] for one in members[:MEMBERS] if one is not wording.founder)
        verdict = next((one for one in tried if one.copy), verdict)
    return _link(wording.founder, piece, verdict) if verdict.copy else None


def _joined(made: list[WordingSet], first: int, second: int, link: Link, number_of: dict[int, int]) -> int:
    """Makes two wordings one, under the founder that came first; the later is left empty."""
    mine, theirs = made[first], made[second]
    mine.links += [*theirs.links, link]
    mine.members += theirs.members
    number_of.update((one.id, first) for one in theirs.members)
    made[second] = WordingSet(theirs.founder, [])
    return first


def _copy_or_kin(one: Piece, other: Piece) -> tuple[bool, bool]:
    verdict, near = _verdict(one, other)
    return verdict.copy, near


def _verdict(one: Piece, other: Piece) -> tuple[Verdict, bool]:
    """Whether one is a copy of the other, and whether they are kin."""
    if one.text == other.text:
        return Verdict(True, 1.0, "the same clean text"), True
    if one.sketch.shared(other.sketch) < LEAST:
        return Verdict(False, 0.0, "their sketches differ"), False
    days = (one.traits.day, other.traits.day)
    later = 0 if not (days[0] and days[1]) or days[0] == days[1] else 1 if days[0] > days[1] else 2
    found = overlap(one.wording, other.wording)
    return judge(found, later), kin(found)


def _link(one: Piece, other: Piece, verdict: Verdict) -> Link:
    return Link.between(one.id, other.id, "same-text" if one.text == other.text else "copy", verdict.score, verdict.reason)
