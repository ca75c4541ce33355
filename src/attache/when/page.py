"""What the dating of a page looks at: its words, its people and countries, its weekdays."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import date
from functools import cache, cached_property

from spacy.tokens import Doc

from attache.dossier import Time
from attache.knowledge import fold
from attache.reading import Reading, text_of
from attache.when.tense import direction_of
from attache.when.vocabulary import vocabulary
from attache.when.wording import any_of, dating_words


@cache
def _pointed() -> re.Pattern[str]:
    """“last”, “next” and their kin: a weekday beside one is not bare."""
    relations = vocabulary().relations
    return re.compile(rf"(?i)\b(?:{any_of(relations['past'] | relations['future'])})\b")


@cache
def folded(words: str) -> str:
    """The words of the tables folded, each once."""
    return fold(words)


def padded(text: str) -> str:
    """The words of a text folded, with a space about each, so that whole words can be looked up."""
    words = re.findall(r"[\w+&]+(?:[-.]\w+)*", fold(text))
    return f" {' '.join(words)} "


@dataclass
class PageView:
    """A page as evidence for its own date. ``times`` are read without a reference day: relative ones have X in their values."""

    doc: Doc
    reading: Reading
    times: list[Time]
    text: str = field(init=False)
    known: dict[str, bool] = field(default_factory=dict)
    """Words looked for already; two tables ask for the same ones."""
    places: dict[tuple[str, ...], list[int]] = field(default_factory=dict)
    """Where places were looked for already; a traveller's trips ask for the same ones over and over."""

    def __post_init__(self) -> None:
        self.text = text_of(self.doc)

    @cached_property
    def folded(self) -> str:
        """The text folded, padded with spaces so that whole words can be looked up."""
        return padded(self.text)

    @cached_property
    def words(self) -> frozenset[str]:
        """The words of :attr:`folded`."""
        return frozenset(self.folded.split())

    @cached_property
    def sentences(self) -> list[tuple[int, int, str]]:
        """Each sentence's characters and its words as in :attr:`folded`."""
        if not self.doc.has_annotation("SENT_START"):
            return []
        bounds = [(sent.start_char, sent.end_char) for sent in self.doc.sents]
        return [(low, high, padded(self.text[low:high])) for low, high in bounds]

    @cached_property
    def _starts(self) -> list[int]:
        return [low for low, _, _ in self.sentences]

    def has(self, words: str) -> bool:
        """Whether the text has these words."""
        if words not in self.known:
            asked = folded(words)
            self.known[words] = asked.split(" ", 1)[0] in self.words and f" {asked} " in self.folded
        return self.known[words]

    @cached_property
    def surnames(self) -> frozenset[str]:
        """Folded names of the people of the page: every word of each, and the words after the first together."""
        found: set[str] = set()
        for actor in self.reading.actors.values():
            if actor.kind == "person":
                words = fold(actor.name).split()
                found.update(words)
                found.add(" ".join(words[1:]))
        return frozenset(found)

    @cached_property
    def countries(self) -> frozenset[str]:
        """ISO codes of the countries of the page."""
        return frozenset(a.country for a in self.reading.actors.values() if a.country and a.kind in ("country", "body"))

    @cached_property
    def weekdays(self) -> list[tuple[int, Time, int]]:
        """Bare weekdays with the way their verbs point: (1..7, time, direction)."""
        found = []
        for time in self.times:
            if not time.rule.endswith(("weekday", "weekday-clock")) or _pointed().search(time.text):
                continue
            if number := weekday_in(time.text):
                found.append((number, time, direction_of(self.doc, time.span.start, time.span.end)))
        return found

    def sentence_of(self, start: int) -> tuple[int, int]:
        """Character bounds of the sentence around an offset."""
        if self.sentences:
            at = max(bisect_right(self._starts, start) - 1, 0)
            return self.sentences[at][0], self.sentences[at][1]
        low = max(self.text.rfind(". ", 0, start), self.text.rfind("\n", 0, start)) + 1
        ends = [i for i in (self.text.find(". ", start), self.text.find("\n", start)) if i >= 0]
        return low, min(ends, default=len(self.text))

    def within(self, low: int, high: int, actor: str) -> bool:
        """Whether an actor is mentioned between two characters, and not only an administration or the like of that name."""
        for mention in self.reading.linked:
            if mention.actor == actor and low <= mention.mention.span.start < high:
                after = self.text[mention.mention.span.end : mention.mention.span.end + 20].lower()
                if not dating_words().named_after.match(after):
                    return True
        return False


def weekday_in(words: str) -> int | None:
    """The first weekday (1..7) that is written out in the words."""
    return next((n for w, n in vocabulary().weekdays.items() if len(w) > 5 and re.search(rf"(?i)\b{w}\b", words)), None)


def borne_out(time: Time) -> bool | None:
    """Whether a full date falls on the weekday that it names ("Monday, 15 May 2023"); None where it names none or is no full date."""
    day, number = day_or_none(time.value), weekday_in(time.text)
    return day.isoweekday() == number if day and number else None


def day_or_none(text: str | None) -> date | None:
    """A full ISO date, else None."""
    return date.fromisoformat(text) if text and re.fullmatch(r"\d{4}-\d\d-\d\d", text) else None
