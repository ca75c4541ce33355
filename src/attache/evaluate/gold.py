"""Gold files: what a careful reader finds on one page, and how its names are matched with a dossier's actors."""

from __future__ import annotations

import json
import re
import unicodedata
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from attache.dossier import Actor, Agreement, Dossier
from attache.errors import DataError, SourceMissing
from attache.knowledge import builtin

_DATE = re.compile(r"\d{4}(?:-\d\d){0,2}")
_EMPTY_WORDS = frozenset({"the", "of", "and", "for", "between", "on", "to", "in", "a"})


class GoldEvent(BaseModel):
    """One event of the gold: all parts that are stated must be found."""

    model_config = ConfigDict(extra="forbid")
    kind: str
    who: list[str] = Field(default_factory=list)
    whom: list[str] = Field(default_factory=list)
    about: str | None = None
    where: str | None = None
    when: str | None = None
    status: str | None = None


class GoldContradiction(BaseModel):
    """Words that cannot be so, and the facts that say so."""

    model_config = ConfigDict(extra="forbid")
    text: str
    why: str = ""


class Gold(BaseModel):
    """All that is to be found on one page."""

    model_config = ConfigDict(extra="ignore")
    date: str | None = None
    date_earliest: str | None = None
    date_latest: str | None = None
    people: list[str] = Field(default_factory=list)
    organisations: list[str] = Field(default_factory=list)
    countries: list[str] = Field(default_factory=list)
    agreements: list[str] = Field(default_factory=list)
    repairs: dict[str, str] = Field(default_factory=dict)
    spelling_variants: dict[str, str] = Field(default_factory=dict)
    events: list[GoldEvent] = Field(default_factory=list)
    contradictions: list[GoldContradiction] = Field(default_factory=list)
    broken_quotations: list[str] = Field(default_factory=list)
    fragments: list[str] = Field(default_factory=list)
    mistranslated: list[str] = Field(default_factory=list)
    residue: list[str] = Field(default_factory=list)


def load_gold(path: Path) -> Gold:
    """Read one gold file."""
    try:
        return Gold.model_validate(json.loads(path.read_text("utf-8")))
    except (ValueError, ValidationError) as error:
        reason = str(error).splitlines()[0]
        raise DataError(f"{path} is not a dispatch gold file: {reason}") from error


def gold_pairs(place: Path) -> list[tuple[Path, Path]]:
    """Gold files with the page beside each (``.txt`` or ``.html``), from one file or a folder and those below it."""
    if not place.exists():
        raise SourceMissing(f"{place}: no such gold file or folder")
    golds = sorted(place.rglob("*.json")) if place.is_dir() else [place]
    return [(gold, page) for gold in golds if (page := _page_beside(gold)) is not None]


def _page_beside(gold: Path) -> Path | None:
    return next((p for p in (gold.with_suffix(".txt"), gold.with_suffix(".html")) if p.exists()), None)


def plain(text: str) -> str:
    """Case, accents, quotation marks and spacing taken off, for comparing wordings."""
    text = text.replace("’", "'").replace("‘", "'").replace("“", '"').replace("”", '"').replace("–", "-").replace("—", "-")
    bare = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c)).casefold().replace("ı", "i")
    return " ".join(bare.split())


def words(text: str) -> set[str]:
    """The words of a name that carry meaning."""
    return set(re.findall(r"[^\W_]+", plain(text))) - _EMPTY_WORDS


def ids_of(name: str) -> set[str]:
    """The knowledge base's ids for a canonical name."""
    known = builtin()
    found = {p.id for p in known.people_named(name)}
    country, organisation = known.country_named(name), known.organisation_named(name)
    return found | ({country.id} if country else set()) | ({organisation.id} if organisation else set())


def is_actor(actor: Actor, name: str) -> bool:
    """Whether the actor is the one the gold names."""
    return words(actor.name) == words(name) or actor.id in ids_of(name)


def is_agreement(agreement: Agreement, gold: str) -> bool:
    """Whether the agreement is the one meant: the same day of signature, or mostly the same name."""
    stated = _DATE.search(gold)
    if stated and agreement.signed:
        return agreement.signed.startswith(stated[0]) or stated[0].startswith(agreement.signed)
    wanted, had = words(gold.split("(")[0]), words(agreement.name)
    return bool(wanted) and len(wanted & had) / min(len(wanted), len(had) or 1) >= 0.6


def name_of(dossier: Dossier, identifier: str) -> str:
    """The readable name of an id that an event mentions."""
    named: list[Actor | Agreement] = [*dossier.actors, *dossier.agreements]
    return next((a.name for a in named if a.id == identifier), identifier)
