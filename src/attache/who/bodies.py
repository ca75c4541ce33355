"""Countries, their people and capitals, organisations, groups and bodies."""

from __future__ import annotations

from spacy.tokens import Span, Token

from attache.knowledge import fold
from attache.who.ledger import Claim, Ledger
from attache.who.lexicon import words
from attache.who.spans import POSSESSIVES, is_namey, opens_dateline

LONGEST = 8
"""Most tokens in the name of a country or an organisation."""
SUBJECTS = frozenset({"nsubj", "nsubj:pass", "nsubjpass", "obl:agent", "nsubj:outer"})
OBJECTS = frozenset({"obj", "dobj", "iobj"})


def find_bodies(ledger: Ledger) -> None:
    """Link every name of a country or organisation that the knowledge base has, the longest first."""
    i = 0
    while i < len(ledger.doc):
        i = _body_at(ledger, i) or i + 1


def _body_at(ledger: Ledger, start: int) -> int | None:
    """Link the longest known name that begins at a token; its end, or None."""
    tokens = ledger.tokens
    word, after = tokens.words[start], tokens.words[start + 1 : start + 3]
    joined = len(after) == 2 and after[0] == "-" and after[1][:1].isupper()
    # "al-Qaeda" begins with a small letter, and spaCy cuts it at the hyphen.
    if tokens.lower[start] == "the" or not (joined or "-" in word or word.lower() != word):
        return None
    # A hyphen is a token of its own.
    most = min(2 * ledger.knowledge.longest_name(word), LONGEST)
    for end in range(min(start + most, len(tokens.words)), start, -1):
        if ledger.doc[end - 1].is_punct or not ledger.free(start, end):
            continue
        text = tokens.between(start, end)
        if "\n" in text or (text.lower() in words().never_names and ledger.knowledge.country_of_demonym(text) is None):
            continue
        if _link_text(ledger, start, end, text):
            return end
    return None


def _link_text(ledger: Ledger, start: int, end: int, text: str) -> bool:
    knowledge = ledger.knowledge
    country = knowledge.country_named(text)
    if country is not None and not (text.islower() or _is_part_of_name(ledger, start, end)):
        return ledger.link(start, end, ledger.country(country), Claim("country", "knowledge", 0.97, f"a name of {country.name}"))
    body = knowledge.organisation_named(text)
    if body is not None and not text.islower() and not (knowledge.metonym(text) and _is_place(ledger.doc[start:end])):
        return ledger.link(start, end, ledger.organisation(body), Claim("organisation", "knowledge", 0.95, f"a name of {body.name}"))
    country = knowledge.country_of_demonym(text)
    if country is not None and text[0].isupper():
        return ledger.link(start, end, ledger.country(country), Claim("demonym", "knowledge", 0.93, f"people or things of {country.name}"))
    return _link_metonym(ledger, start, end, text)


def _is_part_of_name(ledger: Ledger, start: int, end: int) -> bool:
    """Whether the word is the given or family name of somebody: "Chad Wolf", "Michael Jordan"."""
    doc = ledger.doc
    beside = [doc[i] for i in (start - 1, end) if 0 <= i < len(doc) and doc[i].ent_type_ == "PERSON"]
    single = end - start == 1 and doc[start].ent_type_ == "PERSON" and not doc[start].is_upper
    return single and any(is_namey(other) for other in beside)


def _link_metonym(ledger: Ledger, start: int, end: int, text: str) -> bool:
    """A capital or seat that acts as its government: Moscow, New Delhi."""
    target = ledger.knowledge.metonym(text)
    if target is None or not text[0].isupper():
        return False
    name = ledger.doc[start:end]
    if _is_part_of_name(ledger, start, end) or _is_called(ledger, text):
        return False
    if name[0].ent_iob_ == "I" and ledger.doc[start - 1].text[:1].isupper():
        return False  # the second word of a longer name: New Delhi, Addis Ababa
    country, body = ledger.knowledge.countries.get(target), ledger.knowledge.organisations.get(target)
    is_capital = country is not None and text.casefold() == country.capital.casefold()
    if not acts(name) and (is_capital or _is_place(name)):
        return False
    if country is not None:
        return ledger.link(start, end, ledger.country(country), Claim("metonym", "knowledge", 0.85, f"{text} stands for {country.name}"))
    if body is None:
        return False
    return ledger.link(start, end, ledger.organisation(body), Claim("metonym", "knowledge", 0.8, f"{text} stands for {body.name}"))


def _is_called(ledger: Ledger, word: str) -> bool:
    """Whether a person of the page bears the word: after "Pedro Lima" Lima is no government."""
    people = (actor for actor in ledger.reading.actors.values() if actor.kind == "person")
    return any(fold(actor.name).endswith(f" {fold(word)}") for actor in people)


def acts(name: Span) -> bool:
    """Whether a place name acts: subject or agent, possessor, object of a verb such as accuse, one side of a relation."""
    if _is_place(name):
        return False
    following = name.doc[name.end] if name.end < len(name.doc) else None
    if following is not None and (following.text in POSSESSIVES or following.is_punct and following.text == ","):
        return following.text in POSSESSIVES
    head, dep = _first_conjunct(name.root)
    if dep in SUBJECTS:
        return True
    if dep in OBJECTS and head.lemma_.lower() in words().government_objects:
        return True
    if dep in {"obl", "nmod"}:
        cases = {c.lower_ for c in _leader(name.root).children if c.dep_ == "case"}
        if cases & words().government_prepositions or (cases & {"on", "upon"} and head.lemma_.lower() in words().burdens):
            return True
    before = name.doc[name.start - 1] if name.start else None
    # a verb or its preposition right before also speaks, where the parse is wrong on damaged text
    return before is not None and (before.lemma_.lower() in words().government_objects or before.lower_ in words().government_prepositions)


def _first_conjunct(token: Token) -> tuple[Token, str]:
    """Head and relation of a token, those of the first of a list for the others."""
    seen = 0
    while token.dep_ == "conj" and seen < 6:
        token, seen = token.head, seen + 1
    return token.head, token.dep_


def _leader(token: Token) -> Token:
    """The first of a list: of "between Ankara and Washington" the one that has the preposition."""
    for _ in range(6):
        token = token.head if token.dep_ == "conj" else token
    return token


def _is_place(name: Span) -> bool:
    """Whether the words before show a place: "in the Kremlin", "travelled to Ankara", "visited Paris"."""
    first = name.start - 1 if name.start > 1 and name.doc[name.start - 1].lower_ == "the" else name.start
    before = name.doc[first - 1] if first else None
    if before is None:
        return False
    if before.lower_ in words().place_prepositions:
        return True
    verbs = {before.lemma_.lower(), before.head.lemma_.lower()} if before.lower_ in {"to", "for"} else {before.lemma_.lower()}
    if before.lower_ in {"to", "for"} and first > 1:
        # "drove their tractors to Brussels": the verb of the clause, not only the word before
        verbs |= {name.doc[first - 2].lemma_.lower(), name.root.head.lemma_.lower()}
    return bool(verbs & words().movement)


def find_unknown_organisations(ledger: Ledger) -> None:
    """Entities that the pipeline calls organisations and nobody knows become actors of their own."""
    for ent in ledger.doc.ents:
        start, end = ent.start, ent.end
        while start < end and (ledger.doc[start].lower_ in {"the", "a", "an"} or ledger.doc[start].is_space):
            start += 1
        while end > start and (ledger.doc[end - 1].text in POSSESSIVES or ledger.doc[end - 1].is_punct or ledger.doc[end - 1].is_space):
            end -= 1
        if ent.label_ != "ORG" or not ledger.free(start, end) or not _looks_like_one(ledger, start, end):
            continue
        name = ledger.doc[start:end].text
        claim = Claim("organisation", "ner", 0.6, "the language model calls it an organisation; the knowledge base does not have it")
        ledger.link(start, end, ledger.stranger(name, "organisation"), claim)


def _looks_like_one(ledger: Ledger, start: int, end: int) -> bool:
    tokens = ledger.doc[start:end]
    if opens_dateline(ledger.doc, start, end):
        return False
    if sum(token.is_alpha for token in tokens[0].sent) <= end - start:
        # a sentence of its own is a fragment, not a name
        return False
    return tokens[0].text[0].isupper() and "\n" not in tokens.text and (end - start > 1 or tokens[0].is_upper or len(tokens[0]) > 3)
