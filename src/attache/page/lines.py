"""A plain text as lines: paragraphs that were hard-wrapped are joined, phrases that cling to a paragraph's end are split off."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from attache.dossier import ResidueKind
from attache.page.aligned import Aligned, Builder
from attache.page.phrases import MAX_LINE, phrases

_ENDS = (".", "!", "?", ":", ";", "”", '"', "’", ")", "…")
_WRAP = (40, 110)
_WRAP_SPREAD = 28
_GOES_ON = 25


@dataclass
class Line:
    """One line, the kind of residue it is (None is text), and whether that holds only at the page's edges."""

    part: Aligned
    kind: ResidueKind | None = None
    weak: bool = False
    opens: bool = False
    certain: bool = False

    @property
    def text(self) -> str:
        """The characters of the line."""
        return self.part.text

    @property
    def words(self) -> int:
        """How many words it has."""
        return len(self.text.split())

    @property
    def closes(self) -> bool:
        """Whether it ends as a sentence ends."""
        return self.text.endswith((".", ".”", '."', ".’", ".'", "!", "!”", '!"', "?”", '?"', ".)", ",”", "…"))

    @property
    def is_body(self) -> bool:
        """Whether it is a paragraph by its shape alone."""
        return len(self.text) > 160 or self.words >= 25 or (self.words >= 7 and (self.closes or self.text.endswith(("?", ",", ":"))))


def lines_of(page: Aligned) -> list[Line]:
    """The lines of a normalised text, judged by their wording."""
    table = phrases()
    found: list[Line] = []
    for block in _blocks(page):
        for part in _unwrapped(block):
            for piece in _split_ends(part):
                verdict = table.judge(piece.text)
                if verdict:
                    found.append(Line(piece, verdict.kind, verdict.weak, verdict.opens, certain=not verdict.weak))
                else:
                    found.append(Line(piece))
    return found


def _blocks(page: Aligned) -> Iterator[list[Aligned]]:
    """Runs of lines between empty lines."""
    block: list[Aligned] = []
    at = 0
    for raw in page.text.split("\n"):
        line = page.cut(at, at + len(raw)).stripped()
        at += len(raw) + 1
        if line.text:
            block.append(line)
        elif block:
            yield block
            block = []
    if block:
        yield block


def _unwrapped(block: list[Aligned]) -> list[Aligned]:
    """The paragraphs of a block: its lines, joined where a line end is only a wrapped line's."""
    table = phrases()
    hard = len(block) >= 3 and _is_wrapped([len(line.text) for line in block[:-1]])
    joined: list[list[Aligned]] = []
    for line in block:
        before = joined[-1][-1] if joined else None
        if before is not None and not table.judge(line.text) and not table.judge(before.text):
            goes_on = line.text[0].islower() and not before.text.endswith(_ENDS) and len(before.text) >= _GOES_ON
            if goes_on or (hard and len(before.text) >= _WRAP[0]):
                joined[-1].append(line)
                continue
        joined.append([line])
    return [_joined(lines) for lines in joined]


def _is_wrapped(lengths: list[int]) -> bool:
    return min(lengths) >= _WRAP[0] and max(lengths) <= _WRAP[1] and max(lengths) - min(lengths) <= _WRAP_SPREAD


def _joined(lines: list[Aligned]) -> Aligned:
    if len(lines) == 1:
        return lines[0]
    built = Builder()
    for number, line in enumerate(lines):
        if number:
            built.add(" ")
        built.keep(line.text, line.origins)
    return built.done()


def _split_ends(part: Aligned) -> list[Aligned]:
    """The line without the phrases that cling to its beginning or end, and these."""
    if len(part.text) <= MAX_LINE and phrases().judge(part.text):
        return [part]
    before: list[Aligned] = []
    after: list[Aligned] = []
    while found := phrases().ends_of(part.text):
        _, start, end = found
        piece = part.cut(start, end).stripped()
        if start == 0:
            before.append(piece)
            part = part.cut(end, len(part.text)).stripped()
        else:
            after.insert(0, piece)
            part = part.cut(0, start).stripped()
        if not part.text:
            break
    return [*before, *([part] if part.text else []), *after]
