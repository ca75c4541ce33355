"""Readers of stretches of time and of what recurs: TIMEX3 durations and sets, and moves by so many units."""

from __future__ import annotations

from attache.when import relative
from attache.when.expressions import Expression
from attache.when.quantities import Reference, Value, number
from attache.when.vocabulary import vocabulary

FREQUENCIES = {"d": "P1D", "w": "P1W", "m": "P1M", "q": "P3M", "a": "P1Y", "y": "P1Y", "h": "PT1H", "b": "P6M"}
"""By the first letter of the word."""


def ago(e: Expression, ref: Reference) -> Value | None:
    """``two weeks ago``, ``a year later``."""
    count, code = number(e.parts["num"]), vocabulary().units[e.parts["unit"].lower()]
    direction = e.parts["dir"].lower()
    if count is None:
        return None
    if direction in ("ago", "earlier", "before"):
        return relative_value(-count, code, ref, direction)
    return relative_value(count, code, ref, direction)


def relative_value(count: float, code: str, ref: Reference, direction: str) -> Value | None:
    """So many units from the page; a stretch of time where there is nothing to count from."""
    if direction in ("later", "after", "before") and code in ("D", "TH", "TM", "TS"):
        return Value("DURATION", relative.period(abs(count), code))
    value = relative.shifted(count, code, ref.day) if ref.day else None
    return Value("DATE", value) if value else Value("DURATION", relative.period(abs(count), code))


def vague_ago(e: Expression, ref: Reference) -> Value | None:
    """``several years ago``: no more than past or future."""
    return Value("DATE", "PAST_REF" if e.parts["dir"].lower() != "later" else "FUTURE_REF")


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
    return Value("SET", FREQUENCIES[e.parts["word"][0].lower()])
