"""Files one page with everything read from it, inside the caller's transaction."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urlsplit

from sqlalchemy import Connection, Table, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from attache.dossier import Actor, Dossier, Event, Mention
from attache.knowledge import fold
from attache.record import tables as t
from attache.record.packing import ZLIB, packed
from attache.record.searching import index_text


@dataclass(frozen=True)
class Filed:
    """A page ready for the record: its dossier, the bytes it was read from, and what is known of its origin."""

    dossier: Dossier
    data: bytes | None = None
    url: str | None = None
    reading: str = ""
    """What the reading depended on; pages with the same value have the same reading but for their source."""
    skipped: str | None = None
    """Why the page was not read, where it was not."""


def now() -> str:
    """This moment, as the record writes moments."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def outlet_of(url: str | None) -> str | None:
    """Who published a page, as far as its address tells: the host without ``www.``."""
    try:
        host = urlsplit(url or "").hostname
    except ValueError:
        return None
    return host.removeprefix("www.") if host else None


def known(connection: Connection, sha256: str, uri: str) -> bool:
    """Whether these bytes from this place are in the record."""
    found = select(t.pages.c.id).where(t.pages.c.sha256 == sha256, t.pages.c.uri == uri)
    return connection.execute(found).first() is not None


def file_page(connection: Connection, page: Filed, run: int | None = None) -> int | None:
    """File a page; its id, or None where it is in the record already."""
    dossier = page.dossier
    source = dossier.source
    if known(connection, source.sha256, source.uri):
        return None
    text_id = _text(connection, dossier.title, dossier.text)
    if page.data is not None:
        content = {"sha256": source.sha256, "packing": ZLIB, "size": len(page.data), "data": packed(page.data)}
        connection.execute(ignoring(connection, t.contents), content)
    page_id = _insert(connection, t.pages, _page_row(page, text_id, run))
    kept = dossier.model_dump(mode="json", exclude={"text"}, exclude_defaults=True)
    blob = packed(json.dumps(kept, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass"))
    connection.execute(insert(t.dossiers), {"page_id": page_id, "packing": ZLIB, "data": blob})
    people = _actors(connection, dossier, page_id)
    for event in dossier.events:
        _report(connection, dossier, event, page_id, people)
    _findings(connection, dossier, page_id)
    solved = update(t.failures).where(t.failures.c.uri == source.uri, t.failures.c.resolved.is_(None))
    connection.execute(solved.values(resolved=now()))
    return page_id


def ignoring(connection: Connection, table: Table) -> postgresql.Insert | sqlite.Insert:
    """An insert that leaves rows alone which are there already."""
    make = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    return make(table).on_conflict_do_nothing()


def _insert(connection: Connection, table: Table, row: Mapping[str, object]) -> int:
    key = connection.execute(insert(table), row).inserted_primary_key
    assert key is not None
    return int(key[0])


def _text(connection: Connection, title: str | None, text: str) -> int:
    digest = hashlib.sha256(f"{title or ''}\0{text}".encode("utf-8", "surrogatepass")).hexdigest()
    found = connection.execute(select(t.texts.c.id).where(t.texts.c.digest == digest)).scalar()
    if found is not None:
        return int(found)
    text_id = _insert(connection, t.texts, {"digest": digest, "title": clean(title), "text": clean(text)})
    index_text(connection, text_id, title, text)
    return text_id


def clean(text: str | None) -> str | None:
    """Text that every database takes: no lone surrogates, no NUL; as many characters as before, so that spans hold."""
    if text is None:
        return None
    return text.encode("utf-8", "replace").decode("utf-8").replace("\0", "\ufffd")


def _page_row(page: Filed, text_id: int, run: int | None) -> dict[str, object]:
    dossier, date = page.dossier, page.dossier.date
    url = page.url or (dossier.source.uri if dossier.source.uri.startswith(("http://", "https://")) else None)
    return {
        "sha256": dossier.source.sha256, "uri": clean(dossier.source.uri), "url": clean(url), "outlet": outlet_of(url),
        "media_type": dossier.source.media_type, "title": clean(dossier.title), "text_id": text_id, "reading": page.reading,
        "day": date.published or date.best, "published": date.published, "earliest": date.earliest, "latest": date.latest,
        "language": dossier.language, "reliability": dossier.reliability, "state": "skipped" if page.skipped else "read",
        "reason": page.skipped, "run_id": run, "filed": now(), "events": len(dossier.events), "findings": len(dossier.findings),
    }  # fmt: skip


def _actors(connection: Connection, dossier: Dossier, page_id: int) -> dict[str, int]:
    """The ids of the page's actors and agreements by code, with their mentions and offices filed."""
    named: list[tuple[str, str, str, str | None]] = [(a.id, a.name, a.kind, a.country) for a in dossier.actors]
    named += [(a.id, a.name, "agreement", None) for a in dossier.agreements]
    referred = {i for e in dossier.events for i in (*e.source, *e.target, *e.about)} - {code for code, *_ in named}
    named += [(code, code, "other", None) for code in sorted(referred)]
    ids = {code: _actor(connection, code, name, kind, country) for code, name, kind, country in named}
    mentions = [_mention(page_id, ids[a.id], m) for a in dossier.actors for m in a.mentions]
    mentions += [_mention(page_id, ids[a.id], m) for a in dossier.agreements for m in a.mentions]
    if mentions:
        connection.execute(ignoring(connection, t.mentions), mentions)
    offices = [_office(page_id, ids[a.id], a) for a in dossier.actors if a.office or a.affiliation]
    if offices:
        connection.execute(ignoring(connection, t.offices), offices)
    return ids


def _actor(connection: Connection, code: str, name: str, kind: str, country: str | None) -> int:
    row = connection.execute(select(t.actors.c.id, t.actors.c.name).where(t.actors.c.code == code)).first()
    if row is None:
        new = {"code": code, "name": clean(name), "folded": fold(name), "kind": kind, "country": country}
        return _insert(connection, t.actors, new)
    # Of several names the longest is kept, so that the record does not depend on the order of its pages.
    if (len(name), name) > (len(row.name), row.name) and name != code:
        connection.execute(update(t.actors).where(t.actors.c.id == row.id).values(name=clean(name), folded=fold(name)))
    return int(row.id)


def _mention(page_id: int, actor_id: int, mention: Mention) -> dict[str, object]:
    return {
        "page_id": page_id, "actor_id": actor_id, "start": mention.span.start, "end": mention.span.end, "text": clean(mention.text),
        "repaired": int(mention.repaired), "confidence": mention.confidence, "rule": mention.rule,
    }  # fmt: skip


def _office(page_id: int, actor_id: int, actor: Actor) -> dict[str, object]:
    return {"page_id": page_id, "actor_id": actor_id, "office": clean(actor.office), "affiliation": clean(actor.affiliation)}


def _report(connection: Connection, dossier: Dossier, event: Event, page_id: int, ids: dict[str, int]) -> None:
    report_id = _insert(connection, t.reports, _report_row(dossier, event, page_id))
    sides = (("source", event.source), ("target", event.target), ("about", event.about))
    rows = [
        {"report_id": report_id, "role": role, "actor_id": ids[code], "place": place}
        for role, codes in sides
        for place, code in enumerate(dict.fromkeys(codes))
    ]
    if rows:
        connection.execute(insert(t.report_actors), rows)


def _report_row(dossier: Dossier, event: Event, page_id: int) -> dict[str, object]:
    named = {a.id: a.name for a in dossier.actors} | {a.id: a.name for a in dossier.agreements}
    who, whom, about = (clean("; ".join(named.get(i, i) for i in ids)) for ids in (event.source, event.target, event.about))
    time, place, content = event.time, event.place, event.content
    return {
        "page_id": page_id, "code": event.id, "kind": event.kind, "status": event.status, "who": who, "whom": whom, "about": about,
        "first": (time.start or time.end) if time else None, "last": (time.end or time.start) if time else None,
        "time": clean(time.text) if time else None, "place": clean(place.name) if place else None,
        "country": place.country if place else None, "latitude": place.latitude if place else None,
        "longitude": place.longitude if place else None, "cameo": event.cameo, "plover": event.plover.type, "mode": event.plover.mode,
        "contexts": "; ".join(event.plover.contexts), "words": _words(dossier.text, event.span.start, event.span.end),
        "content": _words(dossier.text, content.start, content.end) if content else None, "reported_by": event.reported_by,
        "start": event.span.start, "end": event.span.end, "trigger_start": event.trigger.start, "trigger_end": event.trigger.end,
        "rule": event.rule, "confidence": event.confidence,
    }  # fmt: skip


def _words(text: str, start: int, end: int) -> str:
    return clean(" ".join(text[start:end].split())) or ""


def _findings(connection: Connection, dossier: Dossier, page_id: int) -> None:
    rows = [
        {
            "page_id": page_id, "kind": f.kind, "severity": f.severity, "start": f.span.start if f.span else None,
            "end": f.span.end if f.span else None, "text": clean(f.text), "reading": clean(f.reading), "message": clean(f.message),
            "grounds": json.dumps([clean(g) for g in f.grounds], ensure_ascii=False), "confidence": f.confidence, "rule": f.rule,
        }
        for f in dossier.findings
    ]  # fmt: skip
    if rows:
        connection.execute(insert(t.findings), rows)
