"""Readers of stretches of time and of what recurs: TIMEX3 durations and sets, and moves by so many units."""

from __future__ import annotations

from attache.when import relative
from attache.when.expressions import Expression
from attache.when.quantities import Reference, Value, number
from attache.when.vocabulary import vocabulary


def ago(e: Expression, ref: Reference) -> Value | None:
    """``two weeks ago``, ``a year later``."""
    count, code = number(e.parts["num"]), vocabulary().units[e.parts["unit"].lower()]
    direction = e.parts["dir"].lower()
    if count is None:
        return None
    count = -count if direction in vocabulary().relations["back"] else count
    if code == "Y" and count == -1 and ref.quarter:
        return Value("DATE", relative.quarters_on(ref.quarter, -4))
    if direction in vocabulary().relations["narrative"]:
        return _from_focus(count, code, ref, direction)
    value = relative.shifted(count, code, ref.day) if ref.day else None
    return Value("DATE", value) if value else Value("DURATION", relative.period(abs(count), code))


def _from_focus(count: float, code: str, ref: Reference, direction: str) -> Value:
    """``two days later`` counts from the date just told, if that is as precise as the unit; ``a year earlier`` at last from the page."""
    value = relative.shifted(count, code, day) if (day := relative.as_precise(ref.told, code)) else None
    if value is None and direction == "earlier" and code in "YMWE" and ref.day:
        value = relative.shifted(count, code, ref.day)
    return Value("DATE", value) if value else Value("DURATION", relative.period(abs(count), code))


def vague_ago(e: Expression, ref: Reference) -> Value | None:
    """``several years ago`` is no more than past; ``a few days later`` says only how long."""
    if e.parts["dir"].lower() == "ago":
        return Value("DATE", "PAST_REF")
    return Value("DURATION", relative.period(None, vocabulary().units[e.parts["unit"].lower()]))


def past_span(e: Expression, ref: Reference) -> Value | None:
    """``the past two weeks``, ``the next three years``."""
    code, count = vocabulary().units[e.parts["unit"].lower()], number(e.parts["num"])
    return Value("DURATION", relative.period(count, code))


def vague_units(e: Expression, ref: Reference) -> Value | None:
    """``recent years``, ``coming weeks``."""
    code = vocabulary().units[e.parts["unit"].lower()]
    if e.parts["rel"].lower() == "coming":
        return Value("DATE", relative.period(None, code))
    return Value("DATE", "PAST_REF" if code == "Y" or " " in e.text.split(None, 2)[-1] else relative.period(None, code))


def duration(e: Expression, ref: Reference) -> Value | None:
    """``two-day``, ``six months``, ``two and a half years``."""
    code, count = vocabulary().units[e.parts["unit"].lower()], number(e.parts["num"])
    if count is not None and ("half" in e.parts or "half2" in e.parts):
        count = int(count) + 0.5
    return Value("DURATION", relative.period(count, code)) if count != 0 else None


def vague_duration(e: Expression, ref: Reference) -> Value | None:
    """``several weeks``, ``for years``."""
    return Value("DURATION", relative.period(None, vocabulary().units[e.parts["unit"].lower()]))


def every_weekday(e: Expression, ref: Reference) -> Value | None:
    """``every Tuesday``, ``Tuesday mornings``."""
    day = f"XXXX-WXX-{vocabulary().weekdays[e.parts['weekday'].rstrip('.').lower()]}"
    part = e.parts.get("part") or e.parts.get("parts")
    return Value("SET", day + (vocabulary().dayparts[part.lower()] if part else ""))


def every_unit(e: Expression, ref: Reference) -> Value | None:
    """``every day``, ``every two years``."""
    count = 2 if e.parts.get("num", "").lower() == "other" else number(e.parts.get("num", "one"))
    return Value("SET", relative.period(count, vocabulary().units[e.parts["unit"].lower()]))


def every_month(e: Expression, ref: Reference) -> Value | None:
    """``each July``."""
    return Value("SET", f"XXXX-{vocabulary().months[e.parts['month'].rstrip('.').lower()]:02d}")


def frequency(e: Expression, ref: Reference) -> Value | None:
    """``daily``, ``annually``."""
    return Value("SET", vocabulary().frequencies[e.parts["word"].lower()])
