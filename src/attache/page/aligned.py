"""Text that knows where each of its characters came from."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

NOWHERE = -1
"""Origin of a character that stands nowhere in the source, such as a joined line's space."""


@dataclass(frozen=True)
class Aligned:
    """A text and, for each of its characters, the index of the source character that it stands for."""

    text: str
    origins: Sequence[int]

    @classmethod
    def of(cls, source: str) -> Aligned:
        """The source itself."""
        return cls(source, range(len(source)))

    def cut(self, start: int, end: int) -> Aligned:
        """The part ``[start, end)``."""
        return Aligned(self.text[start:end], self.origins[start:end])

    def stripped(self) -> Aligned:
        """Without white space at either end."""
        start = len(self.text) - len(self.text.lstrip())
        return self.cut(start, max(start, len(self.text.rstrip())))


@dataclass
class Builder:
    """Collects the pieces of a new aligned text."""

    parts: list[str] = field(default_factory=list)
    origins: array[int] = field(default_factory=lambda: array("q"))

    def keep(self, text: str, origins: Iterable[int]) -> None:
        """Adds characters with their origins."""
        self.parts.append(text)
        self.origins.extend(origins)

    def add(self, text: str) -> None:
        """Adds characters that stand nowhere in the source."""
        self.parts.append(text)
        self.origins.extend([NOWHERE] * len(text))

    def done(self) -> Aligned:
        """The collected text."""
        return Aligned("".join(self.parts), self.origins)

    def __len__(self) -> int:
        return len(self.origins)


def same_characters(part: Aligned, start: int, end: int, source: str) -> tuple[int, int] | None:
    """Where ``part.text[start:end]`` stands in the source, if the very same characters stand there."""
    if not 0 <= start < end <= len(part.text):
        return None
    first, last = part.origins[start], part.origins[end - 1]
    if first < 0 or last < 0 or source[first : last + 1] != part.text[start:end]:
        return None
    return first, last + 1
