"""Wordings that the views share."""

from __future__ import annotations

from collections.abc import Sequence

from attache.dossier import Dossier, Event, FindingKind

SEVERITIES = ("error", "warning", "note")
_EVIDENCE = 60
FINDING_WORDS: dict[FindingKind, str] = {
    "corrupted-name": "A name that is a damaged form of a known one.",
    "inconsistent-name": "One actor is spelled in several ways.",
    "wrong-office": "The person never held that office, or not then.",
    "anachronism": "It cannot be so at that time, by a dated fact.",
    "contradiction": "It cannot be so, by a dated fact or by the page itself.",
    "broken-quotation": "A quotation mark without its partner, or turned round.",
    "fragment": "An orphan word or half a sentence.",
    "garbled": "A wording that does not hold together.",
    "mistranslated": "A set phrase turned literally.",
    "undated": "Nothing on the page says when it is.",
    "disputed": "Copies of one story differ.",
}
"""What a kind of finding means, for forms that explain their codes."""


def name_of(dossier: Dossier, identifier: str) -> str:
    """The name of an actor or agreement; the id itself where the dossier does not list it."""
    actor = next((a.name for a in dossier.actors if a.id == identifier), None)
    return actor or next((a.name for a in dossier.agreements if a.id == identifier), identifier)


def names(dossier: Dossier, identifiers: Sequence[str]) -> str:
    """Several names in a row."""
    return ", ".join(name_of(dossier, i) for i in identifiers)


def date_grounds(dossier: Dossier) -> list[str]:
    """The first few reasons for the day, each once."""
    return list(dict.fromkeys(ground.reason for ground in dossier.date.grounds))[:4]


def quoted(text: str) -> str:
    """Words in quotation marks, where they bring none of their own."""
    return text if any(mark in text for mark in '“”"') else f"“{text}”"


def date_line(dossier: Dossier) -> str:
    """The day of the page: stated, or worked out within bounds."""
    day = dossier.date
    if day.published:
        return f"{day.published} (stated)"
    if not (day.best or day.earliest or day.latest):
        return "unknown"
    bounds = f"between {day.earliest or '…'} and {day.latest or '…'}" if day.earliest != day.latest else ""
    worked_out = f"about {day.best}, worked out" if day.best else "worked out"
    return ", ".join(part for part in (worked_out, bounds) if part)


def when_words(event: Event) -> str:
    """The days of an event."""
    time = event.time
    if time is None or not (time.start or time.end):
        return time.text if time and time.text else ""
    return time.start or "" if time.start == time.end else f"{time.start or ''}…{time.end or ''}"


def event_evidence(dossier: Dossier, event: Event) -> str:
    """The words an event was read from, cut around its trigger where they are many."""
    start, end = event.span.start, event.span.end
    if end - start > _EVIDENCE:
        text = dossier.text
        start = max(start, event.trigger.start - _EVIDENCE // 3)
        end = min(end, max(event.trigger.end, start + _EVIDENCE))
        # Whole words only: the first cut word is left out, the last one is read to its end.
        start = start if start == event.span.start else min(event.trigger.start, text.find(" ", start) + 1 or start)
        end = next((n for n in range(end, event.span.end) if text[n].isspace()), event.span.end)
    cut = " ".join(dossier.text[start:end].split())
    return f"{'…' if start > event.span.start else ''}{cut}{'…' if end < event.span.end else ''}"


def reliability_words(share: float) -> str:
    """What the figure means."""
    if share >= 0.8:
        return "wording mostly sound"
    return "read with care" if share >= 0.5 else "badly damaged"
