"""What a page tells of one thing that can be told in one way only: its date, how many it befell, how it came out."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from attache.doubt.clauses import VERBAL, anchors, unreal, with_lemmas
from attache.doubt.lexicon import numbers, table, words
from attache.doubt.occasions import Occasions, tokens_at
from attache.doubt.stated import is_bound
from attache.reading import reading_of, text_of

VALUE = re.compile(r"(?:\d{4}|XXXX)(?:-\d\d){0,2}")
PLANNED = frozenset({"will", "'ll", "’ll", "shall", "to"})
AGENTS = frozenset({"nsubj", "obl:agent"})
NEAR = 3  # words beside a number that may hedge it


@dataclass(frozen=True)
class Claim:
    """One telling. Two of the same ``about`` speak of the same thing; ``value`` is what they must agree in, ``words`` how it is called.

    ``at`` is the word it hangs on, ``start``/``end`` the characters of the value.
    """

    kind: str
    about: tuple[object, ...]
    value: str
    words: str
    at: Token
    start: int
    end: int


def dates(doc: Doc, occasions: Occasions) -> Iterator[Claim]:
    """``The treaty was signed in 1998``: days written with figures, of what happens once."""
    for time in reading_of(doc).times:
        value = time.value or ""
        if time.type != "DATE" or not VALUE.fullmatch(value) or not re.search(r"\d", time.text):
            continue
        if is_bound(text_of(doc), time.span.start):
            continue
        verb = next((t for t in anchors(doc, time.span.start, time.span.end) if t.pos_ in VERBAL), None)
        if verb is None or (unreal(verb) and not _planned(verb)) or _parted(doc, verb, time.span.start):
            continue
        for row in table("within")["date"]:
            thing = _undergone(verb, row.get("does", False)) if verb.lemma_.lower() in row["verbs"] else None
            noun = occasions.one(thing) if thing is not None and thing.lemma_.lower() in row["what"] else None
            if noun is not None:
                about = ("date", row["act"], noun, _planned(verb), _agents(verb, thing, row.get("each", False)))
                yield Claim("date", about, value, f"the {noun} {row['act']}", verb, time.span.start, time.span.end)


def counts(doc: Doc, occasions: Occasions) -> Iterator[Claim]:
    """``12 people were killed in the blast``, ``the blast killed 47``: bare numbers only."""
    listed = table("within")["counts"]
    groups = {verb: group["told"] for group in listed["groups"] for verb in group["verbs"]}
    for verb in _verbs(doc, groups):
        told = groups[verb.lemma_.lower()]
        if unreal(verb):
            continue
        event = next((t for t in verb.children if t.dep_ in {"nsubj", "obl"} and t.lemma_.lower() in listed["events"]), None)
        noun = occasions.one(event) if event is not None else None
        who = next((t for t in verb.children if t.dep_ in {"obj", "nsubj:pass", "nsubj"} and t != event), None)
        counted = _counted(who, listed) if who is not None else None
        if noun is not None and counted is not None:
            number, unit = counted
            about, told_of = ("count", told, noun, unit), f"{unit} {told} in the {noun}"
            yield Claim("count", about, _value(number), told_of, verb, number.idx, number.idx + len(number))


def outcomes(doc: Doc, occasions: Occasions) -> Iterator[Claim]:
    """``The council adopted the resolution on Tuesday``: by whom, of what, on which day as it is worded."""
    days = {t.i: time.text for time in reading_of(doc).times if time.type == "DATE" for t in tokens_at(doc, time.span.start, time.span.end)}
    rows = table("within")["outcome"]
    for verb in _verbs(doc, {verb for row in rows for verb in (*row["yes"], *row["no"])}):
        for row in rows:
            way = "yes" if verb.lemma_.lower() in row["yes"] else "no" if verb.lemma_.lower() in row["no"] else ""
            thing = _undergone(verb, False) if way and not unreal(verb) else None
            doer = next((t for t in verb.children if t.dep_ in AGENTS), None)
            if thing is None or doer is None or thing.lemma_.lower() not in row["what"]:
                continue
            day = _day(verb, thing, days)
            if day is None:
                continue
            noun, body = occasions.one(thing), occasions.one(doer)
            if noun is not None and body is not None:
                end = thing.idx + len(thing) if thing.i > verb.i else verb.idx + len(verb)
                yield Claim("outcome", ("outcome", noun, body, day), way, f"the {noun}: {verb.text}", verb, verb.idx, end)


def _day(verb: Token, thing: Token, days: Mapping[int, str]) -> str | None:
    """The day of a deed, whether "on Tuesday" hangs on the verb or on what stands between, ``adopted the resolution on Tuesday``."""
    own = (t for t in verb.children if t.i in days and t.dep_.startswith("obl"))
    between = (t for t in thing.children if t.i in days and t.dep_.startswith("nmod") and any(c.lower_ == "on" for c in t.children))
    return next((days[t.i] for t in (*own, *between)), None)


def _parted(doc: Doc, verb: Token, at: int) -> bool:
    """Whether a stop lies between a verb and its date: a piece of a cut sentence hung on the one before."""
    return re.search(r"\w[.!?]\s", text_of(doc)[min(verb.idx, at) : max(verb.idx, at)]) is not None


def _verbs(doc: Doc, lemmas: Collection[str]) -> Iterator[Token]:
    """The verbs with one of these dictionary forms."""
    return (token for token in with_lemmas(doc, lemmas) if token.pos_ in VERBAL)


def _undergone(verb: Token, does: bool) -> Token | None:
    """What the act is done to, or what does it itself; a relative clause tells of the noun before it."""
    if verb.dep_ == "acl":
        return verb.head
    wanted = {"nsubj:pass", "obj"} if not does else {"nsubj", "nsubj:pass"}
    thing = next((t for t in verb.children if t.dep_ in wanted), None)
    relative = thing is not None and thing.lower_ in {"which", "that"} and verb.dep_ == "acl:relcl"
    return verb.head if relative else thing


def _agents(verb: Token, thing: Token | None, each: bool) -> frozenset[str]:
    """Who does it, where each party does so on a day of its own."""
    if not each:
        return frozenset()
    return frozenset(t.lemma_.lower() for t in verb.children if t.dep_ in AGENTS and t != thing)


def _planned(verb: Token) -> bool:
    return any(t.lower_ in PLANNED for t in verb.children if t.dep_ in {"aux", "mark"})


def _counted(who: Token, listed: dict[str, list[str]]) -> tuple[Token, str] | None:
    """The number and its unit, where nothing beside it hedges it."""
    number = who if who.pos_ == "NUM" else next((t for t in who.children if t.dep_ == "nummod"), None)
    if number is None or not _value(number):
        return None
    around = who.doc[max(0, number.i - NEAR) : number.i + 2]
    unit = "people" if who == number else who.lemma_.lower()
    hedged = any(t.lower_ in listed["hedges"] for t in around if t != number) or any(t.dep_ in {"conj", "nmod"} for t in who.children)
    return None if hedged or unit not in listed["units"] else (number, "people" if unit == "person" else unit)


def _value(number: Token) -> str:
    """As figures; empty where it is no plain number from two on."""
    plain = number.text.replace(",", "")
    value = int(plain) if plain.isdigit() else numbers().get(plain.lower(), 0)
    return str(value) if value >= 2 else ""


def revised(token: Token) -> bool:
    """Whether the sentence says itself that the telling changed, or that another one is meant."""
    said = f" {' '.join(t.lower_ for t in token.sent)} "
    return any(f" {word} " in said for word in words("revised", "within"))
