"""The record and the desk: questions, forms, dossiers of any content filed and exported, and record files of another hand."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from attache import dossier as d
from attache.errors import AttacheError
from attache.record import Record, open_record
from attache.record.exports import FORMS, export
from fuzz.entries import Entry, as_text

_WORDS = st.one_of(
    st.text(max_size=12),
    st.sampled_from(["Ana Kovic", "Novak", "=1+1", "\x1b[31m", "\u202e", "\0", "https://x.example/a", "2021-03-23", "", "a\tb\nc", "'"]),
)
_DAYS = st.one_of(
    st.none(), _WORDS, st.sampled_from(["2021-03-23", "99999-99-99", "2021", "2021-02", "0001-01-01", "9999-12-31", "-1", "2021-W12"])
)
_NUMBERS = st.integers(0, 60) | st.integers(0, 2**31 - 1)
_FLOATS = st.floats(allow_nan=False, allow_infinity=False)
_BOUND = {"reliability": st.floats(0, 1), "latitude": st.none() | st.floats(-90, 90), "longitude": st.none() | st.floats(-180, 180)}


def _values(kind: Any) -> st.SearchStrategy[Any]:
    """Values of a field's type, models in models included."""
    plain: dict[Any, st.SearchStrategy[Any]] = {str: _WORDS, int: _NUMBERS, float: _FLOATS, bool: st.booleans(), type(None): st.none()}
    if kind in plain:
        return plain[kind]
    if get_origin(kind) is Literal:
        return st.sampled_from(get_args(kind))
    if get_origin(kind) is list:
        return st.lists(_values(get_args(kind)[0]), max_size=3)
    if isinstance(kind, type) and issubclass(kind, d.Model):
        return _model(kind)
    return st.one_of(_DAYS if str in get_args(kind) else st.none(), *map(_values, get_args(kind)))


@cache
def _model(kind: type[d.Model]) -> st.SearchStrategy[Any]:
    """Objects of the right types whose every value is what it should not be."""
    return st.builds(
        kind, **{name: _BOUND[name] if name in _BOUND else _values(field.annotation) for name, field in kind.model_fields.items()}
    )


@cache
def _scratch() -> Path:
    return Path(tempfile.mkdtemp(prefix="attache-fuzz-"))


@settings(database=None, deadline=None, suppress_health_check=list(HealthCheck))
@given(_model(d.Dossier), st.binary(max_size=40))
def _filed(dossier: d.Dossier, data: bytes) -> None:
    from fuzz.showing import shown

    shown(dossier)
    place = _scratch() / "filed"
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir()
    with open_record(place / "r.db") as record:
        try:
            record.file(dossier, data)
        except AttacheError:
            return
        _asked(record)
        _exported(record, place)


def _asked(record: Record) -> None:
    """Every question."""
    for event in record.events(limit=5):
        record.event(event.id)
    for page in record.pages(limit=5):
        record.dossier(page.sha256), record.source(page.id), record.findings(page=page.id)
    record.search("ana"), record.people("ana"), record.person("ana"), record.totals(), record.stories(limit=3)


def _exported(record: Record, place: Path) -> None:
    """Every export; one that cannot be is told."""
    for form in FORMS:
        try:
            export(record, form, place / f"out-{form}", **({"actor": "Ana Kovic"} if form == "ics" else {}))  # type: ignore[arg-type]
        except AttacheError:
            continue


def filed(data: bytes) -> None:
    """A dossier of any content: shown, filed, asked for, exported."""
    _filed.hypothesis.fuzz_one_input(data)


@cache
def _sound() -> Record:
    """A small sound record."""
    import sys

    sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))
    from desk_samples import small

    return small(_scratch() / "sound.db")


def question(data: bytes) -> None:
    """Words to search for, and filters of events."""
    words = as_text(data)[:500]
    record = _sound()
    for ask in (
        lambda: record.search(words), lambda: record.events(actor=words), lambda: record.events(text=words), lambda: record.person(words),
        lambda: record.events(place=words, since=words), lambda: record.people(words), lambda: record.pages(outlet=words),
    ):  # fmt: skip
        _or_told(ask)


def _or_told(ask: Callable[[], object]) -> None:
    try:
        ask()
    except AttacheError:
        return


@cache
def _client() -> Any:
    from fastapi.testclient import TestClient

    from attache.desk import make_app

    client = TestClient(make_app(_sound()), base_url="http://127.0.0.1", raise_server_exceptions=True)
    return client


def desk(data: bytes) -> None:
    """Any request to the desk: a path with its query, headers, a body."""
    head, _, body = data.partition(b"\n\n")
    path, *headers = as_text(head).split("\n")
    method, _, rest = path.partition(" ")
    named = dict(line.split(": ", 1) for line in headers if ": " in line)
    if rest.startswith("/add") or "/add" in rest:
        return  # starts the language model
    try:
        sent = {k.encode("ascii"): v.encode("latin-1") for k, v in named.items()}
        answer = _client().request(method or "GET", "/" + rest.lstrip("/"), headers=sent, content=body)
    except (ValueError, UnicodeError, KeyError) as error:
        if "attache" in str(getattr(error, "__traceback__", "")):
            raise
        if _from_attache(error):
            raise
        return
    except Exception as error:  # httpx refuses what is no request
        if type(error).__module__.startswith("httpx"):
            return
        raise
    assert answer.status_code != 500
    assert "default-src 'none'" in answer.headers.get("content-security-policy", "")


def _from_attache(error: BaseException) -> bool:
    trace = error.__traceback__
    while trace is not None:
        if "/attache/" in trace.tb_frame.f_code.co_filename:
            return True
        trace = trace.tb_next
    return False


@cache
def _bytes() -> bytes:
    _sound()
    with open_record(_scratch() / "sound.db") as record, record.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    return (_scratch() / "sound.db").read_bytes()


def record_file(data: bytes) -> None:
    """A record file in which some bytes are others: triples of place (three bytes, within the file) and value."""
    place = _scratch() / "bent.db"
    for ending in ("", "-wal", "-shm"):
        Path(f"{place}{ending}").unlink(missing_ok=True)
    whole = bytearray(_bytes())
    for at in range(0, len(data) - 3, 4):
        whole[int.from_bytes(data[at : at + 3], "big") % len(whole)] = data[at + 3]
    place.write_bytes(bytes(whole))
    with open_record(place, create=False) as record:
        for ask in (record.totals, lambda: _asked(record), lambda: record.search("vienna"), lambda: record.events(actor="Ana")):
            _or_told(ask)


def record_rows(data: bytes) -> None:
    """A record file with hostile rows: JSON of table, column and value, written over every row."""
    try:
        given_ = json.loads(data)
        changes = [(str(t), str(c), v) for t, c, v in given_]
    except (ValueError, TypeError, RecursionError):
        return
    import sqlite3

    place = _scratch() / "rows.db"
    for ending in ("", "-wal", "-shm"):
        Path(f"{place}{ending}").unlink(missing_ok=True)
    place.write_bytes(_bytes())
    database = sqlite3.connect(place)
    for table, column, value in changes[:10]:
        try:
            database.execute(f'UPDATE OR IGNORE "{table}" SET "{column}" = ?', (value,))
        except (sqlite3.Error, OverflowError, UnicodeError, ValueError):
            continue
    database.commit()
    database.close()
    with open_record(place, create=False) as record:
        for ask in (record.totals, lambda: _asked(record), lambda: record.search("vienna"), lambda: _exported(record, _scratch())):
            _or_told(ask)


ENTRIES: dict[str, Entry] = {
    "filed": filed, "question": question, "desk": desk, "record-file": record_file, "record-rows": record_rows,
}  # fmt: skip
