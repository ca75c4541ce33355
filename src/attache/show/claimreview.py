"""Contradictions with known facts as schema.org ``ClaimReview``, in JSON-LD: what a page claims, and what is known instead.

Only findings of the kinds ``contradiction`` and ``anachronism`` at error level that rest on a dated fact are reviews of a claim; a weekday
that does not fall on its date is checked by the calendar and counts as well. Damaged wording claims nothing.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import IO, Any

from attache.dossier import Dossier, Finding
from attache.errors import SourceError
from attache.show.sarif import uri_of

CONTEXT = "https://schema.org"
KINDS = ("contradiction", "anachronism")
WORST, BEST = 1, 5


class ClaimReviewWriter:
    """Collects the reviews of a run; :meth:`finish` writes one graph."""

    def __init__(self) -> None:
        self._graph: list[dict[str, Any]] = []

    def dossier(self, dossier: Dossier) -> None:
        """Add a page's contradictions."""
        self._graph += [_review(dossier, finding) for finding in reviewed(dossier)]

    def failure(self, error: SourceError) -> None:
        """Standard error has said it."""

    def finish(self, stream: IO[str]) -> None:
        """Write the graph; an empty one where nothing contradicts what is known."""
        json.dump({"@context": CONTEXT, "@graph": self._graph}, stream, ensure_ascii=False, indent=1)
        stream.write("\n")


def reviewed(dossier: Dossier) -> Iterator[Finding]:
    """The findings that are reviews of a claim."""
    for finding in dossier.findings:
        if finding.kind in KINDS and finding.severity == "error" and finding.span is not None and finding.grounds:
            yield finding


def _review(dossier: Dossier, finding: Finding) -> dict[str, Any]:
    page = uri_of(dossier.source.uri)
    start = finding.span.start if finding.span else 0
    day = dossier.date.published or dossier.date.best
    appearance = {"@type": "CreativeWork", "url": page, "name": dossier.title, "datePublished": dossier.date.published}
    claim = {
        "@type": "Claim", "text": sentence_around(dossier.text, start), "appearance": {k: v for k, v in appearance.items() if v},
    }  # fmt: skip
    review = {
        "@type": "ClaimReview", "@id": f"{page}#char={start},{finding.span.end if finding.span else start}",
        "claimReviewed": claim["text"], "itemReviewed": claim, "reviewBody": " ".join([finding.message, *finding.grounds]),
        "reviewRating": {
            "@type": "Rating", "ratingValue": WORST, "worstRating": WORST, "bestRating": BEST, "alternateName": "Contradicts a known fact",
        },
        "author": {"@type": "SoftwareApplication", "name": "attache"}, "about": finding.kind, "temporalCoverage": day,
    }  # fmt: skip
    return {key: value for key, value in review.items() if value is not None}


def sentence_around(text: str, at: int) -> str:
    """The sentence that holds a character, by its stops; no more than its line."""
    line_start = text.rfind("\n", 0, at) + 1
    line_end = text.find("\n", at)
    line_end = len(text) if line_end < 0 else line_end
    start = max((text.rfind(f"{stop} ", line_start, at) + 2 for stop in ".!?"), default=line_start)
    start = start if start > line_start + 1 else line_start
    ends = [place + 1 for stop in ".!?" if (place := text.find(f"{stop} ", at, line_end)) >= 0]
    return text[start : min(ends, default=line_end)].strip()
