"""One page as rows for the tables: everything about filing that needs no database, so that reader processes can do it."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from attache.dossier import Actor, Agreement, Dossier, Event, Finding
from attache.knowledge import fold
from attache.record.packing import ZLIB, packed
from attache.story import Piece

Row = dict[str, Any]


@dataclass(frozen=True)
class Sheet:
    """The rows of a page. Actors are named by code, since only the database knows their numbers."""

    page: Row
    text: Row
    plain: str
    """The folded text for an index that does not fold by itself."""
    content: Row | None
    dossier: Row
    actors: list[Row] = field(default_factory=list)
    mentions: list[tuple[str, Row]] = field(default_factory=list)
    offices: list[tuple[str, Row]] = field(default_factory=list)
    reports: list[tuple[Row, list[tuple[str, str, int]]]] = field(default_factory=list)
    findings: list[Row] = field(default_factory=list)
    signature: bytes = b""
    """What grouping compares the text by; `keys` find the texts to compare it with, `rank` says which page speaks for its text."""
    keys: list[int] = field(default_factory=list)
    rank: str = ""


def sheet_of(
    dossier: Dossier, data: bytes | None = None, *, url: str | None = None, reading: str = "", skipped: str | None = None
) -> Sheet:
    """The rows of a dossier.

    `data` are the bytes it was read from. `reading` tells what the reading depended on: pages with the same value have the same
    reading but for their source. `skipped` says why the page was not read, where it was not.
    """
    source, title = dossier.source, dossier.title
    kept = dossier.model_dump(mode="json", exclude={"text"}, exclude_defaults=True)
    blob = json.dumps(kept, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
    digest = hashlib.sha256(f"{title or ''}\0{dossier.text}".encode("utf-8", "surrogatepass")).hexdigest()
    piece = Piece.of(0, dossier)
    content = None if data is None else {"sha256": source.sha256, "packing": ZLIB, "size": len(data), "data": packed(data)}
    return Sheet(
        _page(dossier, url, reading, skipped), {"digest": digest, "title": clean(title), "text": clean(dossier.text)},
        fold(f"{title or ''} {dossier.text}"[:400_000]), content, {"packing": ZLIB, "data": packed(blob)}, _actors(dossier),
        [(a.id, row) for a in dossier.actors for row in _mentions(a)] + [(a.id, row) for a in dossier.agreements for row in _mentions(a)],
        [(a.id, {"office": clean(a.office), "affiliation": clean(a.affiliation)}) for a in dossier.actors if a.office or a.affiliation],
        [(_report(dossier, event), _parties(event)) for event in dossier.events], list(map(finding_row, dossier.findings)),
        piece.data, piece.keys, f"{dossier.date.published or dossier.date.best or '9999'} {source.sha256} {source.uri}",
    )  # fmt: skip


def clean(text: str | None) -> str | None:
    """Text that every database takes: no lone surrogates, no NUL; as many characters as before, so that spans hold."""
    if text is None:
        return None
    return text.encode("utf-8", "replace").decode("utf-8").replace("\0", "\ufffd")


def outlet_of(url: str | None) -> str | None:
    """Who published a page, as far as its address tells: the host without ``www.``."""
    try:
        host = urlsplit(url or "").hostname
    except ValueError:
        return None
    return host.removeprefix("www.") if host else None


def _page(dossier: Dossier, url: str | None, reading: str, skipped: str | None) -> Row:
    stated, uri = dossier.date, dossier.source.uri
    address = url or (uri if uri.startswith(("http://", "https://")) else None)
    return {
        "sha256": dossier.source.sha256, "uri": clean(uri), "url": clean(address), "outlet": clean(outlet_of(address)),
        "media_type": dossier.source.media_type, "title": clean(dossier.title), "reading": reading,
        "day": stated.published or stated.best, "published": stated.published, "earliest": stated.earliest, "latest": stated.latest,
        "language": dossier.language, "reliability": dossier.reliability, "state": "skipped" if skipped else "read",
        "reason": skipped, "events": len(dossier.events), "findings": len(dossier.findings),
    }  # fmt: skip


def _actors(dossier: Dossier) -> list[Row]:
    """The page's actors and agreements, and what its events name without listing it."""
    named: list[tuple[str, str, str, str | None]] = [(a.id, a.name, a.kind, a.country) for a in dossier.actors]
    named += [(a.id, a.name, "agreement", None) for a in dossier.agreements]
    listed = {code for code, *_ in named}
    referred = {code for e in dossier.events for code in (*e.source, *e.target, *e.about)} - listed
    named += [(code, code, "other", None) for code in sorted(referred)]
    return [
        {"code": code, "name": clean(name), "folded": clean(fold(name)), "kind": kind, "country": country}
        for code, name, kind, country in named
    ]  # fmt: skip


def _mentions(actor: Actor | Agreement) -> list[Row]:
    return [
        {
            "start": m.span.start, "end": m.span.end, "text": clean(m.text), "repaired": int(m.repaired), "confidence": m.confidence,
            "rule": m.rule,
        }
        for m in actor.mentions
    ]  # fmt: skip


def _parties(event: Event) -> list[tuple[str, str, int]]:
    sides = (("source", event.source), ("target", event.target), ("about", event.about))
    return [(role, code, place) for role, codes in sides for place, code in enumerate(dict.fromkeys(codes))]


def _report(dossier: Dossier, event: Event) -> Row:
    named = {a.id: a.name for a in dossier.actors} | {a.id: a.name for a in dossier.agreements}
    who, whom, about = (clean("; ".join(named.get(i, i) for i in ids)) for ids in (event.source, event.target, event.about))
    time, place, content = event.time, event.place, event.content
    first, last = ((time.start or time.end), (time.end or time.start)) if time else (None, None)
    return {
        "code": event.id, "kind": event.kind, "status": event.status, "who": who, "whom": whom, "about": about,
        "first": _whole_day(first, False), "last": _whole_day(last, True), "time": clean(time.text) if time else None,
        "place": clean(place.name) if place else None, "country": place.country if place else None,
        "latitude": place.latitude if place else None, "longitude": place.longitude if place else None,
        "cameo": event.cameo, "plover": event.plover.type, "mode": event.plover.mode, "contexts": "; ".join(event.plover.contexts),
        "words": _words(dossier.text, event.span.start, event.span.end),
        "content": _words(dossier.text, content.start, content.end) if content else None, "reported_by": event.reported_by,
        "start": event.span.start, "end": event.span.end, "trigger_start": event.trigger.start, "trigger_end": event.trigger.end,
        "rule": event.rule, "confidence": event.confidence,
    }  # fmt: skip


def _whole_day(value: str | None, last: bool) -> str | None:
    """A day that compares with others: of a month or year its first or last; None for what is no date."""
    if value is None:
        return None
    parts = value[:10].split("-")
    try:
        numbers = [int(part) for part in parts]
        year, month, day = (*numbers, *([12, 31][len(numbers) - 1 :] if last else [1, 1][len(numbers) - 1 :]))
        for lower in range(4):
            try:
                return date(year, month, day - lower).isoformat()
            except ValueError:
                if not last or len(parts) > 2:
                    return None
    except ValueError:
        return None
    return None


def _words(text: str, start: int, end: int) -> str:
    return clean(" ".join(text[start:end].split())) or ""


def finding_row(found: Finding) -> Row:
    """A finding as the table of findings has it."""
    return {
        "kind": found.kind, "severity": found.severity, "start": found.span.start if found.span else None,
        "end": found.span.end if found.span else None, "text": clean(found.text), "reading": clean(found.reading),
        "message": clean(found.message), "grounds": json.dumps([clean(g) for g in found.grounds], ensure_ascii=False),
        "confidence": found.confidence, "rule": found.rule,
    }  # fmt: skip
