"""Damage to numbers and dates, those of known facts apart."""

from __future__ import annotations

import random
import re

from attache.doubt.stated import MONTHS, WEEKDAYS
from attache.garble.damage import Edit
from attache.garble.places import Place, sentences_of
from attache.garble.tables import listed
from attache.knowledge import builtin

YEAR = re.compile(r"(?<![\d$€£.,/-])(?:19|20)\d\d(?![\d%]|[.,]\d)")
FIGURE = re.compile(r"(?<![\d.,:/-])\d{1,3}(?:,\d{3})*(?:\.\d+)?(?![\d/:-]|,\d|st\b|nd\b|rd\b|th\b)")
MONTH = "|".join(MONTHS)
DAY = re.compile(rf"(?<!\d)\d{{1,2}}(?= (?:{MONTH})\b)|(?:{'|'.join(f'(?<={month} )' for month in MONTHS)})\d{{1,2}}(?!\d)")


def numbers(text: str, rng: random.Random) -> list[Edit]:
    """Figures and numbers in words, off by a digit, a place or a size; no dates."""
    days = [match.span() for match in DAY.finditer(text)]
    found = []
    for match in FIGURE.finditer(text):
        if match.span() in days or YEAR.fullmatch(match.group()):
            continue
        found.append(_edit(match, _other_figure(match.group(), rng), "figure"))
    for words, way in ((listed("numbers", "words"), "number word"), (listed("numbers", "sizes"), "size")):
        for match in re.finditer(rf"\b(?:{'|'.join(words)})\b", text):
            found.append(_edit(match, rng.choice([word for word in words if word != match.group()]), way))
    return found


def dates(text: str, rng: random.Random) -> list[Edit]:
    """Years, months, days of the month and weekdays."""
    found = [_edit(match, _other_year(match.group(), rng), "year") for match in YEAR.finditer(text)]
    for match in DAY.finditer(text):
        found.append(_edit(match, str(rng.choice([n for n in range(1, 29) if n != int(match.group())])), "day"))
    for names, way in ((MONTHS, "month"), (WEEKDAYS, "weekday")):
        for match in re.finditer(rf"\b(?:{'|'.join(names)})\b(?! [A-Z])", text):
            if match.group() not in ("March", "May") or re.match(r"\s\d", text[match.end() :]):
                found.append(_edit(match, rng.choice([name for name in names if name != match.group()]), way))
    return found


def known_dates(text: str, rng: random.Random) -> list[Edit]:
    """The year of an agreement's signing or leaving, or of another dated fact, in a sentence that tells it rightly."""
    found = []
    for sentence in sentences_of(text):
        years = list(YEAR.finditer(sentence.text))
        if len(years) != 1 or years[0].group() not in _years_known(sentence):
            continue
        start, end = sentence.start + years[0].start(), sentence.start + years[0].end()
        # The whole sentence is where it shows: a fact may be doubted by its words as well as by its date.
        found.append(Edit(start, end, _other_year(years[0].group(), rng), "year of a known fact", (start, end)))
    return found


def _years_known(sentence: Place) -> set[str]:
    lowered = sentence.text.lower()
    years: set[str] = set()
    for agreement in builtin().agreements.values():
        if any(name in sentence.text for name in (agreement.name, *agreement.names)):
            said = re.search(r"\b(?:sign|conclu|agreed|reach|struck)", lowered)
            left = re.search(r"\b(?:left|leav|withdr|quit|abandon|pull)", lowered)
            years |= {agreement.signed[:4]} if said and not left else set()
            years |= {gone.date[:4] for gone in agreement.withdrawals} if left and not said else set()
    for fact in builtin().dated_facts:
        if fact.words and all(any(_said(word.lower(), lowered) for word in group) for group in fact.words):
            years.update(date[:4] for date in fact.dates)
    return years


def _said(word: str, text: str) -> bool:
    return word in text and re.search(rf"\b{re.escape(word)}\b", text) is not None


def _edit(match: re.Match[str], after: str, way: str) -> Edit:
    return Edit(match.start(), match.end(), after, way, match.span())


def _other_year(year: str, rng: random.Random) -> str:
    """Two to fifteen years away, in the same style of error: a digit changed or two changed about."""
    number = int(year)
    turned = int(year[:2] + year[3] + year[2])
    near = [number + by for by in (*range(-15, -1), *range(2, 16)) if number + by <= 2035]
    return str(turned if 1945 <= turned <= 2030 and abs(turned - number) > 1 and rng.random() < 0.3 else rng.choice(near))


def _other_figure(figure: str, rng: random.Random) -> str:
    """A digit changed, or a nought put to it or taken away."""
    digits = [i for i, c in enumerate(figure) if c.isdigit()]
    if "," not in figure and "." not in figure and rng.random() < 0.3:
        return figure[:-1] if figure.endswith("0") and len(figure) > 1 else figure + "0"
    at = rng.choice(digits)
    least = 1 if at == 0 else 0
    return figure[:at] + rng.choice([str(d) for d in range(least, 10) if str(d) != figure[at]]) + figure[at + 1 :]
