"""The steps by which older records become newer ones, run by alembic when a record is opened."""
