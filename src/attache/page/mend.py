"""Makes text fit to read: one kind of line end and space, no control characters, mojibake mended where it is certain."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from attache.page.aligned import NOWHERE, Aligned, Builder

# Terminal escape sequences (CSI, OSC, two-character) go before the lone control characters, or their tails would stay as text.
_ESCAPES = r"\x1b\[[0-?]{0,40}[ -/]{0,10}[@-~]|\x1b\][^\x07\x1b\n]{0,400}(?:\x07|\x1b\\)|\x1b[@-Z\\^_]"
_LINE_ENDS = r"\r\n|\r|\x85|\u2028|\u2029|\x0b|\x0c"
_SPACES = r"[\t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]"
_CONTROLS = r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]"
_LOST = r"[\ud800-\udfff]"
"""Halves of characters, from JSON or from names of files: no database, no file and no terminal takes them."""
_INVISIBLE = r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\ufff9-\ufffb]"
_UNWANTED = re.compile(f"(?P<line>{_LINE_ENDS})|(?P<space>{_SPACES})|(?P<lost>{_LOST})|(?P<drop>{_ESCAPES}|{_CONTROLS}|{_INVISIBLE})")
_ASCII_RUN = re.compile(r"[\x00-\x7f]+")
_BROKEN_HINT = re.compile(r"[\x80-\uffff]")
_MAX_MEND = 20_000
"""Longer lines are not mended: no real paragraph is so long, and ftfy's work grows with the line."""


def normalised(page: Aligned) -> Aligned:
    """The text with ``\\n`` line ends and plain spaces, without control, escape and invisible characters.

    Halves of characters become U+FFFD, as what was lost does.
    """
    built, done, text = Builder(), 0, page.text
    for match in _UNWANTED.finditer(text):
        start, end = match.span()
        built.keep(text[done:start], page.origins[done:start])
        if match.lastgroup == "line":
            built.keep("\n", page.origins[start : start + 1])
        elif match.lastgroup == "space":
            built.keep(" ", page.origins[start : start + 1])
        elif match.lastgroup == "lost":
            built.keep("\ufffd", page.origins[start : start + 1])
        done = end
    if not done:
        return page
    built.keep(text[done:], page.origins[done:])
    return built.done()


def in_one_line(text: str) -> str:
    """A title, a name or an address as clean text: one line, single spaces, nothing that steers a terminal."""
    return " ".join(normalised(Aligned.of(text)).text.split())


@cache
def _fixer() -> tuple[Callable[[str], bool], Callable[[str], str]]:
    """ftfy's judge and its mender; imported only once a page has characters beyond ASCII."""
    import ftfy
    from ftfy.badness import is_bad

    # Lossy sequences stay: what they stood for can only be guessed.
    config = ftfy.TextFixerConfig(unescape_html=False, replace_lossy_sequences=False)
    return is_bad, lambda text: ftfy.fix_encoding(text, config)


def mended(page: Aligned) -> tuple[Aligned, int]:
    """The text with mojibake mended line by line, and how many lines changed."""
    if not _BROKEN_HINT.search(page.text):
        return page, 0
    is_bad, fix = _fixer()
    built, changed, at = Builder(), 0, 0
    for line in page.text.splitlines(keepends=True):
        part = page.cut(at, at + len(line))
        at += len(line)
        better = fix(line) if len(line) <= _MAX_MEND and not line.isascii() and is_bad(line) else line
        if better == line or is_bad(better) or _UNWANTED.search(better.rstrip("\n")):
            built.keep(part.text, part.origins)
        else:
            changed += 1
            mapped = realigned(part, better)
            built.keep(mapped.text, mapped.origins)
    return (built.done(), changed) if changed else (page, 0)


def realigned(old: Aligned, new: str) -> Aligned:
    """``new`` with the origins of ``old`` where the two agree.

    Mending changes only runs beyond ASCII, so the ASCII runs of both are the posts that hold the mapping; a run between two posts
    keeps its origins if it is unchanged. Where the posts differ, the common beginning and end are kept.
    """
    ours, theirs = list(_ASCII_RUN.finditer(old.text)), list(_ASCII_RUN.finditer(new))
    origins = [NOWHERE] * len(new)
    if [m.group() for m in ours] == [m.group() for m in theirs]:
        was = now = 0
        for left, right in zip(ours, theirs, strict=True):
            if old.text[was : left.start()] == new[now : right.start()]:
                origins[now : right.start()] = old.origins[was : left.start()]
            origins[right.start() : right.end()] = old.origins[left.start() : left.end()]
            was, now = left.end(), right.end()
        if old.text[was:] == new[now:]:
            origins[now:] = old.origins[was:]
        return Aligned(new, origins)
    head = next((i for i, (a, b) in enumerate(zip(old.text, new, strict=False)) if a != b), min(len(old.text), len(new)))
    room = min(len(old.text), len(new)) - head
    pairs = zip(reversed(old.text[head:]), reversed(new[head:]), strict=False)
    tail = next((i for i, (a, b) in enumerate(pairs) if a != b), room)
    origins[:head] = old.origins[:head]
    if tail:
        origins[-tail:] = old.origins[-tail:]
    return Aligned(new, origins)
