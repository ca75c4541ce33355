"""The spaCy component ``attache_statements``: marks the speaker, cue and content of every statement of a document."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.language import Language
from spacy.tokens import Doc, Span, SpanGroup

from attache.reading import Statement, offer, reading_of
from attache.what.saying.finding import statements

KEY = "statements"


class Saying:
    """Fills ``reading.statements`` and ``doc.spans["statements"]``; needs a dependency parse with tags and lemmas, and no other room.

    The span group holds, for each statement, a span labelled ``cue``, one labelled ``source`` where a speaker is named, and one or
    more labelled ``content``; those of one statement share their ``id_`` ("s1", "s2", ...).
    """

    def __call__(self, doc: Doc) -> Doc:
        found = statements(doc)
        reading_of(doc).statements = found
        spans = [span for number, statement in enumerate(found, 1) for span in _spans(doc, statement, f"s{number}")]
        doc.spans[KEY] = SpanGroup(doc, name=KEY, spans=spans)
        return doc


def _spans(doc: Doc, statement: Statement, name: str) -> Iterator[Span]:
    if statement.source is not None:
        yield Span(doc, *statement.source, label="source", span_id=name)
    yield Span(doc, *statement.cue, label="cue", span_id=name)
    for run in statement.content:
        yield Span(doc, *run, label="content", span_id=name)


@Language.factory("attache_statements", assigns=["doc.spans"], requires=["token.dep", "token.tag", "token.lemma"])
def make_statements(nlp: Language, name: str) -> Saying:
    """The component, for ``nlp.add_pipe("attache_statements")``."""
    offer()
    return Saying()
