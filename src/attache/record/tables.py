"""The tables of a record, for SQLite and PostgreSQL alike; docs/record.md describes them column by column.

A *report* is one page's telling of an event; an *event* is what the reports of all pages that mean the same happening were
merged into. A *wording* is a set of pages copied from one another (one source, however many print it), a *story* a set of
pages on the same news. Days are ISO 8601 text (``2021-03-23``), moments UTC text (``2021-03-23T10:00:00Z``).
"""

from __future__ import annotations

from sqlalchemy import (
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)
from sqlalchemy.types import BigInteger

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_N_label)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)
# SQLite numbers rows by itself only where the column is INTEGER.
Key = BigInteger().with_variant(Integer, "sqlite")


def _key() -> Column[int]:
    return Column("id", Key, primary_key=True)


def _to(name: str, target: str, *, null: bool = False, index: bool = False) -> Column[int]:
    return Column(name, Key, ForeignKey(f"{target}.id", ondelete="SET NULL" if null else "CASCADE"), nullable=null, index=index)


def _text(name: str, *, null: bool = False) -> Column[str]:
    return Column(name, Text, nullable=null)


def _number(name: str, *, null: bool = False, default: str | None = None) -> Column[int]:
    return Column(name, Integer, nullable=null, server_default=default)


runs = Table(
    "runs", metadata, _key(), _text("started"), _text("ended", null=True), _text("sources"), _text("state"), _text("message", null=True),
    _text("version"), _text("process"), *(_number(name, default="0") for name in ("filed", "copies", "known", "skipped", "failed")),
)  # fmt: skip

failures = Table(
    "failures", metadata, _key(), _to("run_id", "runs"), _text("uri"), Column("sha256", Text, nullable=False, server_default=""),
    _text("kind"), _text("reason"), _text("at"), _number("tries", default="1"), _text("resolved", null=True),
    UniqueConstraint("uri", "sha256"),
)  # fmt: skip

contents = Table(
    "contents", metadata, Column("sha256", Text, primary_key=True), _text("packing"), _number("size"),
    Column("data", LargeBinary, nullable=False),
)  # fmt: skip

texts = Table("texts", metadata, _key(), _text("digest"), _text("title", null=True), _text("text"), UniqueConstraint("digest"))

stories = Table(
    "stories", metadata, _key(), _text("title", null=True), _text("first_day", null=True), _text("last_day", null=True),
    _number("pages", default="0"), _number("wordings", default="0"), _number("collated", default="0"),
)  # fmt: skip

pages = Table(
    "pages", metadata, _key(), _text("sha256"), _text("uri"), _text("url", null=True), _text("outlet", null=True),
    _text("media_type"), _text("title", null=True),
    _to("text_id", "texts", index=True), _text("reading"), _text("day", null=True), _text("published", null=True),
    _text("earliest", null=True), _text("latest", null=True), _text("language", null=True),
    Column("reliability", Float, nullable=False),
    _text("state"), _text("reason", null=True), _to("story_id", "stories", null=True, index=True),
    Column("wording_id", Key, nullable=True, index=True), _to("run_id", "runs", null=True), _text("filed"),
    _number("events", default="0"), _number("findings", default="0"),
    UniqueConstraint("uri", "sha256"), Index("ix_pages_sha256", "sha256"),
    Index("ix_pages_day", "day", "id"), Index("ix_pages_reading", "reading"),
    Index("ix_pages_outlet", "outlet"),
)  # fmt: skip

dossiers = Table(
    "dossiers", metadata, Column("page_id", Key, ForeignKey("pages.id", ondelete="CASCADE"), primary_key=True),
    _text("packing"), Column("data", LargeBinary, nullable=False),
)  # fmt: skip

actors = Table(
    "actors", metadata, _key(), _text("code"), _text("name"), _text("folded"), _text("kind"), _text("country", null=True),
    UniqueConstraint("code"), Index("ix_actors_folded", "folded"),
)  # fmt: skip

# The words of actors' names, so that a part of a name is found without going through all of them.
name_words = Table(
    "name_words", metadata, Column("word", Text, primary_key=True),
    Column("actor_id", Key, ForeignKey("actors.id", ondelete="CASCADE"), primary_key=True), Index("ix_name_words_actor", "actor_id"),
    sqlite_with_rowid=False,
)  # fmt: skip

mentions = Table(
    "mentions", metadata,
    Column("page_id", Key, ForeignKey("pages.id", ondelete="CASCADE"), primary_key=True),
    Column("start", Integer, primary_key=True), Column("end", Integer, primary_key=True),
    Column("actor_id", Key, ForeignKey("actors.id", ondelete="CASCADE"), primary_key=True),
    _text("text"), _number("repaired"), Column("confidence", Float, nullable=False), _text("rule"),
    Index("ix_mentions_actor", "actor_id", "page_id"), sqlite_with_rowid=False,
)  # fmt: skip

offices = Table(
    "offices", metadata,
    Column("page_id", Key, ForeignKey("pages.id", ondelete="CASCADE"), primary_key=True),
    Column("actor_id", Key, ForeignKey("actors.id", ondelete="CASCADE"), primary_key=True),
    _text("office", null=True), _text("affiliation", null=True), Index("ix_offices_actor", "actor_id"), sqlite_with_rowid=False,
)  # fmt: skip

_WHAT = ("kind", "status", "who", "whom", "about")
_WHERE = ("place", "country")

# `day` is `first`, or empty where that is unknown: unlike NULL it sorts alike everywhere. It leads the indexes, and what else is
# often asked for follows, so that filters are decided before an event's row is fetched.
_ASKED = ("last", "kind", "status", "country", "sources", "rejected")

events = Table(
    "events", metadata, _key(), *map(_text, _WHAT), _text("first", null=True), _text("last", null=True), _text("day"),
    *(_text(name, null=True) for name in _WHERE), Column("latitude", Float), Column("longitude", Float), _text("cameo", null=True),
    _text("plover", null=True), _text("words"), Column("confidence", Float, nullable=False), _number("sources"), _number("reports"),
    _text("first_reported", null=True), _text("last_reported", null=True), Column("lead_id", Key, nullable=True),
    Column("story_id", Key, nullable=True, index=True), _number("rejected", default="0"),
    Index("ix_events_day", "day", "id", *_ASKED), Index("ix_events_kind", "kind", "day", "id", *(n for n in _ASKED if n != "kind")),
    Index("ix_events_country", "country", "day", "id", *(n for n in _ASKED if n != "country")),
    Index("ix_events_status", "status", "day", "id", *(n for n in _ASKED if n != "status")),
    Index("ix_events_sources", "sources", "id"), Index("ix_events_reported", "last_reported", "id"),
)  # fmt: skip

# Who takes part, in the order of days, with what else is often asked for: a popular actor has tens of thousands of events.
event_actors = Table(
    "event_actors", metadata,
    Column("actor_id", Key, ForeignKey("actors.id", ondelete="CASCADE"), primary_key=True),
    Column("day", Text, primary_key=True),
    Column("event_id", Key, ForeignKey("events.id", ondelete="CASCADE"), primary_key=True),
    Column("role", Text, primary_key=True),
    _text("last", null=True), _text("kind"), _text("status"), _text("country", null=True), _number("sources"),
    _number("rejected", default="0"), Index("ix_event_actors_event", "event_id"), sqlite_with_rowid=False,
)  # fmt: skip

reports = Table(
    "reports", metadata, _key(), _to("page_id", "pages"), _text("code"), Column("event_id", Key, nullable=True),
    *map(_text, _WHAT), _text("first", null=True), _text("last", null=True), _text("time", null=True),
    *(_text(name, null=True) for name in _WHERE), Column("latitude", Float), Column("longitude", Float),
    _text("cameo", null=True), _text("plover", null=True), _text("mode", null=True), _text("contexts"), _text("words"),
    _text("content", null=True), _text("reported_by", null=True), _number("start"), _number("end"), _number("trigger_start"),
    _number("trigger_end"), _text("rule"), Column("confidence", Float, nullable=False), _number("stale", default="1"),
    UniqueConstraint("page_id", "code"), Index("ix_reports_event", "event_id", "page_id"),
)  # fmt: skip
Index("ix_stories_collated", stories.c.id, sqlite_where=stories.c.collated == 0, postgresql_where=stories.c.collated == 0)
# Few at any time: those that the next merging of events has to look at.
Index("ix_reports_stale", reports.c.id, sqlite_where=reports.c.stale == 1, postgresql_where=reports.c.stale == 1)

# What two reports must share to be compared at all when events are merged; see `merging`.
merge_keys = Table(
    "merge_keys", metadata, Column("key", BigInteger, primary_key=True),
    Column("report_id", Key, ForeignKey("reports.id", ondelete="CASCADE"), primary_key=True),
    Index("ix_merge_keys_report", "report_id"), sqlite_with_rowid=False,
)  # fmt: skip

report_actors = Table(
    "report_actors", metadata,
    Column("report_id", Key, ForeignKey("reports.id", ondelete="CASCADE"), primary_key=True),
    Column("role", Text, primary_key=True), Column("actor_id", Key, ForeignKey("actors.id", ondelete="CASCADE"), primary_key=True),
    _number("place"), Index("ix_report_actors_actor", "actor_id"), sqlite_with_rowid=False,
)  # fmt: skip

findings = Table(
    "findings", metadata, _key(), _to("page_id", "pages", null=True, index=True), _to("story_id", "stories", null=True, index=True),
    _text("kind"), _text("severity"), _number("start", null=True), _number("end", null=True), _text("text"), _text("reading", null=True),
    _text("message"), _text("grounds"), Column("confidence", Float, nullable=False), _text("rule"),
    Index("ix_findings_kind", "kind", "severity"),
)  # fmt: skip

links = Table(
    "links", metadata, Column("first_id", Key, ForeignKey("pages.id", ondelete="CASCADE"), primary_key=True),
    Column("second_id", Key, ForeignKey("pages.id", ondelete="CASCADE"), primary_key=True),
    _text("kind"), Column("score", Float, nullable=False), _text("reason"), Index("ix_links_second", "second_id"), sqlite_with_rowid=False,
)  # fmt: skip

# MinHash signatures of texts and their bands, so that a new text meets only those it may be a copy of.
signatures = Table(
    "signatures", metadata, Column("text_id", Key, ForeignKey("texts.id", ondelete="CASCADE"), primary_key=True),
    _text("rank"), Column("data", LargeBinary, nullable=False),
)  # fmt: skip
bands = Table(
    "bands", metadata, Column("band", BigInteger, primary_key=True),
    Column("text_id", Key, ForeignKey("texts.id", ondelete="CASCADE"), primary_key=True), Index("ix_bands_text", "text_id"),
    sqlite_with_rowid=False,
)  # fmt: skip

judgements = Table(
    "judgements", metadata, _key(), _text("subject"), _text("verdict"), _to("page_id", "pages", index=True),
    Column("report_id", Key, ForeignKey("reports.id", ondelete="CASCADE"), nullable=True, index=True),
    Column("actor_id", Key, ForeignKey("actors.id", ondelete="CASCADE"), nullable=True),
    _number("start", null=True), _number("end", null=True), _text("note", null=True), _text("by", null=True), _text("at"),
    _text("withdrawn", null=True),
)  # fmt: skip

feeds = Table(
    "feeds", metadata, _key(), _text("url"), _text("title", null=True), _text("etag", null=True), _text("modified", null=True),
    _text("checked", null=True), _number("wait", default="0"), _number("failed", default="0"), _text("message", null=True),
    UniqueConstraint("url"),
)  # fmt: skip
