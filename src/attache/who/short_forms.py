"""Countries and bodies called by a part of their name once the page has named them: "the North", "the council", "the alliance"."""

from __future__ import annotations

from collections.abc import Iterator

from attache.dossier import Actor
from attache.knowledge import fold
from attache.reading import Linked
from attache.who.ledger import Claim, Ledger
from attache.who.lexicon import own_short_forms, words
from attache.who.spans import is_namey

OPPOSITE = {"north": "south", "south": "north", "east": "west", "west": "east"}
REACH = 2
"""Sentences back in which the body must be named, for a word that many bodies are called by."""


def link_halves(ledger: Ledger) -> None:
    """Link "the North" where the page names either half of a country parted so: North Korea, South Korea."""
    doc = ledger.doc
    for i in range(1, len(doc)):
        side = doc[i].lower_
        if side not in OPPOSITE or not doc[i].text[0].isupper() or ledger.taken[i] or doc[i - 1].lower_ not in {"the", "with", "and"}:
            continue
        if i + 1 < len(doc) and (is_namey(doc[i + 1]) or doc[i + 1].text == "-"):
            continue  # the North Sea, the South-East
        country = next(filter(None, (_half(ledger, actor, side) for actor in list(ledger.reading.actors.values()))), None)
        if country is not None:
            other = ledger.knowledge.countries[country]
            reason = f"the half of a country that the page names: {other.name}"
            ledger.link(i, i + 1, ledger.country(other), Claim("country", "propagation", 0.8, reason))


def _half(ledger: Ledger, actor: Actor, side: str) -> str | None:
    """The code of the country on that side, where the actor is it or the country on the other."""
    country = ledger.knowledge.countries.get(actor.country or "") if actor.kind == "country" else None
    if country is None:
        return None
    for name in country.names:
        first, _, rest = fold(name).partition(" ")
        if first in OPPOSITE and rest:
            both = {one: ledger.knowledge.country_named(f"{one} {rest}") for one in (first, OPPOSITE[first])}
            if side in both and all(both.values()) and both[first] != both[OPPOSITE[first]]:
                found = both[side]
                return found.iso3 if found else None
    return None


def link_bodies_again(ledger: Ledger) -> None:
    """Link "the council" to the one body named shortly before whose name ends so, and "the alliance" to NATO where that is it."""
    nouns = {key: _nouns(actor) for key, actor in ledger.reading.actors.items()}
    called = frozenset().union(*nouns.values())
    for i in range(1, len(ledger.doc)):
        noun = ledger.doc[i].lower_
        if noun not in called or ledger.doc[i - 1].lower_ != "the" or ledger.taken[i] or _goes_on(ledger, i):
            continue
        before = [link for link in _before(ledger, i) if noun in nouns[link.actor]]
        if len({link.actor for link in before}) == 1:
            actor = before[0].actor
            reason = f"{ledger.reading.actors[actor].name} is named shortly before"
            ledger.link(i, i + 1, actor, Claim("organisation", "propagation", 0.7, reason))


def _nouns(actor: Actor) -> frozenset[str]:
    """What a body may be called after it was named: the noun of its name, and others for those that have one of their own."""
    if actor.kind not in {"organisation", "body", "group"}:
        return frozenset()
    named = fold(actor.name).split()
    # of "Organisation of African Unity" the first word, of "Security Council" the last
    noun = named[named.index("of") - 1] if "of" in named[1:] else named[-1] if named else ""
    return frozenset({noun} & words().body_nouns) | own_short_forms().get(actor.id, frozenset())


def _goes_on(ledger: Ledger, i: int) -> bool:
    """Whether the noun is part of a longer phrase: "the council of ministers", "the commission president", "the Council Hall"."""
    following = ledger.doc[i + 1] if i + 1 < len(ledger.doc) else None
    return following is not None and (following.lower_ in {"of", "for", "on"} or following.pos_ in {"NOUN", "PROPN"} or is_namey(following))


def _before(ledger: Ledger, i: int) -> Iterator[Linked]:
    """Links to bodies in the sentence up to a token and the ones before it."""
    doc = ledger.doc
    start = doc[i].sent.start
    for _ in range(REACH):
        start = doc[start - 1].sent.start if start > 0 else start
    actors = ledger.reading.actors
    return (link for link in ledger.reading.linked if start <= link.start < i and link.actor in actors)
