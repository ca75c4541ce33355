"""Dated facts: people, offices, tenures, countries, organisations, agreements; and the names by which news calls them.

``builtin()`` gives the packaged knowledge base::

    knowledge = builtin()
    office = knowledge.offices_of_kind("foreign-minister", "TUR")[0]
    knowledge.holders(office.id, on=Days(date(2021, 4, 8), date(2021, 4, 8)))
"""

from __future__ import annotations

from attache.knowledge.base import Knowledge, builtin
from attache.knowledge.bonds import Alliance, Membership, Sanctions
from attache.knowledge.certainty import certainty
from attache.knowledge.facts import (
    About,
    Act,
    Agreement,
    Candidate,
    Country,
    DatedFact,
    Office,
    OfficePhrase,
    Organisation,
    Person,
    Tenure,
    Withdrawal,
)
from attache.knowledge.fold import fold
from attache.knowledge.similarity import name_similarity

__all__ = [
    "About",
    "Act",
    "Agreement",
    "Alliance",
    "Candidate",
    "Country",
    "DatedFact",
    "Knowledge",
    "Membership",
    "Office",
    "OfficePhrase",
    "Organisation",
    "Person",
    "Sanctions",
    "Tenure",
    "Withdrawal",
    "builtin",
    "certainty",
    "fold",
    "name_similarity",
]
