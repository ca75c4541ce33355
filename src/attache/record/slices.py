"""Slices of an answer: some rows, and whether more follow."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from attache.errors import UsageError

if TYPE_CHECKING:
    import polars

Row = TypeVar("Row")


@dataclass(frozen=True)
class Slice(Sequence[Row], Generic[Row]):
    """Some rows of an answer, from `offset`; `more` tells whether others follow."""

    rows: tuple[Row, ...]
    limit: int
    offset: int
    more: bool

    def __len__(self) -> int:
        return len(self.rows)

    def __getitem__(self, index: Any) -> Any:
        return self.rows[index]

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)

    def dicts(self) -> list[dict[str, Any]]:
        """The rows as plain dictionaries, for JSON."""
        return [dataclasses.asdict(row) for row in self.rows]  # type: ignore[call-overload]

    def to_polars(self) -> polars.DataFrame:
        """The rows as a polars DataFrame (extra ``tables``)."""
        try:
            import polars
        except ImportError as error:
            raise UsageError("a DataFrame needs the package polars: pip install 'attache[tables]'") from error
        return polars.DataFrame(self.dicts(), infer_schema_length=None)
