"""The what room: its lexicon has its shape, and it finds what its own passages hold."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any, get_args

import pytest
from spacy.language import Language
from spacy.tokens import Doc
from what_linker import link

from attache.dossier import Event, EventKind, Status
from attache.errors import DataError
from attache.language import load_pipeline
from attache.reading import reading_of
from attache.what import What
from attache.what.codes import TYPES, contexts, kinds
from attache.what.lexicon import FOLDER, lexicon, read_kind, words
from attache.what.saying.quotations import quotations

DATA: dict[str, Any] = tomllib.loads((Path(__file__).parent / "passages" / "events.toml").read_text(encoding="utf-8"))
NAMES = {word: tuple(entry) for word, entry in DATA["names"].items()}
FLOOR = 0.85


@pytest.fixture(scope="module")
def nlp() -> Language:
    return load_pipeline()


def events_of(nlp: Language, text: str) -> list[Event]:
    doc: Doc = nlp(text)
    link(doc, NAMES, DATA["agreements"])
    return reading_of(What()(doc)).events


def fits(event: Event, wanted: dict[str, Any]) -> bool:
    return (
        event.kind == wanted["kind"]
        and set(wanted.get("who", ())) == set(event.source)
        and set(wanted.get("whom", ())) <= set(event.target)
        and set(wanted.get("about", ())) <= set(event.about)
        and wanted.get("status", event.status) == event.status
    )


def test_every_kind_has_a_file_and_codes() -> None:
    assert {path.stem for path in FOLDER.glob("*.toml")} == set(get_args(EventKind)) == set(kinds())


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.toml")), ids=lambda path: path.stem)
def test_frames_have_their_shape(path: Path) -> None:
    for frame in read_kind(path):
        assert frame.source or frame.target
        assert all(lemma == lemma.lower() and lemma.strip() for lemma in frame.lemmas)
        assert frame.type in TYPES | {None}
        assert 0 < frame.confidence <= 1


def test_a_broken_file_is_named(tmp_path: Path) -> None:
    broken = tmp_path / "meet.toml"
    broken.write_text('kind = "meet"\n[[verb]]\nlemmas = ["meet"]\nsauce = ["subject"]\n', encoding="utf-8")
    with pytest.raises(DataError, match="sauce"):
        read_kind(broken)


def test_word_lists_and_contexts() -> None:
    assert "ambassador" in words("proxies")
    assert contexts(["trade", "missile", "trade"]) == ["economic", "military"]
    with pytest.raises(DataError):
        words("no such list")


def test_quotations_tolerate_turned_marks() -> None:
    found = quotations("“One two three,“ she said. “Four five six.”")
    assert [quote.broken for quote in found] == [True, False]


def test_passages(nlp: Language) -> None:
    wanted = missed = false = 0
    for passage in DATA["passage"]:
        events = events_of(nlp, passage["text"])
        expected = passage.get("events", [])
        wanted += len(expected)
        missed += sum(not any(fits(event, one) for event in events) for one in expected)
        unwanted = passage.get("none", [])
        false += len(events) if unwanted is True else sum(event.kind in unwanted for event in events)
    assert wanted >= 30
    assert false == 0
    assert 1 - missed / wanted >= FLOOR


@pytest.mark.parametrize(
    ("text", "sides"),
    [
        ("Russia and Ukraine traded fire again. The EU urged both sides to return to talks, Guterres said.", ["RUS", "UKR"]),
        ("Iran and Israel came to the talks, and Poland watched. NATO called on both sides to wait.", ["IRN", "ISR"]),
        ("Germany spoke first. Then India did. The EU urged both sides to sign the treaty.", ["DEU", "IND"]),
    ],
)
def test_both_sides_are_those_named_together_and_not_who_speaks_of_them(nlp: Language, text: str, sides: list[str]) -> None:
    appeals = [event for event in events_of(nlp, text) if event.kind == "appeal"]
    assert [event.target for event in appeals] == [sides]


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("“We will not wait,” Macron said on Friday.", "“We will not wait,”"),
        ("Macron said that the talks had failed.", "that the talks had failed"),
        ("We will do our part, “Macron said in a statement Monday.", "We will do our part"),
        ("According to Macron, the talks had failed.", "the talks had failed"),
    ],
)
def test_contents(nlp: Language, text: str, content: str) -> None:
    said = [e for e in events_of(nlp, text) if e.kind == "say"]
    assert said and said[0].source == ["macron"]
    assert said[0].content is not None
    assert text[said[0].content.start : said[0].content.end] == content


def test_events_carry_evidence(nlp: Language) -> None:
    text = "Johnson announced that he would travel to India in April."
    events = events_of(nlp, text)
    visit = next(e for e in events if e.kind == "visit")
    assert visit.reported_by == "johnson"
    assert text[visit.trigger.start : visit.trigger.end] == "travel"
    assert visit.plover.type == "CONSULT" and visit.rule.startswith("visit:verb:") and visit.cameo == "042"
    assert all(0 <= role.span.start < role.span.end <= len(text) for e in events for role in e.roles)
    assert all(e.status in get_args(Status) for e in events)
    assert any(frame.kind == "meet" for frame in lexicon().verbs["meet"])


@pytest.mark.parametrize(
    ("text", "kind", "target"),
    [
        ("Germany demanded on Monday that Russia withdraw its troops from Poland.", "demand", ["RUS"]),
        ("India insists that Iran must hand over the suspects.", "demand", ["IRN"]),
        ("France demanded that the hostages be released.", "demand", []),
        ("Macron told Belarus to stop the march.", "demand", ["BLR"]),
        ("Kishida urged that Israel stop its offensive.", "appeal", ["ISR"]),
        ("Poland asked that NATO reject the plan.", "appeal", ["NATO"]),
        ("Japan called for Mali to halt the mission.", "appeal", ["MLI"]),
    ],
)
def test_who_is_to_act_is_whom_it_is_demanded_of(nlp: Language, text: str, kind: str, target: list[str]) -> None:
    events = events_of(nlp, text)
    assert [event.target for event in events if event.kind == kind] == [target]
    assert {event.status for event in events if event.kind not in {"demand", "appeal"}} <= {"proposed"}


@pytest.mark.parametrize(
    "text",
    [
        "Iran insisted that it had nothing to hide.",
        "Russia insists that the missiles are harmless.",
        "Macron suggested that Belarus had delayed the vote.",
    ],
)
def test_what_is_insisted_to_be_so_is_said_and_not_demanded(nlp: Language, text: str) -> None:
    assert [event.kind for event in events_of(nlp, text)] == ["say"]


@pytest.mark.parametrize(
    "text",
    [
        "The Foreign Ministry of Poland declined to comment on the report.",
        "Lavrov did not say when the talks would resume.",
        "Israel refused to confirm the strike.",
    ],
)
def test_what_nobody_would_say_is_no_statement(nlp: Language, text: str) -> None:
    assert not [event for event in events_of(nlp, text) if event.kind in {"say", "refuse"}]


@pytest.mark.parametrize(
    ("text", "kind", "target"),
    [
        ("Israel struck Iranian positions near the border.", "attack", ["IRN"]),
        ("Ukraine handed over 15 Russian soldiers on Friday.", "release", ["RUS"]),
        ("Poland closed its airspace to Russian flights.", "restrict", ["RUS"]),
    ],
)
def test_troops_and_craft_of_a_country_stand_for_it(nlp: Language, text: str, kind: str, target: list[str]) -> None:
    assert [(event.kind, event.target) for event in events_of(nlp, text)] == [(kind, target)]


def test_talks_that_are_only_discussed_are_not_held(nlp: Language) -> None:
    events = events_of(nlp, "Macron met with Kishida to discuss reviving peace talks with Iran.")
    assert [event.source for event in events if event.kind == "meet" and event.status == "happened"] == [["macron", "kishida"]]


@pytest.mark.parametrize(
    ("text", "kind", "status"),
    [
        ("Poland denied it had shipped weapons to Iran.", "aid", "denied"),
        ("Macron is due in Moscow next week for talks with Lavrov.", "meet", "planned"),
        ("Macron told Belarus to release the prisoners.", "release", "proposed"),
    ],
)
def test_what_is_denied_due_or_bidden_has_not_happened(nlp: Language, text: str, kind: str, status: str) -> None:
    assert [event.status for event in events_of(nlp, text) if event.kind == kind] == [status]


def test_a_base_that_killed_is_no_doer(nlp: Language) -> None:
    events = events_of(nlp, "There was an attack on a Ukrainian base that killed 54 soldiers.")
    assert all(event.source == [] for event in events)


def test_an_official_who_is_dismissed_is_not_denied(nlp: Language) -> None:
    assert not [event for event in events_of(nlp, "Macron dismissed Lavrov.") if event.kind == "deny"]
    assert [event.kind for event in events_of(nlp, "Macron dismissed the report as false.") if event.kind != "say"] == ["deny"]


@pytest.mark.parametrize(
    ("text", "kind", "source", "target"),
    [
        ("Poland supports the Russian-recognised government.", "praise", ["POL"], []),
        ("Macron on Thursday held a phone conversation with his Japanese counterpart, Kishida.", "call", ["macron", "kishida"], []),
        ("Macron's call with Kishida lasted an hour.", "call", ["macron", "kishida"], []),
        (
            "Macron and Merkel signed an accord in Paris, hours after Kuleba had concluded a deal with Iran.",
            "sign",
            ["macron", "merkel"],
            [],
        ),
    ],
)
def test_who_takes_part_and_who_is_only_named_beside(nlp: Language, text: str, kind: str, source: list[str], target: list[str]) -> None:
    found = [event for event in events_of(nlp, text) if event.kind == kind]
    assert [event.source for event in found] == [source]
    assert all(set(event.target) <= set(target) | {a for a in event.target if a.startswith("attache:")} for event in found)


def test_who_was_first_to_do_a_thing_has_done_it(nlp: Language) -> None:
    assert [(e.kind, e.status) for e in events_of(nlp, "Poland was the first to sign such a treaty.")] == [("sign", "happened")]


def test_it_is_the_thing_that_was_done_and_no_country(nlp: Language) -> None:
    found = {
        event.source[0]: event.target for event in events_of(nlp, "Germany welcomed the deal, while Iran condemned it.") if event.source
    }
    assert found == {"DEU": [], "IRN": []}


def test_an_attitude_is_a_statement_but_nothing_said(nlp: Language) -> None:
    found = events_of(nlp, "Germany has been reluctant to back tougher measures.")
    assert not [event for event in found if event.kind == "say" or event.status == "happened"]


def test_ministers_of_one_body_meet_each_other(nlp: Language) -> None:
    found = events_of(nlp, "EU foreign ministers met in Luxembourg on Monday.")
    assert [(event.kind, event.source) for event in found] == [("meet", ["EU"])]
    assert not events_of(nlp, "Leaders met.")


@pytest.mark.parametrize(
    ("text", "kind", "target"),
    [
        ("Poland complained to NATO on Tuesday over the Iranian raids.", "accuse", ["IRN"]),
        ("Japan protested against Russia's new fishing rules.", "protest", ["RUS"]),
        ("Poland's parliament demanded an immediate apology by Moscow.", "demand", ["RUS"]),
    ],
)
def test_whose_deed_it_is_that_is_complained_of(nlp: Language, text: str, kind: str, target: list[str]) -> None:
    assert [event.target for event in events_of(nlp, text) if event.kind == kind] == [target]


@pytest.mark.parametrize(
    ("text", "kind", "target"),
    [
        ("Germany flew 200 troops to Mali.", "mobilise", ["MLI"]),
        ("Russia gave Polish diplomats 48 hours to leave the country.", "expel", []),
        ("Iran and Israel agreed to return their ambassadors to Moscow.", "agree", []),
    ],
)
def test_troops_and_envoys_that_are_moved_do_not_visit(nlp: Language, text: str, kind: str, target: list[str]) -> None:
    found = events_of(nlp, text)
    assert [event.kind for event in found] == [kind]
    assert [a for a in found[0].target if not a.startswith("attache:")] == target
