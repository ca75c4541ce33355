"""What the record says of its own making: runs, failures, judgements, totals."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

RunState = Literal["running", "done", "interrupted", "failed"]
Subject = Literal["repair", "link", "event", "finding"]
Verdict = Literal["confirm", "reject", "unsure"]


@dataclass(frozen=True)
class Settled:
    """What `Record.settle` had to make anew: texts to compare by, and stories."""

    texts: int
    stories: int


@dataclass(frozen=True)
class JudgementRow:
    """What a person decided on a repair, a link, an event or a finding. Withdrawn ones are kept and no longer count."""

    id: int
    subject: Subject
    verdict: Verdict
    page: int
    report: int | None
    actor: str | None
    start: int | None
    end: int | None
    note: str | None
    by: str | None
    at: str
    withdrawn: str | None


@dataclass(frozen=True)
class FailureRow:
    """An input that could not be filed, with the reason; `resolved` tells when a later run filed it after all."""

    id: int
    run: int
    uri: str
    kind: str
    reason: str
    at: str
    tries: int
    resolved: str | None


@dataclass(frozen=True)
class RunRow:
    """One call of ingest or watch; while it is running its numbers grow."""

    id: int
    started: str
    ended: str | None
    sources: tuple[str, ...]
    state: RunState
    message: str | None
    version: str
    filed: int
    copies: int
    known: int
    skipped: int
    failed: int


@dataclass(frozen=True)
class Summary:
    """What became of a run's pages; `copies` are among `filed`: filed without a second reading, their text being known."""

    filed: int = 0
    known: int = 0
    failed: int = 0
    skipped: int = 0
    copies: int = 0
    run: int = 0
    seconds: float = 0.0


@dataclass(frozen=True)
class Totals:
    """How much a record holds."""

    pages: int
    skipped: int
    texts: int
    stories: int
    events: int
    reports: int
    actors: int
    findings: int
    failures: int
    first_day: str | None
    last_day: str | None
    outlets: tuple[tuple[str, int], ...] = field(default=())
