"""Making findings, and keeping one where several say the same."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from spacy.tokens import Doc

from attache.dossier import Finding, FindingKind, Severity, Span
from attache.reading import text_of

RANK = {"error": 3, "warning": 2, "note": 1}
# Where two kinds meet on the same words, the first explains more than the second.
OVERRULES: tuple[tuple[FindingKind, FindingKind], ...] = (
    ("contradiction", "anachronism"),
    ("mistranslated", "wrong-office"),
    ("corrupted-name", "inconsistent-name"),
    ("broken-quotation", "fragment"),
    ("broken-quotation", "garbled"),
    ("fragment", "garbled"),
)


def finding(
    doc: Doc, kind: FindingKind, start: int, end: int, message: str, *, severity: Severity, confidence: float, rule: str,
    reading: str | None = None, grounds: Sequence[str] = (),
) -> Finding:  # fmt: skip
    """A finding about the characters ``[start, end)``."""
    return Finding(
        kind=kind, span=Span(start=start, end=end), text=text_of(doc)[start:end], reading=reading, message=message, grounds=list(grounds),
        severity=severity, confidence=round(confidence, 2), rule=rule,
    )  # fmt: skip


def settle(findings: Iterable[Finding]) -> list[Finding]:
    """Drops repeats and what a better explained finding on the same words covers; sorts by place."""
    kept: list[Finding] = []
    for found in sorted(findings, key=lambda f: (-RANK[f.severity], -f.confidence)):
        twin = next((k for k in kept if k.kind == found.kind and _meet(k, found)), None)
        if twin is None:
            kept.append(found)
        else:
            twin.grounds.extend(g for g in found.grounds if g not in twin.grounds)
    for weaker in list(kept):
        stronger = next((k for k in kept if (k.kind, weaker.kind) in OVERRULES and _meet(k, weaker)), None)
        if stronger is not None:
            kept.remove(weaker)
            stronger.grounds.extend(g for g in weaker.grounds if weaker.kind == "anachronism" and g not in stronger.grounds)
    return sorted(kept, key=lambda f: (f.span.start if f.span else -1, f.span.end if f.span else -1, f.kind))


def _meet(one: Finding, other: Finding) -> bool:
    if one.span is None or other.span is None:
        return one.span is other.span
    return one.span.start < other.span.end and other.span.start < one.span.end
