"""What a page says twice of one person or office: an age, and the name of who holds it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from itertools import islice

from spacy.tokens import Doc

from attache.dossier import Finding
from attache.doubt.evidence import finding
from attache.doubt.lexicon import either, words
from attache.knowledge import fold, name_similarity
from attache.reading import reading_of, text_of

AFTER = re.compile(r"(?:,| who is| is)? (?:aged )?(?P<age>[2-9]\d)(?=,(?! \d)|\.(?!\d)|;|\)| years old)|,? \((?P<bracket>[2-9]\d)\)")
BEFORE = re.compile(r"\b(?P<age>[2-9]\d)-year-old (?:[\w-]+ ){0,3}$")
NAME = r"(?P<name>[A-Z][\w’'-]+(?: [A-Z][\w’'-]+){1,2})"
Age = tuple[int, int, int]  # years, first character of them, the one after the last
ALIKE = 0.7  # below it two family names are no spellings of one


def check_persons_within(doc: Doc) -> Iterator[Finding]:
    """A warning on a second age; a note on a second holder."""
    yield from _ages(doc)
    yield from _holders(doc)


def _ages(doc: Doc) -> Iterator[Finding]:
    """Ages of whoever is named in full, and of the holder of an office that the page speaks of in one person."""
    text, told = text_of(doc), defaultdict[str, list[Age]](list)
    for mention in reading_of(doc).linked:
        if mention.kind == "name" and " " in mention.mention.text:
            start, end = doc[mention.start].idx, doc[mention.end - 1].idx + len(doc[mention.end - 1])
            _note(told[mention.actor], text, start, end)
    lowered = text.lower()
    single = {office: f"{office}s" not in lowered for office in words("offices", "within")}
    for match in _office().finditer(text):
        office = match.group("office").lower()
        if single[office]:
            _note(told[office], text, match.start(), match.end())
    for ages in told.values():
        for (first, *place), (_, start, end) in islice(_apart(ages), 1):
            yield finding(
                doc, "contradiction", start, end, f"The page also gives the age as {first}.", severity="warning", confidence=0.75,
                rule="within-age", grounds=[f"“{text[max(0, place[0] - 40) : place[1]].strip()}”"],
            )  # fmt: skip


def _apart(ages: list[Age]) -> Iterator[tuple[Age, Age]]:
    """Each age, in the order of the page, that is more than a year off the lowest or the highest before it, with that one."""
    told = sorted(set(ages), key=lambda age: age[1])
    low = high = told[0] if told else None
    for age in told:
        if low is None or high is None:
            return
        for other in (low, high):
            if abs(other[0] - age[0]) > 1:
                yield other, age
                break
        low, high = min(low, age), max(high, age)


def _note(ages: list[Age], text: str, start: int, end: int) -> None:
    for match in (AFTER.match(text, end), BEFORE.search(text[max(0, start - 60) : start])):
        if match is not None:
            group = "age" if match.group("age") else "bracket"
            offset = 0 if match.re is AFTER else max(0, start - 60)
            ages.append((int(match.group(group)), offset + match.start(group), offset + match.end(group)))


def _holders(doc: Doc) -> Iterator[Finding]:
    """``The foreign minister, Jan Novak`` and ``the foreign minister, Petr Dvorak`` on a page of one country."""
    if len({m.actor for m in reading_of(doc).linked if m.kind in {"country", "demonym"}}) > 1:
        return
    first: dict[str, str] = {}
    for match in _named_office().finditer(text_of(doc)):
        office, name = match.group("office").lower(), match.group("name")
        other = first.setdefault(office, name)
        if name_similarity(fold(other).split()[-1], fold(name).split()[-1]) < ALIKE:
            yield finding(
                doc, "contradiction", match.start("name"), match.end("name"), f"The page also calls {other} the {office}.", severity="note",
                confidence=0.5, rule="within-office", grounds=[f"“{match.group().strip()}” and “the {office}, {other}”"],
            )  # fmt: skip
            return


@cache
def _office() -> re.Pattern[str]:
    return re.compile(rf"\b[Tt]he (?P<office>{either('offices', 'within')})(?=[, ])")


@cache
def _named_office() -> re.Pattern[str]:
    return re.compile(rf"\b[Tt]he (?P<office>{either('offices', 'within')}), {NAME}(?=,|\.|$)")
