"""Two versions of one thing on a page: two dates of a signing, two tolls of a blast, a resolution adopted and rejected.

Precision comes first. Only what the page means as one thing (:mod:`~attache.doubt.occasions`) is compared, only tellings that the same
source answers for, and none where the page says that the telling changed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from spacy.tokens import Doc, Token

from attache.dossier import Finding, Severity
from attache.doubt.claims import Claim, counts, dates, outcomes, revised
from attache.doubt.evidence import finding
from attache.doubt.occasions import Occasions
from attache.reading import Statement, reading_of, text_of

PRONOUNS = frozenset({"it", "he", "she", "they"})


def check_within(doc: Doc) -> Iterator[Finding]:
    """A warning on the later of two tellings that cannot both be so."""
    if not doc.has_annotation("DEP"):
        return
    occasions = Occasions(doc)
    told: dict[tuple[object, ...], list[Claim]] = defaultdict(list)
    for claim in (*dates(doc, occasions), *counts(doc, occasions), *outcomes(doc, occasions)):
        if not revised(claim.at):
            told[claim.about].append(claim)
    for claims in told.values():
        claims.sort(key=lambda claim: claim.start)
        first = claims[0]
        for claim in claims[1:]:
            if _apart(first, claim) and (severity := _severity(doc, first, claim)):
                yield _found(doc, first, claim, severity)
                break


def _apart(one: Claim, other: Claim) -> bool:
    """Whether two values cannot both be so; dates are compared in the parts that both have."""
    if one.kind != "date":
        return one.value != other.value
    pairs = zip(one.value.split("-"), other.value.split("-"), strict=False)
    return any(a != b for a, b in pairs if a != "XXXX" and b != "XXXX")


def _severity(doc: Doc, one: Claim, other: Claim) -> Severity | None:
    """A warning where the page itself tells both or puts both in one mouth; a note where it tells one date and somebody the other."""
    first, second = _source(doc, one.at), _source(doc, other.at)
    if first == second or ({first, second} & PRONOUNS and None not in {first, second}):
        return "warning"
    return "note" if one.kind == "date" and None in {first, second} else None


def _source(doc: Doc, token: Token) -> str | None:
    """The head of the phrase that names who says it; None for what the page says."""
    inside = [s for s in reading_of(doc).statements or () if any(start <= token.i < end for start, end in s.content)]
    nearest = min(inside, key=_length, default=None)
    if nearest is None or nearest.speaker is None:
        return None
    return doc[nearest.speaker].lower_


def _length(statement: Statement) -> int:
    return sum(end - start for start, end in statement.content)


def _found(doc: Doc, first: Claim, claim: Claim, severity: Severity) -> Finding:
    earlier, place = text_of(doc)[first.start : first.end], text_of(doc)[claim.start : claim.end]
    if claim.kind == "outcome":
        message = f"The page also says “{earlier}” of the same day: both cannot be."
    elif claim.kind == "date":
        message = f"The page also gives {earlier} ({claim.words})."
    else:
        message = f"The page also gives {earlier} ({claim.words}); here it gives {place}."
    confidence = 0.75 if severity == "warning" else 0.5
    return finding(
        doc, "contradiction", claim.start, claim.end, message, severity=severity, confidence=confidence, rule=f"within-{claim.kind}",
        grounds=[f"“{_sentence(first.at)}”"],
    )  # fmt: skip


def _sentence(token: Token) -> str:
    return " ".join(token.sent.text.split())
