"""A dossier made by hand, for the tests of what comes after reading."""

from __future__ import annotations

import hashlib

from attache.dossier import (
    Actor,
    Dossier,
    Event,
    EventTime,
    Finding,
    Ground,
    Mention,
    PageDate,
    Place,
    PlaceMention,
    Residue,
    Role,
    Source,
    Span,
    Time,
)  # fmt: skip

TEXT = "Ana Kovic met Petr Novack in Prague on Monday.\n\nThe talks <b>“went well”</b>, she said. Window."


def span(words: str, text: str = TEXT) -> Span:
    start = text.index(words)
    return Span(start=start, end=start + len(words))


def sample(text: str = TEXT, uri: str = "page.txt", title: str | None = "A <visit>") -> Dossier:
    people = [
        Actor(id="attache:ana-kovic", name="Ana Kovic", kind="person", mentions=[Mention(span=span("Ana Kovic"), text="Ana Kovic")]),
        Actor(id="attache:petr-novak", name="Petr Novák", kind="person", office="Minister of Windows", affiliation="Czechia",
              mentions=[Mention(span=span("Petr Novack"), text="Petr Novack", repaired=True, confidence=0.9)]),
    ]  # fmt: skip
    meeting = Event(
        id="e1", kind="meet", status="happened", source=["attache:ana-kovic"], target=["attache:petr-novak"],
        time=EventTime(start="2021-03-22", end="2021-03-22", text="Monday"), place=Place(name="Prague", country="CZE"),
        roles=[Role(role="source", span=span("Ana Kovic"), actor="attache:ana-kovic")], trigger=span("met"),
        span=span("Ana Kovic met Petr Novack in Prague on Monday."), rule="test", confidence=0.8,
    )  # fmt: skip
    findings = [
        Finding(kind="fragment", span=span("Window."), text="Window.", message="an orphan word", severity="warning", confidence=0.8),
        Finding(kind="corrupted-name", span=span("Petr Novack"), text="Petr Novack", reading="Petr Novák", message="the minister is Petr Novák",  # noqa: E501
                grounds=["Petr Novák held the office from 2020"], severity="error", confidence=0.9),
    ]  # fmt: skip
    return Dossier(
        source=Source(uri=uri, media_type="text/plain", sha256=hashlib.sha256(f"{uri}{text}".encode()).hexdigest()),
        title=title, text=text, language="en", reliability=0.7,
        date=PageDate(best="2021-03-23", earliest="2021-03-22", latest="2021-03-25", grounds=[Ground(span=None, reason="Monday was the 22nd")]),  # noqa: E501
        actors=people, events=[meeting], findings=findings,
        places=[PlaceMention(span=span("Prague"), text="Prague", place=Place(name="Prague", country="CZE"))],
        times=[Time(span=span("Monday"), text="Monday", type="DATE", value="2021-03-22", start="2021-03-22", end="2021-03-22")],
        residue=[Residue(kind="comment-form", text="Leave a Reply")],
    )  # fmt: skip
