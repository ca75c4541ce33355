"""The knowledge base: one object that answers who, which office, when held, which country or organisation is meant."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from functools import cached_property, lru_cache

from rapidfuzz import fuzz

from attache.knowledge.bonds import Bonds
from attache.knowledge.facts import (
    Agreement,
    Candidate,
    Country,
    DatedFact,
    Office,
    OfficePhrase,
    Organisation,
    Person,
    Tenure,
)
from attache.knowledge.fold import fold
from attache.knowledge.happenings import Happenings
from attache.knowledge.packaged import database, imported
from attache.knowledge.phrases import PhraseFinder
from attache.knowledge.shelf import Lazy, Shelf
from attache.knowledge.similarity import name_similarity
from attache.knowledge.store import Store
from attache.knowledge.tables import load_agreements, load_countries, load_organisations, load_toml
from attache.reading import Days

_LOCK = threading.RLock()
# Names looked at for each fuzzy question, and those of them compared closely: on damaged names no worse than more of either.
_POOL, _CLOSE = 40, 24

PRONOUNCED = 4
"""Letters of an abbreviation that is read as a word."""


class Knowledge:
    """Dated facts and the names by which news calls them. Read-only; safe to share between threads."""

    def __init__(self, *stores: Store) -> None:
        self._store = store = Shelf(stores)
        self.people: Mapping[str, Person] = Lazy(store, "person", store.person)
        self.offices: Mapping[str, Office] = Lazy(store, "office", store.office)
        self.countries: Mapping[str, Country] = load_countries()
        self.organisations: Mapping[str, Organisation] = {o.id: o for store in stores for o in store.organisations()} | load_organisations()
        self._names = {fold(n): c for c in reversed(self.countries.values()) for n in reversed(c.names)}
        self._demonyms = {fold(d): c for c in reversed(self.countries.values()) for d in c.demonyms}
        # where two organisations share a name, the earlier row has it
        self._organisations = {fold(n): o for o in reversed(self.organisations.values()) for n in reversed(o.names)}
        written = [name for o in self.organisations.values() for name in o.names]
        self._abbreviations = {fold(n) for n in written if _capitals(n) > 1 and " " not in n}
        self._abbreviations -= {fold(n) for n in written if _capitals(n) == 1}
        self._metonyms = _metonyms(self.countries)

    @cached_property
    def agreements(self) -> Mapping[str, Agreement]:
        """Agreements by id."""
        return {a.id: a for store in self._store.stores for a in store.agreements()} | load_agreements()

    @cached_property
    def dated_facts(self) -> tuple[DatedFact, ...]:
        """What happened on a known day, agreements aside."""
        return self.happenings.facts

    @cached_property
    def happenings(self) -> Happenings:
        """The dated facts by act, and how acts are worded."""
        return Happenings(self.countries, self.organisations, self.bonds)

    @cached_property
    def bonds(self) -> Bonds:
        """Members of organisations, alliances and sanctions programmes, with their days."""
        return Bonds(self.countries, self.organisations)

    @cached_property
    def _finder(self) -> PhraseFinder:
        return PhraseFinder(self)

    def people_named(self, name: str) -> list[Person]:
        """People with this name or alias up to case, diacritics, hyphens, spaces, apostrophes and order."""
        return list(self._store.named(name))

    def people_surnamed(self, surname: str) -> list[Person]:
        """People with this last name (with or without particles; the first name in East Asian order)."""
        return list(self._store.surnamed(surname))

    def bearers(self, word: str) -> int:
        """In how many names a word stands as written, up to case and marks; 0: nobody in the tables is called so."""
        return self._store.bearers(fold(word))

    def similar(self, name: str, limit: int = 10, floor: float = 0.6) -> list[Candidate]:
        """People with names like this one, best first; a person once."""
        best: dict[str, Candidate] = {}
        asked = fold(name)
        size = len(asked.split())
        pool = sorted(self._store.spellings_like(name, _POOL), key=lambda row: -fuzz.WRatio(asked, fold(row[1])))
        for person, spelling in pool[:_CLOSE]:
            # a surname alone in the table says nothing about the first name asked
            score = name_similarity(name, spelling if len(fold(spelling).split()) >= size else person.name)
            if score >= floor and (person.id not in best or best[person.id].score < score):
                best[person.id] = Candidate(person, spelling, score)
        return sorted(best.values(), key=lambda c: (-c.score, c.person.id))[:limit]

    def tenures_of(self, person_id: str, on: Days | None = None) -> list[Tenure]:
        """What a person held, in order of start; with ``on``, only tenures that share a day with it."""
        return [t for t in self._store.tenures_by("person", person_id) if on is None or t.days.overlaps(on)]

    def holders(self, office_id: str, on: Days | None = None) -> list[Tenure]:
        """Who held an office, in order of start; with ``on``, only tenures that share a day with it."""
        return [t for t in self._store.tenures_by("office", office_id) if on is None or t.days.overlaps(on)]

    def offices_at(self, where: str) -> tuple[Office, ...]:
        """All offices of a country (ISO 3166 alpha-3) or organisation code, those with most holders first."""
        return self._store.offices_at(where)

    def offices_of_kind(self, kind: str, where: str) -> list[Office]:
        """Offices of a kind there, those that are also of the kind last."""
        there = self.offices_at(where)
        return [o for o in there if o.kind == kind] + [o for o in there if o.also_kind == kind]

    def country_named(self, text: str) -> Country | None:
        """The country with this name, short, official, old or abbreviated; "the" is ignored."""
        # the pronoun is no country
        return None if text == "us" else self._names.get(_bare(text))

    @cached_property
    def _longest(self) -> dict[str, int]:
        found: dict[str, int] = {}
        for table in (self._names, self._demonyms, self._organisations, self._metonyms):
            for parts in map(str.split, table):
                if parts:
                    found[parts[0]] = max(found.get(parts[0], 0), len(parts))
        return found

    def longest_name(self, word: str) -> int:
        """Words of the longest country, people, organisation or seat whose name begins with this word; 0 where none does."""
        parts = fold(word).split()
        return self._longest.get(parts[0], 0) if parts else 0

    def country_of_demonym(self, text: str) -> Country | None:
        """The country of an adjective or inhabitants: Turkish, Turk, Turks."""
        return self._demonyms.get(_bare(text))

    def organisation_named(self, text: str) -> Organisation | None:
        """The organisation, group or body with this name; an abbreviation (LeT, WHO) only with its capitals.

        Long ones are also read as British papers write them: Opec, Unicef.
        """
        found = self._organisations.get(_bare(text))
        if found is None or _capitals(text) > 1 or _bare(text) not in self._abbreviations:
            return found
        return found if _capitals(text) == 1 and len(_bare(text)) >= PRONOUNCED else None

    def metonym(self, text: str) -> str | None:
        """What a capital or seat stands for: ISO 3166 alpha-3, or the id of an organisation."""
        return self._metonyms.get(_bare(text))

    def office_cores(self) -> dict[str, list[str]]:
        """Office ids by the folded words of their names without the country."""
        return self._store.cores()

    def office_phrases(self, tokens: Sequence[str]) -> list[OfficePhrase]:
        """Phrases that name offices, such as "US Secretary of State" and "NATO chief", left to right, not overlapping."""
        return self._finder.find(tokens)


def _metonyms(countries: Mapping[str, Country]) -> dict[str, str]:
    """What capitals and seats stand for, folded: every capital for its country, less those that are commoner as another name."""
    table = load_toml("metonyms.toml")
    common = {fold(name) for name in table["common"]}
    capitals = {fold(c.capital): c.iso3 for c in countries.values() if c.capital}
    listed = {fold(name): of for name, of in table["metonym"].items()}
    return {name: of for name, of in capitals.items() if name not in common} | listed


def _bare(text: str) -> str:
    return fold(text).removeprefix("the ")


@lru_cache(maxsize=1)
def _builtin() -> Knowledge:
    return Knowledge(Store(database()), *map(Store, imported()))


def builtin() -> Knowledge:
    """The packaged knowledge base, and beside it what the user imported; loaded once."""
    with _LOCK:
        return _builtin()


def _capitals(text: str) -> int:
    return sum(c.isupper() for c in text)
