"""Agreements: by name, by what a passage says of them, and "the deal" after one was named."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from spacy.tokens import Doc, Span

from attache.dossier import Agreement as AgreementPart
from attache.knowledge import Agreement, Knowledge, fold
from attache.who.ledger import Claim, Ledger
from attache.who.lexicon import words

LONGEST = 12
"""Most tokens in the name of an agreement."""
YEAR = re.compile(r"^(19|20)\d\d$")


@lru_cache(maxsize=2)
def name_index(knowledge: Knowledge) -> tuple[dict[str, Agreement], dict[str, int]]:
    """Agreements by folded name, and by the first word of names the most tokens that one beginning so may have."""
    names = {fold(name).removeprefix("the "): pact for pact in knowledge.agreements.values() for name in pact.names}
    longest: dict[str, int] = {}
    for parts in (name.split() for name in names if name):
        # A hyphen is a token of its own.
        longest[parts[0]] = max(longest.get(parts[0], 0), min(2 * len(parts), LONGEST))
    return names, longest


def find_named(ledger: Ledger) -> None:
    """Link agreements that are called by a known name; before countries, since names hold countries."""
    names, longest = name_index(ledger.knowledge)
    for start, text in enumerate(ledger.tokens.words):
        most = longest.get(fold(text).partition(" ")[0], 0)
        for end in range(min(start + most, len(ledger.doc)), start, -1):
            if ledger.doc[end - 1].is_punct:
                continue
            pact = names.get(fold(ledger.tokens.between(start, end)))
            if pact is not None and ledger.free(start, end) and _cased(ledger.doc[start:end], pact):
                _link(ledger, start, end, pact, "knowledge", 0.95, f"a name of {pact.name}")
                break


def _cased(span: Span, pact: Agreement) -> bool:
    """An abbreviation must be written in capitals: "START" is no "start"."""
    return len(span) > 1 or span.text.isupper() or not any(name.isupper() and fold(name) == fold(span.text) for name in pact.names)


def find_described(ledger: Ledger) -> None:
    """Link descriptions: all words of a cue in one sentence, and a year or a party that agrees; then "the deal" that refers back."""
    for sent in ledger.doc.sents:
        for noun in _nouns(ledger, sent):
            pact = _described(ledger, sent, noun)
            if pact is not None:
                start = _noun_start(ledger, noun)
                _link(ledger, start, noun + 1, pact, "cue", 0.75, f"the words, year or parties of {pact.name}")
    _refer_back(ledger)


def _nouns(ledger: Ledger, sent: Span) -> Iterator[int]:
    lower, nouns = ledger.tokens.lower, words().agreement_nouns
    for i in range(sent.start, sent.end):
        if lower[i] in nouns and not ledger.taken[i] and ledger.doc[i].pos_ in {"NOUN", "PROPN"}:
            yield i


def _described(ledger: Ledger, sent: Span, noun: int) -> Agreement | None:
    """The known agreement that the sentence fits best."""
    said = {fold(t.text) for t in sent} | {fold(t.lemma_) for t in sent}
    said |= {part for word in said for part in word.split()}
    years = {t.text for t in sent if YEAR.match(t.text)}
    actors = {link.actor for link in ledger.reading.linked if sent.start <= link.start < sent.end}
    best, best_score = None, 0
    for pact in ledger.knowledge.agreements.values():
        last = ledger.period.last if ledger.period else None
        if last and pact.signed and pact.signed[:4] > str(last.year):
            continue
        cue = max((len(c) for c in pact.cues if all(_said(word, said) for word in c)), default=0)
        year = bool(pact.signed) and pact.signed[:4] in years
        parties = len(actors & {actor_of(party, ledger.knowledge) for party in pact.parties})
        if not cue or not (year or parties) or (years and not year and parties < 2 and cue < 2):
            continue
        score = 2 * cue + 4 * year + parties
        if score > best_score:
            best, best_score = pact, score
    return best


def _said(word: str, said: set[str]) -> bool:
    folded = fold(word)
    return folded in said or all(part in said for part in folded.split())


@lru_cache(maxsize=1024)
def actor_of(party: str, knowledge: Knowledge) -> str:
    """The actor id of a party, which is a country code, an organisation's code or id."""
    country = knowledge.countries.get(party)
    if country is not None:
        return country.id
    return next((body.id for body in knowledge.organisations.values() if party in (body.id, body.code, body.name)), party)


def _noun_start(ledger: Ledger, noun: int) -> int:
    """Take in adjectives and nouns right before: "nuclear deal"."""
    start = noun
    while (
        start > 0
        and not ledger.taken[start - 1]
        and ledger.doc[start - 1].pos_ in {"ADJ", "NOUN", "PROPN"}
        and not ledger.doc[start].is_sent_start
    ):
        start -= 1
    return start


def _refer_back(ledger: Ledger) -> None:
    """ "The deal", "this agreement": the agreement last spoken of."""
    doc, lower, nouns = ledger.doc, ledger.tokens.lower, words().agreement_nouns
    for i in range(1, len(lower)):
        if lower[i] not in nouns or ledger.taken[i] or lower[i - 1] not in {"the", "this", "that"}:
            continue
        earlier = [link for link in ledger.reading.linked if link.kind == "agreement" and link.start < i]
        if earlier and not _names_another(doc, i):
            last = max(earlier, key=lambda link: link.start)
            pact = ledger.knowledge.agreements[last.actor]
            _link(ledger, i, i + 1, pact, "propagation", 0.65, f"refers back to {last.mention.text!r}")


def _names_another(doc: Doc, i: int) -> bool:
    """Whether the noun is defined anew by what follows: "the agreement between", "the statement by"."""
    after = doc[i + 1].lower_ if i + 1 < len(doc) else ""
    return after in {"between", "by", "on", "of"} or doc[i].lower_ == "statement"


def _link(ledger: Ledger, start: int, end: int, pact: Agreement, rule: str, confidence: float, reason: str) -> None:
    if not ledger.free(start, end):
        return
    if pact.id not in ledger.reading.agreements:
        ledger.reading.agreements[pact.id] = AgreementPart(id=pact.id, name=pact.name, signed=pact.signed or None)
    ledger.link(start, end, pact.id, Claim("agreement", rule, confidence, reason))
