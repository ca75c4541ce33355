"""A PostgreSQL of the tests' own: a cluster in a temporary folder, reached by a socket in it, run by a user that is not root."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

USERS = ("postgres", "nobody")
FOLDERS = ("", *sorted(map(str, Path("/usr/lib/postgresql").glob("*/bin")), reverse=True))


def program(name: str) -> str | None:
    """Where a program of PostgreSQL is, None where it is not installed."""
    return next((found for folder in FOLDERS if (found := shutil.which(name, path=folder or None))), None)


def missing() -> str | None:
    """Why no cluster can be started here, None where one can."""
    lacking = [name for name in ("initdb", "postgres", "pg_ctl") if program(name) is None]
    if lacking:
        return f"PostgreSQL is not installed (no {', '.join(lacking)})"
    if os.geteuid() == 0 and user() is None:
        return f"PostgreSQL does not run as root, and there is none of the users {USERS}"
    return None


def user() -> pwd.struct_passwd | None:
    """Whom the server runs as: this user, or for root the first of `USERS` that is there."""
    if os.geteuid() != 0:
        return pwd.getpwuid(os.geteuid())
    for name in USERS:
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    return None


@contextmanager
def cluster() -> Iterator[str]:
    """The address of a running server, without a database's name: ``postgresql://tests@/{}?host=…``."""
    owner = user()
    assert owner is not None
    folder = Path(tempfile.mkdtemp(prefix="attache-pg-"))
    as_owner: dict[str, Any] = {"cwd": "/", "check": True, "capture_output": True, "timeout": 120}
    if os.geteuid() == 0:
        os.chown(folder, owner.pw_uid, owner.pw_gid)
        as_owner |= {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": [], "env": {**os.environ, "HOME": str(folder)}}
    data = folder / "data"
    control = [str(program("pg_ctl")), "-D", str(data), "-w"]
    try:
        subprocess.run([str(program("initdb")), "-D", str(data), "-U", "tests", "-A", "trust", "-E", "UTF8", "--no-sync"], **as_owner)
        settings = f"-c listen_addresses= -c unix_socket_directories={folder} -c fsync=off"
        # The server would hold the pipes of its starter open.
        subprocess.run([*control, "-l", str(folder / "log"), "-o", settings, "start"], **{**as_owner, "capture_output": False})
        yield f"postgresql://tests@/{{}}?host={folder}"
    finally:
        subprocess.run([*control, "-m", "immediate", "stop"], **{**as_owner, "check": False})
        shutil.rmtree(folder, ignore_errors=True)
