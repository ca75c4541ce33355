"""One event once: the same act named twice in a sentence is merged, and acts told inside a statement get their teller."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from attache.dossier import Event

_NOUN = ":noun:"


def merged(events: Sequence[Event], sentence_of: Callable[[int], int], camps: Callable[[Sequence[str]], list[str]]) -> list[Event]:
    """Events without those that say no more than another of the same kind in the same sentence."""
    kept: list[Event] = []
    home: dict[int, int] = {}
    for event in sorted(events, key=lambda e: (e.trigger.start, -e.confidence)):
        here = sentence_of(event.trigger.start)
        rival = next((k for k in kept if home[id(k)] == here and (_same(k, event) or _restates(event, k, camps))), None)
        if rival is None:
            kept.append(event)
            home[id(event)] = here
        elif _weight(event) > _weight(rival):
            kept[kept.index(rival)] = event
            home[id(event)] = here
    return kept


def _same(one: Event, other: Event) -> bool:
    if one.kind != other.kind:
        return False
    if one.kind == "say":
        return one.content == other.content
    sources, targets = set(one.source), set(one.target)
    others, aims = set(other.source), set(other.target)
    first = (sources <= others or others <= sources) and (targets <= aims or aims <= targets)
    apart = one.time is not None and other.time is not None and one.time != other.time
    return first and not apart and (one.status == other.status or _NOUN in one.rule or _NOUN in other.rule)


def _restates(noun: Event, verb: Event, camps: Callable[[Sequence[str]], list[str]]) -> bool:
    """ "They met, the first talks between the two powers": the noun names the camps of those who met."""
    if noun.kind != verb.kind or _NOUN not in noun.rule or len(noun.source) > len(verb.source):
        return False
    return set(noun.source) <= {*verb.source, *camps(verb.source)}


def _weight(event: Event) -> tuple[bool, int, float]:
    """What is coded before what is only meant, then who says more."""
    coded = event.plover.type is not None or event.cameo is not None
    return coded, len(event.source) + len(event.target) + len(event.about), event.confidence


def reported(events: Sequence[Event]) -> list[Event]:
    """Events with ``reported_by`` set where the words lie inside what someone said."""
    tellers = [e for e in events if e.content is not None and e.source]
    return [_with_teller(event, tellers) for event in events]


def _with_teller(event: Event, tellers: Sequence[Event]) -> Event:
    around = [t for t in tellers if t is not event and t.content and t.content.start <= event.trigger.start < t.content.end]
    if not around:
        return event
    closest = min(around, key=lambda t: t.content.end - t.content.start if t.content else 0)
    return event.model_copy(update={"reported_by": closest.source[0]})
