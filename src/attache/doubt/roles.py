"""Roles turned about: the invaded as the invader, the sanctioned as the one who sanctions, a member as an applicant."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Token

from attache.dossier import Finding, Severity
from attache.doubt.clauses import VERBAL, unreal, with_lemmas
from attache.doubt.evidence import finding
from attache.doubt.facts import by_token, code_of
from attache.doubt.lexicon import table, words
from attache.doubt.passages import paragraphs, sentences
from attache.doubt.stated import days_of, in_words, stated_dates
from attache.knowledge import About, DatedFact, Knowledge, builtin
from attache.reading import Days, Linked, reading_of


def check_roles(doc: Doc) -> Iterator[Finding]:
    """Verbs with a country or organisation on either side, against the facts."""
    if not doc.has_annotation("DEP"):
        return
    knowledge = builtin()
    linked = by_token(m for m in reading_of(doc).linked if m.kind != "name")
    turned, imposed, applied = table("roles")["turned"], words("impose", "roles"), words("apply", "roles")
    for token in with_lemmas(doc, [*turned, *imposed, *applied]) if linked else ():
        lemma = token.lemma_.lower()
        if token.pos_ not in VERBAL or unreal(token):
            continue
        if lemma in turned:
            yield from _turned(doc, token, turned[lemma], knowledge)
        elif lemma in imposed:
            yield from _sanctions(doc, token, linked, knowledge)
        else:
            yield from _applicants(doc, token, linked, knowledge)


def _turned(doc: Doc, verb: Token, act: str, knowledge: Knowledge) -> Iterator[Finding]:
    """The fact of that date, with its sufferer as the subject and its doer as the object."""
    subject, target = _child(verb, "nsubj"), _child(verb, "obj")
    if subject is None or target is None:
        return
    piece = next(
        (p for line in paragraphs(doc) if line.start <= verb.idx < line.end for p in sentences(line) if p.start <= verb.idx < p.end), None
    )
    dates = stated_dates(piece.text, piece.start) if piece else ()
    doer, sufferer = _said(subject), _said(target)
    for fact in knowledge.happenings.by_act.get(act, ()):
        patients = [about for about in fact.about if about.role == "!"] or list(fact.about[-1:] if act == "leave" else fact.about[:1])
        others = [about for about in fact.about if about not in patients]
        if not any(stated.days.overlaps(days) for stated in dates for days in fact.days):
            continue
        if any(doer in about.called for about in patients) and _is_doer(sufferer, fact, others):
            told = f"{fact.what}: {in_words(fact.dates[0].partition('/')[0])}"
            yield finding(
                doc, "contradiction", subject.left_edge.idx, target.idx + len(target), f"{told}, not the other way round.",
                severity="error", confidence=0.85, rule="role-turned", grounds=[f"{told} ({fact.source})"],
            )  # fmt: skip
            return


def _is_doer(name: str, fact: DatedFact, others: list[About]) -> bool:
    """The other party, by a group of its own or as the first word of what happened."""
    return any(name in about.called for about in fact.about if about in others) or fact.what.lower().startswith(name)


def _sanctions(doc: Doc, verb: Token, linked: dict[int, Linked], knowledge: Knowledge) -> Iterator[Finding]:
    subject, what = _child(verb, "nsubj"), _child(verb, "obj")
    if subject is None or what is None or what.lemma_.lower() not in words("measures", "roles"):
        return
    hung = (t for head in (what, verb) for t in head.children if t.dep_ in {"nmod", "obl"} and t.i in linked)
    target = next((t for t in hung if _case(t) in {"on", "against"}), None)
    one, other = code_of(linked.get(subject.i)), code_of(linked.get(target.i)) if target is not None else None
    if not one or not other or target is None:
        return
    programmes = knowledge.bonds.sanctions
    known = [s for s in programmes if other in s.by and s.target == one]
    own = [s for s in programmes if one in s.by and s.target == other]
    answer = one in words("answered", "roles") and not any(deed in verb.sent.text.lower() for deed in words("own_deeds", "roles"))
    if not known or own or answer:
        return
    yield finding(
        doc, "contradiction", subject.left_edge.idx, target.idx + len(target), f"Known is the reverse: {known[0].name}.",
        severity="warning", confidence=0.75, rule="role-sanctions", grounds=[f"{s.name} since {s.days.first}" for s in known[:3]],
    )  # fmt: skip


def _applicants(doc: Doc, verb: Token, linked: dict[int, Linked], knowledge: Knowledge) -> Iterator[Finding]:
    """``X has applied to join Y`` on a day when X had long been a member."""
    subject = _child(verb, "nsubj")
    aux = {child.lower_ for child in verb.children if child.dep_ == "aux"}
    days = _page_days(doc)
    if subject is None or not aux & {"has", "have"} or days is None or days.first is None:
        return
    joined = next((t for t in verb.subtree if t.i in linked and code_of(linked.get(t.i)) in {"EU", "NATO"}), None)
    one = code_of(linked.get(subject.i))
    if joined is None or not one:
        return
    organisation = code_of(linked.get(joined.i))
    member = next(
        (m for m in knowledge.bonds.memberships if m.organisation == organisation and m.member == one and m.days.overlaps(days)), None
    )
    if member is None or member.days.first is None or (days.first - member.days.first).days < 400:
        return
    severity: Severity = "error" if reading_of(doc).date.published else "warning"
    told = f"{subject.text} joined {joined.text} on {in_words(member.start)}"
    yield finding(
        doc, "contradiction", subject.left_edge.idx, joined.idx + len(joined), f"{told}: it need not apply.",
        severity=severity, confidence=0.8, rule="role-member", grounds=[f"{told} ({member.source})"],
    )  # fmt: skip


def _page_days(doc: Doc) -> Days | None:
    date = reading_of(doc).date
    day = date.published or date.best
    return days_of(day[:10]) if day else None


def _child(verb: Token, dep: str) -> Token | None:
    return next((child for child in verb.children if child.dep_ == dep), None)


def _case(token: Token) -> str:
    return next((child.lower_ for child in token.children if child.dep_ == "case"), "")


def _said(token: Token) -> str:
    """A name as it stands, its article aside, in lower case."""
    parts = [t for t in token.subtree if t.dep_ in {"compound", "amod", "flat"} and t.head == token or t is token]
    return " ".join(t.lower_ for t in parts)
