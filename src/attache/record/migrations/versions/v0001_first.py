"""The first form of the record: the statements of ``v0001_sqlite.sql`` or ``v0001_postgresql.sql``, which no later change touches."""

from __future__ import annotations

from pathlib import Path

from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the tables and the full-text index."""
    connection = op.get_bind()
    script = Path(__file__).with_name(f"v0001_{connection.dialect.name}.sql").read_text(encoding="utf-8")
    for statement in script.strip().removesuffix(";").split(";\n\n"):
        connection.exec_driver_sql(statement)
