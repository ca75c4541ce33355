"""Finds the phrases that name offices in a list of tokens, and the offices they may mean."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from attache.knowledge.facts import Office, OfficePhrase
from attache.knowledge.fold import fold
from attache.knowledge.titles import Title, load_titles

if TYPE_CHECKING:
    from attache.knowledge.base import Knowledge

_LINKS = frozenset({"of", "for", "to", "at", "from"})
# Folded names that are also common words: only in capitals do they name a place.
_SHOUTED = frozenset({"us", "who", "un", "au"})
_LONGEST_PLACE = 7
MOST_SHARED = 4
"""Countries that may share the name of an office that stands without one: Chief Cabinet Secretary, of Japan or Mongolia."""


HEADS = frozenset({"head-of-state", "head-of-government"})


class _Word(NamedTuple):
    text: str
    token: int
    shouted: bool


@dataclass(frozen=True)
class _Found:
    """A phrase as word indices, before it is turned back to tokens."""

    start: int
    end: int
    offices: tuple[Office, ...]
    kind: str
    where: str | None
    former: bool


class PhraseFinder:
    """Titles, and the places that may stand beside them."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge
        self._titles = load_titles()
        self._cores = {tuple(core.split()): ids for core, ids in knowledge.office_cores().items()}
        self._longest_core: dict[str, int] = {}
        for core in self._cores:
            self._longest_core[core[0]] = max(self._longest_core.get(core[0], 0), len(core))
        self._places: dict[tuple[str, ...], str] = {}
        self._shared: dict[tuple[str, ...], list[str]] = {}
        for organisation in knowledge.organisations.values():
            for name in organisation.names if organisation.code else ():
                self._places.setdefault(tuple(fold(name).split()), organisation.code or "")
        for country in knowledge.countries.values():
            for name in (*country.names, *country.demonyms):
                key = tuple(fold(name).split())
                self._places.setdefault(key, country.iso3)
                self._shared.setdefault(key, []).append(country.iso3)
        self._shared = {key: wheres for key, wheres in self._shared.items() if len(set(wheres)) > 1}
        self._longest_place: dict[str, int] = {}
        """The most words of a place's name that ends in a word."""
        for key in self._places:
            if key:
                self._longest_place[key[-1]] = min(max(self._longest_place.get(key[-1], 0), len(key)), _LONGEST_PLACE)
        split = {words[1] for words in self._titles.by_words if len(words) == 2 and words[0] in self._titles.ranks}
        self._starts = split.union(self._titles.longest, self._longest_core)
        """Words at which a phrase may begin, or the second part of one that a place splits; most words are none."""
        self._of_kind: dict[str, tuple[Office, ...]] = {}

    def find(self, tokens: Sequence[str]) -> list[OfficePhrase]:
        """All phrases, left to right, not overlapping."""
        words = _words(tokens)
        phrases: list[OfficePhrase] = []
        at = floor = 0
        while at < len(words):
            found = self._at(words, at, floor) if words[at].text in self._starts else None
            if found is None:
                at += 1
                continue
            first, last = words[found.start].token, words[found.end - 1].token + 1
            phrases.append(OfficePhrase(first, last, found.offices, found.kind, found.where, found.former))
            at = floor = found.end
        return phrases

    def _at(self, words: list[_Word], at: int, floor: int) -> _Found | None:
        """The phrase whose title starts at a word; a second title joined by "and" belongs to it."""
        title = self._title(words, at)
        if title is None and (split := self._split_title(words, at, floor)):
            return split
        own = self._own_name(words, at)
        if own and (title is None or own > len(title.words)) and (found := self._named_office(words, at, at + own, floor)):
            return found
        if title is None:
            return None
        end = at + len(title.words)
        start, place, former, deputy = self._before(words, at, floor)
        if place is None:
            place, end = self._after(words, end)
        if title.needs_place and place is None:
            return None
        where = self._places[place] if place else None
        found = self._resolve(_Found(start, end, (), title.kind, where, former), title, place or (), deputy)
        if place in self._shared:
            found = self._either(found, title, place or (), deputy)
        if title.needs_place and not found.offices:
            return None
        return self._and_another(words, found, end, place)

    def _either(self, found: _Found, title: Title, place: tuple[str, ...], deputy: bool) -> _Found:
        """The offices of every country that shares a demonym: a Dominican minister is of one of two."""
        each = [
            self._resolve(replace(found, where=where, offices=()), title, place, deputy) for where in dict.fromkeys(self._shared[place])
        ]
        offices = {office.id: office for one in each for office in one.offices}
        return replace(found, offices=tuple(offices.values()), where=None)

    def _and_another(self, words: list[_Word], found: _Found, end: int, place: tuple[str, ...] | None) -> _Found:
        """ "Deputy Prime Minister and Foreign Minister": the offices of the second title too."""
        if end < len(words) - 1 and words[end].text == "and" and (second := self._title(words, end + 1)):
            joined = self._resolve(replace(found, end=end + 1 + len(second.words)), second, place or (), False)
            own = {office.id for office in found.offices}
            more = tuple(office for office in joined.offices if office.id not in own)
            found = replace(found, end=joined.end, offices=found.offices + more, where=found.where or joined.where)
        return found

    def _own_name(self, words: list[_Word], at: int) -> int:
        """How many words from here are the name of an office without its country; 0 where none."""
        most = min(self._longest_core.get(words[at].text, 0), len(words) - at)
        return next((n for n in range(most, 1, -1) if tuple(w.text for w in words[at : at + n]) in self._cores), 0)

    def _named_office(self, words: list[_Word], at: int, end: int, floor: int) -> _Found | None:
        """An office by its own name; of several countries', that of the country beside it."""
        offices = self._by_id(tuple(self._cores[tuple(w.text for w in words[at:end])]))
        start, place, former, _ = self._before(words, at, floor)
        if place is None:
            place, end = self._after(words, end)
        near = {*self._shared.get(place, ()), self._places[place]} if place else set()
        there = tuple(office for office in offices if office.where in near)
        wheres = {office.where for office in there or offices}
        # of several countries' one is meant; many share the name of a common office
        most = 1 if place and self._places[place] in self._knowledge.countries else MOST_SHARED if place is None else len(wheres)
        if not there and len(wheres) > most:
            return None
        return _Found(start, end, there or offices, (there or offices)[0].kind, wheres.pop() if len(wheres) == 1 else None, former)

    def _title(self, words: list[_Word], at: int) -> Title | None:
        most = min(self._titles.longest.get(words[at].text, 0), len(words) - at)
        for size in range(most, 0, -1):
            title = self._titles.by_words.get(tuple(word.text for word in words[at : at + size]))
            if title is not None:
                return title
        return None

    def _split_title(self, words: list[_Word], at: int, floor: int) -> _Found | None:
        """ "top US diplomat": a title of two words with the place between them; ``at`` is the second."""
        size = self._place_before(words, at, floor) if at > floor else 0
        mark = 1 if size and words[at - 1].text == "s" else 0
        start = at - size - mark - 1
        if not size or start < floor or words[start].text not in self._titles.ranks:
            return None
        title = self._titles.by_words.get((words[start].text, words[at].text))
        if title is None:
            return None
        place = tuple(word.text for word in words[start + 1 : start + 1 + size])
        return self._resolve(_Found(start, at + 1, (), title.kind, self._places[place], False), title, place, False)

    def _place(self, words: list[_Word], start: int, end: int) -> tuple[str, ...] | None:
        span = words[start:end]
        key = tuple(word.text for word in span)
        if key not in self._places or (len(key) == 1 and key[0] in _SHOUTED and not span[0].shouted):
            return None
        return key

    def _before(self, words: list[_Word], at: int, floor: int) -> tuple[int, tuple[str, ...] | None, bool, bool]:
        """How far the phrase reaches to the left: its start, the place, whether former, whether a deputy."""
        place: tuple[str, ...] | None = None
        former = deputy = False
        while at > floor:
            word = words[at - 1].text
            if word in self._titles.former:
                former, at = True, at - 1
            elif word in self._titles.deputies and place is None:
                deputy, at = True, at - 1
            elif word in self._titles.modifiers:
                at -= 1
            elif place is None and (size := self._place_before(words, at, floor)):
                # "Turkey 's": the mark belongs to the phrase, not to the place
                mark = 1 if word == "s" else 0
                place, at = tuple(w.text for w in words[at - size - mark : at - mark]), at - size - mark
            else:
                break
        return at, place, former, deputy

    def _place_before(self, words: list[_Word], at: int, floor: int) -> int:
        end = at - 1 if words[at - 1].text == "s" and at - 1 > floor else at
        longest = self._longest_place.get(words[end - 1].text, 0) if end > floor else 0
        sizes = range(min(longest, end - floor), 0, -1)
        return next((size for size in sizes if self._place(words, end - size, end)), 0)

    def _after(self, words: list[_Word], at: int) -> tuple[tuple[str, ...] | None, int]:
        """The place in "... of (the) X", and the new end."""
        if at >= len(words) or words[at].text not in _LINKS:
            return None, at
        start = at + 1
        if start < len(words) and words[start].text == "the":
            start += 1
        for end in range(min(len(words), start + _LONGEST_PLACE), start, -1):
            if place := self._place(words, start, end):
                return place, end
        return None, at

    def _resolve(self, found: _Found, title: Title, place: tuple[str, ...], deputy: bool) -> _Found:
        """Fill in which offices a title means at a place."""
        where = found.where or title.where
        bound = title.where is None or title.where == where
        if deputy:
            kind = "minister" if "minister" in title.kind else "other"
            return replace(found, kind=kind, where=where, offices=self._deputies(title, where))
        if where is None:
            offices = self._by_id(title.offices) or (self._everywhere(title.kind) if title.kind in self._titles.open_kinds else ())
            return replace(found, offices=offices, kind=title.kind)
        if bound and title.offices and title.where:
            return replace(found, offices=self._by_id(title.offices), kind=title.kind, where=where)
        offices = self._there(title, where, place)
        if not offices and bound is False and title.where:
            # a title bound to one place, used of another: "the Chinese secretary of state"
            offices = tuple(self._knowledge.offices_of_kind(title.kind, where))
        return replace(found, offices=offices, kind=title.kind, where=where)

    def _by_id(self, ids: tuple[str, ...]) -> tuple[Office, ...]:
        return tuple(self._knowledge.offices[office] for office in ids if office in self._knowledge.offices)

    def _everywhere(self, kind: str) -> tuple[Office, ...]:
        if kind not in self._of_kind:
            found = (o for iso3 in self._knowledge.countries for o in self._knowledge.offices_of_kind(kind, iso3))
            self._of_kind[kind] = tuple(found)
        return self._of_kind[kind]

    def _deputies(self, title: Title, where: str | None) -> tuple[Office, ...]:
        if where is None:
            return ()
        words = set(title.words) - {"of", "the", "for"}
        there = [(o, set(fold(o.name).split())) for o in self._knowledge.offices_at(where)]
        named = [(o, len(words & name)) for o, name in there if name & self._titles.deputies and len(words & name) * 2 >= len(words)]
        return tuple(o for o, shared in sorted(named, key=lambda pair: -pair[1]) if shared == max(n for _, n in named))

    def _there(self, title: Title, where: str, place: tuple[str, ...]) -> tuple[Office, ...]:
        """Offices of the title's kind at a place, those whose names share most words with the phrase first."""
        there = self._knowledge.offices_at(where)
        if title.match:
            return tuple(o for part in title.match for o in there if part in fold(o.name) and o.kind != "spokesperson")[:8]
        special = self._titles.at_organisation.get(where, {}).get(title.kind)
        if special:
            return self._by_id(special)
        organisation = where not in self._knowledge.countries
        kinds = {title.kind, title.also or title.kind, "head-of-organisation" if organisation else title.kind}
        # A president who heads the government (Iran's) is called president all the same.
        heads, called = title.kind in HEADS, f"{' '.join(title.words)} of "
        chosen = [
            o for o in there if o.kind in kinds or o.also_kind in kinds or (heads and o.kind in HEADS and fold(o.name).startswith(called))
        ]
        asked = {*title.words, *(place if organisation else ())}
        ranked = sorted(chosen, key=lambda o: (-len(asked & set(fold(o.name).split())), o.kind != title.kind))
        first = self._by_id(dict(title.first).get(where, ()))
        if organisation:
            ranked = _best(ranked, asked, title)
        return first + tuple(o for o in ranked if o not in first)


def _best(ranked: list[Office], asked: set[str], title: Title) -> list[Office]:
    """Of an organisation's offices those that share most words: "NATO chief" has but one, "Commission President" is not the Council's."""
    shared = [len(asked & set(fold(o.name).split())) for o in ranked]
    most = max(shared, default=0)
    return [o for o, n in zip(ranked, shared, strict=True) if n == most] if most else ranked


def _words(tokens: Sequence[str]) -> list[_Word]:
    """Folded words with their tokens; a possessive mark glued to a word becomes a word of its own."""
    return [_Word(word, n, shouted) for n, token in enumerate(tokens) for word, shouted in _parts(token)]


@lru_cache(maxsize=65536)
def _parts(token: str) -> tuple[tuple[str, bool], ...]:
    """The folded words of a token, and whether they stand in capitals."""
    text = token.replace("’", "'").replace("‘", "'")
    possessive = len(text) > 2 and text.lower().endswith("'s")
    text = text[:-2] if possessive else text
    parts = [(word, text.isupper()) for word in fold(text).split()]
    return (*parts, ("s", False)) if possessive else tuple(parts)
