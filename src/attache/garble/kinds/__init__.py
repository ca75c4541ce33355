"""The kinds of damage. Each is a function from a clean text and a source of chance to all edits it could make."""

from __future__ import annotations

import random
from collections.abc import Callable

from attache.garble.damage import Edit
from attache.garble.kinds.breaks import orphans, quotations, residue, sentence_cuts
from attache.garble.kinds.figures import dates, known_dates, numbers
from attache.garble.kinds.named import names, offices
from attache.garble.kinds.wording import persons, small_words, swapped, translated

KINDS: dict[str, Callable[[str, random.Random], list[Edit]]] = {
    "known-date": known_dates,
    "name": names,
    "office": offices,
    "date": dates,
    "number": numbers,
    "quotation": quotations,
    "sentence": sentence_cuts,
    "translation": translated,
    "person": persons,
    "small-word": small_words,
    "synonym": swapped,
    "orphan": orphans,
    "residue": residue,
}
"""By name; where two kinds want the same characters, the one named first has them."""
