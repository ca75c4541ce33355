"""Scores a dossier against a dispatch gold file, measure by measure, strictly: a part that is stated must be right."""

from __future__ import annotations

import calendar
from datetime import date, timedelta

from attache.dossier import Dossier, Event, Finding
from attache.evaluate.gold import Gold, GoldEvent, ids_of, is_actor, is_agreement, name_of, plain, words
from attache.evaluate.measures import Kinds, Measure

_SLACK = timedelta(days=31)


def score(dossier: Dossier, gold: Gold, page: str) -> list[Measure]:
    """All measures of one page; ``page`` is the source text, for what must not have been removed."""
    return [
        _actors("people", dossier, gold.people, "person"),
        _actors("countries", dossier, gold.countries, "country"),
        _actors("organisations", dossier, gold.organisations, None),
        _repairs(dossier, gold),
        _variants(dossier, gold),
        _agreements(dossier, gold),
        _events(dossier, gold),
        _contradictions(dossier, gold),
        _wordings("fragments", dossier, gold.fragments, {"fragment"}),
        _wordings("broken quotations", dossier, gold.broken_quotations, {"broken-quotation"}),
        _wordings("mistranslated", dossier, gold.mistranslated, {"mistranslated", "garbled", "wrong-office"}),
        _residue(dossier, gold),
        _kept(dossier, gold, page),
        _date_bounds(dossier, gold),
        _date_best(dossier, gold),
    ]


def _count(name: str, wanted: list[str], found: set[str]) -> Measure:
    return Measure(name, len(found), len(wanted), missed=[w for w in wanted if w not in found])


def _actors(name: str, dossier: Dossier, wanted: list[str], kind: str | None) -> Measure:
    """Recall by canonical name; precision over actors of the kind (organisations: recall only, the gold leaves out groups)."""
    pool = [a for a in dossier.actors if (a.kind == kind if kind else a.kind in ("organisation", "group", "body"))]
    measure = _count(name, wanted, {w for w in wanted if any(is_actor(a, w) for a in pool)})
    if kind:
        extra = [a.name for a in pool if not any(is_actor(a, w) for w in wanted)]
        measure.right, measure.given, measure.extra = len(pool) - len(extra), len(pool), extra
    return measure


def _repairs(dossier: Dossier, gold: Gold) -> Measure:
    """A wording is repaired where a repaired mention covers it and its actor is the right one."""
    repaired = [(a, m) for a in dossier.actors for m in a.mentions if m.repaired]
    found = {
        wrong
        for wrong, right in gold.repairs.items()
        if any(is_actor(a, right) and _same_wording(m.text, wrong) for a, m in repaired)
    }  # fmt: skip
    measure = _count("repairs", list(gold.repairs), found)
    wordings = [*gold.repairs]
    extra = sorted({f"{m.text} → {a.name}" for a, m in repaired if not any(_shares(m.text, w) for w in wordings)})
    good = {m.text for _, m in repaired if any(_shares(m.text, w) for w in wordings)}
    measure.right, measure.given, measure.extra = len(good), len(good) + len(extra), extra
    return measure


def _same_wording(text: str, wrong: str) -> bool:
    """The whole corrupted wording, or at least its corrupted end (the surname)."""
    return plain(wrong) in plain(text) or plain(text) in plain(wrong) and plain(wrong).endswith(plain(text))


def _shares(text: str, wording: str) -> bool:
    return bool(words(text) & words(wording))


def _variants(dossier: Dossier, gold: Gold) -> Measure:
    """A plain variant is to be linked and not called corrupted."""
    good = set()
    for wording, name in gold.spelling_variants.items():
        mentions = [(a, m) for a in dossier.actors for m in a.mentions if plain(wording) in plain(m.text)]
        flagged = any(f.kind == "corrupted-name" and plain(f.text) == plain(wording) for f in dossier.findings)
        if any(is_actor(a, name) for a, _ in mentions) and not any(m.repaired for _, m in mentions) and not flagged:
            good.add(wording)
    return _count("variants left alone", list(gold.spelling_variants), good)


def _agreements(dossier: Dossier, gold: Gold) -> Measure:
    measure = _count("agreements", gold.agreements, {w for w in gold.agreements if any(is_agreement(a, w) for a in dossier.agreements)})
    extra = [a.name for a in dossier.agreements if not any(is_agreement(a, w) for w in gold.agreements)]
    measure.right, measure.given, measure.extra = len(dossier.agreements) - len(extra), len(dossier.agreements), extra
    return measure


def _matched(dossier: Dossier, gold: Gold) -> tuple[list[tuple[GoldEvent, Event | None]], list[Event]]:
    """Each gold event with the one event of the dossier that it takes, if any, and the events left over."""
    free = list(dossier.events)
    pairs: list[tuple[GoldEvent, Event | None]] = []
    for wanted in gold.events:
        match = next((e for e in free if not _lacks(dossier, e, wanted)), None)
        if match:
            free.remove(match)
        pairs.append((wanted, match))
    return pairs, free


def _events(dossier: Dossier, gold: Gold) -> Measure:
    """Each gold event takes one event of the dossier; the others are listed, since the gold names only what matters most."""
    pairs, free = _matched(dossier, gold)
    measure = Measure("events", sum(match is not None for _, match in pairs), len(gold.events))
    measure.missed = [_explain(dossier, wanted) for wanted, match in pairs if match is None]
    measure.right, measure.given = measure.found, len(dossier.events)
    measure.extra = [_line(dossier, e) for e in free]
    return measure


def event_kinds(dossier: Dossier, gold: Gold) -> Kinds:
    """The events kind by kind; a missed one was taken for the kind of an event left over that lacks nothing else, if there is one."""
    kinds = Kinds("event")
    pairs, free = _matched(dossier, gold)
    for wanted, match in pairs:
        if match is None:
            match = next((e for e in free if wanted.who and not set(_lacks(dossier, e, wanted)) - {"kind"}), None)
            if match:
                free.remove(match)
        kinds.count(wanted.kind, match.kind if match else None)
    for event in free:
        kinds.count(None, event.kind)
    return kinds


def _lacks(dossier: Dossier, event: Event, wanted: GoldEvent) -> list[str]:
    """The stated parts that an event does not have right."""
    lacks = [] if event.kind == wanted.kind else ["kind"]
    actors = {a.id: a for a in dossier.actors}
    parties = [actors[i] for i in (*event.source, *event.target) if i in actors]
    lacks += [name for name in (*wanted.who, *wanted.whom) if not any(is_actor(a, name) for a in parties)]
    if wanted.status and event.status != wanted.status:
        lacks.append(f"status {wanted.status} (is {event.status})")
    if wanted.when and not _when_fits(event, wanted.when):
        had = f"{event.time.start}..{event.time.end}" if event.time else "none"
        lacks.append(f"when {wanted.when} (is {had})")
    if wanted.where and not _where_fits(dossier, event, wanted.where):
        lacks.append(f"where {wanted.where} (is {event.place.name if event.place else None})")
    if wanted.about and not _about_fits(dossier, event, wanted.about):
        lacks.append(f"about {wanted.about}")
    return lacks


def _interval(value: str) -> tuple[date, date]:
    """First and last day of an ISO year, month or day."""
    parts = [int(p) for p in value.split("-")]
    year, month, day = parts[0], parts[1] if len(parts) > 1 else None, parts[2] if len(parts) > 2 else None
    first = date(year, month or 1, day or 1)
    last_month = month or 12
    return first, date(year, last_month, day or calendar.monthrange(year, last_month)[1])


def _when_fits(event: Event, wanted: str) -> bool:
    """Overlap, with both ends known and not much vaguer than the gold."""
    if not (event.time and event.time.start and event.time.end):
        return False
    (first, last), start, end = _interval(wanted), _interval(event.time.start[:10])[0], _interval(event.time.end[:10])[1]
    return start <= last and first <= end and (end - start) <= (last - first) + _SLACK


def _where_fits(dossier: Dossier, event: Event, wanted: str) -> bool:
    if event.place is None:
        return any(ids_of(wanted) & {i} for i in (*event.about, *event.target))
    if plain(wanted) in plain(event.place.name):
        return True
    spans = [r.span for r in event.roles if r.role == "place"]
    return any(plain(wanted) in plain(dossier.text[s.start : s.end]) for s in spans)


def _about_fits(dossier: Dossier, event: Event, wanted: str) -> bool:
    agreements = {a.id: a for a in dossier.agreements}
    if any(i in agreements and is_agreement(agreements[i], wanted) for i in event.about):
        return True
    return any(words(wanted) & words(name_of(dossier, i)) == words(wanted) for i in event.about)


def _explain(dossier: Dossier, wanted: GoldEvent) -> str:
    parts = [wanted.kind, "+".join(wanted.who), "→ " + "+".join(wanted.whom) if wanted.whom else "", wanted.about or ""]
    nearest = min((e for e in dossier.events if e.kind == wanted.kind), key=lambda e: len(_lacks(dossier, e, wanted)), default=None)
    lacks = ", ".join(_lacks(dossier, nearest, wanted)) or "nothing, but is taken" if nearest else ""
    why = f"nearest {nearest.id} lacks {lacks}" if nearest else "no such kind"
    return f"{' '.join(p for p in parts if p)}: {why}"


def _line(dossier: Dossier, event: Event) -> str:
    source, target = ("+".join(name_of(dossier, i) for i in ids) or "?" for ids in (event.source, event.target))
    return f"{event.id} {event.status} {event.kind}: {source} → {target} «{dossier.text[event.trigger.start : event.trigger.end]}»"


def _contradictions(dossier: Dossier, gold: Gold) -> Measure:
    """Found where a grounded finding overlaps the words, or their year alone."""
    pool = [f for f in dossier.findings if f.kind in ("contradiction", "anachronism") and f.grounds]
    good = {c.text for c in gold.contradictions if any(_touches(dossier, f, c.text) for f in pool)}
    measure = _count("contradictions", [c.text for c in gold.contradictions], good)
    measure.extra = [f"{f.text}: {f.message}" for f in pool if not any(_touches(dossier, f, c.text) for c in gold.contradictions)]
    measure.right, measure.given = len(pool) - len(measure.extra), len(pool)
    return measure


def _touches(dossier: Dossier, finding: Finding, wording: str) -> bool:
    """Whether a finding's words overlap a place where the wording stands in the text."""
    at = dossier.text.find(wording)
    if at < 0 or finding.span is None:
        return plain(finding.text) in plain(wording) or plain(wording) in plain(finding.text)
    while at >= 0:
        if finding.span.start < at + len(wording) and at < finding.span.end:
            return True
        at = dossier.text.find(wording, at + 1)
    return False


def _wordings(name: str, dossier: Dossier, wanted: list[str], kinds: set[str]) -> Measure:
    pool = [f for f in dossier.findings if f.kind in kinds]
    measure = _count(name, wanted, {w for w in wanted if any(_touches(dossier, f, w) for f in pool)})
    measure.extra = [f"{f.kind}: {f.text}" for f in pool if not any(_touches(dossier, f, w) for w in wanted)]
    measure.right, measure.given = len(pool) - len(measure.extra), len(pool)
    return measure


def _residue(dossier: Dossier, gold: Gold) -> Measure:
    removed = [plain(r.text) for r in dossier.residue]
    measure = _count("residue", gold.residue, {w for w in gold.residue if any(plain(w) in r for r in removed)})
    wanted = [plain(w) for w in gold.residue]
    measure.extra = [r.text for r in dossier.residue if not any(w in plain(r.text) or plain(r.text) in w for w in wanted)]
    return measure


def _kept(dossier: Dossier, gold: Gold, page: str) -> Measure:
    """Every line of the page that is not residue is in the text, or is the title."""
    residue = {plain(w) for w in gold.residue}
    lines = [line.strip() for line in page.splitlines() if line.strip() and plain(line) not in residue]
    text, title = plain(dossier.text), plain(dossier.title or "")
    return _count("text kept", lines, {line for line in lines if plain(line) in text or plain(line) == title})


def _date_bounds(dossier: Dossier, gold: Gold) -> Measure:
    best = dossier.date.best or dossier.date.published
    if not (gold.date_earliest and gold.date_latest):
        return Measure("date within bounds")
    good = best is not None and gold.date_earliest <= best <= gold.date_latest
    return Measure("date within bounds", int(good), 1, missed=[] if good else [f"{best} not in {gold.date_earliest}..{gold.date_latest}"])


def _date_best(dossier: Dossier, gold: Gold) -> Measure:
    best = dossier.date.best or dossier.date.published
    good = best == gold.date
    return Measure("date exact", int(good), 1, missed=[] if good else [f"{best}, not {gold.date}"]) if gold.date else Measure("date exact")
