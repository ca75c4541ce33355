"""People said to have come into an office, or to have left it, in a year that their known terms contradict."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Doc, Token

from attache.dossier import Finding
from attache.doubt.clauses import SUBJECTS, Clause, anchors, clause_of, unreal
from attache.doubt.evidence import finding
from attache.doubt.facts import by_token, dated_sentences, term_in_words
from attache.doubt.lexicon import FOLDER, table
from attache.doubt.stated import Stated, in_words
from attache.errors import DataError
from attache.knowledge import Knowledge, Tenure, builtin
from attache.reading import Linked, reading_of

YEARS = 1  # terms in the tables may begin with an election, an oath or a day of office


@dataclass(frozen=True)
class Turn:
    """One way of saying that somebody came or went, and which days of a term it dates."""

    verbs: frozenset[str]
    needed: frozenset[str]
    fits: str


def check_terms(doc: Doc) -> Iterator[Finding]:
    """``X became president in YEAR`` and its kin, where X was not."""
    if not doc.has_annotation("DEP"):
        return
    knowledge = builtin()
    people = by_token(m for m in reading_of(doc).linked if m.kind == "name" and not m.mention.repaired)
    if not people:
        return
    for _, dates in dated_sentences(doc):
        for stated in dates:
            if not stated.bound and len(stated.value) <= 10 and not stated.value.endswith("s"):
                yield from _judged(doc, stated, people, knowledge)


def _judged(doc: Doc, stated: Stated, people: dict[int, Linked], knowledge: Knowledge) -> Iterator[Finding]:
    for anchor in anchors(doc, stated.start, stated.end):
        turn = _turns().get(anchor.lemma_.lower())
        clause = clause_of(anchor) if turn else None
        if turn is None or clause is None or unreal(anchor):
            continue
        said = f" {' '.join(t.lower_ for t in clause.tokens)} "
        mention = _holder(clause, people)
        kinds = _kinds_in(said)
        if mention is None or not kinds or (turn.needed and not any(f" {word} " in said for word in turn.needed)):
            return
        held = [t for t in knowledge.tenures_of(mention.actor) if {t.office.kind, t.office.also_kind} & kinds]
        if held and all(t.start for t in held) and not any(_fits(stated, t, turn.fits) for t in held):
            yield _found(doc, stated, knowledge.people[mention.actor].name, held, turn)
        return


def _holder(clause: Clause, people: dict[int, Linked]) -> Linked | None:
    """The person who is the subject of the clause, or whom a relative clause speaks of."""
    subjects = [child for child in clause.anchor.children if child.dep_ in SUBJECTS and child.lower_ not in {"who", "which", "that"}]
    near: list[Token] = subjects or [t for t in clause.far if t.dep_ not in {"nmod", "nmod:poss", "compound"}]
    for token in near:
        parts = (t for t in token.children if t.dep_ in {"flat", "appos", "compound"})
        found = people.get(token.i) or next((people[t.i] for t in parts if t.i in people), None)
        if found is not None:
            return found
    return None


def _kinds_in(said: str) -> set[str]:
    return {kind for word, kinds in table("terms")["kinds"].items() if f" {word} " in said for kind in kinds}


def _fits(stated: Stated, term: Tenure, how: str) -> bool:
    year = int(stated.value[:4])
    start = int(term.start[:4])
    end = int(term.end[:4]) if term.end else 9999
    if how == "start":
        return abs(year - start) <= YEARS
    if how == "end":
        return not term.end or abs(year - end) <= YEARS
    return start - YEARS <= year <= end


def _found(doc: Doc, stated: Stated, name: str, held: list[Tenure], turn: Turn) -> Finding:
    inside = any(t.days.overlaps(stated.days) for t in held)
    ends = {t.end if turn.fits == "end" else t.start for t in held}
    only = next(iter(ends)) if len(ends) == 1 else ""
    terms = [term_in_words(name, t) for t in held]
    return finding(
        doc, "contradiction", stated.start, stated.end, f"{terms[0]}; that does not go with {in_words(stated.value)}.",
        severity="warning" if inside else "error", confidence=0.7 if inside else 0.85, rule="contradiction-term",
        reading=only[: len(stated.value)] or None, grounds=[f"{term} ({t.source})" for term, t in zip(terms, held, strict=True)],
    )  # fmt: skip


@cache
def _turns() -> dict[str, Turn]:
    """The table by verb, checked."""
    found: dict[str, Turn] = {}
    for row in table("terms")["turn"]:
        turn = Turn(frozenset(row["verbs"]), frozenset(row.get("with", ())), row["fits"])
        if turn.fits not in {"start", "within", "end"}:
            raise DataError(f"{FOLDER / 'terms.toml'}: `fits` must be start, within or end: {row}")
        found.update(dict.fromkeys(turn.verbs, turn))
    return found
