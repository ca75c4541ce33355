"""What the record answers with: small typed rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from attache.record.accounts import Verdict
from attache.record.slices import Slice

PageState = Literal["read", "skipped"]


@dataclass(frozen=True)
class PageRow:
    """One page in a list. `day` is the stated day or the best guess; `wording` is shared with its copies."""

    id: int
    sha256: str
    uri: str
    url: str | None
    outlet: str | None
    title: str | None
    day: str | None
    published: str | None
    language: str | None
    reliability: float
    state: PageState
    reason: str | None
    story: int | None
    wording: int | None
    events: int
    findings: int
    filed: str


@dataclass(frozen=True)
class EventRow:
    """One event as all its reports tell it. `status` is that of the latest report; `sources` counts independent ones."""

    id: int
    kind: str
    status: str
    who: str
    whom: str
    about: str
    first: str | None
    last: str | None
    place: str | None
    country: str | None
    latitude: float | None
    longitude: float | None
    cameo: str | None
    plover: str | None
    words: str
    confidence: float
    sources: int
    reports: int
    first_reported: str | None
    last_reported: str | None
    story: int | None
    page: int
    uri: str


@dataclass(frozen=True)
class ReportRow:
    """One page's telling of an event, with the characters of the page's clean text that it was read from."""

    id: int
    event: int | None
    page: int
    code: str
    kind: str
    status: str
    who: str
    whom: str
    about: str
    first: str | None
    last: str | None
    time: str | None
    place: str | None
    country: str | None
    latitude: float | None
    longitude: float | None
    cameo: str | None
    plover: str | None
    mode: str | None
    contexts: str
    words: str
    content: str | None
    reported_by: str | None
    start: int
    end: int
    trigger_start: int
    trigger_end: int
    rule: str
    confidence: float
    uri: str
    outlet: str | None
    title: str | None
    day: str | None
    reliability: float
    story: int | None
    wording: int | None
    verdict: Verdict | None = None


@dataclass(frozen=True)
class StatusChange:
    """From which day on an event was told with this status, and by which page first."""

    day: str | None
    status: str
    page: int
    reports: int


@dataclass(frozen=True)
class EventDetail:
    """An event, its reports (first told first), the statuses over time and the parties as (role, actor code, name)."""

    event: EventRow
    reports: tuple[ReportRow, ...]
    statuses: tuple[StatusChange, ...]
    parties: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True)
class Hit:
    """A page found by its text. `snippet` has the matched words between ``[`` and ``]``; `spans` are theirs in the clean text."""

    page: int
    uri: str
    outlet: str | None
    title: str | None
    day: str | None
    snippet: str
    spans: tuple[tuple[int, int], ...]
    score: float
    reliability: float
    story: int | None
    wording: int | None
    copies: int = 0


@dataclass(frozen=True)
class ActorRow:
    """An actor of the record. `code` is the dossier's id (``wd:Q…`` or ``attache:slug``)."""

    id: int
    code: str
    name: str
    kind: str
    country: str | None
    pages: int = 0
    events: int = 0


@dataclass(frozen=True)
class OfficeRow:
    """An office as pages call it, with the days of the first and the last such page."""

    office: str
    affiliation: str | None
    first: str | None
    last: str | None
    pages: int


@dataclass(frozen=True)
class Life:
    """A person (or other actor) as the record knows it; the lists hold the newest first."""

    actor: ActorRow
    offices: tuple[OfficeRow, ...]
    meetings: Slice[EventRow]
    statements: Slice[EventRow]
    others: Slice[EventRow]
    spellings: tuple[tuple[str, int, bool], ...]
    """As written on pages: wording, how often, and whether it was repaired."""
    company: tuple[tuple[ActorRow, int], ...]
    """Whom the events name beside this actor, and how often."""


@dataclass(frozen=True)
class StoryRow:
    """A story in a list: pages on the same news, in how many independent wordings."""

    id: int
    title: str | None
    first_day: str | None
    last_day: str | None
    pages: int
    wordings: int


@dataclass(frozen=True)
class LinkRow:
    """Why two pages are held together: `kind` is ``same-text``, ``copy`` or ``same-story``."""

    first: int
    second: int
    kind: str
    score: float
    reason: str


@dataclass(frozen=True)
class StoryDetail:
    """A story with its pages (earliest first), the links between them and the disputes between its wordings."""

    story: StoryRow
    pages: tuple[PageRow, ...]
    links: tuple[LinkRow, ...]
    disputes: tuple[FindingRow, ...]


@dataclass(frozen=True)
class FindingRow:
    """A doubt: of one page, or (`story`) between the copies of a story."""

    id: int
    page: int | None
    story: int | None
    kind: str
    severity: str
    start: int | None
    end: int | None
    text: str
    reading: str | None
    message: str
    grounds: tuple[str, ...]
    confidence: float
    rule: str
    uri: str | None
    verdict: Verdict | None = None


@dataclass(frozen=True)
class MentionRow:
    """One place where an actor is named."""

    page: int
    start: int
    end: int
    text: str
    repaired: bool
    confidence: float
    rule: str
    actor: str
    name: str
    verdict: Verdict | None = None
