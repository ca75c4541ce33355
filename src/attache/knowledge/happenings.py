"""Dated facts: what happened on which day, and how news words such an act (``dated_facts.csv``, ``dated_acts.toml``, ``members.csv``)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from attache.errors import DataError
from attache.knowledge.bonds import Bonds, Membership
from attache.knowledge.compiling import Row, rows_of
from attache.knowledge.facts import About, Act, Country, DatedFact, Organisation
from attache.knowledge.packaged import DATA
from attache.knowledge.store import first_day, last_day
from attache.knowledge.tables import load_toml
from attache.reading import Days

_DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")
_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_WORD_LISTS = ("light", "starts", "ends")
# Membership that only its own rows word rightly: who founded it, or a group that nobody accedes to.
_ACCEDED = ("EU", "NATO", "UN", "WTO", "COE", "OECD", "ASEAN", "OPEC", "SCO", "ICC", "attache:brics", "attache:mercosur", "attache:eaeu")
_DATING = ("EU", "NATO", "WTO")


@dataclass(frozen=True)
class Acts:
    """How acts are worded: each act's forms, and the verbs that carry a noun ("held a referendum")."""

    by_name: Mapping[str, Act]
    light: frozenset[str]
    starts: frozenset[str]
    ends: frozenset[str]

    @cached_property
    def by_form(self) -> dict[str, tuple[Act, ...]]:
        """The acts that a word form may speak of."""
        found: dict[str, list[Act]] = {}
        for act in self.by_name.values():
            for form in {*act.verbs, *act.nouns}:
                found.setdefault(form, []).append(act)
        return {form: tuple(acts) for form, acts in found.items()}


def load_acts() -> Acts:
    """The table of acts, checked."""
    data = load_toml("dated_acts.toml")
    acts = {name: _act(name, entry) for name, entry in data.items() if name not in _WORD_LISTS}
    return Acts(acts, *(frozenset(data[name]) for name in _WORD_LISTS))


def _act(name: str, entry: dict[str, Any]) -> Act:
    verbs, nouns = tuple(entry.get("verbs", ())), tuple(entry.get("nouns", ()))
    if set(entry) - {"verbs", "nouns", "modifier", "recurs"} or not (verbs or nouns) or any(form != form.lower() for form in verbs + nouns):
        raise DataError(f"dated_acts.toml: [{name}] must have `verbs` or `nouns` in lower case, and else only `modifier` and `recurs`")
    return Act(name, frozenset(verbs), frozenset(nouns), bool(entry.get("modifier")), bool(entry.get("recurs")))


class Happenings:
    """Every dated fact: the rows of the table, and who joined or left what by the table of members."""

    def __init__(self, countries: Mapping[str, Country], organisations: Mapping[str, Organisation], bonds: Bonds) -> None:
        self._countries = countries
        self._by_code = {o.code: o for o in reversed(list(organisations.values())) if o.code} | dict(organisations)
        self._bonds = bonds

    @cached_property
    def acts(self) -> Acts:
        """How the acts are worded."""
        return load_acts()

    @cached_property
    def facts(self) -> tuple[DatedFact, ...]:
        """All facts, those of the table first."""
        found = tuple(self._fact(row) for row in rows_of(DATA / "dated_facts.csv"))
        if len({fact.id for fact in found}) != len(found):
            raise DataError("dated_facts.csv: an id stands twice")
        return found + tuple(self._of_members())

    @cached_property
    def by_act(self) -> dict[str, list[DatedFact]]:
        """The facts of each act."""
        found: dict[str, list[DatedFact]] = {}
        for fact in self.facts:
            found.setdefault(fact.act.name, []).append(fact)
        return found

    def _fact(self, row: Row) -> DatedFact:
        act = self.acts.by_name.get(row["act"])
        dates = tuple(row["date"].split())
        if act is None or not dates or not row["what"] or not row["about"] or not row["source"]:
            raise DataError(f"dated_facts.csv: an unknown act, or a field that must not be empty: {row}")
        about = tuple(self._about(group, row) for group in row["about"].split(";"))
        days = tuple(_days(date, row) for date in dates)
        return DatedFact(f"attache:fact-{row['id']}", row["what"], act, about, dates, days, row["source"], row["dating"])

    def _about(self, group: str, row: Row) -> About:
        role = group[0] if group[0] in "!=^" else ""
        options = group[len(role) :].split("|")
        ids, words = set(), {option for option in options if option[0] != "@"}
        for code in (option[1:] for option in options if option[0] == "@"):
            found = self._countries.get(code) or self._by_code.get(code)
            if found is None:
                raise DataError(f"dated_facts.csv: @{code} is no country or organisation that attache knows: {row}")
            ids.add(found.id)
        if any(word != word.lower() or not word.strip() for word in words):
            raise DataError(f"dated_facts.csv: words must be in lower case: {row}")
        return About(role, frozenset(ids), tuple(sorted(words)), self._called(ids, words))

    def _called(self, ids: set[str], words: set[str]) -> tuple[str, ...]:
        """Every wording of the group in lower case, for who asks the text and not its links."""
        return tuple(sorted(words.union(*(self._names.get(id_, ()) for id_ in ids))))

    @cached_property
    def _names(self) -> dict[str, set[str]]:
        """What each country and organisation is called in lower case, by their ids."""
        found: dict[str, set[str]] = {}
        for country in self._countries.values():
            names = (*country.names, *country.demonyms, country.capital)
            found.setdefault(country.id, set()).update(name.lower() for name in names if name)
        for organisation in self._by_code.values():
            found.setdefault(organisation.id, set()).update(name.lower() for name in organisation.names)
        return found

    def _of_members(self) -> Iterator[DatedFact]:
        rows: dict[tuple[str, str], list[Membership]] = {}
        for membership in self._bonds.memberships:
            if membership.organisation in _ACCEDED:
                rows.setdefault((membership.member, membership.organisation), []).append(membership)
        for both in rows.values():
            yield from self._membership(both, "join", tuple(m.start for m in both))
            if ends := tuple(m.end for m in both if m.end):
                yield from self._membership(both, "leave", ends)

    def _membership(self, rows: list[Membership], act: str, dates: tuple[str, ...]) -> Iterator[DatedFact]:
        first = rows[0]
        country, organisation = self._countries.get(first.member), self._by_code.get(first.organisation)
        if country is None or organisation is None:
            return
        row = {"id": f"{act}-{first.organisation}-{first.member}".lower()}
        about = (self._about(f"=@{first.member}", row), self._about(f"!@{first.organisation}", row))
        what = f"{country.name} {'joined' if act == 'join' else 'left'} {organisation.name}"
        days = tuple(_days(date, row) for date in dates)
        dating = dates[-1] if act == "join" and first.organisation in _DATING and dates[-1] >= "1990" else ""
        source = f"{organisation.name}, list of members"
        yield DatedFact(f"attache:fact-{row['id']}", what, self.acts.by_name[act], about, dates, days, source, dating)


def _days(date: str, row: Row) -> Days:
    """``2003``, ``2003-03-20`` or ``2020-11-03/2022-11-03`` (either end may be open); a weekday in the row must agree."""
    start, _, end = date.partition("/")
    if not _DATE.fullmatch(start) or ("/" in date and end and not _DATE.fullmatch(end)):
        raise DataError(f"dated_facts.csv: {date} is no ISO date or interval: {row}")
    first, last = first_day(start), last_day(end if "/" in date else start)
    weekday = row.get("weekday", "")
    if weekday and (first is None or len(start) != 10 or _WEEKDAYS[first.weekday()] != weekday):
        raise DataError(f"dated_facts.csv: {start} is no {weekday}: {row}")
    return Days(first, last)
