"""The dated facts: what a person, an office, a tenure, a country, an organisation and an agreement are."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

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
    """A treaty or deal. ``cues`` are sets of words: a passage that holds all words of one set speaks of it, if a party or year agrees.

    ``source`` is where the text or its deposit can be looked up.
    """

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
    source: str


@dataclass(frozen=True)
class Act:
    """A sort of thing that happens, with the forms of verbs and the nouns that speak of it.

    ``modifier``: a noun of it also counts before another one; ``recurs``: it may happen again after the last date that is known.
    """

    name: str
    verbs: frozenset[str]
    nouns: frozenset[str]
    modifier: bool = False
    recurs: bool = False


@dataclass(frozen=True)
class About:
    """One thing that must be named for a fact to be meant: an actor with one of ``ids``, or one of ``words`` (lower case).

    ``role``: ``!`` who suffers the act, ``=`` either party to it, ``^`` beside its noun, empty anywhere in the clause. ``called`` has
    every wording, those of the ids too.
    """

    role: str
    ids: frozenset[str]
    words: tuple[str, ...]
    called: tuple[str, ...]


@dataclass(frozen=True)
class DatedFact:
    """Something that happened on a known day, month or year, or several times (an election): ``dates`` are ISO, as precise as known.

    A date may be an interval (``2020-11-03/2022-11-03``). ``dating`` is the day from which a page that speaks of it is; empty where that
    says little. ``source`` is where it can be looked up.
    """

    id: str
    what: str
    act: Act
    about: tuple[About, ...]
    dates: tuple[str, ...]
    days: tuple[Days, ...]
    source: str
    dating: str = ""

    @cached_property
    def words(self) -> tuple[tuple[str, ...], ...]:
        """Groups of words, one of each of which a passage about it has."""
        return (*(about.called for about in self.about), tuple(sorted(self.act.verbs | self.act.nouns)))


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
