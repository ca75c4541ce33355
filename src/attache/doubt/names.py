"""Names on the page that are corruptions of a known one, and people whose name the page spells in different ways."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from spacy.tokens import Doc

from attache.dossier import Actor, Finding
from attache.doubt.evidence import finding
from attache.doubt.suggested import suggestions
from attache.knowledge import fold, name_similarity
from attache.reading import Linked, reading_of, text_of

SURE = 0.85
ALIKE = 0.8


def check_names(doc: Doc) -> Iterator[Finding]:
    """Corrupted names one by one, those that are only near a known one as notes; inconsistent ones once a pair."""
    yield from _corrupted(doc)
    yield from suggestions(doc)
    yield from _inconsistent(doc)


def _corrupted(doc: Doc) -> Iterator[Finding]:
    reading = reading_of(doc)
    for linked in reading.linked:
        actor = reading.actors.get(linked.actor)
        if actor is None or not (linked.mention.repaired or linked.repaired_from):
            continue
        start, end = doc[linked.start].idx, doc[linked.end - 1].idx + len(doc[linked.end - 1])
        if fold(text_of(doc)[start:end]) == fold(actor.name).split()[-1] + "s":
            continue  # a family (the Bidens), or a possessive without its apostrophe
        sure = linked.mention.confidence >= SURE
        wording = f"“{text_of(doc)[start:end]}” {'is' if sure else 'is probably'}"
        yield finding(
            doc, "corrupted-name", start, end, f"{wording} {actor.name}{_held(doc, linked, actor)}.",
            severity="error" if sure else "warning", confidence=linked.mention.confidence, rule=linked.mention.rule or "corrupted-name",
            reading=actor.name, grounds=_grounds(doc, linked, actor),
        )  # fmt: skip


def _held(doc: Doc, linked: Linked, actor: Actor) -> str:
    """Office and day, as far as they are known."""
    reading = reading_of(doc)
    if not actor.office:
        return ""
    day = reading.date.published or reading.date.best
    return f", {actor.office}" + (f" on {day}" if day else "")


def _grounds(doc: Doc, linked: Linked, actor: Actor) -> list[str]:
    grounds = [linked.reason] if linked.reason else []
    right = {fold(m.text): m.text for m in actor.mentions if not m.repaired and m.text and not m.text[0].islower()}
    last = fold(actor.name).split()[-1:]
    elsewhere = next((text for folded, text in right.items() if last and last[0] in folded.split()), None)
    if elsewhere:
        grounds.append(f"the page elsewhere writes “{elsewhere}”")
    if linked.office_span is not None and linked.office_span[0] < linked.office_span[1]:
        grounds.append(f"the page calls the person “{doc[linked.office_span[0] : linked.office_span[1]].text}”")
    return list(dict.fromkeys(grounds)) or [f"no other holder of such an office has a name like “{linked.mention.text}”"]


def _inconsistent(doc: Doc) -> Iterator[Finding]:
    """Two people, at least one of them unknown, whose given names agree and whose last names are almost the same."""
    reading = reading_of(doc)
    people: dict[str, tuple[Linked, list[str]]] = {}
    for linked in reading.linked:
        if linked.kind != "name" or linked.mention.repaired or linked.actor not in reading.actors:
            continue
        words = fold(doc[linked.start : linked.end].text).split()
        if reading.actors[linked.actor].kind == "person" and len(words) > len(people.get(linked.actor, (linked, []))[1]):
            people[linked.actor] = (linked, words)
    for (one, (first, first_words)), (other, (second, second_words)) in combinations(people.items(), 2):
        if one.startswith("wd:") and other.startswith("wd:"):
            continue
        if len(first_words) < 2 or len(second_words) < 2 or first_words[0] != second_words[0] or first_words[-1] == second_words[-1]:
            continue
        alike = name_similarity(first_words[-1], second_words[-1])
        if alike < ALIKE:
            continue
        later, earlier = (first, second) if first.start > second.start else (second, first)
        start, end = doc[later.start].idx, doc[later.end - 1].idx + len(doc[later.end - 1])
        name = doc[earlier.start : earlier.end].text
        yield finding(
            doc, "inconsistent-name", start, end, f"The page also writes “{name}”: one person seems to be spelled in two ways.",
            severity="warning", confidence=round(0.7 * alike, 2), rule="inconsistent-spelling", reading=None,
            grounds=[f"“{name}” and “{text_of(doc)[start:end]}” sound alike ({alike:.2f})"],
        )  # fmt: skip
