"""Find the place names of a document and say what each is: a dateline, a scene, or a mere mention."""

from __future__ import annotations

import math
import re
import tomllib
from collections import Counter
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Doc, Token

from attache.dossier import PlaceMention, Span
from attache.errors import DataError
from attache.reading import Linked, Reading, text_of
from attache.where.gazetteer import DATA, Entry, country_places, gazetteer

PLACE_KINDS = ("country", "metonym")
NAMESAKE = 4.0
"""What a city loses for each power of ten by which a namesake is larger; the countries of the page weigh at most 3."""


@cache
def words() -> dict[str, frozenset[str]]:
    """The word lists of ``words.toml``, checked."""
    raw = tomllib.loads((DATA / "words.toml").read_text("utf-8"))
    wanted = ("scene", "visits", "bodies", "doubtful", "agencies", "titles")
    if set(raw) != set(wanted) or not all(isinstance(v, list) and v for v in raw.values()):
        raise DataError(f"words.toml: needs exactly the lists {', '.join(wanted)}")
    return {name: frozenset(raw[name]) for name in wanted}


@dataclass(frozen=True)
class Hit:
    """Tokens ``[start, end)`` that may name one of several places."""

    start: int
    end: int
    entries: list[Entry]
    linked: Linked | None


def place_mentions(doc: Doc, reading: Reading) -> list[PlaceMention]:
    """The places of the document in order."""
    timed = [(t.span.start, t.span.end) for t in reading.times]
    hits = [h for h in _hits(doc, reading) if not any(low <= doc[h.start].idx < high for low, high in timed)]
    support: Counter[str | None] = Counter(a.country for a in reading.actors.values() if a.country)
    support.update(h.entries[0].place.country for h in hits if len({x.place.country for x in h.entries}) == 1)
    support.pop(None, None)
    return [mention for hit in hits if (mention := _mention(doc, hit, support))]


def _hits(doc: Doc, reading: Reading) -> list[Hit]:
    found: list[Hit] = []
    table = gazetteer()
    at = 0
    while at < len(doc):
        linked = reading.at(at)
        if linked is not None and linked.kind not in PLACE_KINDS:
            at = linked.end
            continue
        text = _cased(doc[at].text)
        hit = _longest(doc, at, linked, reading) if text in table.firsts and text[:1].isupper() else None
        if hit is None and linked is not None and linked.kind == "country" and linked.start == at:
            hit = _country_hit(linked, reading)
        if hit is not None and _is_place(doc, hit):
            found.append(hit)
            at = hit.end
        else:
            at += 1
    return found


def _cased(text: str) -> str:
    """A shouted word (ANKARA) in ordinary case; short ones (US, UK) stay."""
    return text.title() if len(text) > 3 and text.isupper() else text


def _longest(doc: Doc, at: int, linked: Linked | None, reading: Reading) -> Hit | None:
    table = gazetteer()
    for end in range(min(len(doc), at + table.longest), at, -1):
        pieces = doc[at:end]
        if "\n" in pieces.text or any(t.is_sent_start and t.i > at for t in pieces):
            continue
        name = "".join(_cased(t.text) + t.whitespace_ for t in pieces).strip()
        entries = table.named(name)
        if entries:
            return Hit(at, end, entries, linked)
    return None


def _country_hit(linked: Linked, reading: Reading) -> Hit | None:
    actor = reading.actors.get(linked.actor)
    place = country_places().get(actor.country) if actor and actor.country else None
    return Hit(linked.start, linked.end, [Entry(place, "country")], linked) if place else None


def _is_place(doc: Doc, hit: Hit) -> bool:
    """No surnames, no parts of longer names, nothing that is mostly another word."""
    first, last = doc[hit.start], doc[hit.end - 1]
    before = doc[hit.start - 1] if hit.start else None
    after = doc[hit.end] if hit.end < len(doc) else None
    scene = before is not None and (before.lower_ in words()["scene"] or before.lemma_.lower() in words()["visits"])
    if hit.linked is not None and hit.linked.kind == "country":
        return True
    if first.ent_type_ in ("PERSON", "PER", "ORG") and not scene and not _dateline(doc, hit):
        return False
    if before is not None and before.text in words()["titles"]:
        return False
    if after is not None and (after.text in words()["bodies"] or (after.text == "-" and not scene)):
        return False
    if before is not None and before.text == "-" and hit.linked is None:
        return False
    known = max((e.population for e in hit.entries), default=0) > 200_000 or any(e.kind not in ("city",) for e in hit.entries)
    if hit.end - hit.start == 1 and (first.text in words()["doubtful"] or not known):
        return scene and _proper(first) and not _named_on(doc, hit)
    return not _named_on(doc, hit) and _proper(last)


def _proper(token: Token) -> bool:
    return token.pos_ in ("PROPN", "NOUN", "X", "ADJ", "") or token.text.isupper()


def _named_on(doc: Doc, hit: Hit) -> bool:
    """Whether the words beside make it a person's name: another capitalised word that is no place, joined as one name."""
    if hit.entries[0].kind in ("country", "continent", "region", "sea", "capital"):
        return False
    before = doc[hit.start - 1] if hit.start else None
    after = doc[hit.end] if hit.end < len(doc) else None
    if before is not None and before.pos_ == "PROPN" and before.text[:1].isupper() and before.whitespace_ and not before.is_sent_start:
        return before.dep_ in ("flat", "compound", "name") or doc[hit.start].dep_ in ("flat", "name")
    return bool(after is not None and after.pos_ == "PROPN" and after.dep_ in ("flat", "name") and doc[hit.end - 1].whitespace_)


def _mention(doc: Doc, hit: Hit, support: Counter[str | None]) -> PlaceMention | None:
    role = "dateline" if _dateline(doc, hit) else "scene" if _scene(doc, hit) else "mention"
    if hit.linked is not None and hit.linked.kind == "metonym" and role == "mention":
        return None
    entry = _choose(doc, hit, support)
    span = doc[hit.start : hit.end]
    return PlaceMention(
        span=Span(start=span.start_char, end=span.end_char),
        text=span.text,
        place=entry.place,
        role=role,  # type: ignore[arg-type]
        rule=f"where.{entry.kind}",
        confidence=0.9 if len(hit.entries) == 1 or entry.kind != "city" else 0.75,
    )


def _choose(doc: Doc, hit: Hit, support: Counter[str | None]) -> Entry:
    """Country told beside it, then regions, countries and capitals, then the countries of the page and the number of people."""
    after = doc[hit.end : hit.end + 4].text
    told = re.match(r",\s+([A-Z]\w+(?: [A-Z]\w+)*)", after)
    beside = {e.place.country for e in gazetteer().named(told[1])} if told else set()

    largest = max((entry.population for entry in hit.entries), default=0)

    def rank(entry: Entry) -> tuple[bool, float]:
        weight = {"capital": 3.0, "country": 4.0, "region": 3.5, "sea": 4.0, "continent": 4.0}.get(entry.kind, 0.0)
        weight += 1.5 * min(support[entry.place.country], 2) + min(entry.population / 1_000_000, 3)
        if entry.population:
            # a namesake a tenth as large is not meant even where its country is named: Geneva in Illinois
            weight += NAMESAKE * math.log10(entry.population / largest)
        return entry.place.country in beside, weight

    return max(hit.entries, key=rank)


def _dateline(doc: Doc, hit: Hit) -> bool:
    """``ANKARA (AP) –``, ``BRUSSELS, March 23 –``: a place that opens a line and is cut off by a dash or an agency."""
    start = doc[hit.start].idx
    line = text_of(doc).rfind("\n", 0, start) + 1
    if text_of(doc)[line:start].strip():
        return False
    rest = text_of(doc)[doc[hit.end - 1].idx + len(doc[hit.end - 1].text) :][:60]
    agency = "|".join(re.escape(a) for a in words()["agencies"])
    return bool(re.match(rf"(?:,?[^\n.!?–—]{{0,30}})?\s*(?:\((?:{agency})[^)]{{0,15}}\)|[–—]|--| [-_] )", rest))


def _scene(doc: Doc, hit: Hit) -> bool:
    """Whether something happens there: a word of scene before it, on a verb or an event noun; or a verb that takes places."""
    if hit.end < len(doc) and doc[hit.end].text in ("'s", "’s", "'", "’"):
        return False
    before = [doc[i] for i in range(max(0, hit.start - 3), hit.start)]
    while before and before[-1].lower_ in ("the", "central", "northern", "southern", "eastern", "western", "downtown", "nearby", "capital"):
        before.pop()
    if before and before[-1].lower_ in words()["scene"]:
        return True
    if before and before[-1].lemma_.lower() in words()["visits"]:
        return True
    # The second of two places: "to Tokyo and Seoul", "in Anchorage, Alaska".
    tail = doc[max(0, hit.start - 6) : hit.start].text
    return bool(re.search(rf"\b(?:{'|'.join(words()['scene'])}) (?:the )?[A-Z]\w+(?: [A-Z]\w+)?(?:,| and|, and)$", tail))
