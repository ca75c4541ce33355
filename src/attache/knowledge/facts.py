"""The dated facts: what a person, an office, a tenure, a country, an organisation and an agreement are."""

from __future__ import annotations

from dataclasses import dataclass

from attache.reading import Days


@dataclass(frozen=True)
class Person:
    """Somebody who held an office; ``country`` is ISO 3166 alpha-3."""

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    country: str | None = None


@dataclass(frozen=True)
class Office:
    """An office of a country (ISO 3166 alpha-3) or an organisation (its code, such as EU or NATO)."""

    id: str
    name: str
    kind: str
    where: str
    also_kind: str | None = None


@dataclass(frozen=True)
class Tenure:
    """Who held an office when. ``start``/``end`` keep the precision known; ``open_end``: not known to have ended by ``as_of``."""

    person: str
    office: Office
    days: Days
    start: str
    end: str
    open_end: bool
    source: str
    as_of: str = ""


@dataclass(frozen=True)
class Country:
    """A country with every name and demonym (adjectives and inhabitants) by which news calls it."""

    iso3: str
    name: str
    id: str
    names: tuple[str, ...] = ()
    demonyms: tuple[str, ...] = ()
    capital: str = ""


@dataclass(frozen=True)
class Organisation:
    """An organisation, a group (party, armed group) or a body (ministry, army) of a country."""

    id: str
    name: str
    kind: str
    names: tuple[str, ...] = ()
    country: str | None = None
    code: str | None = None


@dataclass(frozen=True)
class Withdrawal:
    """A party that left an agreement: ISO 3166 alpha-3 or organisation code, the date, and the leader in office, where known."""

    party: str
    date: str
    under: str = ""


@dataclass(frozen=True)
class Agreement:
    """A treaty or deal. ``cues`` are sets of words: a passage that holds all words of one set speaks of it, if a party or year agrees."""

    id: str
    name: str
    names: tuple[str, ...]
    cues: tuple[tuple[str, ...], ...]
    parties: tuple[str, ...]
    signed: str
    in_force: str
    ended: str
    withdrawals: tuple[Withdrawal, ...]
    topic: str


@dataclass(frozen=True)
class DatedFact:
    """One thing that happened on a known day (or month, or year). ``words`` must all occur near; ``verbs``: one of them must."""

    id: str
    what: str
    words: tuple[tuple[str, ...], ...]
    actors: tuple[str, ...]
    date: str
    source: str


@dataclass(frozen=True)
class Candidate:
    """A person whose name looks like the words asked about."""

    person: Person
    matched: str
    score: float


@dataclass(frozen=True)
class OfficePhrase:
    """Tokens ``[start, end)`` that name an office, country adjective included; ``offices`` are those it may mean, best first."""

    start: int
    end: int
    offices: tuple[Office, ...]
    kind: str
    where: str | None
    former: bool = False
