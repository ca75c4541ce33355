"""`attache knowledge find`: who is meant by a damaged name, an office in words and a day, with reasons."""

from __future__ import annotations

import json
from datetime import date

import pytest

from attache.cli import main
from attache.knowledge import builtin
from attache.reading import Days
from attache.show.candidates import Choice, candidates, read_office


def found(name: str, day: str | None, office: str | None) -> list[Choice]:
    on = Days(date.fromisoformat(day), date.fromisoformat(day)) if day else None
    return candidates(name, on, office)


def test_the_holder_of_the_office_comes_first_with_reasons(capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["knowledge", "find", "Jens Stomberberg", "--on", "2021-03-23", "--office", "NATO secretary general"]
    assert main(arguments) == 0
    said = capsys.readouterr().out
    assert said.startswith("Jens Stoltenberg") and "“Jens Stomberberg” and “Jens Stoltenberg”" in said and "repaired" in said
    assert main([*arguments, "--format", "json"]) == 0
    first = json.loads(capsys.readouterr().out.splitlines()[0])
    assert first["name"] == "Jens Stoltenberg" and first["verdict"] == "on a page it is repaired"
    assert [(r["of"], r["asked"], r["known"]) for r in first["reasons"]] == [
        ("name", "Jens Stomberberg", "Jens Stoltenberg"),
        ("office", "NATO secretary general", "Secretary General of NATO"),
    ]
    assert first["offices"][0]["start"] == "2014-10-01"


@pytest.mark.parametrize(
    ("name", "day", "office", "meant"),
    [
        # the words name no known office, but a country
        ("Angela Merkle", "2010-05-05", "German crisis convenor", "Angela Merkel"),
        # only a kind of office
        ("Sergei Lovrov", "2015-05-05", "the visiting foreign minister", "Sergey Lavrov"),
        # the table has another office on that day
        ("Jean-Yves Le Drean", "2019-05-05", "French defence minister", "Jean-Yves Le Drian"),
        # an office of a country that nobody of such a name held: the name within those in office
        ("Antonio Guteres", "2020-05-05", "Portuguese visitor", "António Guterres"),
        ("Jens Stoltenbreg", "2021-03-23", None, "Jens Stoltenberg"),
        ("Ban Ki Mon", None, "UN chief", "Ban Ki-moon"),
    ],
)
def test_words_that_cannot_be_read_do_not_leave_it_without_an_answer(name: str, day: str | None, office: str | None, meant: str) -> None:
    assert found(name, day, office)[0].person.name == meant


def test_what_the_words_of_an_office_say() -> None:
    asked = read_office("Swiss deputy something for protocol", builtin())
    assert (asked.offices, asked.places) == (frozenset(), ("CHE",))
    assert read_office("zzzz", builtin()).places == ()


def test_an_exact_name_is_shown_though_the_office_is_not_theirs() -> None:
    first = found("Angela Merkel", "2015-01-01", "French president")[0]
    assert first.person.name == "Angela Merkel" and first.reasons[1].why == "held another office" and first.verdict == ""


def test_an_exact_name_alone_leaves_no_room_for_damaged_ones() -> None:
    assert [choice.person.name for choice in found("Angela Merkel", "2015-01-01", None)] == ["Angela Merkel"]


def test_who_was_in_no_office_that_day_is_said_so() -> None:
    choice = next(c for c in found("Jacques Chirac", "2015-01-01", "French president") if c.person.name == "Jacques Chirac")
    assert choice.reasons[1].why == "held no office that is known then" and choice.terms
