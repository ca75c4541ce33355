"""Which known person a name that nobody bears is almost that of.

Most of the work is done by one question: is a word that is not the person's somebody else's? "Tom Barrow" is no damaged Tim
Barrow, since many are called Tom; "Tim Burroow" is one. What is left is weighed by how much the person is in the news in those days.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import timedelta
from functools import lru_cache

from attache.doubt.lexicon import words
from attache.knowledge import Knowledge, Person, fold
from attache.reading import Days
from attache.who.lexicon import spelling
from attache.who.likeness import taken_apart
from attache.who.namesakes import HEADS, one_person, widened
from attache.who.period import NOTABLE
from attache.who.variants import chance, forms_of, unaddressed

LIKELY, LIKELY_SITTING = 0.95, 0.85
"""How probable it must be that the name is a damaged one, where both are as likely beforehand; of who is in a high office in those days."""
LIKELY_ON_PAGE = 0.65
"""The same of a surname alone, where the page names the person."""
MARGIN = 0.1
"""By how much the best must beat the next."""
SHORTEST, SHORTEST_SITTING = 9, 7
"""Letters of a name; of shorter ones too many differ by a letter."""
RARE = 4
"""In so few names a word must stand at most that speaks for somebody who is seldom in the news."""
YEARS, DAYS = timedelta(days=5 * 365), timedelta(days=60)
"""So long before and after an office its holder is in the news, and is news."""
NEAR, FLOOR = 12, 0.7

_VOWELS = re.compile("[aeiouy]+")
_SILENT = re.compile("(?<![aeiouy])h|h(?![aeiouy])")
_GLIDE = re.compile("(?<=[aeiouy])w(?![aeiouy])")


def nearest(name: str, period: Days | None, knowledge: Knowledge) -> tuple[float, Person] | None:
    """The one person whose full name this nearly is; None where somebody bears it as written, or two are as near."""
    name = unaddressed(taken_apart(name))
    parts = fold(name).split()
    if len(parts) < 2 or sum(map(len, parts)) < SHORTEST_SITTING or knowledge.people_named(name):
        return None
    near = _near(name, knowledge)
    ranked = sorted(((chance(name, person), person.id, person) for person in near if _fits(parts, person, period, knowledge)), reverse=True)
    return _best(name, ranked)


@lru_cache(maxsize=8192)
def _near(name: str, knowledge: Knowledge) -> tuple[Person, ...]:
    """Who is called nearly so, looked up once a name."""
    return tuple(candidate.person for candidate in knowledge.similar(name, NEAR, FLOOR))


def nearest_on_page(surname: str, people: Iterable[Person], knowledge: Knowledge) -> tuple[float, Person] | None:
    """Whom of the people that the page names a surname, which nobody bears, almost is: "Putick" on a page about Putin."""
    if knowledge.bearers(surname):
        return None
    ranked = sorted(((chance(surname, person), person.id, person) for person in people), reverse=True)
    return _best(surname, [row for row in ranked if row[0] >= LIKELY_ON_PAGE and fold(row[2].name).split()[-1][:3] == fold(surname)[:3]])


def _best(name: str, ranked: list[tuple[float, str, Person]]) -> tuple[float, Person] | None:
    """The first, where it is alone and neither the same name nor a transliteration of it."""
    if not ranked or ranked[0][0] == 1.0 or any(_transliterated(name, person) for _, _, person in ranked):
        return None
    score, _, person = ranked[0]
    rival = next((other for other, _, someone in ranked[1:] if not one_person(someone, person)), 0.0)
    return (score, person) if score - rival >= MARGIN else None


def _fits(parts: list[str], person: Person, period: Days | None, knowledge: Knowledge) -> bool:
    """Whether the name is likely enough a damaged one of this person, by how much the person is in the news."""
    borne = {word for form in forms_of(person) for word in fold(form).split()}
    shared, odd = [word for word in parts if word in borne], [word for word in parts if word not in borne]
    score, letters = chance(" ".join(parts), person), sum(map(len, parts))
    rare = any(len(word) > 2 and knowledge.bearers(word) <= RARE for word in shared)
    sitting, in_the_news = _is_in_office(person, period, knowledge), _is_in_the_news(person, period, knowledge)
    if any(knowledge.bearers(word) for word in odd if len(word) > 1):
        return in_the_news and rare and letters >= SHORTEST and score >= LIKELY  # Angelo Merkel: somebody is called so, but nobody Merkel
    if sitting and (shared or letters >= SHORTEST):
        return score >= (LIKELY_SITTING if rare else LIKELY)
    return score >= LIKELY and letters >= SHORTEST and (rare or in_the_news)


def _is_in_office(person: Person, period: Days | None, knowledge: Knowledge) -> bool:
    """Whether the person holds a high office in those very days."""
    return period is not None and any(t.office.kind in NOTABLE for t in knowledge.tenures_of(person.id, widened(period, DAYS)))


def _is_in_the_news(person: Person, period: Days | None, knowledge: Knowledge) -> bool:
    """Whether the person held a high office in those years, or led a country before; on a page of no known day, at any time."""
    if period is None:
        return any(tenure.office.kind in NOTABLE for tenure in knowledge.tenures_of(person.id))
    if any(tenure.office.kind in NOTABLE for tenure in knowledge.tenures_of(person.id, widened(period, YEARS))):
        return True
    return any(tenure.office.kind in HEADS for tenure in knowledge.tenures_of(person.id, Days(None, period.last)))


def _transliterated(name: str, person: Person) -> bool:
    """Whether the two differ in vowels alone, and only as names from other scripts do from paper to paper: Iyad Allawi, Ayad Allawi."""
    if person.country in spelling().latin:
        return False
    return any(_same_sounds(fold(name), fold(form)) for form in forms_of(person))


def _same_sounds(one: str, other: str) -> bool:
    """Whether consonants and syllables agree, and each vowel is one that transliterators write for the other."""
    ours, theirs = (_SILENT.sub("", _GLIDE.sub("u", name)) for name in (one, other))
    if _VOWELS.split(ours) != _VOWELS.split(theirs):
        return False
    return all(_alike(a, b) and _alike(b, a) for a, b in zip(_VOWELS.findall(ours), _VOWELS.findall(theirs), strict=True))


def _alike(one: str, other: str) -> bool:
    """Whether each vowel of one group may be written for one of the other."""
    pairs = words("pairs", "vowels")
    return all(any(a == b or a + b in pairs or b + a in pairs for b in other) for a in one)
