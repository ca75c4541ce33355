"""Damage to the build of a page: quotations, sentences, words left over, chrome."""

from __future__ import annotations

import random
import re

from attache.garble.damage import Edit
from attache.garble.places import CAPITAL, outside_quotations, paragraphs_of, quotations_in, sentences_of
from attache.garble.tables import listed

LEAST_WORDS = 8


def quotations(text: str, rng: random.Random) -> list[Edit]:
    """A mark lost or turned round."""
    found = []
    for place in quotations_in(text):
        way = rng.choice(("closing lost", "opening lost", "closing turned"))
        if way == "opening lost":
            found.append(Edit(place.start, place.start + 1, "", way, (place.start, place.end)))
        else:
            turned = "“" if way == "closing turned" and place.text.endswith("”") else ""
            found.append(Edit(place.end - 1, place.end, turned, "closing turned" if turned else "closing lost", (place.start, place.end)))
    return found


def sentence_cuts(text: str, rng: random.Random) -> list[Edit]:
    """A sentence cut in two before a name, one that lost its first words, and one that breaks off."""
    plain = outside_quotations(text)
    found = []
    lasts = {max(s.start for s in sentences_of(line.text)) + line.start: line for line in paragraphs_of(text)}
    for sentence in sentences_of(text):
        if len(sentence.text.split()) < LEAST_WORDS or "  " in plain[sentence.start : sentence.end]:
            continue  # part of it is quoted
        offered = [cut for cut in (_before_name(sentence.start, sentence.text), _headless(sentence.start, sentence.text, rng)) if cut]
        line = lasts.get(sentence.start)
        if line is not None and sentence.start > line.start:
            offered.append(_broken_off(sentence.start, sentence.text, rng))
        if offered:
            found.append(rng.choice(offered))
    return found


def _before_name(start: int, text: str) -> Edit | None:
    """``… of the former US administration. President Donald Trump.``: the last name of the sentence stands alone."""
    match = re.search(rf"(?<=[a-z]) (?:{CAPITAL} ?){{2,4}}\.$", text)
    if match is None or len(text[: match.start()].split()) < 5:
        return None
    return Edit(start + match.start(), start + match.start(), ".", "cut before a name", (start + match.start(), start + len(text)))


def _headless(start: int, text: str, rng: random.Random) -> Edit | None:
    places = [m.end() for m in re.finditer(r"\S+ ", text)][2:-4]
    places = [at for at in places if text[at].islower()]
    if not places:
        return None
    at = rng.choice(places[:4])
    return Edit(start, start + at, "", "beginning lost", (start, start + len(text)))


def _broken_off(start: int, text: str, rng: random.Random) -> Edit:
    places = [m.start() for m in re.finditer(r" ", text)][4:-1]
    at = rng.choice(places)
    return Edit(start + at, start + len(text), "", "end lost", (start, start + len(text)))


def orphans(text: str, rng: random.Random) -> list[Edit]:
    """A word with a stop left over after a sentence."""
    words = listed("orphans", "words")
    found = []
    for line in paragraphs_of(text):
        pieces = list(sentences_of(line.text))
        for piece in pieces:
            end = line.start + piece.end
            if piece.text.endswith(".") and len(piece.text.split()) >= LEAST_WORDS and piece.text.count("“") == piece.text.count("”"):
                word = rng.choice(words)
                found.append(Edit(end, end, f" {word}.", "orphan word", (end, end)))
    return found


def residue(text: str, rng: random.Random) -> list[Edit]:
    """Lines of a page's chrome between the paragraphs and after them."""
    lines = list(listed("residue", "lines"))
    rng.shuffle(lines)
    ends = [line.end for line in paragraphs_of(text)]
    foot = "\n\n".join(lines[:4])
    found = [Edit(at, at, f"\n\n{line}", "chrome", (at, at)) for at, line in zip(ends[:-1], lines[4:], strict=False)]
    # Most of it lies at the foot of a page.
    return [*found, *(Edit(at, at, f"\n\n{foot}", "chrome at the foot", (at, at)) for at in ends[-1:])]
