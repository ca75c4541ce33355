"""The rooms: times, names, places, statements, and all of them with the language model; damage that attache makes itself."""

from __future__ import annotations

import random
from datetime import date
from functools import cache

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from attache.garble import damage_name
from attache.knowledge import builtin, fold
from attache.reading import reading_of
from attache.what.saying.component import Saying
from attache.when import Reference, find_expressions, value_of
from attache.when.spans import interval_of
from attache.when.timexes import timexes
from attache.where.component import WhereRoom
from attache.who.component import Who
from attache.who.variants import chance
from fuzz.entries import Entry, halves, scalars

_MOST = 3_000
"""Longer inputs are cut: what grows with the page is tested by `tests/test_limits.py`."""
_DAYS = (None, date(2021, 3, 23), date(1, 1, 1), date(9999, 12, 31), date(2020, 2, 29))


@cache
def _blank() -> Language:
    return spacy.blank("en")


@cache
def _light() -> Language:
    """A parse by rule: each word hangs on the one before, the first of a sentence is its root."""
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    return nlp


def _parsed(text: str) -> Doc:
    """Tags and a tree that are as wrong as can be, drawn from the text's own characters."""
    doc = _light()(text)
    draw = random.Random(text)
    tags = [("NOUN", "NN"), ("PROPN", "NNP"), ("VERB", "VBD"), ("AUX", "VBZ"), ("ADP", "IN"), ("PUNCT", "."), ("DET", "DT"), ("ADJ", "JJ")]
    labels = "nsubj obj ccomp xcomp advcl obl nmod case punct mark aux conj cc appos flat acl parataxis compound".split()
    heads, deps = [0] * len(doc), ["dep"] * len(doc)
    for sent in doc.sents:
        root = sent.start + draw.randrange(len(sent))
        for token in sent:
            pos, tag = ("PUNCT", ".") if token.is_punct else draw.choice(tags)
            token.pos_, token.tag_, token.lemma_ = pos, tag, token.lower_
            # A tree without cycles: those before the root hang to the right, those after it to the left.
            at = token.i
            heads[at] = at if at == root else draw.randint(at + 1, root) if at < root else draw.randint(root, at - 1)
            deps[at] = "ROOT" if at == root else draw.choice(labels)
    words, spaces = [t.text for t in doc], [bool(t.whitespace_) for t in doc]
    return Doc(
        doc.vocab, words=words, spaces=spaces, heads=heads, deps=deps, pos=[t.pos_ for t in doc], tags=[t.tag_ for t in doc],
        lemmas=[t.lemma_ for t in doc],
    )  # fmt: skip


def times(data: bytes) -> None:
    """Time expressions and their values against several days, in every direction."""
    text = scalars(data)[:_MOST]
    for expression in find_expressions(text):
        assert text[expression.start : expression.end] == expression.text
        for day in _DAYS:
            for direction in (-1, 0, 1):
                value = value_of(expression, Reference(day, direction, "2021-03-23", "2021-Q3", "2021-Q3"))
                if value is not None and value.type in ("DATE", "TIME"):
                    days = interval_of(value.value)
                    assert days is None or days.first is None or days.last is None or days.first <= days.last
    timexes(_blank()(text), _DAYS[1])


def names(data: bytes) -> None:
    """The name index: exact, by surname, fuzzy, with an office; a name against another."""
    known = builtin()
    first, second = halves(data)
    name, office = scalars(first)[:200], scalars(second)[:200]
    fold(name)
    for person in known.people_named(name)[:3]:
        chance(name, person)
    for person in known.people_surnamed(name)[:3]:
        chance(office, person)
    for found in known.similar(name, 3):
        assert 0 <= found.score <= 1 and 0 <= chance(name, found.person) <= 1
    known.office_phrases(office.split())
    known.country_named(name), known.country_of_demonym(name), known.organisation_named(name), known.metonym(name)


def who(data: bytes) -> None:
    """The who room, with a tree that is wrong."""
    doc = Who()(_parsed(scalars(data)[:_MOST]))
    ends = [0]
    for link in reading_of(doc).linked:
        assert link.end > link.start >= ends[-1], "mentions overlap"
        ends.append(link.end)


def places(data: bytes) -> None:
    """The where room on words alone."""
    WhereRoom()(_blank()(scalars(data)[:_MOST]))


def statements(data: bytes) -> None:
    """Who said what, with a tree that is wrong."""
    doc = Saying()(_parsed(scalars(data)[:_MOST]))
    for statement in reading_of(doc).statements or []:
        assert statement.content and all(0 <= start < end <= len(doc) for start, end in statement.content)


@cache
def _wrong() -> Language:
    """attache's rooms over the wrong trees of `_parsed`."""
    from attache._read import ROOMS

    nlp = spacy.blank("en")
    nlp.max_length = 3_000_000
    nlp.make_doc = _parsed  # type: ignore[method-assign]
    for name, room in ROOMS.items():
        __import__(f"attache.{room}.component")
        nlp.add_pipe(f"attache_{name}")
    return nlp


def rooms(data: bytes) -> None:
    """A page through all rooms and into a dossier, with trees that are wrong."""
    _dossier(data, _wrong())


@cache
def _whole() -> Language:
    from attache._read import load

    return load()


def reading(data: bytes) -> None:
    """The same with the language model."""
    _dossier(data, _whole())


def _dossier(data: bytes, nlp: Language) -> None:
    from attache._read import read_page
    from attache.dossier import Dossier
    from attache.page import page_from_text

    page = page_from_text(scalars(data)[:_MOST])
    page.language = "en"
    dossier = read_page(page, nlp, _DAYS[len(data) % len(_DAYS)])
    size = len(dossier.text)
    spans = [e.span for e in dossier.events] + [t.span for t in dossier.times] + [m.span for a in dossier.actors for m in a.mentions]
    spans += [f.span for f in dossier.findings if f.span] + [p.span for p in dossier.places]
    assert all(0 <= span.start <= span.end <= size for span in spans)
    assert 0 <= dossier.reliability <= 1
    assert Dossier.model_validate_json(dossier.model_dump_json()) == dossier


def garble(data: bytes) -> None:
    """Damage made to a name."""
    name = scalars(data)[:200]
    rng = random.Random(name)
    for _ in range(4):
        damaged, done = damage_name(name, rng, 4)
        assert (damaged != name) or not done or len(done) > 1


ENTRIES: dict[str, Entry] = {
    "times": times, "names": names, "who": who, "places": places, "statements": statements, "rooms": rooms, "reading": reading,
    "garble": garble,
}  # fmt: skip
