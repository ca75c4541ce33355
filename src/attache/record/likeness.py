"""When two reports mean the same event; `merging` says the rule in words."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from attache.knowledge import fold

MUTUAL = frozenset({"meet", "negotiate", "agree", "sign", "call", "cooperate", "cease-fire"})
"""Kinds in which source and target may change places."""
LONG = 7
"""Days of an interval beyond which days alone do not tell events apart."""
ALIKE = 0.5
"""Least share of common words of two contents, of the shorter one's."""
_PARTIES = 4
_SENTENCE = 8
"""Fewest words of a sentence that proves a copy."""


@dataclass(frozen=True)
class Told:
    """A report with what merging looks at."""

    id: int
    event: int | None
    page: int
    kind: str
    status: str
    row: Mapping[str, Any]
    sources: tuple[int, ...]
    targets: tuple[int, ...]
    parties: tuple[tuple[str, int], ...]
    first: date | None
    last: date | None

    @classmethod
    def of(cls, row: Mapping[str, Any], parties: list[tuple[str, int]]) -> Told:
        """From a row of reports joined with its page, and its parties in order."""
        sides = {side: tuple(actor for role, actor in parties if role == side) for side in ("source", "target")}
        days = (_day(row["first"]), _day(row["last"]))
        return cls(row["id"], row["event_id"], row["page_id"], row["kind"], row["status"], dict(row), sides["source"], sides["target"],
                   tuple(parties), *days)  # fmt: skip

    @property
    def days(self) -> int | None:
        """How many days the interval has, None where it is open or unknown."""
        return (self.last - self.first).days + 1 if self.first and self.last else None

    @property
    def story(self) -> int | None:
        """The story of its page."""
        return self.row["story"]  # type: ignore[no-any-return]

    @cached_property
    def pairs(self) -> frozenset[tuple[int, int]]:
        """Pairs of parties, 0 for nobody; of mutual kinds sorted."""
        sources, targets = self.sources[:_PARTIES], self.targets[:_PARTIES]
        if self.kind in MUTUAL:
            people = list(dict.fromkeys((*sources, *targets)))[:_PARTIES]
            if len(people) > 1:
                return frozenset((min(a, b), max(a, b)) for n, a in enumerate(people) for b in people[n + 1 :])
            return frozenset((a, 0) for a in people)
        return frozenset((a, b) for a in sources or (0,) for b in targets or (0,)) - {(0, 0)}

    @cached_property
    def sentence(self) -> str:
        """The words of its sentence, folded; empty where they are too few to prove anything."""
        words = fold(self.row["words"])
        return words if len(words.split()) >= _SENTENCE else ""

    @cached_property
    def content(self) -> frozenset[str]:
        """The words of what was said, longer ones only."""
        return frozenset(word for word in re.findall(r"\w+", fold(self.row["content"] or "")) if len(word) > 3)

    @cached_property
    def profile(self) -> tuple[Any, ...]:
        """All but its page that `alike` looks at."""
        return (self.kind, self.row["country"], self.story, self.sentence, self.pairs, self.first, self.last, self.content)

    @property
    def rank(self) -> tuple[Any, ...]:
        """The most definite first, and then by what does not depend on when it was filed."""
        unsure = (self.days or 10_000, self.row["country"] is None, -len(self.pairs))
        return (*unsure, -self.row["confidence"], self.row["uri"], self.row["sha256"], self.row["code"])


def keys_of(told: Told) -> frozenset[int]:
    """What another report must share one of to be compared with this one."""
    return frozenset(_number(key) for key in _keys(told))


def _keys(told: Told) -> Iterator[str]:
    if told.sentence:
        yield f"{told.kind}|{told.sentence}"
    days = told.days
    for one, other in told.pairs:
        pair = f"{told.kind}|{one}|{other}"
        if told.first and days is not None and 0 < days <= LONG:
            yield from (f"{pair}|{told.first + timedelta(n)}" for n in range(days))
        if told.story is not None:
            yield f"{pair}|story {told.story}"


def alike(one: Told, other: Told) -> bool:
    """Whether two reports may mean the same event."""
    if one.kind != other.kind or _elsewhere(one, other):
        return False
    if one.page == other.page:
        # What one page tells twice was merged when it was read.
        return False
    if one.sentence and one.sentence == other.sentence:
        return True
    return bool(one.pairs & other.pairs) and _same_time(one, other) and _same_content(one, other)


def _elsewhere(one: Told, other: Told) -> bool:
    here, there = one.row["country"], other.row["country"]
    return bool(here and there and here != there)


def _same_time(one: Told, other: Told) -> bool:
    same_story = one.story is not None and one.story == other.story
    if not (one.first and one.last and other.first and other.last):
        return same_story
    slack = timedelta(1 if same_story else 0)
    overlap = one.first - slack <= other.last and other.first - slack <= one.last
    short = (one.days or 0) <= LONG and (other.days or 0) <= LONG
    return overlap and (short or same_story)


def _same_content(one: Told, other: Told) -> bool:
    if one.kind == "say" or (one.content and other.content):
        if not (one.content and other.content):
            return False
        return len(one.content & other.content) >= ALIKE * min(len(one.content), len(other.content))
    return True


def _number(key: str) -> int:
    return int.from_bytes(hashlib.blake2b(key.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big", signed=True)


def _day(value: str | None) -> date | None:
    try:
        return date.fromisoformat(value) if value else None
    except ValueError:
        return None
