"""A reader without a language model, for tests of everything around reading: one event a line ``NAME met NAME``, and some faults.

A page that begins with ``CRASH``, ``HANG``, ``HUNGRY`` or ``FAULT`` does so. Named in `Options.reader` as ``light_reader:make_reader``.
"""

from __future__ import annotations

import hashlib
import os
import re
import signal
import time
from collections.abc import Callable

from attache.dossier import Actor, Dossier, Event, EventTime, Mention, PageDate, Source, Span
from attache.page import Item
from attache.record.sheet import sheet_of
from attache.record.worker import Done, Setup

MET = re.compile(r"(\w+) met (\w+)(?: on (\d{4}-\d\d-\d\d))?")


def make_reader(setup: Setup) -> Callable[[Item], Done]:
    """A function that reads an item at once."""

    def read(item: Item) -> Done:
        text = item.body.decode("utf-8", "replace")
        misbehave(text)
        return Done(sheet_of(dossier_of(text, item.uri, item.published), item.body, url=item.url))

    return read


def misbehave(text: str) -> None:
    """Do what the page says."""
    if text.startswith("CRASH"):
        os.kill(os.getpid(), signal.SIGSEGV)
    if text.startswith("HANG"):
        time.sleep(600)
    if text.startswith("HUNGRY"):
        bytearray(3_000_000_000)
    if text.startswith("FAULT"):
        raise RuntimeError("a fault of the program")
    if text.startswith("SLOW"):
        time.sleep(0.02)


def dossier_of(text: str, uri: str, published: str | None) -> Dossier:
    """A dossier with the meetings that the text tells."""
    found = list(MET.finditer(text))
    actors: dict[str, Actor] = {}
    for match in found:
        for group in (1, 2):
            code = f"attache:{match[group].lower()}"
            actor = actors.setdefault(code, Actor(id=code, name=match[group], kind="person"))
            actor.mentions.append(Mention(span=Span(start=match.start(group), end=match.end(group)), text=match[group]))
    events = [
        Event(id=f"e{n}", kind="meet", status="planned" if "will" in text else "happened", source=[f"attache:{m[1].lower()}"],
              target=[f"attache:{m[2].lower()}"], time=EventTime(start=m[3], end=m[3]) if m[3] else None, rule="light", confidence=0.9,
              trigger=Span(start=m.end(1) + 1, end=m.end(1) + 4), span=Span(start=m.start(), end=m.end()))
        for n, m in enumerate(found, 1)
    ]  # fmt: skip
    source = Source(uri=uri, media_type="text/plain", sha256=hashlib.sha256(text.encode()).hexdigest())
    return Dossier(source=source, title=text.split("\n", 1)[0][:80], text=text, language="en", reliability=1.0,
                   date=PageDate(published=published), actors=list(actors.values()), events=events)  # fmt: skip
