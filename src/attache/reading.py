"""The dossier in progress: what each room has added so far, carried by the spaCy document as ``doc._.attache``.

Rooms only append to their own lists and read those of the rooms before them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Literal

from attache.dossier import Actor, Agreement, Event, Finding, Mention, PageDate, PlaceMention, Time
from attache.tokens import Tokens, tokens_in

if TYPE_CHECKING:
    from spacy.tokens import Doc


@dataclass(frozen=True)
class Days:
    """A closed interval of days; None is open."""

    first: date | None = None
    last: date | None = None

    def overlaps(self, other: Days) -> bool:
        """Whether the two share a day."""
        below = self.last is not None and other.first is not None and self.last < other.first
        above = other.last is not None and self.first is not None and other.last < self.first
        return not (below or above)


@dataclass(frozen=True)
class Linked:
    """A mention as tokens: which actor, and how the words came to mean it.

    ``kind``: ``name``, ``office`` (title or description without a name), ``pronoun``, ``country``, ``demonym``, ``metonym``,
    ``organisation``, ``agreement``. ``start``/``end`` are token indices of the name itself, titles excluded; ``office`` the id of the
    office stated beside it and ``office_span`` its tokens. ``reason`` explains the decision in words.
    """

    start: int
    end: int
    actor: str
    kind: str
    mention: Mention
    office: str | None = None
    office_span: tuple[int, int] | None = None
    repaired_from: str | None = None
    reason: str = ""


@dataclass(frozen=True)
class Statement:
    """Somebody's words, thoughts or wishes as the page hands them on, in tokens ``[start, end)``.

    ``source`` is the phrase that names the speaker as it stands in the clause ("he", "which", "a report"), ``speaker`` its head;
    both None where nobody is named. ``content`` has one stretch, or several where the cue breaks it. ``form`` is ``direct`` where all
    its words are quoted, ``mixed`` where some are. ``speech`` is False for thoughts, wishes and findings. ``depth`` is 0 for what the
    page itself hands on, 1 for what is handed on inside that, and so on.
    """

    source: tuple[int, int] | None
    speaker: int | None
    cue: tuple[int, int]
    content: tuple[tuple[int, int], ...]
    form: Literal["direct", "mixed", "indirect"]
    speech: bool
    rule: str
    confidence: float
    depth: int = 0


@dataclass
class Reading:
    """The state of one page while it walks through the rooms."""

    title: str | None = None
    published: Days | None = None
    period: Days | None = None
    """When the offices named on the page were held together, worked out by ``who``; ``when`` narrows it."""
    headings: list[tuple[int, int]] = field(default_factory=list)
    """Character spans of title and headings inside the text, if any."""
    actors: dict[str, Actor] = field(default_factory=dict)
    agreements: dict[str, Agreement] = field(default_factory=dict)
    linked: list[Linked] = field(default_factory=list)
    """Sorted by ``start``; never overlapping."""
    titles: list[tuple[int, int]] = field(default_factory=list)
    """Tokens ``[start, end)`` of offices and titles, with a name beside them or not."""
    date: PageDate = field(default_factory=PageDate)
    times: list[Time] = field(default_factory=list)
    places: list[PlaceMention] = field(default_factory=list)
    statements: list[Statement] | None = None
    """In order of their cues; None until they have been looked for."""
    events: list[Event] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    tokens: Tokens | None = None
    """The document's text and words once asked for: spaCy puts them together anew each time."""
    directions: dict[tuple[int, int, bool], int] = field(default_factory=dict)
    """Which way the words between two characters point in time, with a parse or without, once worked out; ``when`` asks several times."""

    def is_person(self, actor: str) -> bool:
        """Whether an id is that of a person of the page."""
        known = self.actors.get(actor)
        return known is not None and known.kind == "person"

    def at(self, token: int) -> Linked | None:
        """The linked mention that covers a token, if one does."""
        return next((m for m in self.linked if m.start <= token < m.end), None)


def offer() -> None:
    """Make ``doc._.attache`` known to spaCy; the factories do, so that documents read by other processes can be asked here too."""
    from spacy.tokens import Doc

    if not Doc.has_extension("attache"):
        Doc.set_extension("attache", default=None)


def reading_of(doc: Doc) -> Reading:
    """The reading of a document, made empty where none was given."""
    # By its type, so that asking a record, which needs no language model, does not wait for spaCy.
    if not type(doc).has_extension("attache"):
        type(doc).set_extension("attache", default=None)
    if doc._.attache is None:
        doc._.attache = Reading()
    reading: Reading = doc._.attache
    return reading


def text_of(doc: Doc) -> str:
    """``doc.text``, put together once; rooms ask for it hundreds of times a page."""
    return tokens_of(doc).text


def tokens_of(doc: Doc) -> Tokens:
    """The document's words as strings, put together once."""
    reading = reading_of(doc)
    if reading.tokens is None:
        reading.tokens = tokens_in(doc)
    return reading.tokens
