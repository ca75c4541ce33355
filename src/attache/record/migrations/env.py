"""What alembic runs: the steps, on the connection that `attache.record.store.upgrade` hands over."""

from __future__ import annotations

from alembic import context

from attache.record.tables import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata, transactional_ddl=False)
context.run_migrations()
