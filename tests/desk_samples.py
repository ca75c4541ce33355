"""Records for the tests of the desk: a small sound one, and one whose every word is hostile."""

from __future__ import annotations

import hashlib
from pathlib import Path

from sample_dossier import sample

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
)
from attache.record import Record, open_record

ATTACKS = (Path(__file__).parent / "attacks.txt").read_text(encoding="utf-8").splitlines()
BODY = "Ana Kovic met Vladimír Horák in Vienna on Monday. Horak said that the talks had gone well."


def small(place: Path) -> Record:
    """Three pages: the sample, the same from another paper, and another meeting; filed as if from files of this machine."""
    return filled(open_record(place), place.parent / "secret-folder")


def filled(record: Record, folder: Path) -> Record:
    """The same pages in any record."""
    record.file(sample(uri=str(folder / "page.txt")), b"the source <b>as it was</b>")
    record.file(sample(uri="https://news.example/visit", title="A visit, again"), url="https://news.example/visit")
    record.file(another(str(folder / "other.html")))
    return record


def another(uri: str) -> Dossier:
    """A page with a place on the map, a statement and a planned meeting."""

    def at(words: str) -> Span:
        start = BODY.index(words)
        return Span(start=start, end=start + len(words))

    people = [
        Actor(id="attache:ana-kovic", name="Ana Kovic", kind="person", mentions=[Mention(span=at("Ana Kovic"), text="Ana Kovic")]),
        Actor(id="attache:vladimir-horak", name="Vladimír Horák", kind="person", office="Chancellor of Clocks",
              mentions=[Mention(span=at("Vladimír Horák"), text="Vladimír Horák"), Mention(span=at("Horak"), text="Horak")]),
    ]  # fmt: skip
    vienna = Place(name="Vienna", country="AUT", latitude=48.2, longitude=16.37)
    time = EventTime(start="2021-04-05", end="2021-04-05", text="Monday")
    both = ["attache:ana-kovic", "attache:vladimir-horak"]
    events = [
        Event(id="e1", kind="meet", status="happened", source=both, time=time, place=vienna, trigger=at("met"), cameo="040",
              span=at("Ana Kovic met Vladimír Horák in Vienna on Monday"), rule="meet:verb:meet", confidence=0.8),
        Event(id="e2", kind="say", status="happened", source=both[1:], content=at("that the talks had gone well"), trigger=at("said"),
              span=at("Horak said that the talks had gone well"), rule="say:verb:say", confidence=0.7),
        Event(id="e3", kind="visit", status="planned", source=both[:1], target=["attache:unknown"], place=vienna,
              time=EventTime(start="2021-05"), trigger=at("talks"), span=at("talks had gone"), rule="visit:noun:talks", confidence=0.5),
    ]  # fmt: skip
    return Dossier(
        source=Source(uri=uri, media_type="text/html", sha256=hashlib.sha256(uri.encode()).hexdigest()), title="Talks in Vienna", text=BODY,
        language="en", reliability=0.95, date=PageDate(published="2021-04-06"), actors=people, events=events,
    )  # fmt: skip


def hostile(place: Path) -> Record:
    """A page an attack, with the attack wherever a page's words can come to stand."""
    record = open_record(place)
    for number, attack in enumerate(ATTACKS):
        record.file(_attacking(number, attack), f"<html><body>{attack}</body></html>".encode())
    return record


def _attacking(number: int, attack: str) -> Dossier:
    text = f"{attack} met {attack} in Vienna. {attack} left."
    name, whole = Span(start=0, end=len(attack)), Span(start=0, end=text.index(" in Vienna"))
    met = Span(start=len(attack) + 1, end=len(attack) + 4)
    place = Place(name=attack, country="AUT", latitude=48.2 + number / 10, longitude=16.37)
    mention = Mention(span=name, text=attack, repaired=True, confidence=0.9, rule=attack)
    one = Actor(id=f"attache:{number}", name=attack, kind="person", office=attack, affiliation=attack, mentions=[mention])
    two = Actor(id=f"attache:{attack}", name=f"{attack} again", kind="country")
    event = Event(
        id="e1", kind="meet", status="happened", source=[one.id], target=[two.id], place=place, trigger=met, span=whole, content=whole,
        time=EventTime(start="2021-03-22", end="2021-03-22", text=attack), roles=[Role(role="source", span=name, actor=one.id)],
        reported_by=attack, rule=attack, confidence=0.8, about=[attack], cameo=attack,
    )  # fmt: skip
    finding = Finding(
        kind="corrupted-name", span=name, text=attack, reading=attack, message=attack, grounds=[attack], severity="error", confidence=0.9,
        rule=attack,
    )  # fmt: skip
    return Dossier(
        source=Source(uri=f"{attack}{number}", media_type="text/html", sha256=hashlib.sha256(f"{number}{attack}".encode()).hexdigest()),
        title=attack, text=text, language="en", reliability=0.3, actors=[one, two], events=[event], findings=[finding],
        date=PageDate(best="2021-03-23", grounds=[Ground(span=None, reason=attack)]),
        places=[PlaceMention(span=whole, text=attack, place=place)], residue=[Residue(kind="other", text=attack)],
    )  # fmt: skip


def paths(record: Record) -> list[str]:
    """The addresses of every page of a desk over this record."""
    with record.reading() as connection:
        from sqlalchemy import select

        from attache.record import tables as t

        codes = connection.execute(select(t.actors.c.code)).scalars().all()
    from urllib.parse import quote

    fixed = ["/", "/stories", "/actors", "/pages", "/doubts", "/judgements", "/add", "/api", "/search?q=vienna", "/events"]
    fixed += [f"/events?view={view}" for view in ("timeline", "map", "network")]
    stories = [f"/story/{one.id}" for one in record.stories(limit=500)]
    pages = [f"/page/{one.id}" for one in record.pages(limit=500)]
    events = [f"/event/{one.id}" for one in record.events(limit=500)]
    return fixed + stories + pages + events + [f"/actor/{quote(code, safe='')}" for code in codes]


def as_json(path: str) -> str:
    """The address of the same page as JSON."""
    start, mark, query = path.partition("?")
    return ("/index" if start == "/" else start) + ".json" + mark + query
