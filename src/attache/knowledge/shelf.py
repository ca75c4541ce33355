"""Several knowledge databases asked as one: the built-in one first, then those that the user imported."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import TypeVar

from attache.knowledge.facts import Office, Person, Tenure
from attache.knowledge.store import Store

T = TypeVar("T")


class Shelf:
    """The same questions as :class:`Store`; a person or office that several databases hold is that of the first."""

    def __init__(self, stores: Sequence[Store]) -> None:
        self.stores = tuple(stores)
        self.offices_at = lru_cache(maxsize=None)(self._offices_at)
        self.named = lru_cache(maxsize=8192)(self._named)
        self.surnamed = lru_cache(maxsize=8192)(self._surnamed)
        self.tenures_by = lru_cache(maxsize=8192)(self._tenures_by)

    def person(self, person_id: str) -> Person | None:
        """The person of an id."""
        return next((found for store in self.stores if (found := store.person(person_id))), None)

    def office(self, office_id: str) -> Office | None:
        """The office of an id."""
        return next((found for store in self.stores if (found := store.office(office_id))), None)

    def _offices_at(self, where: str) -> tuple[Office, ...]:
        return _once((o for store in self.stores for o in store.offices_at(where)), lambda o: o.id)

    def _named(self, name: str) -> tuple[Person, ...]:
        return _once((p for store in self.stores for p in store.named(name)), lambda p: p.id)

    def _surnamed(self, surname: str) -> tuple[Person, ...]:
        return _once((p for store in self.stores for p in store.surnamed(surname)), lambda p: p.id)

    def _tenures_by(self, column: str, value: str) -> tuple[Tenure, ...]:
        found: list[Tenure] = []
        for store in self.stores:
            # Two databases seldom agree on the day; within one, two terms may begin in one year.
            known = {(t.person, t.office.id, t.start[:4]) for t in found}
            found += [t for t in store.tenures_by(column, value) if (t.person, t.office.id, t.start[:4]) not in known]
        return tuple(sorted(found, key=lambda t: (t.start, t.person)))

    def cores(self) -> dict[str, list[str]]:
        """Office ids by the words of their names without the country."""
        found: dict[str, list[str]] = {}
        for store in self.stores:
            for core, ids in store.cores().items():
                found.setdefault(core, []).extend(i for i in ids if i not in found.get(core, ()))
        return found

    def spellings_like(self, name: str, limit: int) -> list[tuple[Person, str]]:
        """The names that are most like one, though damaged, of every database."""
        return [row for store in self.stores for row in store.spellings_like(name, limit)]

    def bearers(self, word: str) -> int:
        """In how many names a folded word stands in just these letters."""
        return sum(store.bearers(word) for store in self.stores)

    def ids(self, table: str) -> list[str]:
        """The ids of ``person`` or ``office``, sorted."""
        return sorted({i for store in self.stores for i in store.ids(table)})


def _once(rows: Iterable[T], key: Callable[[T], str]) -> tuple[T, ...]:
    """Each row once, the first of equal key."""
    seen: dict[str, T] = {}
    for row in rows:
        seen.setdefault(key(row), row)
    return tuple(seen.values())


class Lazy(Mapping[str, T]):
    """A read-only mapping of ids to facts that are read when asked for."""

    def __init__(self, shelf: Shelf, table: str, read: Callable[[str], T | None]) -> None:
        self._shelf, self._table, self._read = shelf, table, read

    def __getitem__(self, key: str) -> T:
        value = self._read(key)
        if value is None:
            raise KeyError(key)
        return value

    def __contains__(self, key: object) -> bool:
        return isinstance(key, str) and self._read(key) is not None

    def __iter__(self) -> Iterator[str]:
        return iter(self._shelf.ids(self._table))

    def __len__(self) -> int:
        return len(self._shelf.ids(self._table))
