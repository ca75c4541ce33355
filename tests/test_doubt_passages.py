"""The doubt room on passages of our own: clean ones of many styles are left alone, damaged ones are doubted where the damage is."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
import spacy

from attache import read
from attache.dossier import Finding
from attache.doubt.dated import check_dated
from attache.doubt.lexicon import table, words
from attache.doubt.mistranslated import phrases

FOLDER = Path(__file__).parent / "passages"
# Below what is found after the rules were mended on their misses, so upper bounds of what to expect elsewhere (docs/measured.md, Doubt).
FLOORS = {
    "dated": 26, "arithmetic": 14, "anachronism": 10, "quotations": 12, "fragments": 7, "persons": 4, "phrases": 18, "roles": 6,
    "members": 9, "within": 6, "within-more": 7,
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


@pytest.mark.parametrize(
    "text",
    [
        "The attack on the market killed 31 people. Thirty-one people died in the attack, the governor said. The attack injured 80.",
        "At least 12 people were killed in the blast, police said. The blast killed 20 people, the hospital said on Sunday.",
        "The blast killed 12 people, the police said. The blast killed 20 people, the rebels said.",
        "The earthquake killed 120 people. By Friday the toll had risen, and 340 people were killed in the earthquake in all.",
        "The attack on the church killed 12 people. The attack on the market killed 20 people. The attacks were the worst in years.",
        "An attack killed 12 people in June. Another attack came in July; the attack killed 20 people and closed the road.",
        "The blast killed 12 people, among them three children. In the blast three children were killed, a mother said.",
        "The crash killed 12 soldiers. The crash killed 20 people.",
        "France signed the treaty in 1998. The treaty was signed by Germany in 2001, after a long debate at home.",
        "The treaty was signed on 3 March 1998. The treaty, which was signed in March 1998, bans the weapons. It came into force in 2001.",
        "The summit will be held on 5 June. The summit was originally scheduled for 3 June. The last summit was held on 8 June 2016.",
        "The summit in Prague will be held on 5 June 2020. The summit in Rome will be held on 8 June 2020.",
        "The referendum was held on 23 June 2016. A second referendum was held in 2019 on the deal.",
        "The council rejected the resolution on Monday. After changes, the council adopted the resolution on Thursday.",
        "The council first rejected the resolution on Monday. Hours later, on Monday, the council adopted the resolution.",
        "The senate passed the bill on Thursday. On Thursday the house rejected the bill that the senate had passed.",
        "Maria Weber, 54, stood outside the court. A year later Maria Weber, 55, went home. Her son Karl Weber, 21, waited.",
        "The ambassador, 54, was born in Lyon. The new ambassador, 38, arrives in May. Ambassadors serve for four years.",
        "The foreign minister, Jan Novak, met the Polish foreign minister, Petr Dvorak, in Rome. Poland and Slovakia agreed.",
        "The prime minister, Jan Novak, spoke first. The prime minister, Jan Novack, will stay in Rome until Sunday.",
    ],
)
def test_what_is_told_twice_alike_or_of_two_things_is_left_alone(text: str) -> None:
    assert [f.message for f in findings(text) if f.rule.startswith("within")] == []


def test_the_ground_names_the_fact_and_its_source() -> None:
    found = next(f for f in findings("Estonia adopted the euro in 2013, as the minister recalled.") if f.kind == "contradiction")
    assert (found.text, found.reading, found.severity) == ("2013", "2011", "error")
    assert "European Central Bank" in found.grounds[0]


def test_without_a_parse_nothing_is_judged() -> None:
    assert list(check_dated(spacy.blank("en")("Poland joined NATO in 2001."))) == []


def test_tables_are_full() -> None:
    assert len(phrases()) >= 370
    assert all(turn["fits"] in {"start", "within", "end"} for turn in table("terms")["turn"])
    assert all(row["act"] and row["verbs"] and row["what"] for row in table("within")["date"])
    assert all(not set(row["yes"]) & set(row["no"]) and row["what"] for row in table("within")["outcome"])
    assert all(table("within")["counts"][name] for name in ("groups", "units", "events", "hedges"))
    assert all(words(name, "within") for name in ("revised", "others", "offices"))
    assert all(thing["names"] and (thing["start"] or thing["end"]) for thing in table("existed")["thing"])
