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
LIKE_SIZE = 0.1
"""How large a namesake has to be beside the larger one before the countries of the page decide between them."""
NAMESAKE = 4.0
"""What a city loses for each power of ten by which a namesake is larger; the countries of the page weigh at most 3."""


@cache
def words() -> dict[str, frozenset[str]]:
    """The word lists of ``words.toml``, checked."""
    raw = tomllib.loads((DATA / "words.toml").read_text("utf-8"))
    wanted = ("scene", "visits", "bodies", "doubtful", "agencies", "titles", "joins", "departs")
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
    found: list[PlaceMention] = []
    for hit in hits:
        mention = _mention(doc, hit, support, _beside(doc, hit, found))
        found += [mention] if mention else []
    return found


def _beside(doc: Doc, hit: Hit, found: list[PlaceMention]) -> tuple[PlaceMention, str] | None:
    """The place told just before in the same sentence, and the words between the two."""
    if not found or doc.char_span(found[-1].span.start, found[-1].span.end) is None:
        return None
    between = text_of(doc)[found[-1].span.end : doc[hit.start].idx]
    return (found[-1], between) if len(between) < 12 and not re.search("[.!?\n]", between) else None


def _hits(doc: Doc, reading: Reading) -> list[Hit]:
    found: list[Hit] = []
    table = gazetteer()
    at = 0
    while at < len(doc):
        linked = reading.at(at)
        if linked is not None and linked.kind not in PLACE_KINDS:
            at = linked.end
            continue
        text = _cased(doc, at)
        hit = _longest(doc, at, linked, reading) if text in table.firsts and text[:1].isupper() else None
        if hit is None and linked is not None and linked.kind == "country" and linked.start == at:
            hit = _country_hit(linked, reading)
        if hit is not None and _is_place(doc, hit):
            found.append(hit)
            at = hit.end
        else:
            at += 1
    return found


def _cased(doc: Doc, at: int) -> str:
    """A shouted word (ANKARA) in ordinary case; short ones (US, UK) stay, unless a long one follows (NEW DELHI)."""
    text = doc[at].text
    long = len(text) > 3 or (at + 1 < len(doc) and len(doc[at + 1]) > 3 and doc[at + 1].text.isupper())
    return text.title() if long and text.isupper() else text


def _longest(doc: Doc, at: int, linked: Linked | None, reading: Reading) -> Hit | None:
    table = gazetteer()
    for end in range(min(len(doc), at + table.longest), at, -1):
        pieces = doc[at:end]
        if "\n" in pieces.text or any(t.is_sent_start and t.i > at for t in pieces):
            continue
        name = "".join(_cased(doc, t.i) + t.whitespace_ for t in pieces).strip()
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


def _mention(doc: Doc, hit: Hit, support: Counter[str | None], beside: tuple[PlaceMention, str] | None) -> PlaceMention | None:
    role = _role(doc, hit, beside)
    if hit.linked is not None and hit.linked.kind == "metonym" and role == "mention":
        return None
    entry = _choose(doc, hit, support, beside[0].place.country if beside and beside[1] == ", " else None)
    span = doc[hit.start : hit.end]
    return PlaceMention(
        span=Span(start=span.start_char, end=span.end_char),
        text=span.text,
        place=entry.place,
        role=role,  # type: ignore[arg-type]
        rule=f"where.{entry.kind}",
        confidence=0.9 if len(hit.entries) == 1 or entry.kind != "city" else 0.75,
    )


def _role(doc: Doc, hit: Hit, beside: tuple[PlaceMention, str] | None) -> str:
    """Dateline, scene or mention; the second of two places joined is what the first is: CAIRO/JERUSALEM, to Tokyo and Seoul."""
    joined = bool(beside and beside[1].strip().lower() in words()["joins"])
    if _dateline(doc, hit) or (joined and beside and beside[0].role == "dateline" and _cut_off(doc, hit)):
        return "dateline"
    # "in Tbilisi, and Georgia thanked", "in Athens, and Lebanon's army": another clause begins
    subject = doc[hit.end - 1].dep_ in ("nsubj", "nsubj:pass") or (hit.end < len(doc) and doc[hit.end].text in ("'s", "’s", "'", "’"))
    if _scene(doc, hit) or (joined and beside and beside[0].role == "scene" and not subject):
        return "mention" if subject and joined else "scene"
    return "mention"


def _choose(doc: Doc, hit: Hit, support: Counter[str | None], of: str | None) -> Entry:
    """Country told beside it, then regions, countries and capitals, then the countries of the page and the number of people.

    ``of`` is the country of the place before it and a comma: Atlanta, Georgia.
    """
    after = doc[hit.end : hit.end + 4].text
    told = re.match(r",\s+([A-Z]\w+(?: [A-Z]\w+)*)", after)
    beside = {e.place.country for e in gazetteer().named(told[1])} if told else set()
    largest = max(hit.entries, key=lambda entry: entry.population)
    text = "".join(_cased(doc, t.i) + t.whitespace_ for t in doc[hit.start : hit.end]).strip()
    owned = any(entry.place.name == text for entry in hit.entries)

    def rank(entry: Entry) -> tuple[bool, bool, float]:
        weight = {"capital": 3.0, "country": 4.0, "region": 3.5, "sea": 4.0, "continent": 4.0}.get(entry.kind, 0.0)
        weight += 1.5 * min(support[entry.place.country], 2) + min(entry.population / 1_000_000, 3)
        if _instead(entry, largest, support):
            weight += 2 * NAMESAKE
        elif entry.population:
            # a namesake a tenth as large is not meant even where its country is named: Geneva in Illinois
            weight += NAMESAKE * math.log10(entry.population / largest.population)
        if owned and entry.population and entry.place.name != text and not support[entry.place.country]:
            weight -= 2 * NAMESAKE  # an older name of one place is today's of another: Salisbury
        return entry.place.country in beside, of is not None and entry.place.country == of, weight

    return max(hit.entries, key=rank)


def _instead(entry: Entry, largest: Entry, support: Counter[str | None]) -> bool:
    """Whether a smaller city is meant, since the page speaks of its country and not of the larger one's: Tripoli in Lebanon."""
    there, larger = entry.place.country, largest.place.country
    if not entry.population or there == larger or not support[there] or support[larger]:
        return False
    return entry.population >= LIKE_SIZE * largest.population and gazetteer().of_note(entry)


def _dateline(doc: Doc, hit: Hit) -> bool:
    """``ANKARA (AP) –``, ``BRUSSELS, March 23 –``, ``NEW DELHI: The``: a place that opens a line and is cut off from what follows."""
    start = doc[hit.start].idx
    line = text_of(doc).rfind("\n", 0, start) + 1
    return not text_of(doc)[line:start].strip() and _cut_off(doc, hit)


def _cut_off(doc: Doc, hit: Hit) -> bool:
    """Whether a dash or an agency follows, after a day or a country at most; in capitals also a colon."""
    end = doc[hit.end - 1].idx + len(doc[hit.end - 1].text)
    rest = text_of(doc)[end : end + 80]
    if doc[hit.start].text.isupper() and re.match(r": +[A-Z“\"]", rest):
        return True
    agency = "|".join(re.escape(a) for a in words()["agencies"])
    found = re.match(rf"(?:[,/]?(?:[^\n.!?–—]|\b[A-Z][a-z]{{2,3}}\.){{0,30}})?\s*(?:(\((?:{agency})[^)]{{0,15}}\))|[–—]|--| [-_] )", rest)
    # a dash before a small letter is one inside a sentence: Ankara – which had closed the strait
    return bool(found) and bool(found and found[1] or not re.match(r"[\s–—_-]*[a-z]", rest[found.end() :] if found else ""))


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
    if len(before) > 1 and before[-1].lower_ == "for" and before[-2].lemma_.lower() in words()["departs"]:
        return True
    return _from_to(doc, hit, before)


def _from_to(doc: Doc, hit: Hit, before: list[Token]) -> bool:
    """The first of a way: "flew from Bangalore to Poona"; of countries it would be trade as often."""
    after = doc[hit.end : hit.end + 2]
    towns = all(entry.kind in ("city", "capital") for entry in hit.entries)
    return bool(
        towns and before and before[-1].lower_ == "from" and len(after) == 2 and after[0].lower_ == "to" and after[1].text[:1].isupper()
    )
