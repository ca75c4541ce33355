"""The first form of the record."""

from __future__ import annotations

from alembic import op

from attache.record.tables import metadata

revision = "0001"
down_revision = None

_SQLITE = (
    """CREATE VIRTUAL TABLE search USING fts5(
        title, text, content='texts', content_rowid='id', tokenize='porter unicode61 remove_diacritics 2')""",
    """CREATE TRIGGER texts_added AFTER INSERT ON texts BEGIN
        INSERT INTO search (rowid, title, text) VALUES (new.id, new.title, new.text); END""",
    """CREATE TRIGGER texts_removed AFTER DELETE ON texts BEGIN
        INSERT INTO search (search, rowid, title, text) VALUES ('delete', old.id, old.title, old.text); END""",
)
_POSTGRES = (
    "ALTER TABLE texts ADD COLUMN search tsvector",
    "CREATE INDEX ix_texts_search ON texts USING gin (search)",
)


def upgrade() -> None:
    """Make the tables and the full-text index."""
    metadata.create_all(op.get_bind())
    for statement in _SQLITE if op.get_bind().dialect.name == "sqlite" else _POSTGRES:
        op.execute(statement)
