"""Files one page's rows, inside the caller's transaction."""

from __future__ import annotations

from sqlalchemy import Connection, Table, delete, insert, select, update

from attache.record import tables as t
from attache.record.grouping import sign
from attache.record.inserting import ignoring, inserted, now
from attache.record.searching import index_text
from attache.record.sheet import Row, Sheet


def known(connection: Connection, sha256: str, uri: str) -> bool:
    """Whether these bytes from this place are in the record."""
    found = select(t.pages.c.id).where(t.pages.c.sha256 == sha256, t.pages.c.uri == uri)
    return connection.execute(found).first() is not None


def known_address(connection: Connection, uri: str) -> bool:
    """Whether a page from this place is in the record, whatever its bytes."""
    return connection.execute(select(t.pages.c.id).where(t.pages.c.uri == uri).limit(1)).first() is not None


def file_sheet(connection: Connection, sheet: Sheet, run: int | None = None) -> int | None:
    """File a page; its id, or None where it is in the record already."""
    page = sheet.page
    if known(connection, page["sha256"], page["uri"]):
        return None
    text_id = _text(connection, sheet)
    sign(connection, text_id, sheet)
    if sheet.content is not None:
        connection.execute(ignoring(connection, t.contents), sheet.content)
    page_id = inserted(connection, t.pages, {**page, "text_id": text_id, "run_id": run, "filed": now()})
    connection.execute(insert(t.dossiers), {**sheet.dossier, "page_id": page_id})
    ids = {row["code"]: _actor(connection, row) for row in sheet.actors}
    _many(connection, t.mentions, [{**row, "page_id": page_id, "actor_id": ids[code]} for code, row in sheet.mentions])
    _many(connection, t.offices, [{**row, "page_id": page_id, "actor_id": ids[code]} for code, row in sheet.offices])
    _many(connection, t.findings, [{**row, "page_id": page_id} for row in sheet.findings])
    for row, parties in sheet.reports:
        report_id = inserted(connection, t.reports, {**row, "page_id": page_id})
        named = [{"report_id": report_id, "role": role, "actor_id": ids[code], "place": place} for role, code, place in parties]
        _many(connection, t.report_actors, named)
    solved = update(t.failures).where(t.failures.c.uri == page["uri"], t.failures.c.resolved.is_(None))
    connection.execute(solved.values(resolved=now()))
    return page_id


def _many(connection: Connection, table: Table, rows: list[Row]) -> None:
    if rows:
        plain = insert(table) if table is t.findings else ignoring(connection, table)
        connection.execute(plain, rows)


def _text(connection: Connection, sheet: Sheet) -> int:
    found = connection.execute(select(t.texts.c.id).where(t.texts.c.digest == sheet.text["digest"])).scalar()
    if found is not None:
        return int(found)
    text_id = inserted(connection, t.texts, sheet.text)
    index_text(connection, text_id, sheet.plain)
    return text_id


def _actor(connection: Connection, row: Row) -> int:
    a = t.actors.c
    there = connection.execute(select(a.id, a.name, a.kind).where(a.code == row["code"])).first()
    if there is None:
        return _named(connection, inserted(connection, t.actors, row), row["folded"])
    # Of several names the longest is kept, so that the record does not depend on the order of its pages.
    better = row["name"] != row["code"] and (len(row["name"]), row["name"]) > (len(there.name), there.name)
    if better or (there.kind == "other" and row["kind"] != "other"):
        connection.execute(update(t.actors).where(a.id == there.id).values(row))
        connection.execute(delete(t.name_words).where(t.name_words.c.actor_id == there.id))
        _named(connection, there.id, row["folded"])
    return int(there.id)


def _named(connection: Connection, actor_id: int, folded: str) -> int:
    _many(connection, t.name_words, [{"word": word, "actor_id": actor_id} for word in dict.fromkeys(folded.split())])
    return actor_id
