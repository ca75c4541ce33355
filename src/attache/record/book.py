"""An open record: what can be filed in it and asked of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from types import TracebackType
from typing import TYPE_CHECKING, Unpack

from sqlalchemy import Connection, Engine

from attache.dossier import Dossier
from attache.errors import SourceError
from attache.record import (
    asking,
    collating,
    filing,
    grouping,
    judging,
    keeping,
    lives,
    merging,
    renewing,
    runs,
    searching,
    settling,
    stories,
)
from attache.record.accounts import FailureRow, JudgementRow, RunRow, Settled, Subject, Summary, Totals, Verdict
from attache.record.filters import EventFilters, Order
from attache.record.rows import (
    ActorRow,
    EventDetail,
    EventRow,
    FindingRow,
    Hit,
    Life,
    LinkRow,
    MentionRow,
    PageRow,
    PageState,
    ReportRow,
    StoryDetail,
    StoryRow,
)
from attache.record.sheet import sheet_of
from attache.record.slices import Slice
from attache.record.store import open_engine, writing
from attache.record.telling import sound, told

if TYPE_CHECKING:
    from attache.record.ingest import Options
    from attache.record.running import Progress
    from attache.story import Collation


class Record:
    """An open record; use it with ``with``. Questions may come from several threads at once."""

    def __init__(self, engine: Engine, place: str) -> None:
        self.engine = engine
        self.place = place

    @classmethod
    def open(cls, place: str, create: bool) -> Record:
        """Open what `open_record` names."""
        return cls(open_engine(place, create), place)

    def __enter__(self) -> Record:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Close every connection."""
        self.engine.dispose()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection for questions, all answered from one state of the record."""
        with told(self.place), sound(self.place), self.engine.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction: kept wholly, or not at all where an error leaves it."""
        with told(self.place), writing(self.engine) as connection:
            yield connection

    # ---- filing

    def ingest(
        self, sources: Iterable[str], published: str | date | None = None, pipeline: str | None = None,
        on_error: Callable[[SourceError], None] | None = None, progress: Progress | None = None, options: Options | None = None,
    ) -> Summary:  # fmt: skip
        """Read and file every page that is not in the record; each page is kept as soon as it is done."""
        from attache.record.ingest import ingest

        return ingest(self, sources, published, pipeline, on_error, progress, options)

    def file(self, dossier: Dossier, data: bytes | None = None, *, url: str | None = None) -> bool:
        """File one dossier, with the bytes it was read from, wholly or not at all; False where it is in the record already."""
        with self.writing() as connection:
            renewing.demand_current(connection, self.place)
            if filing.file_sheet(connection, sheet_of(dossier, data, url=url)) is None:
                return False
            for step in (grouping.group, merging.merge, collating.dispute):
                while step(connection):
                    pass
            return True

    def settle(self, told: settling.Told = lambda what, looked, whole: None) -> Settled:
        """Bring stories and events up to date with the pages, and compare anew what an older attache compared in another way.

        `told` is called now and then with what is looked at, how much was and how much there is. It may be stopped and started again.
        """
        return settling.settle_anew(self, told)

    def has(self, sha256: str, uri: str | None = None) -> bool:
        """Whether a page of these bytes (from this place, where given) is in the record."""
        with self.reading() as connection:
            if uri is not None:
                return filing.known(connection, sha256, uri)
            return keeping.page(connection, sha256) is not None

    # ---- events

    def events(self, *, limit: int = 100, offset: int = 0, order: Order = "newest", **filters: Unpack[EventFilters]) -> Slice[EventRow]:
        """Events that fit every filter given; see `EventFilters`."""
        with self.reading() as connection:
            return asking.events(connection, filters, limit, offset, order)

    def count_events(self, **filters: Unpack[EventFilters]) -> int:
        """How many events fit, counted up to 10,000."""
        with self.reading() as connection:
            return asking.count_events(connection, filters)

    def event(self, event_id: int) -> EventDetail | None:
        """One event with its reports, statuses over time and parties."""
        with self.reading() as connection:
            return asking.event(connection, event_id)

    def reports(self, *, event: int | None = None, page: int | None = None) -> tuple[ReportRow, ...]:
        """The reports of an event or of a page."""
        with self.reading() as connection:
            return asking.reports(connection, event_id=event, page_id=page)

    # ---- pages

    def search(
        self, words: str, *, since: str | None = None, until: str | None = None, outlet: str | None = None, limit: int = 20, offset: int = 0
    ) -> Slice[Hit]:
        """Pages whose text has all these words; ``"a phrase"`` and ``-without`` as usual. Best first."""
        with self.reading() as connection:
            return searching.search(connection, words, since=since, until=until, outlet=outlet, limit=limit, offset=offset)

    def pages(
        self, limit: int = 100, offset: int = 0, *, since: str | None = None, until: str | None = None, outlet: str | None = None,
        state: PageState | None = None, story: int | None = None, finding: str | None = None,
    ) -> Slice[PageRow]:  # fmt: skip
        """Pages, the newest day first; `finding`: only those with a finding of this kind."""
        with self.reading() as connection:
            return keeping.pages(
                connection, day=(since, until), outlet=outlet, state=state, story=story, finding=finding, limit=limit, offset=offset
            )

    def page(self, key: int | str) -> PageRow | None:
        """One page by id or sha256."""
        with self.reading() as connection:
            return keeping.page(connection, key)

    def dossier(self, key: int | str) -> Dossier | None:
        """The dossier of one page, by id or sha256."""
        with self.reading() as connection:
            return keeping.dossier(connection, key)

    def source(self, key: int | str) -> bytes | None:
        """The bytes a page was read from."""
        with self.reading() as connection:
            return keeping.source(connection, key)

    def mentions(self, page: int) -> tuple[MentionRow, ...]:
        """Who is named on a page, where."""
        with self.reading() as connection:
            return keeping.mentions(connection, page)

    def findings(
        self, *, page: int | None = None, story: int | None = None, kind: str | None = None, severity: str | None = None,
        limit: int = 100, offset: int = 0,
    ) -> Slice[FindingRow]:  # fmt: skip
        """What is to be doubted."""
        with self.reading() as connection:
            return keeping.findings(connection, page_id=page, story=story, kind=kind, severity=severity, limit=limit, offset=offset)

    # ---- people and stories

    def people(self, name: str, limit: int = 20) -> tuple[ActorRow, ...]:
        """Actors that a name may mean, those on most pages first."""
        with self.reading() as connection:
            return lives.people(connection, name, limit)

    def person(self, name: str, *, since: str | None = None, until: str | None = None, limit: int = 100) -> Life | None:
        """The life of the actor that a name or id most likely means."""
        with self.reading() as connection:
            return lives.person(connection, name, since=since, until=until, limit=limit)

    def stories(
        self,
        *,
        min_wordings: int = 1,
        min_pages: int = 1,
        since: str | None = None,
        until: str | None = None,
        limit: int = 100,
        offset: int = 0,
    ) -> Slice[StoryRow]:
        """Stories, those with the newest pages first."""
        with self.reading() as connection:
            return stories.stories(
                connection, min_wordings=min_wordings, min_pages=min_pages, since=since, until=until, limit=limit, offset=offset
            )

    def story(self, story_id: int) -> StoryDetail | None:
        """A story with its pages and why they belong together."""
        with self.reading() as connection:
            return stories.story(connection, story_id)

    def collation(self, story_id: int) -> Collation | None:
        """The pages of a story side by side, with the best reading of each name, figure, date and quotation."""
        with self.reading() as connection:
            return collating.collation(connection, story_id)

    def links(self, page: int) -> tuple[LinkRow, ...]:
        """The pages that a page is held together with, and why."""
        with self.reading() as connection:
            return stories.links(connection, [page])

    # ---- judgements

    def judge(
        self, subject: Subject, verdict: Verdict, *, page: int, report: int | None = None, actor: str | None = None,
        start: int | None = None, end: int | None = None, note: str | None = None, by: str | None = None,
    ) -> int:  # fmt: skip
        """Write a person's judgement down and give its id.

        An ``event`` is judged by one of its reports; a ``repair``, ``link`` or ``finding`` by its characters on the page, with `actor`
        the right one where another is meant. A newer judgement replaces an older on the same thing.
        """
        with self.writing() as connection:
            return judging.judge(
                connection, subject, verdict, page=page, report=report, actor=actor, start=start, end=end, note=note, by=by
            )

    def withdraw(self, judgement: int) -> bool:
        """Take a judgement back; it stays in the list of those withdrawn."""
        with self.writing() as connection:
            return judging.withdraw(connection, judgement)

    def judgements(
        self, *, page: int | None = None, subject: Subject | None = None, withdrawn: bool = False, limit: int = 100, offset: int = 0
    ) -> Slice[JudgementRow]:
        """Judgements, the newest first."""
        with self.reading() as connection:
            return judging.judgements(connection, page=page, subject=subject, withdrawn=withdrawn, limit=limit, offset=offset)

    # ---- what ingest did

    def runs(self, limit: int = 20, offset: int = 0) -> Slice[RunRow]:
        """Calls of ingest, the newest first; a running one's numbers grow."""
        with self.reading() as connection:
            return runs.runs(connection, limit=limit, offset=offset)

    def failures(self, *, run: int | None = None, resolved: bool = False, limit: int = 100, offset: int = 0) -> Slice[FailureRow]:
        """Inputs that could not be filed, with the reason."""
        with self.reading() as connection:
            return runs.failures(connection, run=run, resolved=resolved, limit=limit, offset=offset)

    def totals(self) -> Totals:
        """How much there is."""
        with self.reading() as connection:
            return runs.totals(connection)
