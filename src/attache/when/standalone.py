"""``attache_times``: time expressions alone, for any spaCy pipeline, with or without the other rooms."""

from __future__ import annotations

from datetime import date, datetime

from spacy.language import Language
from spacy.tokens import Doc, Span

from attache.dossier import Time
from attache.errors import UsageError
from attache.when.timexes import timexes

KEY = "times"


class TimesAlone:
    """Finds the times of a document and reads them against its day.

    Gives ``doc._.times``, a list of :class:`attache.dossier.Time` (characters, TIMEX3 type and value, first and last day), and
    ``doc.spans["times"]``, a span each with the type as label and the value as ``kb_id_``. The day is ``doc._.published`` (a date or
    ISO text), else the component's own ``published``; without either, relative times keep X in their values (``XXXX-WXX-2``). A tagger
    and a parser before it in the pipeline tell past from future; without them, words do.
    """

    def __init__(self, published: str | None = None) -> None:
        self.published = _day(published)
        for name, default in ((KEY, None), ("published", None)):
            if not Doc.has_extension(name):
                Doc.set_extension(name, default=default)

    def __call__(self, doc: Doc) -> Doc:
        doc._.times = timexes(doc, _day(doc._.published) or self.published)
        doc.spans[KEY] = [_span(doc, time) for time in doc._.times]
        return doc


def _span(doc: Doc, time: Time) -> Span:
    span = doc.char_span(time.span.start, time.span.end, label=time.type, kb_id=time.value, alignment_mode="expand")
    assert span is not None
    return span


def _day(value: str | date | None) -> date | None:
    if value is None or isinstance(value, date):
        return value.date() if isinstance(value, datetime) else value
    try:
        return date.fromisoformat(value[:10])
    except ValueError:
        raise UsageError(f"{value!r} is not a day; give attache_times a date, or text such as 2021-03-23") from None


@Language.factory("attache_times", default_config={"published": None}, assigns=["doc._.times", "doc.spans"])
def make_times(nlp: Language, name: str, published: str | None) -> TimesAlone:
    """For ``nlp.add_pipe("attache_times", config={"published": "2021-03-23"})``."""
    return TimesAlone(published)
