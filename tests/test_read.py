"""The public API: every form of input gives a dossier that hangs together, or one clear error."""

from __future__ import annotations

import subprocess
import sys
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest
from spacy.language import Language
from spacy.tokens import DocBin

import attache
from attache.dossier import Dossier, Span
from attache.errors import PipelineError, SourceEmpty, SourceError, SourceMissing, SourceUnreadable, UsageError

TEXT = """German Foreign Minister Heiko Maas met his French counterpart Jean-Yves Le Drian in Berlin on Tuesday.

The two ministers discussed sanctions against Belarus, and Maas said that the European Union "will not look away".
"""


@pytest.fixture(scope="session")
def nlp() -> Language:
    return attache.load()


def test_the_exported_names_are_all_there() -> None:
    assert all(getattr(attache, name) is not None for name in attache.__all__)
    with pytest.raises(AttributeError):
        attache.no_such_thing  # noqa: B018


def test_the_rooms_come_in_order(nlp: Language) -> None:
    rooms = ["encoder", "who", "when", "where", "entities", "what", "doubt"]
    assert nlp.pipe_names == [f"attache_{room}" for room in rooms]


def check(dossier: Dossier) -> None:
    """Every span lies in the text, every id leads somewhere, every raw span has the same characters."""
    spans: list[tuple[Span, str | None]] = [(m.span, m.text) for a in dossier.actors for m in a.mentions]
    spans += [(m.span, m.text) for a in dossier.agreements for m in a.mentions]
    spans += [(t.span, t.text) for t in dossier.times] + [(p.span, p.text) for p in dossier.places]
    spans += [(f.span, f.text) for f in dossier.findings if f.span]
    spans += [(s, None) for e in dossier.events for s in (e.span, e.trigger, *(r.span for r in e.roles))]
    for span, words in spans:
        assert 0 <= span.start < span.end <= len(dossier.text)
        assert words is None or dossier.text[span.start : span.end] == words
    known = {a.id for a in dossier.actors} | {a.id for a in dossier.agreements}
    for event in dossier.events:
        assert {*event.source, *event.target, *event.about} <= known, event
    assert len({e.id for e in dossier.events}) == len(dossier.events)
    assert 0 <= dossier.reliability <= 1
    assert Dossier.model_validate_json(dossier.model_dump_json()) == dossier


def test_text_bytes_and_file_give_the_same(nlp: Language, tmp_path: Path) -> None:
    file = tmp_path / "page.txt"
    file.write_text(TEXT, "utf-8")
    found = [attache.read(form, nlp=nlp) for form in (TEXT, TEXT.encode(), file, str(file))]
    for dossier in found:
        check(dossier)
        assert dossier.text == found[0].text and dossier.actors == found[0].actors and dossier.events == found[0].events
    assert {"Heiko Maas", "Jean-Yves Le Drian"} <= {a.name for a in found[0].actors}
    assert found[0].source.sha256 == found[2].source.sha256


def test_a_damaged_page_hangs_together(nlp: Language, demo_page: Path) -> None:
    dossier = attache.read(demo_page, nlp=nlp)
    check(dossier)
    assert dossier.events and dossier.findings and dossier.residue
    raw = demo_page.read_text("utf-8")
    mentions = [m for a in dossier.actors for m in a.mentions if m.raw]
    assert mentions and all(raw[m.raw.start : m.raw.end] == m.text for m in mentions if m.raw)


def test_the_stated_day_is_kept(nlp: Language) -> None:
    for day in ("2021-04-08", date(2021, 4, 8)):
        assert attache.read(TEXT, published=day, nlp=nlp).date.published == "2021-04-08"
    with pytest.raises(UsageError, match="is not a day"):
        attache.read(TEXT, published="soon", nlp=nlp)


def test_reading_twice_gives_the_same(nlp: Language) -> None:
    assert attache.read(TEXT, nlp=nlp) == attache.read(TEXT, nlp=nlp)


def test_what_cannot_be_read_is_told_by_name(nlp: Language, tmp_path: Path) -> None:
    empty, picture = tmp_path / "empty.txt", tmp_path / "picture.png"
    empty.write_text("", "utf-8")
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)))
    for place, error in ((tmp_path / "gone.txt", SourceMissing), (empty, SourceEmpty), (picture, SourceUnreadable)):
        with pytest.raises(error, match=place.name):
            attache.read(place, nlp=nlp)
    for text in ("", " \n\n", b"", b"%PDF-1.7 \x00\x01"):
        with pytest.raises(SourceError):
            attache.read(text, nlp=nlp)


def test_a_batch_goes_on_after_a_failure(nlp: Language, tmp_path: Path) -> None:
    good = tmp_path / "good.txt"
    good.write_text(TEXT, "utf-8")
    results = list(attache.read_many([good, tmp_path / "gone.txt", good], nlp=nlp))
    assert [isinstance(r, Dossier) for r in results] == [True, False, True]
    assert isinstance(results[1], SourceMissing)


def test_a_page_in_another_language_is_read_with_a_note(nlp: Language) -> None:
    german = "Der deutsche Außenminister hat sich am Dienstag in Berlin mit seinem Kollegen getroffen und über die Lage gesprochen, " * 3
    dossier = attache.read(german + "\n", nlp=nlp)
    check(dossier)
    assert dossier.language != "en"
    assert any("not in English" in f.message for f in dossier.findings)


@pytest.mark.parametrize("text", ["word\n", "\u202e\x1b[31mX met Y.\n", "🙂 " * 50 + "\n", "(" * 500 + "\n", "A.\n" * 200, "é\u0301" * 99])
def test_odd_text_does_no_harm(nlp: Language, text: str) -> None:
    with suppress(SourceError):  # refused in so many words is an honest answer
        check(attache.read(text + "\n", nlp=nlp))


def test_an_unknown_pipeline_is_told() -> None:
    with pytest.raises(PipelineError, match="en_no_such"):
        attache.load("en_no_such_pipeline")


def test_importing_attache_waits_for_nothing() -> None:
    code = "import attache, sys; sys.exit(any(m in sys.modules for m in ('spacy', 'numpy', 'pydantic', 'trafilatura')))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_one_long_line_is_a_text_and_no_file_name() -> None:
    assert attache.read("Iran and Russia signed a treaty on Monday. " * 12).text.startswith("Iran and Russia")


def test_who_one_of_them_is_does_not_go_in_circles() -> None:
    text = "The companies have to pay. One of them had told the Commission of the arrangement and goes free, the minister said on Monday."
    assert attache.read(text).text


def test_what_was_read_comes_back_from_other_processes_and_files(nlp: Language) -> None:
    texts = ["Putin met Erdogan in Sochi on Tuesday, officials said.", "Iran and Russia signed a treaty in Moscow on Monday."]
    here = [doc._.attache for doc in nlp.pipe(texts)]
    there = [doc._.attache for doc in nlp.pipe(texts, n_process=2, batch_size=1)]
    packed = DocBin(docs=list(nlp.pipe(texts)), store_user_data=True).to_bytes()
    kept = [doc._.attache for doc in DocBin().from_bytes(packed).get_docs(nlp.vocab)]
    for ours in (there, kept):
        assert [r.events for r in ours] == [r.events for r in here] and [r.linked for r in ours] == [r.linked for r in here]


def test_a_surname_that_is_a_month_is_followed_where_it_is_a_person(nlp: Language) -> None:
    """A page on Theresa May read "May told reporters" as a month, and gave her words to nobody."""
    text = "British Prime Minister Theresa May spoke to Angela Merkel in Berlin. May told reporters that the vote would be held in May."
    dossier = attache.read(text, published="2019-03-05", nlp=nlp)
    may = next(actor for actor in dossier.actors if actor.name == "Theresa May")
    assert [mention.text for mention in may.mentions] == ["Theresa May", "May"]
    assert [time.text for time in dossier.times if "May" in time.text] == ["May"]


def test_a_former_office_does_not_date_the_page(nlp: Language) -> None:
    """ "Former Foreign Secretary Boris Johnson" put a page of 2019 into the days when he was Foreign Secretary."""
    text = (
        "Former Foreign Secretary Boris Johnson attacked the plan of British Prime Minister Theresa May. "
        "Spanish Foreign Minister Josep Borrell said he would wait for her answer."
    )
    date = attache.read(text, nlp=nlp).date
    assert date.latest is None or date.latest > "2018-07-31"


def test_the_two_sides_are_the_rivals_of_the_sentence_before() -> None:
    text = (
        "Prime Minister Abiy Ahmed met President William Ruto in Nairobi. Sudan's army chief Abdel Fattah al-Burhan has dismissed "
        "his rival Mohamed Hamdan Dagalo. Saudi Arabia brokered a ceasefire between the two sides. "
        "Both sides accused each other of violating it."
    )
    dossier = attache.read(text, published="2023-05-22")
    names = {actor.id: actor.name for actor in dossier.actors}
    told = {event.kind: [names[a] for a in event.source] for event in dossier.events}
    assert told["cease-fire"] == told["accuse"] == ["Abdel Fattah al-Burhan", "Mohamed Hamdan Dagalo"]


def test_him_is_the_one_who_does_not_act() -> None:
    text = "Secretary of State John Kerry spoke with Foreign Minister Sergei Lavrov on Saturday and thanked him for his help."
    dossier = attache.read(text, published="2014-05-12")
    names = {actor.id: actor.name for actor in dossier.actors}
    thanked = next(event for event in dossier.events if event.kind == "praise")
    assert [names[a] for a in thanked.target] == ["Sergey Lavrov"]


@pytest.mark.parametrize(
    ("text", "day", "person"),
    [
        ("President-elect Joe Biden spoke with Chancellor Angela Merkel on Thursday.", "2020-11-20", "Joe Biden"),
        ("Trump, the president-elect, met Senator Marco Rubio, his nominee for secretary of state.", "2024-11-12", "Donald Trump"),
    ],
)
def test_an_office_still_to_be_taken_is_nobodys(text: str, day: str, person: str) -> None:
    dossier = attache.read(text, published=day)
    offices = {actor.name: actor.office for actor in dossier.actors if actor.kind == "person"}
    assert offices[person] is None
    assert "Antony Blinken" not in offices
    assert not dossier.findings


def test_a_year_before_a_noun_dates_the_noun() -> None:
    events = attache.read("Pyongyang threatened on Tuesday to scrap the 1953 armistice.", published="2013-03-06").events
    assert {event.time.start for event in events if event.time} == {"2013-03-05"}


def test_sanctions_that_are_lifted_are_not_imposed() -> None:
    assert [event.kind for event in attache.read("Australia lifted its sanctions on Fiji.").events] == ["lift-sanction"]


@pytest.mark.parametrize(
    ("text", "countries"),
    [
        ("El Salvador's Congress extended a state of exception.", {"SLV"}),
        ("Lima accused Quito of sending troops.", {"PER", "ECU"}),
        ("Talks between Maputo and Lilongwe failed.", {"MOZ", "MWI"}),
        ("Ambassador Pedro Lima met reporters. Lima denied the charge.", set()),
    ],
)
def test_every_capital_may_stand_for_its_government(text: str, countries: set[str]) -> None:
    dossier = attache.read(text, published="2022-03-11")
    assert {actor.country for actor in dossier.actors if actor.kind == "country"} == countries
