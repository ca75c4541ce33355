"""The visible text of an HTML page as blocks, each character with its place in the source.

A scanner of its own and not a tree, because a tree forgets where its text stood. It reads any input in one pass.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from attache.page.aligned import Aligned, Builder

_HIDDEN = ("script", "style", "noscript", "template", "head", "svg", "textarea", "select", "iframe")
_INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i img ins kbd mark q s samp small span strike "
    "strong sub sup time tt u var wbr".split()
)
_TAG_NAME = re.compile(r"/?([a-zA-Z][a-zA-Z0-9:-]{0,40})")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,30});?")
_WHITE = re.compile(r"\s+")


def blocks(source: str) -> list[Aligned]:
    """The visible text, a piece for each block element, white space made single."""
    found: list[Aligned] = []
    built = Builder()
    for start, end, ends_block in _pieces(source):
        if ends_block:
            if len(built):
                found.append(_single_spaced(built.done()))
                built = Builder()
            continue
        _unescaped(source, start, end, built)
    if len(built):
        found.append(_single_spaced(built.done()))
    return [block for block in found if block.text]


def _pieces(source: str) -> Iterator[tuple[int, int, bool]]:
    """Runs of text outside tags; an entry whose last part is true stands for the end of a block."""
    at, size = 0, len(source)
    while at < size:
        opening = source.find("<", at)
        if opening < 0:
            yield at, size, False
            return
        if opening > at:
            yield at, opening, False
        name = _TAG_NAME.match(source, opening + 1)
        if source.startswith("<!--", opening):
            closing = source.find("-->", opening + 4)
            at = closing + 3 if closing >= 0 else size
            continue
        if not name and not source.startswith(("<!", "<?", "</"), opening):
            yield opening, opening + 1, False
            at = opening + 1
            continue
        closing = source.find(">", opening)
        if closing < 0:
            return
        at = closing + 1
        tag = name.group(1).casefold() if name else ""
        if tag not in _INLINE:
            yield opening, opening, True
        if tag in _HIDDEN and source[opening + 1] != "/" and source[closing - 1] != "/":
            after = re.compile(rf"</{tag}\b", re.IGNORECASE).search(source, at)
            if after or tag != "head":
                at = after.start() if after else size


def _unescaped(source: str, start: int, end: int, built: Builder) -> None:
    """Adds a run of text, its entities resolved."""
    done = start
    for match in _ENTITY.finditer(source, start, end):
        meant = html.unescape(match.group())
        if meant == match.group():
            continue
        built.keep(source[done : match.start()], range(done, match.start()))
        built.keep(meant, [match.start()] * len(meant))
        done = match.end()
    built.keep(source[done:end], range(done, end))


def _single_spaced(block: Aligned) -> Aligned:
    built, done = Builder(), 0
    text = block.text
    for match in _WHITE.finditer(text):
        built.keep(text[done : match.start()], block.origins[done : match.start()])
        built.keep(" ", block.origins[match.start() : match.start() + 1])
        done = match.end()
    built.keep(text[done:], block.origins[done:])
    return built.done().stripped()


class Finder:
    """Finds extracted paragraphs again among the visible blocks, white space apart, mostly in their order."""

    # A paragraph that is not found costs a pass over the page, so there is an end to trying.
    _MAX_MISSES = 400

    def __init__(self, visible: list[Aligned]) -> None:
        letters: list[str] = []
        origins: list[int] = []
        self.block_of: list[int] = []
        for number, block in enumerate(visible):
            for char, origin in zip(block.text, block.origins, strict=True):
                if not char.isspace():
                    letters.append(char)
                    origins.append(origin)
                    self.block_of.append(number)
        self._letters, self._origins = "".join(letters), origins
        self._next = self._misses = 0
        self.used: set[int] = set()

    def place(self, paragraph: str, built: Builder) -> None:
        """Adds a paragraph, mapped as a whole where it is found, else sentence by sentence."""
        if self._place(paragraph, built):
            return
        for sentence in re.split(r"(?<=[.!?”\"] )", paragraph):
            if not self._place(sentence, built):
                built.add(sentence)

    def _place(self, text: str, built: Builder) -> bool:
        bare = "".join(text.split())
        if not bare or self._misses > self._MAX_MISSES:
            return False
        at = self._letters.find(bare, self._next)
        if at < 0 and len(bare) > 20:
            at = self._letters.find(bare)
        if at < 0:
            self._misses += 1
            return False
        number = at
        for char in text:
            if char.isspace():
                built.keep(char, [self._origins[number - 1] + 1 if number > at else -1])
            else:
                built.keep(char, [self._origins[number]])
                number += 1
        self._next = number
        self.used.update(range(self.block_of[at], self.block_of[number - 1] + 1))
        return True
