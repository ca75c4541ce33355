"""The vocabulary: what a dossier of one page consists of.

The pydantic models are the public contract (``attache read --format json``); their JSON schema is published in
``docs/dossier.schema.json``. Offsets are Unicode code points, half-open. Unknown is ``None``, never a guess.
"""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

ActorKind = Literal["person", "country", "organisation", "group", "body"]
EventKind = Literal[
    "say", "meet", "visit", "call", "negotiate", "mediate", "agree", "sign", "promise", "demand", "appeal", "praise", "accuse",
    "deny", "refuse", "threaten", "warn", "sanction", "lift-sanction", "aid", "cooperate", "withdraw", "suspend", "recall",
    "expel", "appoint", "resign", "protest", "mobilise", "attack", "arrest", "restrict", "investigate", "concede", "release",
    "cease-fire",
]  # fmt: skip
Status = Literal["happened", "ongoing", "planned", "conditional", "proposed", "denied"]
FindingKind = Literal[
    "corrupted-name", "inconsistent-name", "wrong-office", "anachronism", "contradiction", "broken-quotation", "fragment",
    "garbled", "mistranslated", "undated", "disputed",
]  # fmt: skip
Severity = Literal["error", "warning", "note"]
ResidueKind = Literal[
    "repeated-title", "comment-form", "navigation", "sharing", "advertisement", "caption", "tags", "byline", "cookie-notice",
    "placeholder", "other",
]  # fmt: skip
RoleName = Literal["source", "target", "about", "place", "time", "content", "cue"]


class Model(BaseModel):
    """Base of all parts: no unknown fields."""

    model_config = ConfigDict(extra="forbid")


class Span(Model):
    """Characters ``[start, end)`` of the clean text, or of the decoded source where a field is called ``raw``."""

    start: int = Field(ge=0, le=2**31 - 1)
    end: int = Field(ge=0, le=2**31 - 1)


class Source(Model):
    """Where the page came from; ``sha256`` is of its bytes."""

    uri: str
    media_type: str
    sha256: str


class Residue(Model):
    """Text taken off the page, with its kind and its place in the source."""

    kind: ResidueKind
    text: str
    raw: Span | None = None


class Ground(Model):
    """Why a date is what it is: the words, and the reason."""

    span: Span | None
    reason: str


class PageDate(Model):
    """The day of the page: stated (``published``), or worked out as ``best`` within ``earliest``..``latest`` (ISO 8601)."""

    published: str | None = None
    best: str | None = None
    earliest: str | None = None
    latest: str | None = None
    grounds: list[Ground] = Field(default_factory=list)


class Mention(Model):
    """One place where an actor is named; ``repaired`` where the wording is a corruption of the name."""

    span: Span
    raw: Span | None = None
    text: str
    repaired: bool = False
    confidence: float = Field(default=1.0, allow_inf_nan=False)
    rule: str = ""


class Actor(Model):
    """Who: ``id`` is ``wd:Q…`` where known, else ``attache:slug``; ``country`` ISO 3166 alpha-3."""

    id: str
    name: str
    kind: ActorKind
    office: str | None = None
    affiliation: str | None = None
    country: str | None = None
    mentions: list[Mention] = Field(default_factory=list)


class Agreement(Model):
    """A known treaty or deal that the page speaks of, with its dates (ISO 8601, precision kept)."""

    id: str
    name: str
    signed: str | None = None
    mentions: list[Mention] = Field(default_factory=list)


class Time(Model):
    """A time expression: TIMEX3 ``type`` and ``value``, and the interval of days it covers where it can be known."""

    span: Span
    text: str
    type: Literal["DATE", "TIME", "DURATION", "SET"]
    value: str
    start: str | None = None
    end: str | None = None
    rule: str = ""
    confidence: float = Field(default=1.0, allow_inf_nan=False)


class EventTime(Model):
    """When an event took or takes place; ``text`` is the wording, None where worked out."""

    start: str | None = None
    end: str | None = None
    text: str | None = None


class Place(Model):
    """Where: country as ISO 3166 alpha-3, coordinates in degrees (WGS 84)."""

    name: str
    country: str | None = None
    latitude: float | None = Field(default=None, ge=-90, le=90)
    longitude: float | None = Field(default=None, ge=-180, le=180)


class PlaceMention(Model):
    """A place named on the page."""

    span: Span
    text: str
    place: Place
    role: Literal["scene", "dateline", "mention"] = "mention"
    rule: str = ""
    confidence: float = Field(default=1.0, allow_inf_nan=False)


class Plover(Model):
    """PLOVER coding (openeventdata/PLOVER, draft 0.8); ``type`` is None for plain statements, which PLOVER does not code."""

    type: str | None = None
    mode: str | None = None
    contexts: list[str] = Field(default_factory=list)


class Role(Model):
    """A part of an event and the words it was read from."""

    role: RoleName
    span: Span
    actor: str | None = None


class Event(Model):
    """Who did what to whom, about what, where and when."""

    id: str
    kind: EventKind
    status: Status
    plover: Plover = Field(default_factory=Plover)
    cameo: str | None = None
    source: list[str] = Field(default_factory=list)
    target: list[str] = Field(default_factory=list)
    time: EventTime | None = None
    place: Place | None = None
    content: Span | None = None
    about: list[str] = Field(default_factory=list)
    roles: list[Role] = Field(default_factory=list)
    reported_by: str | None = None
    trigger: Span
    span: Span
    raw: Span | None = None
    rule: str
    confidence: float = Field(allow_inf_nan=False)


class Finding(Model):
    """What to doubt: the words, the right reading where known, and the facts that say so."""

    kind: FindingKind
    span: Span | None
    raw: Span | None = None
    text: str
    reading: str | None = None
    message: str
    grounds: list[str] = Field(default_factory=list)
    severity: Severity
    confidence: float = Field(allow_inf_nan=False)
    rule: str = ""


class Dossier(Model):
    """Everything read from one page."""

    attache: Literal["1"] = "1"
    source: Source
    title: str | None
    text: str
    language: str | None
    reliability: float = Field(ge=0, le=1)
    date: PageDate
    actors: list[Actor] = Field(default_factory=list)
    agreements: list[Agreement] = Field(default_factory=list)
    places: list[PlaceMention] = Field(default_factory=list)
    events: list[Event] = Field(default_factory=list)
    times: list[Time] = Field(default_factory=list)
    findings: list[Finding] = Field(default_factory=list)
    residue: list[Residue] = Field(default_factory=list)
