"""A collation as lines for the terminal: the best text, and under each sentence the variants with who has them."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import wrap

from attache.story.collation import Collation, Reading, Version


def apparatus(collation: Collation, width: int = 100) -> Iterator[str]:
    """Plain lines no wider than `width`, without control characters of their own; witnesses are called A, B, C…"""
    sigla = {one.page: letter(number) for number, one in enumerate(collation.witnesses)}
    yield "Witnesses"
    for one in collation.witnesses:
        where = one.outlet or one.uri
        facts = f"{one.day or 'day unknown'}, wording {one.wording + 1}, reliability {one.reliability:.0%}, page {one.page}"
        yield from _indented(f"{sigla[one.page]}  {where}: {facts}", width, "  ", "     ")
    for version in collation.versions:
        yield ""
        yield f"Wording {version.wording + 1}, after {sigla[version.base]}"
        yield from _version(version, sigla, width)
    if collation.disputes:
        yield ""
        yield "Disputed between independent wordings"
        for dispute in collation.disputes:
            yield from _indented(f"{sigla[dispute.page]}  “{dispute.finding.text}”: {dispute.finding.message}", width, "  ", "     ")


def letter(number: int) -> str:
    """A, B … Z, AA, AB …"""
    return (letter(number // 26 - 1) if number >= 26 else "") + chr(ord("A") + number % 26)


def _version(version: Version, sigla: dict[int, str], width: int) -> Iterator[str]:
    for row in version.rows:
        yield from _indented(" ".join(row.best.split()), width, "  ", "  ")
        for unit in row.units:
            if unit.varies:
                rest = [_reading(one, sigla) for one in unit.readings if one.text != unit.chosen]
                having = next((one for one in unit.readings if one.text == unit.chosen), None)
                lemma = _reading(having, sigla) if having else unit.chosen
                yield from _indented(f"{lemma}] {'; '.join(rest)}  ({unit.reason})", width, "      ", "        ")


def _reading(reading: Reading, sigla: dict[int, str]) -> str:
    return f"{' '.join(reading.text.split())} {' '.join(dict.fromkeys(sigla[place.page] for place in reading.places))}"


def _indented(text: str, width: int, first: str, rest: str) -> list[str]:
    return wrap(text, width, initial_indent=first, subsequent_indent=rest) or [first.rstrip()]
