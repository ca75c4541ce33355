"""Opens the database under a record: SQLite in a file, or PostgreSQL at an address; makes and upgrades its tables."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, inspect, text
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.exc import NoSuchModuleError as NoSuchDriver

from attache.errors import UsageError

APPLICATION = 0x61747463
"""``attc`` in SQLite's header says whose file it is."""
REVISION = "0001"
"""The newest migration; a test compares it with the folder."""
_WAIT_MS = 30_000
_POSTGRES = ("postgresql://", "postgres://", "postgresql+psycopg://")


def is_address(place: str | Path) -> bool:
    """Whether a record's name is a database address rather than a path."""
    return str(place).startswith(_POSTGRES)


def open_engine(place: str | Path, create: bool) -> Engine:
    """An engine on a record whose tables are up to date; `UsageError` where there is none or it is something else."""
    name = shown(place)
    if not is_address(place) and not create and not Path(place).exists():
        raise UsageError(f"{name}: no such record; `attache ingest SOURCE... --record {name}` makes one")
    engine = _postgres(str(place)) if is_address(place) else _sqlite(Path(place))
    try:
        with engine.connect() as connection:
            state = _state(connection)
        if state == "foreign":
            raise UsageError(f"{name}: a database, but not a record of attache")
        if state == "newer":
            raise UsageError(f"{name}: a record of a newer attache than this one; upgrade attache to open it")
        if state == "empty" and not create:
            raise UsageError(f"{name}: no record in this database; `attache ingest SOURCE... --record {name}` makes one")
        if state != "current":
            upgrade(engine)
    except SQLAlchemyError as error:
        engine.dispose()
        raise UsageError(f"{name}: not a record that can be opened ({reason_of(error)})") from error
    except (UsageError, _UnknownVersion) as error:
        engine.dispose()
        if isinstance(error, UsageError):
            raise
        raise UsageError(f"{name}: a record whose version no attache has written ({error}); it may be damaged") from error
    return engine


class _UnknownVersion(Exception):
    """The record says of itself that it is of a version that there never was."""


def state_of(place: str | Path) -> str:
    """``current``, ``older``, ``newer``, ``empty`` or ``foreign``, found without changing anything; `UsageError` where there is none."""
    name = shown(place)
    if not is_address(place) and not Path(place).exists():
        raise UsageError(f"{name}: no such record; `attache ingest SOURCE... --record {name}` makes one")
    # Not `_sqlite`, which turns on the write-ahead log even in a file that is no record.
    reading = f"{Path(place).absolute().as_uri()}?mode=ro"
    engine = _postgres(str(place)) if is_address(place) else create_engine("sqlite://", creator=lambda: sqlite3.connect(reading, uri=True))
    try:
        with engine.connect() as connection:
            return _state(connection)
    except SQLAlchemyError as error:
        raise UsageError(f"{name}: not a record that can be opened ({reason_of(error)})") from error
    finally:
        engine.dispose()


def reason_of(error: SQLAlchemyError) -> str:
    """The driver's own words, in one line."""
    cause = error.orig if isinstance(error, DBAPIError) and error.orig is not None else error
    return " ".join(str(cause).split())[:300]


def upgrade(engine: Engine) -> None:
    """Bring the tables to the newest form, in one transaction."""
    from alembic import command
    from alembic.config import Config
    from alembic.util.exc import CommandError

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    with writing(engine) as connection:
        config.attributes["connection"] = connection
        try:
            command.upgrade(config, "head")
        except (CommandError, AssertionError) as error:
            raise _UnknownVersion(str(error) or "none") from error
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION}")


def writing(engine: Engine) -> Any:
    """A transaction that means to write: it takes the record's lock at once instead of failing half way."""
    return engine.execution_options(write=True).begin()


def _state(connection: Connection) -> str:
    tables = set(inspect(connection).get_table_names())
    if not tables:
        return "empty"
    mine = {"alembic_version", "pages"} <= tables
    if connection.dialect.name == "sqlite":
        mine = mine and connection.exec_driver_sql("PRAGMA application_id").scalar() == APPLICATION
    if not mine:
        return "foreign" if connection.dialect.name == "sqlite" or "pages" in tables else "empty"
    version = str(connection.execute(text("SELECT version_num FROM alembic_version")).scalar())
    return "current" if version == REVISION else "newer" if version > REVISION else "older"


def _sqlite(path: Path) -> Engine:
    engine = create_engine(f"sqlite:///{path}", connect_args={"timeout": _WAIT_MS / 1000, "check_same_thread": False})

    @event.listens_for(engine, "connect")
    def _set_up(connection: Any, _record: object) -> None:
        # The driver must not begin transactions by itself: see `_begin`.
        connection.isolation_level = None
        for pragma in ("foreign_keys = ON", "journal_mode = WAL", "synchronous = NORMAL", "cache_size = -8192"):
            connection.execute(f"PRAGMA {pragma}").fetchall()

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.get_execution_options().get("write") else "BEGIN")

    return engine


def _postgres(address: str) -> Engine:
    plain = address.split("://", 1)[1]
    try:
        engine = create_engine(f"postgresql+psycopg://{plain}", pool_pre_ping=True)
    except (ImportError, NoSuchDriver) as error:
        raise UsageError("a PostgreSQL record needs the package psycopg: pip install 'attache[postgres]'") from error
    except SQLAlchemyError as error:
        raise UsageError(f"{shown(address)}: not a database address ({reason_of(error)})") from error

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        # One writer at a time, as on SQLite: pages name the same actors and texts, and two writers would each make them.
        if connection.get_execution_options().get("write"):
            connection.exec_driver_sql(f"SET LOCAL lock_timeout = {_WAIT_MS}")
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({APPLICATION})")

    return engine


def shown(place: str | Path) -> str:
    """The place for messages, without a password."""
    text = str(place)
    if not is_address(place) or "@" not in text:
        return text
    scheme, rest = text.split("://", 1)
    login, host = rest.rsplit("@", 1)
    return f"{scheme}://{login.split(':', 1)[0]}@{host}"
