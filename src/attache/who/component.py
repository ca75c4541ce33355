"""The who room as a spaCy component: ``nlp.add_pipe("attache_who")``."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from attache.knowledge import Knowledge, builtin
from attache.reading import offer, reading_of, tokens_of
from attache.who.bodies import find_bodies, find_unknown_organisations
from attache.who.echoes import propagate
from attache.who.ledger import Ledger
from attache.who.nearby import link_near_names
from attache.who.pacts import find_described, find_named
from attache.who.people import leader_of_government, link_addressed, link_bare_leaders, link_entities, link_full_names, link_titled
from attache.who.period import work_out
from attache.who.short_forms import link_bodies_again, link_halves
from attache.who.stand_ins import link_counterparts, link_object_pronouns, link_offices, link_pronouns
from attache.who.titled import titled_names, whole_phrases


class Who:
    """Fills ``actors``, ``agreements``, ``linked`` and ``period`` of a page's reading."""

    def __init__(self, knowledge: Knowledge | None = None) -> None:
        self._knowledge = knowledge

    @property
    def knowledge(self) -> Knowledge:
        """The knowledge base, loaded when first needed."""
        if self._knowledge is None:
            self._knowledge = builtin()
        return self._knowledge

    def __call__(self, doc: Doc) -> Doc:
        """Read one page; the strongest evidence claims its words first."""
        reading = reading_of(doc)
        ledger = Ledger(doc, self.knowledge, reading)
        phrases = whole_phrases(doc, self.knowledge.office_phrases(tokens_of(doc).words))
        names = titled_names(doc, phrases, self.knowledge, ledger.taken)
        reading.titles = sorted({(p.start, p.end) for p in phrases} | {n.office_span for n in names})
        ledger.period = reading.published or work_out(names, self.knowledge)
        if reading.period is None:
            reading.period = ledger.period
        find_named(ledger)
        link_titled(ledger, names)
        link_full_names(ledger)
        find_bodies(ledger)
        link_halves(ledger)
        leader_of_government(ledger)
        propagate(ledger)
        link_bare_leaders(ledger)
        find_described(ledger)
        link_near_names(ledger)
        link_entities(ledger)
        link_addressed(ledger)
        find_unknown_organisations(ledger)
        propagate(ledger)
        link_offices(ledger, phrases)
        link_counterparts(ledger)
        link_bodies_again(ledger)
        reading.linked.sort(key=lambda link: link.start)
        link_pronouns(ledger)
        link_object_pronouns(ledger)
        ledger.settle()
        return doc


@Language.factory("attache_who", assigns=["doc._.attache"])
def make_who(nlp: Language, name: str) -> Who:
    """The spaCy factory."""
    offer()
    return Who()
