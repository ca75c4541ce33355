"""A linker for tests of the what room alone: marks the names it is given, with no knowledge of anything else."""

from __future__ import annotations

import re

from spacy.tokens import Doc

from attache.dossier import Actor, ActorKind, Agreement, Mention, Span
from attache.reading import Linked, reading_of

TITLE = re.compile(
    r"((US|U\.S\.|European|EU|NATO|Turkish|Chinese|British|French|German|Italian|Belgian|Russian|Iranian|Israeli|South|Korean|Council|Commission|National|Security|"
    r"Prime|Vice|Foreign|Defence|Deputy|State|and|of|foreign|policy|top|Minister|Premier|President|Secretary-General|Secretary|Adviser|Councillor|Chancellor|"
    r"minister|president|chief|director|diplomat|China's|South Korea's) )+$"
)


def link(doc: Doc, names: dict[str, tuple[str, str, str]], agreements: dict[str, str] | None = None) -> None:
    """Fill the reading: ``names`` maps wording to (actor id, actor kind, mention kind), ``agreements`` wording to id."""
    reading = reading_of(doc)
    taken: set[int] = set()
    every = [(word, *entry) for word, entry in names.items()] + [(word, pact, "", "agreement") for word, pact in (agreements or {}).items()]
    for word, actor, kind, how in sorted(every, key=lambda entry: -len(entry[0])):
        for hit in re.finditer(rf"(?<!\w){re.escape(word)}(?!\w)", doc.text):
            span = doc.char_span(hit.start(), hit.end(), alignment_mode="expand")
            if span is None or taken & set(range(span.start, span.end)):
                continue
            taken |= set(range(span.start, span.end))
            mention = Mention(span=Span(start=span.start_char, end=span.end_char), text=span.text)
            office = None
            if kind == "person":
                titled = TITLE.search(doc.text[: hit.start()])
                before = doc.char_span(titled.start(), hit.start() - 1, alignment_mode="expand") if titled else None
                office = (before.start, before.end) if before is not None else None
            reading.linked.append(Linked(span.start, span.end, actor, how, mention, office_span=office))
            if how == "agreement":
                reading.agreements.setdefault(actor, Agreement(id=actor, name=word))
            else:
                country = actor if kind == "country" else None
                reading.actors.setdefault(actor, Actor(id=actor, name=word, kind=as_kind(kind), country=country))
    reading.linked.sort(key=lambda m: m.start)


def as_kind(kind: str) -> ActorKind:
    """A word as an actor kind."""
    kinds: dict[str, ActorKind] = {k: k for k in ("person", "country", "organisation", "group", "body")}  # type: ignore[misc]
    return kinds[kind]
