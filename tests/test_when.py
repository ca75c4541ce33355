"""The when room: wordings and values, the date of the page, and the score on TimeBank and AQUAINT."""

from __future__ import annotations

import csv
import importlib
import json
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

import attache
from attache.dossier import Actor, Mention, Span
from attache.errors import UsageError
from attache.language import load_pipeline
from attache.reading import Days, Linked, reading_of
from attache.when.component import WhenRoom, times_of
from attache.when.happenings import happenings, trips
from attache.when.rules import needed, piece, rules
from attache.when.spans import easter, interval_of
from attache.when.terms import hull, stretches
from attache.when.timexes import timexes
from attache.when.uncertain import shared
from attache.when.vocabulary import DATA, vocabulary
from attache.when.wording import dating_words, tense_words

TIMEX = Path(__file__).parents[2] / "shared/data/time/timex.jsonl"
TUESDAY = date(2021, 3, 23)
BLINKEN = "wd:Q7821917"


def values(text: str, day: date | None = TUESDAY) -> dict[str, str]:
    return {t.text: t.value for t in timexes(spacy.blank("en")(text), day)}


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        ("It was signed on March 3, 2021.", "March 3, 2021", "2021-03-03"),
        ("It was signed on 3 March 2021.", "3 March 2021", "2021-03-03"),
        ("on 2021-02-01 they", "2021-02-01", "2021-02-01"),
        ("in September 2015 they", "September 2015", "2015-09"),
        ("in the 1990s they", "the 1990s", "199"),
        ("They met on Monday.", "Monday", "2021-03-22"),
        ("They met on Tuesday.", "Tuesday", "2021-03-23"),
        ("They will meet on Thursday.", "Thursday", "2021-03-25"),
        ("They met Monday morning.", "Monday morning", "2021-03-22TMO"),
        ("They met yesterday.", "yesterday", "2021-03-22"),
        ("They met last week.", "last week", "2021-W11"),
        ("They met last Month.", "last Month", "2021-02"),
        ("They met last year.", "last year", "2020"),
        ("They will meet next month.", "next month", "2021-04"),
        ("They left two weeks ago.", "two weeks ago", "2021-W10"),
        ("They left 10 days ago.", "10 days ago", "2021-03-13"),
        ("a two-day conference", "two-day", "P2D"),
        ("They stayed for six months.", "six months", "P6M"),
        ("Trade fell in the past two weeks.", "in the past two weeks", "P2W"),
        ("They meet every Tuesday.", "every Tuesday", "XXXX-WXX-2"),
        ("They report annually.", "annually", "P1Y"),
        ("Ministers will keep to the May deadline.", "the May", "2021-05"),
        ("They will meet on June 28-29.", "June 28-29", "2021-06-28/2021-06-29"),
        ("It recently changed.", "recently", "PAST_REF"),
        ("It will change soon.", "soon", "FUTURE_REF"),
        ("the third quarter of 1984", "the third quarter of 1984", "1984-Q3"),
        ("He was freed on Christmas Eve.", "Christmas Eve", "2020-12-24"),
        ("They arrived at 7:15 p.m. on Monday.", "7:15 p.m. on Monday", "2021-03-22T19:15"),
    ],
)
def test_values(text: str, words: str, value: str) -> None:
    assert values(text)[words] == value


PASSAGES = tomllib.loads((Path(__file__).parent / "passages" / "times.toml").read_text("utf-8"))["passage"]


@pytest.fixture(scope="module")
def parser() -> Language:
    return load_pipeline()


@pytest.mark.parametrize("passage", PASSAGES, ids=lambda p: p["text"][:40])
def test_passages(passage: dict[str, Any], parser: Language) -> None:
    """Sentences of our own, with the parse that gives the direction."""
    found = {t.text: t.value for t in timexes(parser(passage["text"]), date(2021, 3, 24))}
    assert passage["times"].items() <= found.items(), found
    assert passage["times"] or not found, found


def test_ranges_give_both_ends() -> None:
    assert list(values("He was minister from 2015 to 2018.").values()) == ["2015", "2018"]
    assert list(values("the 2015-2018 programme").values()) == ["2015/2018"]


def test_verbs_and_names_are_no_months() -> None:
    assert values("Theresa May said they may March on.") == {}
    assert values("They left in May.")["May"] == "2020-05"


def test_without_a_day_nothing_is_guessed() -> None:
    assert values("They met on Monday, last year and in May.", None) == {"Monday": "XXXX-WXX-1", "last year": "XXXX", "May": "XXXX-05"}


def test_intervals() -> None:
    assert interval_of("2021-W11") == Days(date(2021, 3, 15), date(2021, 3, 21))
    assert interval_of("2020-Q1") == Days(date(2020, 1, 1), date(2020, 3, 31))
    assert interval_of("2021-02") == Days(date(2021, 2, 1), date(2021, 2, 28))
    assert interval_of("2021-13-45") is None and interval_of("P2D") is None
    assert easter(2021) == date(2021, 4, 4)


def page(text: str, people: dict[str, str], period: Days | None = None) -> Doc:
    """A page whose people are already linked: words to actor id."""
    doc: Doc = spacy.blank("en")(text)
    reading = reading_of(doc)
    reading.period = period
    for name, actor in people.items():
        span = doc.char_span(text.index(name), text.index(name) + len(name))
        assert span is not None
        reading.actors[actor] = Actor(id=actor, name=name, kind="person")
        mention = Mention(span=Span(start=span.start_char, end=span.end_char), text=name)
        reading.linked.append(Linked(span.start, span.end, actor, "name", mention))
    return WhenRoom()(doc)


def test_a_trip_dates_a_page() -> None:
    text = "Antony Blinken met Foreign Minister Retno Marsudi in Jakarta on Monday. On Tuesday he flew on."
    date_ = reading_of(page(text, {"Antony Blinken": BLINKEN, "Retno Marsudi": "x:retno"})).date
    assert date_.best == "2021-12-14" and date_.earliest and date_.latest and date_.earliest <= date_.best <= date_.latest
    assert any("Jakarta" in g.reason for g in date_.grounds)


def test_an_odd_year_does_not_date_a_page() -> None:
    text = "Antony Blinken met Retno Marsudi in Jakarta on Monday, after the deal of 2001 and another of 2024."
    assert reading_of(page(text, {"Antony Blinken": BLINKEN, "Retno Marsudi": "x:retno"})).date.best == "2021-12-13"


def test_an_explicit_date_dates_a_page() -> None:
    date_ = reading_of(page("OSLO, February 3, 2016 - The ministers met on Wednesday.", {})).date
    assert date_.best == "2016-02-03"


UNDATED = tomllib.loads((Path(__file__).parent / "passages" / "undated.toml").read_text("utf-8"))["page"]


@pytest.mark.parametrize("page", UNDATED, ids=lambda p: f"{p['day']} {p['text'][:24]}")
def test_undated_pages(page: dict[str, Any], rooms: Language) -> None:
    """Pages of our own whose true day is known: the bounds hold it, and the best day is right or is not given."""
    found = reading_of(rooms(page["text"])).date
    assert (found.earliest or "0") <= page["day"] <= (found.latest or "9"), found
    if page.get("best") is False:
        assert found.best is None, found
    else:
        assert found.best and found.grounds, found
        assert abs((date.fromisoformat(found.best) - date.fromisoformat(page["day"])).days) <= page.get("off", 1), found


@pytest.fixture(scope="module")
def rooms() -> Language:
    return attache.load()


def test_a_page_that_says_nothing_stays_undated() -> None:
    date_ = reading_of(page("The two talked about trade. Nothing was agreed.", {})).date
    assert (date_.best, date_.earliest, date_.latest, date_.grounds) == (None, None, None, [])


def test_offices_alone_give_bounds_and_no_day() -> None:
    date_ = reading_of(page("They talked.", {}, Days(date(2015, 1, 1), date(2017, 1, 1)))).date
    assert (date_.best, date_.earliest, date_.latest) == (None, "2015-01-01", "2017-01-01")


def test_a_stated_date_is_kept() -> None:
    doc = spacy.blank("en")("They met on Monday.")
    reading_of(doc).published = Days(TUESDAY, TUESDAY)
    reading = reading_of(WhenRoom()(doc))
    assert reading.date.published == reading.date.best == "2021-03-23"
    assert reading.times[0].start == "2021-03-22"


def test_times_of_a_page_within_bounds_stay_open() -> None:
    doc = spacy.blank("en")("They met yesterday, last month and last year.")
    reading = reading_of(doc)
    reading.date.best, reading.date.earliest, reading.date.latest = "2021-03-28", "2021-03-28", "2021-04-02"
    found = {t.text: (t.value, t.start, t.end) for t in times_of(doc, reading)}
    assert found["last year"] == ("2020", "2020-01-01", "2020-12-31")
    assert found["last month"] == ("2021-XX", "2021-02-01", "2021-03-31")
    assert found["yesterday"] == ("2021-XX-XX", "2021-03-27", "2021-04-01")


def test_what_two_values_share() -> None:
    assert shared("2021-03-21", "2021-03-27") == "2021-03-XX" and shared("2020", "2021") == "XXXX"
    assert shared("2021-03-21TMO", "2021-03-22TMO") == "2021-03-XXTMO" and shared("2021-W11", "2021-W12") == "2021-WXX"


def test_terms_that_fit_are_all_told() -> None:
    first, second = Days(date(2017, 1, 20), date(2021, 1, 20)), Days(date(2025, 1, 20), None)
    merkel = Days(date(2005, 11, 22), date(2021, 12, 8))
    assert stretches([[first, second]]) == ([first, second], 1)
    assert stretches([[first, second], [merkel]]) == ([first], 2)
    assert hull([first, second]) == Days(date(2017, 1, 20), None)
    assert stretches([]) == ([], 0)


def test_a_rule_is_run_only_where_its_words_are_and_nothing_is_missed() -> None:
    assert needed("(?:{WEEKDAY},? )?{MONTH} {DAY}(?:st|nd)?(?! {YEAR})") == {"MONTH", "DAY"}
    assert needed("{MONTH} {YEAR}|{SEASON}") == needed("(?:{UNIT}|{MONTH})s") == needed("{UNIT}?") == frozenset()
    assert needed("(?:{MONTH} ){0,2}{YEAR}") == {"YEAR"} and not needed("{UNIT}{0,1}") and needed("(?:{MONTH} ){1,2}") == {"MONTH"}
    pages = [path.read_text("utf-8") for path in (Path(__file__).parent / "passages").rglob("*.t*") if path.is_file()]
    pages += [path.read_text("utf-8") for path in (Path(__file__).parent / "dispatches").rglob("*.txt")]
    text = "\n".join(pages)
    every = {(m.span(), rule.name) for rule in rules() for m in rule.pattern.finditer(text)}
    lacking = [(text[a:b], name) for (a, b), name in every for need in needs_of(name) if not piece(need).search(text, a, b)]
    assert len(every) > 100 and not lacking


def needs_of(name: str) -> frozenset[str]:
    """The word lists that a rule needs, by the rule's name."""
    return next(rule.needs for rule in rules() if rule.name == name)


def test_data_have_their_shape() -> None:
    assert tense_words().verbs and dating_words().years_back
    v = vocabulary()
    assert set(v.months.values()) == set(range(1, 13)) and set(v.weekdays.values()) == set(range(1, 8))
    assert len({r.name for r in rules()}) == len(rules()) > 40
    assert all(r.pattern.pattern for r in rules())
    assert len(happenings()) >= 150 and len(trips()) > 1500
    for thing in (*happenings(), *trips()):
        assert date(1995, 1, 1) <= thing.first <= thing.last and (thing.last - thing.first).days < 40
    assert all(h.actors and h.keywords and len(h.country) == 3 and h.source for h in happenings())
    assert len({(h.first, h.place, h.actors) for h in happenings()}) == len(happenings())
    for name in ("events.csv", "trips.csv"):
        assert len({len(row) for row in csv.reader((DATA / name).read_text("utf-8").splitlines())}) == 1


@pytest.mark.skipif(not TIMEX.exists(), reason="the development data are not beside the checkout")
def test_score_on_timebank_and_aquaint() -> None:
    """Relaxed span F1 and value F1 as TempEval-3 counts them, on every fourth document, without a parse."""
    nlp = spacy.blank("en")
    hits = found = gold = right = 0
    for number, line in enumerate(TIMEX.read_text("utf-8").splitlines()):
        if number % 4:
            continue
        entry = json.loads(line)
        times = timexes(nlp(entry["text"]), date.fromisoformat(entry["dct"][:10]))
        found, gold = found + len(times), gold + len(entry["timexes"])
        free = list(times)
        for wanted in entry["timexes"]:
            match = next((t for t in free if t.span.start < wanted["end"] and t.span.end > wanted["start"]), None)
            if match:
                free.remove(match)
                hits, right = hits + 1, right + (match.value == wanted["value"])
    assert 2 * hits / (found + gold) >= 0.92
    assert 2 * right / (found + gold) >= 0.77


# attache_times, alone in a pipeline.


def alone(**config: str) -> Language:
    importlib.import_module("attache.when.standalone")
    nlp = spacy.blank("en")
    nlp.add_pipe("attache_times", config=config)
    return nlp


def test_times_alone_in_a_blank_pipeline() -> None:
    doc = alone(published="2021-03-24")("The ministers met on Monday and will meet again on June 28-29.")
    assert [(t.text, t.type, t.value) for t in doc._.times] == [
        ("Monday", "DATE", "2021-03-22"), ("June 28-29", "DATE", "2021-06-28/2021-06-29"),
    ]  # fmt: skip
    assert [(s.text, s.label_, s.kb_id_) for s in doc.spans["times"]] == [(t.text, t.type, t.value) for t in doc._.times]


def test_a_documents_own_day_comes_first() -> None:
    nlp = alone(published="2021-03-24")
    doc = nlp.make_doc("They met yesterday.")
    doc._.published = "2015-07-14T10:00"
    assert nlp(doc)._.times[0].value == "2015-07-13"
    assert alone()("They met on Tuesday.")._.times[0].value == "XXXX-WXX-2"


def test_what_is_no_day_is_told() -> None:
    with pytest.raises(UsageError, match="Tuesday"):
        alone(published="Tuesday")
