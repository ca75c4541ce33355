"""The doubt room on passages of our own: clean ones of many styles are left alone, damaged ones are doubted where the damage is."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
import spacy

from attache import read
from attache.dossier import Finding
from attache.doubt.dated import check_dated
from attache.doubt.lexicon import table
from attache.doubt.mistranslated import phrases

FOLDER = Path(__file__).parent / "passages"
# Below what is found after the rules were mended on their misses, so upper bounds of what to expect elsewhere (docs/measured.md, Doubt).
FLOORS = {
    "dated": 26, "arithmetic": 14, "anachronism": 10, "quotations": 12, "fragments": 7, "persons": 4, "phrases": 18, "roles": 6,
    "members": 9,
}  # fmt: skip


def clean() -> list[tuple[str, str]]:
    """Style and text of each clean passage."""
    whole = FOLDER.joinpath("clean.txt").read_text(encoding="utf-8").split("\n", 2)[2]
    return [(part.split("\n", 1)[0], part.split("\n", 1)[1].strip()) for part in whole.split("\n====\n")]


def findings(text: str) -> list[Finding]:
    return [found for found in read(text.encode("utf-8")).findings if found.kind != "undated"]


def test_clean_passages_are_left_alone() -> None:
    """No error, and a warning in no more than one of twenty."""
    passages = clean()
    assert len(passages) >= 60 and len({style for style, _ in passages}) >= 15
    found = [(style, f.severity, f.rule, f.text) for style, text in passages for f in findings(text) if f.severity != "note"]
    assert not [entry for entry in found if entry[1] == "error"]
    assert len(found) <= len(passages) // 20, found


@pytest.mark.parametrize("section", FLOORS)
def test_damage_is_doubted(section: str) -> None:
    entries = tomllib.loads(FOLDER.joinpath("damaged.toml").read_text(encoding="utf-8"))[section]
    missed = []
    for entry in entries:
        start = entry["text"].index(entry["words"])
        end = start + len(entry["words"])
        if not any(f.span and f.span.start < end and start < f.span.end for f in findings(entry["text"])):
            missed.append(entry["text"])
    assert len(entries) - len(missed) >= FLOORS[section], missed


@pytest.mark.parametrize(
    "text",
    [
        "Finland, which wanted to join NATO in 1999, was turned away. The minister said so on Friday.",
        "Turkey joined the European customs union in 1995, and talks have gone on since.",
        "Saddam Hussein killed thousands of Kurds in 1988. The court heard witnesses.",
        "The minister, who criticised the invasion of Iraq in 2007, has resigned from the party.",
        "Poland joined the mission of NATO in 2010. Its soldiers stayed for a year.",
        "In 2014 Norway joined the EU in condemning the attack. Switzerland, which is not a member of the EU, stood aside.",
        "Norway joined the EU's sanctions against Belarus in 2020. Switzerland joined the EU programme in 2014.",
        "Finland, which hopes to become a member of NATO, signed in 2009. EU candidate Serbia and non-member Norway agreed.",
        "Norway would have joined the EU in 1995 but for its voters. Ukraine wants to join NATO by 2030.",
        "Austria, like every member of NATO but Iceland, has an army. Switzerland left the EU out of its plans in 2012.",
        "Georgia was promised membership of NATO in 2008. Algeria left the European Community in 1962 with its independence.",
        "Members of the EU and Norway agreed in 2019 on their shares of the catch. Turkey is a member of NATO.",
        "The planned invasion of Kuwait in 1973 never came, the historian said.",
    ],
)
def test_other_acts_are_not_the_known_one(text: str) -> None:
    assert [f.message for f in findings(text) if f.severity == "error"] == []


def test_the_ground_names_the_fact_and_its_source() -> None:
    found = next(f for f in findings("Estonia adopted the euro in 2013, as the minister recalled.") if f.kind == "contradiction")
    assert (found.text, found.reading, found.severity) == ("2013", "2011", "error")
    assert "European Central Bank" in found.grounds[0]


def test_without_a_parse_nothing_is_judged() -> None:
    assert list(check_dated(spacy.blank("en")("Poland joined NATO in 2001."))) == []


def test_tables_are_full() -> None:
    assert len(phrases()) >= 370
    assert all(turn["fits"] in {"start", "within", "end"} for turn in table("terms")["turn"])
    assert all(thing["names"] and (thing["start"] or thing["end"]) for thing in table("existed")["thing"])
