"""Puts the rooms' lists together into one dossier, each span with its way back to the source."""

from __future__ import annotations

from datetime import date

from attache.dossier import Actor, Agreement, Dossier, Event, Finding, Mention, Span
from attache.doubt import reliability
from attache.page import Page
from attache.reading import Reading

_WHOLE = "page.whole"
_NOT_ENGLISH = "the page is not in English, and attache reads English only: its text is kept, and nothing else was read from it"


def assemble(page: Page, reading: Reading, stated: date | None, english: bool) -> Dossier:
    """The dossier of a page that has walked through the rooms."""
    found = sorted(reading.findings, key=_place)
    findings = [*([] if english else [_whole_page(_NOT_ENGLISH)]), *map(_whole_page, page.notes), *found]
    if stated and reading.date.published is None:
        reading.date.published = stated.isoformat()
    return Dossier(
        source=page.source,
        title=page.title,
        text=page.text,
        language=page.language or ("en" if english else None),
        reliability=reliability(findings, len(page.text.split())),
        date=reading.date,
        actors=[_actor(a, page) for a in reading.actors.values()],
        agreements=[_agreement(a, page) for a in reading.agreements.values()],
        places=reading.places,
        events=[_event(e, page) for e in reading.events],
        times=reading.times,
        findings=[_finding(f, page) for f in findings],
        residue=page.residue,
    )


def adopted(dossier: Dossier, page: Page) -> Dossier:
    """The dossier of a page from that of another with the same clean text, title and stated day: what was read is the same, what
    depends on the source (its ways back, residue, remarks) is the page's own."""
    read = [f for f in dossier.findings if f.rule != _WHOLE or f.message == _NOT_ENGLISH]
    first = [f for f in read if f.rule == _WHOLE]
    findings = [*first, *map(_whole_page, page.notes), *(f for f in read if f.rule != _WHOLE)]
    parts = {
        "source": page.source, "title": page.title, "text": page.text, "residue": page.residue,
        "reliability": reliability(findings, len(page.text.split())), "findings": [_finding(f, page) for f in findings],
        "actors": [_actor(a, page) for a in dossier.actors], "agreements": [_agreement(a, page) for a in dossier.agreements],
        "events": [_event(e, page) for e in dossier.events],
    }  # fmt: skip
    return dossier.model_copy(update=parts)


def _place(finding: Finding) -> tuple[int, int]:
    """Findings on the whole page first, then in the order of the text."""
    return (finding.span.start, finding.span.end) if finding.span else (-1, -1)


def _whole_page(message: str) -> Finding:
    return Finding(kind="garbled", span=None, text="", message=message, severity="note", confidence=0.9, rule=_WHOLE)


def _raw(page: Page, span: Span | None) -> Span | None:
    return page.raw_span(span.start, span.end) if span else None


def _mentions(mentions: list[Mention], page: Page) -> list[Mention]:
    return [m.model_copy(update={"raw": _raw(page, m.span)}) for m in sorted(mentions, key=lambda m: m.span.start)]


def _actor(actor: Actor, page: Page) -> Actor:
    return actor.model_copy(update={"mentions": _mentions(actor.mentions, page)})


def _agreement(agreement: Agreement, page: Page) -> Agreement:
    return agreement.model_copy(update={"mentions": _mentions(agreement.mentions, page)})


def _event(event: Event, page: Page) -> Event:
    return event.model_copy(update={"raw": _raw(page, event.span)})


def _finding(finding: Finding, page: Page) -> Finding:
    return finding.model_copy(update={"raw": _raw(page, finding.span)})
