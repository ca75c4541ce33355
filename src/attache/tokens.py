"""A page's words as plain strings: spaCy makes an object of each token that is asked for, which searches over every word feel."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc


@dataclass(frozen=True)
class Tokens:
    """The text of a page, and of its N tokens the first character and the one after the last."""

    text: str
    starts: Sequence[int]
    ends: Sequence[int]

    @cached_property
    def words(self) -> list[str]:
        """The texts of the tokens, as ``token.text``."""
        return [self.text[start:end] for start, end in zip(self.starts, self.ends, strict=True)]

    @cached_property
    def lower(self) -> list[str]:
        """The texts in small letters, as ``token.lower_``."""
        return [word.lower() for word in self.words]

    def between(self, start: int, end: int) -> str:
        """The text of the tokens ``[start, end)``, as ``doc[start:end].text``."""
        return self.text[self.starts[start] : self.ends[end - 1]] if start < end else ""


def tokens_in(doc: Doc) -> Tokens:
    """The tokens of a document."""
    from spacy.attrs import IDX, LENGTH  # type: ignore[import-not-found]

    table = doc.to_array([IDX, LENGTH]).astype(int)
    return Tokens(doc.text, table[:, 0].tolist(), table.sum(axis=1).tolist())
