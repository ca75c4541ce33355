"""The names, numbers, dates and quotations of a page, each with its span and a value to compare it by."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from attache.dossier import Dossier
from attache.story.collation import UnitKind
from attache.story.sentences import Sentence, Word, lexicon

_QUOTED = re.compile(r"[“\"]([^“”\"\n]{2,400})[”\"]")
_FIGURE = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")
_ORDER: tuple[UnitKind, ...] = ("quotation", "date", "name", "number")


@dataclass(frozen=True)
class Found:
    """A unit of one page. `value` is an actor's id, a number, a TIMEX value or folded words; `name` the known name of an actor."""

    kind: UnitKind
    start: int
    end: int
    text: str
    value: str
    name: str | None = None
    repaired: bool = False
    after: str | None = None
    """Of a number the next telling word: what is counted."""


def units_of(dossier: Dossier, sentences: list[Sentence]) -> list[Found]:
    """All units in the order of the text. A number inside a date or name is part of it; quotations may hold other units."""
    found = [*_names(dossier), *_dates(dossier)]
    taken = [(unit.start, unit.end) for unit in found]
    found += [n for sentence in sentences for n in numbers_of(sentence) if not any(a < n.end and n.start < b for a, b in taken)]
    found += [
        Found("quotation", m.start(1), m.end(1), m[1], " ".join(re.findall(r"\w+", m[1].casefold())))
        for m in _QUOTED.finditer(dossier.text)
    ]  # fmt: skip
    return sorted(found, key=lambda unit: (unit.start, _ORDER.index(unit.kind)))


def numbers_of(sentence: Sentence) -> Iterator[Found]:
    """The numbers of a sentence, in figures or words, as one each: ``2.5 million``, ``thirty-one``."""
    words, at = sentence.words, 0
    while at < len(words):
        if not _begins(words[at].text):
            at += 1
            continue
        end, value = at, None
        for stop in range(min(len(words), at + 4), at, -1):
            if (value := _value(words[at:stop])) is not None:
                end = stop
                break
        # A lone "one" is mostly no count.
        if value is None or (value == 1 and not words[at].text.isdigit()):
            at += 1
            continue
        first, last = words[at].start, words[end - 1].end
        after = next((w.text.casefold() for w in words[end : end + 3] if len(w.text) > 3), None)
        yield Found("number", first, last, sentence.text[first - sentence.start : last - sentence.start], f"{value:g}", after=after)
        at = end


@lru_cache(maxsize=10_000)
def _begins(word: str) -> bool:
    """Whether a number may begin with a word: few do, and most of a text need not be looked at further."""
    first = word.casefold().split("-")[0]
    return bool(_FIGURE.fullmatch(first)) or first in lexicon()["numbers"]


def _value(words: tuple[Word, ...]) -> float | None:
    total, part, seen = 0.0, 0.0, False
    for word in [piece for one in words for piece in one.text.casefold().split("-")]:
        if _FIGURE.fullmatch(word):
            if seen:
                return None
            part = float(word.replace(",", ""))
        elif word in lexicon()["numbers"]:
            part += lexicon()["numbers"][word]
        elif word in lexicon()["scales"] and seen:
            scale = lexicon()["scales"][word]
            total, part = (total, part * scale) if scale == 100 else (total + part * scale, 0.0)
        else:
            return None
        seen = True
    return total + part if seen else None


def _names(dossier: Dossier) -> Iterator[Found]:
    for actor in dossier.actors:
        # A pronoun or "the minister" is no reading of a name.
        parts = {part for part in re.findall(r"\w+", actor.name.casefold()) if len(part) > 2}
        for mention in actor.mentions:
            if mention.repaired or parts & set(re.findall(r"\w+", mention.text.casefold())):
                known = actor.name if actor.id.startswith("wd:") else None
                yield Found("name", mention.span.start, mention.span.end, mention.text, actor.id, known, mention.repaired)


def _dates(dossier: Dossier) -> Iterator[Found]:
    for time in dossier.times:
        if time.type in ("DATE", "TIME"):
            yield Found("date", time.span.start, time.span.end, time.text, time.value)
