"""What every importer yields, whatever the form of its source."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class PersonFact:
    """Somebody; ``country`` is ISO 3166 alpha-3 where known, ``languages`` pairs of a name and the language it is in (BCP 47)."""

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    country: str = ""
    languages: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class OfficeFact:
    """An office by id; one that nobody holds is left out in the end. ``where`` as in the built-in table."""

    id: str
    name: str
    where: str = ""


@dataclass(frozen=True)
class TenureFact:
    """Who held what; dates as far as known (``2021``, ``2021-03``, ``2021-03-23``), empty where not."""

    person: str
    office: str
    start: str = ""
    end: str = ""


@dataclass(frozen=True)
class OrganisationFact:
    """An organisation that may act."""

    id: str
    name: str
    names: tuple[str, ...] = ()
    country: str = ""
    code: str = ""


@dataclass(frozen=True)
class AgreementFact:
    """A treaty with its day of signature and parties, as far as known."""

    id: str
    name: str
    names: tuple[str, ...] = ()
    signed: str = ""
    parties: tuple[str, ...] = ()


Fact = PersonFact | OfficeFact | TenureFact | OrganisationFact | AgreementFact
