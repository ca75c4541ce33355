"""One labelling of all names, as spaCy keeps them: what the model, the tables, the titles and the page itself found, merged.

Sets ``doc.ents`` to PERSON, ORG, GPE, LOC, NORP and EVENT, and ``doc.spans["titles"]`` to the offices and titles (label TITLE). Each
span says in ``span._.found_by`` which of ``model``, ``gazetteer``, ``title`` and ``propagation`` found it. The labels are those of
OntoNotes 5 (Weischedel et al. 2013) as far as they go.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from spacy.language import Language
from spacy.tokens import Doc, Span

from attache.errors import DataError
from attache.reading import Reading, offer, reading_of
from attache.where.gazetteer import DATA, gazetteer

TITLES = "titles"
FINDERS = {"knowledge": "gazetteer", "title": "title", "propagation": "propagation", "ner": "model"}
LABELS = {"name": "PERSON", "country": "GPE", "metonym": "GPE", "demonym": "NORP", "organisation": "ORG"}
MODEL_LABELS = {"PERSON": "PERSON", "PER": "PERSON", "ORG": "ORG", "LOC": "LOC", "GPE": "GPE", "NORP": "NORP", "EVENT": "EVENT"}
UNGOVERNED = frozenset({"sea", "continent"})
"""Kinds of place that are no geopolitical entity; a region may be either and counts as the looser LOC."""
_NAMING = frozenset({"PROPN", "ADJ", "NOUN"})
STRENGTH = {"title": 3, "propagation": 2, "gazetteer": 1, "model": 0}


@dataclass(frozen=True)
class Named:
    """A labelled run of tokens ``[start, end)`` and who found it."""

    start: int
    end: int
    label: str
    found_by: str


@cache
def event_words() -> dict[str, frozenset[str]]:
    """The lists of ``named_events.toml``, checked."""
    raw = tomllib.loads((DATA / "named_events.toml").read_text("utf-8"))
    wanted = {"heads", "bodies", "inside", "votes", "dated", "kinds"}
    if set(raw) != wanted or not all(isinstance(v, list) and v and all(isinstance(w, str) for w in v) for v in raw.values()):
        raise DataError(f"named_events.toml: needs exactly the lists {', '.join(sorted(wanted))}, of words")
    return {name: frozenset(raw[name]) for name in wanted}


def entities(doc: Doc, reading: Reading) -> list[Named]:
    """The names of a document, none overlapping, in order."""
    known = [*_events(doc), *_linked(doc, reading), *_places(doc, reading)]
    longer = [(ent.start, ent.end) for ent in doc.ents if MODEL_LABELS.get(ent.label_) in {"ORG", "LOC"} and ent.end > ent.start + 1]
    known = [named for named in known if not _is_part(named, longer)]
    people = {i for named in known if named.label == "PERSON" for i in range(named.start, named.end)}
    found = list(known)
    for named in _model(doc, reading.titles, people):
        if named.label == "PERSON" or not people & set(range(named.start, named.end)):
            found.append(named)
    # What the page links to a person comes first; then the longest, since "Brussels Airlines" is not Brussels.
    found.sort(key=lambda n: (not people & set(range(n.start, n.end)), -(n.end - n.start), -STRENGTH[n.found_by], n.start))
    taken = [False] * len(doc)
    chosen = []
    for named in found:
        if not any(taken[named.start : named.end]):
            chosen.append(named)
            taken[named.start : named.end] = [True] * (named.end - named.start)
    return sorted(chosen, key=lambda n: n.start)


def _is_part(named: Named, longer: list[tuple[int, int]]) -> bool:
    """Whether a surname looked back for is only a word in the name of a place or a body: "Betty Ford Center", "San Francisco"."""
    alone = named.label == "PERSON" and named.end == named.start + 1 and named.found_by != "title"
    return alone and any(start <= named.start < end for start, end in longer)


def _linked(doc: Doc, reading: Reading) -> Iterator[Named]:
    for link in reading.linked:
        label = LABELS.get(link.kind)
        finder = FINDERS.get(link.mention.rule.rsplit(".", 1)[-1], "gazetteer")
        if label == "ORG" and doc[link.end - 1].tag_ in {"NNPS", "NNS"} and reading.actors[link.actor].kind == "group":
            label = "NORP"
        if label is not None:
            yield Named(link.start, link.end, label, finder)


def _places(doc: Doc, reading: Reading) -> Iterator[Named]:
    for mention in reading.places:
        span = doc.char_span(mention.span.start, mention.span.end)
        if span is not None:
            kind = mention.rule.rsplit(".", 1)[-1]
            yield Named(span.start, span.end, "LOC" if kind in UNGOVERNED else "GPE", "gazetteer")


def _model(doc: Doc, titles: list[tuple[int, int]], people: set[int]) -> Iterator[Named]:
    """What the language model found; a person's name less the title before it, which it sometimes takes in."""
    table = gazetteer()
    titled = {i for start, end in titles for i in range(start, end)} - people
    for ent in doc.ents:
        start, label = ent.start, MODEL_LABELS.get(ent.label_)
        if label == "LOC":
            entries = table.named(ent.text)
            label = "GPE" if entries and entries[0].kind not in UNGOVERNED else "LOC"
        while label == "PERSON" and start < ent.end and start in titled:
            start += 1
        if label is not None and start < ent.end:
            yield Named(start, ent.end, label, "model")


def _events(doc: Doc) -> Iterator[Named]:
    """ "the Munich Security Conference", "the 2019 United Kingdom general election": capitalised words before the noun of an event."""
    table = event_words()
    nouns = table["votes"] | table["dated"]
    for token in doc:
        start = token.i
        if token.lower_ in nouns:
            while start > 0 and doc[start - 1].lower_ in table["kinds"]:
                start -= 1
        elif token.text not in table["heads"]:
            continue
        words_end = start
        while start > 0 and not doc[start].is_sent_start and _name_word(doc, start - 1, table["inside"]):
            start -= 1
        while start < words_end and (doc[start].lower_ in table["inside"] or doc[start].pos_ in {"DET", "PRON", "ADP"}):
            start += 1
        dated = token.text in table["heads"] or token.lower_ in table["votes"] or doc[start].is_digit
        if start < words_end and dated and not (token.text in table["bodies"] and token.ent_type_ == "ORG"):
            yield Named(start, token.i + 1, "EVENT", "gazetteer")


def _name_word(doc: Doc, i: int, inside: frozenset[str]) -> bool:
    token = doc[i]
    if token.lower_ in inside:  # not "Labour in 1992 Irish general election"
        return i > 0 and doc[i - 1].text[:1].isupper() and doc[i - 1].pos_ in _NAMING and not doc[i + 1].is_digit
    return (token.text[:1].isupper() and token.pos_ in {*_NAMING, "VERB"}) or (len(token) == 4 and token.is_digit)


class Entities:
    """The component; it needs ``attache_who`` and ``attache_where`` before it."""

    def __call__(self, doc: Doc) -> Doc:
        reading = reading_of(doc)
        if not Span.has_extension("found_by"):
            Span.set_extension("found_by", default="model")
        spans = []
        for named in entities(doc, reading):
            span = Span(doc, named.start, named.end, label=named.label)
            span._.found_by = named.found_by
            spans.append(span)
        doc.set_ents(spans)
        titles = [Span(doc, start, end, label="TITLE") for start, end in reading.titles]
        for span in titles:
            span._.found_by = "title"
        doc.spans[TITLES] = titles
        return doc


@Language.factory("attache_entities", requires=["doc._.attache"], assigns=["doc.ents", "doc.spans"])
def make_entities(nlp: Language, name: str) -> Entities:
    """For ``nlp.add_pipe("attache_entities")``."""
    offer()
    return Entities()
