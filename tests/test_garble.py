"""Damaging a page on purpose: the same seed the same damage, every damage listed where it is, the tables in shape."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from attache.cli import DONE, FAILED, WRONG_USE, main
from attache.errors import DataError, UsageError
from attache.garble import KINDS, Garbled, garble, tables
from attache.garble.kinds import figures
from attache.garble.places import people_in, quotations_in

PAGE = """US Secretary of State Antony Blinken met Turkish Foreign Minister Mevlut Cavusoglu in Brussels on Tuesday, 23 March 2021. “We \
have a strong interest in keeping the alliance together,” Blinken told reporters before 30 foreign ministers began their talks.

Cavusoglu said he would raise the sanctions again. Poland joined the European Union in 2004 with nine other states. The dinner in the \
evening was attended by the former German Chancellor Angela Merkel."""


def true_to(clean: str, made: Garbled) -> bool:
    """Whether every damage stands where the list says, and the clean text comes back when all are undone."""
    undone = made.text
    for damage in reversed(made.damages):
        if undone[damage.start : damage.end] != damage.after or not damage.within[0] <= damage.start <= damage.end <= damage.within[1]:
            return False
        undone = undone[: damage.start] + damage.before + undone[damage.end :]
    return undone == clean


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_damages_a_page(kind: str) -> None:
    made = garble(PAGE, seed=1, kinds=[kind])
    assert made.damages and {d.kind for d in made.damages} == {kind} and made.text != PAGE
    assert true_to(PAGE, made)


def test_the_same_seed_makes_the_same_copy() -> None:
    assert garble(PAGE, seed=5) == garble(PAGE, seed=5)
    assert garble(PAGE, seed=5).text != garble(PAGE, seed=6).text
    alone = {d.before: d.after for d in garble(PAGE, seed=5, kinds=["name"]).damages}
    assert all(alone.get(d.before) == d.after for d in garble(PAGE, seed=5).damages if d.kind == "name")


def test_strength_is_how_much_is_damaged() -> None:
    counts = [len(garble(PAGE, 2, strength).damages) for strength in ("light", "medium", "heavy")]
    assert counts == sorted(counts) and counts[0] >= 10 and counts[2] > counts[0]


@settings(max_examples=30, deadline=None)
@given(st.lists(st.sampled_from([*PAGE.split(" "), "\n\n", "“Yes, we do,”", "2015", "the", "1,200"]), max_size=60), st.integers(0, 9))
def test_any_text_can_be_damaged_and_mended(words: list[str], seed: int) -> None:
    text = " ".join(words)
    for strength in ("light", "heavy"):
        assert true_to(text, garble(text, seed, strength))


def test_nothing_to_damage_is_no_error() -> None:
    assert garble("", 1).damages == [] and garble("Hm.", 1, kinds=["name", "known-date"]).text == "Hm."


def test_unknown_kinds_and_strengths_are_named() -> None:
    with pytest.raises(UsageError, match="nonsense.*quotation"):
        garble(PAGE, kinds=["nonsense"])
    with pytest.raises(UsageError, match="gentle.*heavy"):
        garble(PAGE, strength="gentle")


def test_names_are_found_without_their_titles() -> None:
    assert [p.text for p in people_in(PAGE)] == ["Antony Blinken", "Mevlut Cavusoglu", "Blinken", "Cavusoglu", "Angela Merkel"]
    assert people_in("Presidents George W. Bush and Vladimir Putin met.")[0].text == "George W. Bush"


def test_only_whole_quotations_offer_themselves() -> None:
    assert len(quotations_in(PAGE)) == 1 and quotations_in("It is “so-called” and was “lost again.") == []


def test_a_known_date_is_moved_off_its_fact() -> None:
    for seed in range(20):
        damage = garble(PAGE, seed, kinds=["known-date"]).damages[0]
        assert damage.before == "2004" and abs(int(damage.after) - 2004) > 1
    assert figures.known_dates("Poland joined the European Union in 2003.", random.Random(1)) == []


def test_tables_have_their_shape(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    phrases = tables.others("phrases", "phrases")
    assert len(phrases) >= 100 and all(phrase == phrase.lower() for phrase in phrases)
    assert tables.others("offices", "titles") and tables.others("small_words", "prepositions")
    assert set(tables.others("persons", "shifts")) == {"he", "she", "they"} and tables.others("small_words", "articles")["a"][-1] == ""
    assert all(tables.listed(*name) for name in (("numbers", "words"), ("numbers", "sizes"), ("persons", "saying")))
    assert len(tables.listed("residue", "lines")) >= 30 and len(tables.listed("orphans", "words")) >= 20
    thesaurus = tables.synonyms()
    assert len(thesaurus) > 2000 and all(word not in others and all(others) for word, others in thesaurus.items())
    (tmp_path / "phrases.toml").write_text('[phrases]\n"a" = ["a"]\n', "utf-8")
    monkeypatch.setattr(tables, "DATA", tmp_path)
    tables.table.cache_clear(), tables.others.cache_clear()
    with pytest.raises(DataError, match="needs a list of other words"):
        tables.others("phrases", "phrases")
    monkeypatch.undo()
    tables.table.cache_clear(), tables.others.cache_clear()


def test_the_command_prints_copy_and_list(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page, listed = tmp_path / "page.txt", tmp_path / "list.txt"
    page.write_text(PAGE, "utf-8")
    assert main(["garble", str(page), "--seed", "1", "--kind", "name", "--list", str(listed)]) == DONE
    assert capsys.readouterr().out.strip() == garble(PAGE, 1, kinds=["name"]).text
    assert "name" in listed.read_text("utf-8") and "→" in listed.read_text("utf-8")
    assert main(["garble", str(page), "--kind", "nonsense"]) == WRONG_USE
    assert "quotation" in capsys.readouterr().err
    assert main(["garble", str(tmp_path / "gone.txt"), str(page), "--format", "json"]) == FAILED
    row = json.loads(capsys.readouterr().out)
    assert row["seed"] == 0 and row["damages"][0]["within"] and row["id"].endswith("page.txt")
