"""Whole pages against what a careful reader finds on them; the floors are in ``floors.toml``."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from sample_dossier import sample

import attache
from attache.dossier import Dossier, Mention, Span
from attache.errors import DataError, SourceMissing
from attache.evaluate.dispatch import score
from attache.evaluate.gold import Gold, gold_pairs, load_gold
from attache.evaluate.measures import Measure, Score, total
from attache.evaluate.report import evaluate as scores_of

HERE = Path(__file__).parent
FLOORS = tomllib.loads((HERE / "floors.toml").read_text("utf-8"))


def shortfalls(measures: list[Measure], floors: dict[str, float]) -> list[str]:
    """What scores below its floor, with what was missed."""
    below = [m for m in measures if m.recall is not None and m.recall < floors.get(m.name, 0.0)]
    return [f"{m.name} {m.found}/{m.wanted}, floor {floors[m.name]:.0%}, missed: {m.missed}" for m in below]


def floors_of(section: str) -> dict[str, float]:
    return {name: share for name, share in FLOORS[section].items() if name != "page"}


@pytest.fixture(scope="session")
def dispatch_scores(shared_data: Path) -> dict[str, list[Measure]]:
    """Every gold page scored once."""
    return {page.name: page.measures for page in scores_of(shared_data / "dispatches")}


def test_the_page_of_the_first_issue(dispatch_scores: dict[str, list[Measure]]) -> None:
    assert not shortfalls(dispatch_scores[FLOORS["first"]["page"]], floors_of("first"))


def test_the_pages_beside_it(dispatch_scores: dict[str, list[Measure]]) -> None:
    low = {n: shortfalls(m, floors_of("others")) for n, m in dispatch_scores.items() if n != FLOORS["first"]["page"]}
    assert not any(low.values()), low


def test_own_pages() -> None:
    """No one page of ours is a measure of much; all of them together are."""
    found = total(list(scores_of(HERE / "dispatches")))
    assert not shortfalls(found.measures, floors_of("own"))


def test_every_floor_names_a_measure() -> None:
    names = {m.name for m in score(sample(), Gold(), "")}
    for section in FLOORS.keys() - {"language", "gold", "names", "knowledge", "copies", "pairs", "name index"}:
        assert set(floors_of(section)) <= names


# The scorer itself, on a dossier made by hand.


def measures(gold: dict[str, object], dossier: Dossier | None = None, page: str = "") -> dict[str, Measure]:
    return {m.name: m for m in score(dossier or sample(), Gold.model_validate(gold), page)}


def test_names_match_without_case_and_accents_but_not_by_surname() -> None:
    found = measures({"people": ["Petr Novak", "ANA KOVIC", "Eva Novák"]})["people"]
    assert (found.found, found.missed, found.extra) == (2, ["Eva Novák"], [])


def test_a_repair_needs_the_right_actor() -> None:
    assert measures({"repairs": {"Petr Novack": "Petr Novák"}})["repairs"].found == 1
    assert measures({"repairs": {"Petr Novack": "Ana Kovic"}})["repairs"].found == 0
    assert measures({"repairs": {"Ana Kovic": "Ana Kovic"}})["repairs"].found == 0, "not marked as repaired"


def test_a_repair_of_the_first_name_alone_is_not_enough() -> None:
    dossier = sample()
    dossier.actors[1].mentions = [Mention(span=Span(start=14, end=18), text="Petr", repaired=True)]
    assert measures({"repairs": {"Petr Novack": "Petr Novák"}}, dossier)["repairs"].found == 0


def test_a_variant_must_not_be_called_corrupted() -> None:
    assert measures({"spelling_variants": {"Ana Kovic": "Ana Kovic"}})["variants left alone"].found == 1
    assert measures({"spelling_variants": {"Petr Novack": "Petr Novák"}})["variants left alone"].found == 0


MEETING = {"kind": "meet", "who": ["Ana Kovic", "Petr Novák"]}


@pytest.mark.parametrize(
    ("more", "found"),
    [
        ({}, 1), ({"status": "happened"}, 1), ({"status": "planned"}, 0), ({"when": "2021-03-22"}, 1), ({"when": "2021-03"}, 1),
        ({"when": "2021"}, 1), ({"when": "2021-03-21"}, 0), ({"where": "Prague"}, 1), ({"where": "Vienna"}, 0), ({"kind": "visit"}, 0),
        ({"whom": ["Petr Novák"]}, 1), ({"whom": ["Germany"]}, 0), ({"about": "Istanbul Convention"}, 0),
    ],
)  # fmt: skip
def test_every_stated_part_of_an_event_counts(more: dict[str, object], found: int) -> None:
    assert measures({"events": [MEETING | more]})["events"].found == found


def test_one_event_answers_for_one_only() -> None:
    found = measures({"events": [MEETING, MEETING]})["events"]
    assert found.found == 1 and "taken" in found.missed[0]


def test_a_vague_time_does_not_answer_for_a_day() -> None:
    dossier = sample()
    assert dossier.events[0].time
    dossier.events[0].time.start, dossier.events[0].time.end = "2001-01-01", "2030-12-31"
    assert measures({"events": [MEETING | {"when": "2021-03-22"}]}, dossier)["events"].found == 0


def test_findings_count_where_they_touch_the_words() -> None:
    assert measures({"fragments": ["Window."]})["fragments"].found == 1
    assert measures({"fragments": ["The talks"]})["fragments"].found == 0
    assert measures({"contradictions": [{"text": "Monday"}]})["contradictions"].found == 0


def test_text_kept_and_residue() -> None:
    page = "Ana Kovic met Petr Novack in Prague on Monday.\n\nA sentence that was lost.\nLeave a Reply"
    found = measures({"residue": ["Leave a Reply", "more news"]}, page=page)
    assert (found["residue"].found, found["residue"].missed) == (1, ["more news"])
    assert found["text kept"].missed == ["A sentence that was lost."]


def test_the_day() -> None:
    found = measures({"date": "2021-03-24", "date_earliest": "2021-03-22", "date_latest": "2021-03-28"})
    assert found["date within bounds"].found == 1 and found["date exact"].found == 0


def test_totals_add_up() -> None:
    one = Score("a", [Measure("people", 1, 2, 1, 1)])
    two = Score("b", [Measure("people", 3, 4, 3, 5)])
    summed = total([one, two]).measures[0]
    assert (summed.recall, summed.precision) == (4 / 6, 4 / 6)


def test_gold_that_is_no_gold_is_told(tmp_path: Path) -> None:
    with pytest.raises(SourceMissing):
        gold_pairs(tmp_path / "none.json")
    with pytest.raises(SourceMissing, match="beside"):
        list(scores_of(tmp_path))
    (tmp_path / "bad.json").write_text('{"events": [{"kind": 3}]}', "utf-8")
    (tmp_path / "bad.txt").write_text("words", "utf-8")
    with pytest.raises(DataError, match="bad.json"):
        load_gold(tmp_path / "bad.json")
    assert isinstance(DataError("x"), attache.AttacheError)
