"""Copies laid side by side: the best reading of each place, its variants kept, and disputes between independent wordings."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import attache
from attache.dossier import Dossier
from attache.story import Collation, apparatus, collate, group
from attache.story.aligning import in_order
from attache.story.apparatus import letter
from attache.story.sentences import Sentence, lexicon, sentences_of
from attache.story.units import numbers_of

BASE = """BRUSSELS — NATO Secretary General Jens Stoltenberg met Ukrainian President Volodymyr Zelensky in Brussels on 14 December 2021. \
“We stand with Ukraine,” Stoltenberg told reporters after the talks. About 31 ministers from allied countries attended the dinner \
that followed, officials said. The alliance will hold its next summit in Madrid in June 2022."""
SPUN = BASE.replace("Jens Stoltenberg", "Jens Stomberberg").replace("2021", "2001").replace("met", "encountered")
TYPED = BASE.replace("Volodymyr Zelensky", "Volodimir Zalensky").replace("31", "13").replace("stand with", "standing at")
REWRITTEN = """Some 42 ministers from allied countries sat down to dinner on Tuesday with Volodymyr Zelensky after the Ukrainian \
president's meeting with Jens Stoltenberg at NATO headquarters in Brussels. The Secretary General, who spoke to reporters, promised \
Kyiv support; leaders will see each other again at the Madrid summit in June 2022."""


@pytest.fixture(scope="module")
def dossiers() -> dict[int, Dossier]:
    """Three copies of a page, two of them damaged, the first twice at one outlet, and a page in words of its own."""
    uris = ["https://a.example/1", "https://b.example/1", "https://c.example/1", "https://www.d.example/1", "https://a.example/2"]
    read = (attache.read(text.encode(), published="2021-12-14") for text in (BASE, SPUN, TYPED, REWRITTEN, BASE))
    return {n: d.model_copy(update={"source": d.source.model_copy(update={"uri": uris[n]})}) for n, d in enumerate(read)}


@pytest.fixture(scope="module")
def collation(dossiers: dict[int, Dossier]) -> Collation:
    return collate(dossiers, [(0, 1, 2, 4), (3,)])


def units(collation: Collation) -> dict[str, tuple[str, list[tuple[str, int]]]]:
    """The units that vary, by the reading chosen: kind, and the readings with their votes."""
    found = (unit for row in collation.versions[0].rows for unit in row.units if unit.varies)
    return {unit.chosen: (unit.kind, [(one.text, one.votes) for one in unit.readings]) for unit in found}


def test_the_copies_are_found_to_be_one_wording_and_the_rewriting_one_story(dossiers: dict[int, Dossier]) -> None:
    (story,) = group([dossiers[n] for n in range(4)])
    assert sorted(map(sorted, story.wordings)) == [[0, 1, 2], [3]]


def test_each_place_has_its_best_reading_with_the_variants(collation: Collation) -> None:
    found = units(collation)
    assert found["14 December 2021"] == ("date", [("14 December 2021", 2), ("14 December 2001", 1)])
    assert found["31"] == ("number", [("31", 2), ("13", 1)])
    assert found["Jens Stoltenberg"][1][1] == ("Jens Stomberberg", 1)
    assert found["Volodymyr Zelensky"][0] == "name" and ("Volodimir Zalensky", 1) in found["Volodymyr Zelensky"][1]
    assert next(kind for chosen, (kind, _) in found.items() if chosen.startswith("We stand")) == "quotation"
    assert " ".join(row.best for row in collation.versions[0].rows) == BASE


def test_knowledge_restores_a_name_that_every_copy_lost(dossiers: dict[int, Dossier]) -> None:
    row = collate({1: dossiers[1]}, [(1,)]).versions[0].rows[0]
    name = next(unit for unit in row.units if unit.readings[0].text == "Jens Stomberberg")
    assert name.chosen == "Jens Stoltenberg" and "no witness has it" in name.reason and name.varies
    assert "Jens Stoltenberg" in row.best and "Stomberberg" in row.text


def test_one_outlet_has_one_vote_for_one_text(collation: Collation) -> None:
    """Pages 0 and 4 are the same text of the same outlet."""
    number = next(unit for row in collation.versions[0].rows for unit in row.units if unit.chosen == "31")
    assert [place.page for place in number.readings[0].places] == [0, 1, 4] or number.readings[0].votes == 2
    assert number.readings[0].votes == 2 and {w.outlet for w in collation.witnesses} == {f"{c}.example" for c in "abcd"}


def test_independent_pages_that_disagree_are_disputed_on_both(collation: Collation) -> None:
    found = {dispute.page: dispute.finding for dispute in collation.disputes}
    assert sorted(found) == [0, 3]
    assert found[0].kind == "disputed" and "42" in found[0].message and found[0].text == "31"
    assert found[3].text == "42" and all("example" in ground for ground in found[3].grounds)


def test_every_place_shows_its_characters(collation: Collation, dossiers: dict[int, Dossier]) -> None:
    for version in collation.versions:
        for row in version.rows:
            for unit in row.units:
                for reading in unit.readings:
                    first = reading.places[0]
                    assert dossiers[first.page].text[first.span.start : first.span.end] == reading.text
    for dispute in collation.disputes:
        span = dispute.finding.span
        assert span and dossiers[dispute.page].text[span.start : span.end] == dispute.finding.text


def test_the_order_of_pages_does_not_matter(collation: Collation, dossiers: dict[int, Dossier]) -> None:
    assert collate(dict(reversed(dossiers.items())), [(4, 2, 0, 1), (3,)]) == collation
    assert Collation.model_validate_json(collation.model_dump_json()) == collation


def test_the_apparatus_fits_the_terminal(collation: Collation) -> None:
    lines = list(apparatus(collation, width=80))
    assert max(map(len, lines)) <= 80
    text = " ".join(" ".join(lines).split())
    assert "Jens Stomberberg B" in text and "13 C" in text and "Disputed between independent wordings" in text
    assert [letter(n) for n in (0, 25, 26, 51, 702)] == ["A", "Z", "AA", "AZ", "AAA"]


def test_pages_that_are_missing_are_left_out(dossiers: dict[int, Dossier]) -> None:
    assert collate({}, [(0, 1)]) == Collation(witnesses=[], versions=[], disputes=[])
    assert [w.page for w in collate({3: dossiers[3]}, [(0, 1), (3,)]).witnesses] == [3]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("thirty-one dead", ["31"]), ("2.5 million people", ["2.5e+06"]), ("1,204 of 3,000 tents", ["1204", "3000"]),
        ("two hundred and six", ["200", "6"]), ("twenty thousand", ["20000"]), ("no figure at all", []), ("one of them", []),
        ("at 1 p.m.", ["1"]),
    ],
)  # fmt: skip
def test_numbers_are_read_in_figures_and_words(text: str, values: list[str]) -> None:
    assert [one.value for one in numbers_of(Sentence(text, 0, len(text)))] == values


def test_sentences_are_not_cut_at_abbreviations() -> None:
    text = "Mr. Orlov met Gen. Tanaka at 5 p.m. Friday. “It went well.” The U.S. Senate agreed.\n\nNothing else"
    assert [s.text for s in sentences_of(text)] == [
        "Mr. Orlov met Gen. Tanaka at 5 p.m. Friday.", "“It went well.”", "The U.S. Senate agreed.", "Nothing else",
    ]  # fmt: skip
    assert lexicon()["numbers"]["ten"] == 10


@given(st.text(alphabet="ab. \n“”M!", max_size=60))
def test_sentences_cover_every_character_but_the_space_between(text: str) -> None:
    found = sentences_of(text)
    assert all(text[s.start : s.end] == s.text == s.text.strip() for s in found)
    assert "".join("".join(s.text.split()) for s in found) == "".join(text.split())


def test_a_sentence_cut_in_two_is_aligned_whole() -> None:
    base = sentences_of("Ministers promised farmers in the northern valley new pumps and canals before winter. They left at noon.")
    copy = sentences_of("Ministers promised farmers in the northern valley. New pumps and canals before winter. They departed at noon.")
    assert in_order(base, copy)[0] == (0, 1)


def test_the_data_lies_beside_the_code(project: Path) -> None:
    assert {p.name for p in (project / "src/attache/story/data").iterdir()} == {"frequencies.csv", "sentences.toml"}
