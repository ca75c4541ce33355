"""The spaCy component ``attache_doubt``: runs the checkers and files what they find."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from spacy.language import Language
from spacy.tokens import Doc

from attache.dossier import Finding
from attache.doubt.anachronism import check_anachronisms
from attache.doubt.arithmetic import check_arithmetic
from attache.doubt.calendar import check_calendar
from attache.doubt.confidence import calibrated
from attache.doubt.contradictions import check_contradictions
from attache.doubt.dated import check_dated
from attache.doubt.evidence import settle
from attache.doubt.existence import check_existence
from attache.doubt.fragments import check_fragments
from attache.doubt.garbled import check_garbled
from attache.doubt.members import check_members
from attache.doubt.mistranslated import check_mistranslated
from attache.doubt.names import check_names
from attache.doubt.offices import check_offices
from attache.doubt.persons_within import check_persons_within
from attache.doubt.quotations import check_quotations
from attache.doubt.roles import check_roles
from attache.doubt.speakers import check_speakers
from attache.doubt.spun import check_spun
from attache.doubt.terms import check_terms
from attache.doubt.undated import check_undated
from attache.doubt.within import check_within
from attache.reading import offer, reading_of

CHECKERS: tuple[Callable[[Doc], Iterable[Finding]], ...] = (
    check_names, check_offices, check_contradictions, check_dated, check_terms, check_roles, check_members, check_anachronisms,
    check_existence, check_arithmetic, check_calendar, check_quotations, check_speakers, check_fragments, check_mistranslated,
    check_garbled, check_undated, check_spun, check_within, check_persons_within,
)  # fmt: skip


def findings_of(doc: Doc, corrected: bool = True) -> list[Finding]:
    """Everything the checkers doubt about a document, settled and in order; their claims as they have earned them, or as they are made."""
    found = settle(found for check in CHECKERS for found in check(doc))
    return [calibrated(one) for one in found] if corrected else found


class DoubtComponent:
    """Fills ``reading.findings``; leaves the document as it is."""

    def __init__(self) -> None:
        self.corrected = True
        """Whether confidences are those that were earned (``confidence.py``); the bench that measures them turns it off."""

    def __call__(self, doc: Doc) -> Doc:
        reading = reading_of(doc)
        reading.findings = settle([*reading.findings, *findings_of(doc, self.corrected)])
        return doc


@Language.factory("attache_doubt")
def make_doubt(nlp: Language, name: str) -> DoubtComponent:
    """The factory spaCy calls."""
    offer()
    return DoubtComponent()
