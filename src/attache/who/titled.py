"""Names beside an office: "US Secretary of State Antony Blinken", "Wang Yi, China's top diplomat"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Doc

from attache.knowledge import Knowledge, Office, OfficePhrase, fold
from attache.reading import tokens_of
from attache.who.lexicon import words
from attache.who.spans import POSSESSIVES, full_name_end, name_start

FURTHEST_BACK = 7
"""How many tokens a title that the table does not know may have."""

MOST_NEAR = 6
"""How many of the countries that a page names are tried for a title that names none."""


@dataclass(frozen=True)
class Titled:
    """A name ``[start, end)`` and the office beside it. ``firm``: the table knows the phrase, so that names may be repaired by it."""

    start: int
    end: int
    text: str
    offices: tuple[Office, ...]
    kind: str
    where: str | None
    former: bool
    office_span: tuple[int, int]
    firm: bool = True
    lesser: bool = False
    past: bool = False
    """A word like former stands near: the name says nothing of the page's own days."""
    coming: bool = False
    """The office is not held yet: "President-elect"."""
    near: tuple[str, ...] = ()
    """Countries that the page names, for a title that names none itself; the nearest before it first."""


def titled_names(doc: Doc, phrases: Sequence[OfficePhrase], knowledge: Knowledge, taken: Sequence[bool]) -> list[Titled]:
    """All names with an office beside them, in order."""
    found: list[Titled] = []
    blocked = list(taken)
    for phrase in phrases:
        blocked[phrase.start : phrase.end] = [True] * (phrase.end - phrase.start)
    for phrase in joined_phrases(doc, phrases):
        span = _name_beside(doc, phrase, blocked)
        if span is not None:
            found.append(_titled(doc, span, phrase))
    inside = {i for phrase in phrases for i in range(phrase.start, phrase.end)}
    used = {i for titled in found for i in range(titled.start, titled.end)}
    found += [t for t in _loose_titles(doc, knowledge, blocked, inside) if not used & set(range(t.start, t.end))]
    placed = _with_places(doc, sorted(found, key=lambda titled: titled.start))
    if not placed:
        return placed
    named = countries_named(doc, knowledge)
    own = {i for titled in placed for i in range(*titled.office_span)} & {at for at, _ in named}
    return [titled if own & set(range(*titled.office_span)) else replace(titled, near=_nearest(titled.start, named)) for titled in placed]


def countries_named(doc: Doc, knowledge: Knowledge) -> list[tuple[int, str]]:
    """(token, ISO 3166 alpha-3) of the countries and peoples named, by names of up to three words."""
    found = []
    tokens = tokens_of(doc)
    for start, word in enumerate(tokens.words):
        if word[:1].isupper():
            for end in range(min(start + 3, len(tokens.words)), start, -1):
                text = tokens.between(start, end)
                country = knowledge.country_named(text) or knowledge.country_of_demonym(text)
                if country is not None:
                    found.append((start, country.iso3))
                    break
    return found


def _nearest(start: int, named: Sequence[tuple[int, str]]) -> tuple[str, ...]:
    """Country codes, those before a token by distance, then those after it."""
    ordered = sorted(named, key=lambda row: (row[0] > start, abs(row[0] - start)))
    return tuple(dict.fromkeys(code for _, code in ordered))[:MOST_NEAR]


def whole_phrases(doc: Doc, phrases: Sequence[OfficePhrase]) -> list[OfficePhrase]:
    """Phrases with what the office's own name goes on with: "US Secretary" + "of State"."""
    whole: list[OfficePhrase] = []
    for phrase in phrases:
        own = set(fold(phrase.offices[0].name).split()) if phrase.offices else set()
        end = phrase.end
        while (
            end < len(doc)
            and end < phrase.end + FURTHEST_BACK
            and (end > phrase.end or doc[end].lower_ in {"of", "for"})
            and doc[end].lower_ in own
        ):
            end += 1
        whole.append(replace(phrase, end=end) if end > phrase.end + 1 else phrase)
    return whole


def joined_phrases(doc: Doc, phrases: Sequence[OfficePhrase]) -> list[OfficePhrase]:
    """ "Deputy Prime Minister and Foreign Minister" as one phrase with the offices of both and the country of the first."""
    joined: list[OfficePhrase] = []
    for phrase in phrases:
        last = joined[-1] if joined else None
        if last and phrase.start == last.end + 1 and doc[last.end].lower_ == "and" and not doc[last.end - 1].lower_.endswith("s"):
            where = phrase.where or last.where
            offices = tuple(o for o in (*phrase.offices, *last.offices) if where is None or o.where == where)
            joined[-1] = replace(phrase, start=last.start, offices=offices or phrase.offices, where=where)
        else:
            joined.append(phrase)
    return joined


def _titled(doc: Doc, span: tuple[int, int], phrase: OfficePhrase) -> Titled:
    text = doc[span[0] : span[1]].text
    return Titled(
        *span,
        text,
        phrase.offices,
        phrase.kind,
        phrase.where,
        phrase.former,
        (phrase.start, phrase.end),
        bool(phrase.offices),
        past=_former(doc, phrase.start, 5),
        coming=_coming(doc, phrase),
    )


def _name_beside(doc: Doc, phrase: OfficePhrase, blocked: Sequence[bool]) -> tuple[int, int] | None:
    """The name right after the phrase, else the one before it as an apposition."""
    for start in (phrase.end, phrase.end + 1):
        if start >= len(doc) or (start > phrase.end and doc[phrase.end].text != ","):
            break
        end = full_name_end(doc, start, blocked, titled=start == phrase.end)
        # after a comma only a full name; one word may be a new clause
        if end > start + (1 if start > phrase.end else 0):
            return start, end
    back = phrase.start
    while back > 0 and doc[back - 1].lower_ in {"the", "a", "an", "its", "their", "his", "her", "'s", "’s"}:
        back -= 1
    if back > 0 and doc[back - 1].text in {",", "(", "–", "-"}:
        start = name_start(doc, back - 1, blocked)
        # one word before a comma is more often a country or a place
        if start < back - 2:
            return start, back - 1
    return None


def _loose_titles(doc: Doc, knowledge: Knowledge, blocked: Sequence[bool], inside: set[int]) -> list[Titled]:
    """Names after a title that the table of offices does not know: "Chinese State Councillor Wang Yi"."""
    found = []
    nouns = words().title_nouns
    for i, word in enumerate(tokens_of(doc).lower[:-1]):
        if word not in nouns or i in inside:
            continue
        first = i + 2 if doc[i + 1].text == "," and i + 2 < len(doc) else i + 1
        end = full_name_end(doc, first, blocked, titled=first == i + 1)
        if end == first or (first > i + 1 and end < first + 2) or (end < len(doc) and doc[end].lower_ in words().title_nouns):
            continue  # nothing, half a name, or the middle of a longer title: "Chief Cabinet Secretary"
        start, where = _country_before(doc, i, knowledge)
        name = doc[first:end].text
        lesser = word in words().lesser_titles
        kind = "head-of-state" if word in words().royal_titles else "other"
        found.append(Titled(first, end, name, (), kind, where, _former(doc, start), (start, i + 1), firm=False, lesser=lesser))
    return found


def _country_before(doc: Doc, noun: int, knowledge: Knowledge) -> tuple[int, str | None]:
    """Start of the title that ends in a noun, and the country or organisation code it begins with."""
    i = noun
    while i > max(0, noun - FURTHEST_BACK):
        word = doc[i - 1].text
        country = knowledge.country_of_demonym(word) or knowledge.country_named(word)
        if country is not None:
            return i - 1, country.iso3
        body = knowledge.organisation_named(word)
        if body is not None and body.code:
            return i - 1, body.code
        if word.lower() in words().title_words or word in POSSESSIVES or word == "-":
            i -= 1
            continue
        break
    return i, None


def _former(doc: Doc, start: int, reach: int = 2) -> bool:
    return any(doc[i].lower_ in words().former for i in range(max(0, start - reach), start))


def _coming(doc: Doc, phrase: OfficePhrase) -> bool:
    """Whether the office is still to be taken: "the incoming prime minister", "President-elect", "chancellor designate"."""
    return any(t.lower_ in words().coming for t in doc[max(0, phrase.start - 1) : phrase.end + 2])


def _with_places(doc: Doc, found: list[Titled]) -> list[Titled]:
    """An office without a country has that of the name just before it: "US Foreign Minister A and Security Adviser B"."""
    placed: list[Titled] = []
    for titled in found:
        last = placed[-1] if placed else None
        if titled.where is None and last is not None and last.where is not None and last.end < titled.office_span[0]:
            between = [doc[i].lower_ for i in range(last.end, titled.office_span[0])]
            if between in (["and"], [","], [",", "and"], ["and", "the"], ["and", "its"]):
                offices = tuple(o for o in titled.offices if o.where == last.where)
                titled = replace(titled, where=last.where, offices=offices or titled.offices)
        placed.append(titled)
    return placed
