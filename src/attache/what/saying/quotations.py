"""Quotations in a text: what stands between quotation marks, with damaged marks tolerated."""

from __future__ import annotations

import re
from dataclasses import dataclass

_OPEN, _CLOSE = "“«„", "”»"
_ANY = re.compile(r"[“”«»„\"]|''|``")
_STRAIGHT = {'"', "''"}
MARKS = frozenset({"“", "”", '"', "«", "»", "„", "''", "``"})
"""Quotation marks as tokens."""


@dataclass(frozen=True)
class Quotation:
    """Characters between quotation marks, the marks included; ``broken`` where a mark is missing or turned round."""

    start: int
    end: int
    broken: bool = False


def quotations(text: str) -> list[Quotation]:
    """The quotations of a text; straight marks alternate.

    One that its paragraph leaves open counts to the paragraph's end where the next begins with a mark too, as is the custom; else not.
    """
    found: list[Quotation] = []
    opened: int | None = None
    for mark in _ANY.finditer(text):
        at, sign = mark.start(), mark.group()
        if opened is not None and "\n\n" in text[opened:at]:
            held = text[opened:at].rstrip()
            if "\n\n" not in held and sign not in _CLOSE:
                found.append(Quotation(opened, opened + len(held)))
            opened = None
        before = text[at - 1] if at else " "
        if opened is None:
            after = text[mark.end()] if mark.end() < len(text) else " "
            if sign not in _CLOSE and not (sign in _STRAIGHT and (before.isalnum() or after.isspace())):
                opened = at
        elif sign in _CLOSE or sign in _STRAIGHT or before in ",.?!":
            found.append(Quotation(opened, mark.end(), broken=sign in _OPEN))
            opened = None
        else:
            opened = at
    return found
