"""Scores the finding of damage: texts damaged on purpose (``attache garble --format json``), each with the list of its damages.

Each row: ``text`` and ``damages`` (``kind``, ``start``, ``end``, ``within``, ``after``), and optionally ``date``, the day of the page. An
empty list is a clean text. A damage is found where a finding of a kind that fits meets the characters over which it shows; residue where
its lines were taken off the page. A finding is right where it meets a damage that may cause its kind; of a clean text none is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from spacy.language import Language

from attache._read import day_of, read_page
from attache.dossier import Dossier, Finding
from attache.evaluate.forms import Form, GoldFile
from attache.evaluate.measures import Measure, Score
from attache.page import page_from_text

FITTING: dict[str, tuple[str, ...]] = {
    "name": ("corrupted-name", "inconsistent-name"),
    "office": ("wrong-office", "mistranslated", "anachronism"),
    "date": ("contradiction", "anachronism", "wrong-office"),
    "known-date": ("contradiction", "anachronism"),
    "number": ("contradiction",),
    "quotation": ("broken-quotation",),
    "sentence": ("fragment", "garbled"),
    "orphan": ("fragment",),
    "translation": ("mistranslated", "garbled", "wrong-office"),
    "person": ("garbled", "broken-quotation"),
    "small-word": ("garbled", "mistranslated"),
    "synonym": ("mistranslated", "garbled", "wrong-office", "contradiction"),
    "residue": ("fragment", "garbled"),
}
"""Kinds of finding that a kind of damage may cause."""
ANY = "any"
"""The kind of a damage that may cause any kind of finding, as hand-written passages have it."""


def score_damage(gold: GoldFile, nlp: Language) -> Score:
    """Recall a kind of damage, with notes and without; precision a severity and a kind of finding; clean texts without a false alarm."""
    sums: dict[str, Measure] = defaultdict(lambda: Measure(""))
    for number, row in enumerate(gold.rows):
        day = day_of(row.get("date") and str(row["date"])[:10])
        dossier = read_page(page_from_text(row["text"]), nlp, day)
        for measure in [*_recalls(row, dossier), *_precisions(row, dossier, f"row {row.get('id', number)}")]:
            before = sums[measure.name]
            after = measure.add(before)
            after.missed, after.extra = [*before.missed, *measure.missed], [*before.extra, *measure.extra]
            sums[measure.name] = after
    return Score(gold.path.stem, [sums[name] for name in sorted(sums)], form=FORM.name)


def hits(finding: Finding, damage: dict[str, Any]) -> bool:
    """Whether a finding is about a damage: a kind that fits, and characters in common or side by side."""
    fits = damage["kind"] == ANY or finding.kind in FITTING[damage["kind"]]
    if finding.span is None or not fits:
        return False
    start, end = map(int, damage["within"])
    return finding.span.start <= end and start <= finding.span.end


def judged(row: dict[str, Any], dossier: Dossier) -> Iterator[tuple[Finding, bool]]:
    """The findings about words of the page at error and warning level, and whether each is right."""
    return ((finding, right) for finding, right in claims_of(row, dossier) if finding.severity != "note")


def claims_of(row: dict[str, Any], dossier: Dossier) -> Iterator[tuple[Finding, bool]]:
    """The findings about words of the page, notes too, and whether each is right."""
    offset = _offsets(row["text"], dossier.text)
    for finding in dossier.findings:
        if finding.span is not None:
            yield finding, any(hits(finding, _moved(damage, offset)) for damage in row["damages"])


def _recalls(row: dict[str, Any], dossier: Dossier) -> Iterator[Measure]:
    offset = _offsets(row["text"], dossier.text)
    gone = {" ".join(r.text.split()) for r in dossier.residue}
    for damage in row["damages"]:
        if damage["kind"] == "residue":
            for line in filter(str.strip, damage["after"].split("\n")):
                found = any(" ".join(line.split()) in text for text in gone)
                yield Measure("recall residue", int(found), 1, missed=[] if found else [line])
            continue
        moved = _moved(damage, offset)
        met = {finding.severity for finding in dossier.findings if hits(finding, moved)}
        told = f"“{damage['before']}” → “{damage['after']}”: …{_around(row['text'], damage)}…"
        yield Measure(f"recall {damage['kind']}", int(bool(met)), 1, missed=[] if met else [told])
        yield Measure(f"recall {damage['kind']}, no notes", int(bool(met - {"note"})), 1)


def _precisions(row: dict[str, Any], dossier: Dossier, name: str) -> Iterator[Measure]:
    wrong: set[str] = set()
    for finding, right in judged(row, dossier):
        told = f"{name}: {finding.kind} ({finding.rule}) “{finding.text}” → {finding.reading}: {finding.message}"
        for measure in (f"precision {finding.severity}", f"precision {finding.severity} {finding.kind}"):
            yield Measure(measure, right=int(right), given=1, extra=[] if right else [told])
        if not right:
            wrong.add(finding.severity)
    if not row["damages"]:
        for severity in ("error", "warning"):
            yield Measure(f"clean without false {severity}", int(severity not in wrong), 1)


def _around(text: str, damage: dict[str, Any]) -> str:
    return " ".join(text[max(0, damage["start"] - 50) : damage["end"] + 50].split())


def _offsets(text: str, clean: str) -> list[tuple[int, int]]:
    """(place in the row's text, place in the dossier's text) of each line that both hold, in order."""
    found: list[tuple[int, int]] = []
    at = since = 0
    for line in text.split("\n"):
        place = clean.find(line.strip(), since) if line.strip() else -1
        if place >= 0:
            found.append((at + line.index(line.strip()), place))
            since = place + len(line.strip())
        at += len(line) + 1
    return found


def _moved(damage: dict[str, Any], offsets: list[tuple[int, int]]) -> dict[str, Any]:
    """The damage with its stretch in the characters of the dossier's text."""
    start, end = damage["within"]
    by = 0
    for at, place in offsets:
        if at <= start:
            by = place - at
    return {**damage, "within": (start + by, end + by)}


FORM = Form("damage", frozenset({"text", "damages"}), score_damage)
