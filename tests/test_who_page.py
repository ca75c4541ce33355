"""Linking over a page: initials, namesakes by office and day, the office, the pronoun, the half of a country, the body again, strangers."""

from __future__ import annotations

from datetime import date

import pytest
from spacy.language import Language

import attache
from attache.reading import Days, Reading, reading_of
from attache.who import lexicon
from attache.who.component import Who


@pytest.fixture(scope="module")
def parsed() -> Language:
    """The language part of attache's own pipeline."""
    nlp = attache.load()
    nlp.disable_pipes(
        *[name for name in nlp.pipe_names if name.startswith("attache_") and name not in {"attache_encoder", "attache_entities"}]
    )
    return nlp


def read(nlp: Language, day: str, text: str) -> Reading:
    """A page of that day read by the who room."""
    doc = nlp(text)
    reading = reading_of(doc)
    reading.published = Days(date.fromisoformat(day), date.fromisoformat(day))
    Who()(doc)
    return reading


def named(reading: Reading, words: str) -> list[str]:
    """Whom each mention of these words means."""
    return [reading.actors[link.actor].name for link in reading.linked if link.mention.text == words]


def test_the_lists_have_their_shape() -> None:
    assert lexicon.own_short_forms() and "angela" in lexicon.women() and "john" not in lexicon.women()
    assert not lexicon.words().he_titles & lexicon.words().she_titles


NAMESAKES = [
    ("2015-06-01", "NATO chief J. Stoltenberg met J. Kerry in Antalya.", "J. Kerry", "John Kerry"),
    ("2004-03-01", "Lebanese Prime Minister Hariri flew to Paris.", "Hariri", "Rafic Hariri"),
    ("2010-05-24", "Lebanese Prime Minister Hariri flew to Washington.", "Hariri", "Saad Hariri"),
    ("1991-02-01", "President Bush told reporters that the war in the Gulf would go on.", "Bush", "George H. W. Bush"),
    ("2003-02-01", "President Bush told reporters that the war would come.", "Bush", "George W. Bush"),
    ("1996-05-02", "President Clinton telephoned the Israeli leader.", "Clinton", "Bill Clinton"),
    ("2011-05-02", "Secretary of State Clinton telephoned the Israeli leader.", "Clinton", "Hillary Clinton"),
    ("1993-06-12", "North Korean leader Kim refused inspections.", "Kim", "Kim Il-sung"),
    ("2006-06-12", "North Korean leader Kim refused inspections.", "Kim", "Kim Jong-il"),
    ("2016-06-12", "North Korean leader Kim refused inspections.", "Kim", "Kim Jong-un"),
    ("1998-07-19", "Syrian President Assad received the envoy.", "Assad", "Hafez al-Assad"),
    ("2012-07-19", "Syrian President Assad received the envoy.", "Assad", "Bashar al-Assad"),
    ("1999-10-02", "Azerbaijani President Aliyev received the envoy.", "Aliyev", "Heydar Aliyev"),
    ("2013-10-02", "Azerbaijani President Aliyev received the envoy.", "Aliyev", "Ilham Aliyev"),
    ("1999-06-17", "Former President Jimmy Carter met Fidel Castro in Havana.", "Jimmy Carter", "Jimmy Carter"),
    ("1997-02-03", "Henry Kissinger and Margaret Thatcher spoke at the dinner.", "Henry Kissinger", "Henry Kissinger"),
    ("2013-06-12", "Chief Cabinet Secretary Suga told reporters in Tokyo that Japan would protest.", "Suga", "Yoshihide Suga"),
]


@pytest.mark.parametrize(("day", "text", "words", "name"), NAMESAKES)
def test_of_one_name_office_and_day_say_who(parsed: Language, day: str, text: str, words: str, name: str) -> None:
    assert named(read(parsed, day, text), words) == [name]


def test_a_title_is_no_name(parsed: Language) -> None:
    reading = read(parsed, "2013-06-12", "Chief Cabinet Secretary Suga spoke. So did Deputy National Security Adviser Tony Blinken.")
    assert sorted(actor.name for actor in reading.actors.values() if actor.kind == "person") == ["Antony Blinken", "Yoshihide Suga"]


AGAIN = [
    ("2015-05-02", "President Hassan Rouhani spoke in Tehran. The president said that sanctions would end.", "president", "Hassan Rouhani"),
    ("2015-05-02", "President Hassan Rouhani spoke in Tehran. He thanked the negotiators.", "He", "Hassan Rouhani"),
    ("2015-06-01", "Angela Merkel received François Hollande in Berlin. He said that Greece must pay.", "He", "François Hollande"),
    ("2015-06-01", "François Hollande received Angela Merkel in Paris. She said that Greece must pay.", "She", "Angela Merkel"),
    (
        "2016-01-06",
        "The UN Security Council condemned the test. The council will meet again.",
        "council",
        "United Nations Security Council",
    ),
    ("2015-06-01", "NATO ministers met on Monday. The alliance said it would send ships.", "alliance", "NATO"),
    (
        "2015-06-01",
        "The Russian Foreign Ministry protested. The ministry spoke of a provocation.",
        "ministry",
        "Ministry of Foreign Affairs of Russia",
    ),
    ("2016-01-06", "North Korea said that it had tested a bomb. The North has tested three before.", "North", "North Korea"),
    ("2016-01-06", "North Korea said that it had tested a bomb. The South put its army on alert.", "South", "South Korea"),
    ("2012-02-10", "South Sudan stopped its oil. The South said that it had been robbed.", "South", "South Sudan"),
]


@pytest.mark.parametrize(("day", "text", "words", "name"), AGAIN)
def test_what_was_named_is_called_again(parsed: Language, day: str, text: str, words: str, name: str) -> None:
    assert named(read(parsed, day, text), words) == [name]


LEFT = [
    ("2015-06-01", "Angela Merkel spoke to reporters. He was not there.", "He"),
    ("2016-01-06", "South Africa sent food. The North of the province is dry.", "North"),
    ("2016-01-06", "The UN Security Council and the European Council met. The council was silent.", "council"),
    ("2016-01-06", "The UN Security Council met. The council of elders in the village did too.", "council"),
    ("2015-05-02", "Iranian Foreign Minister Zarif met German Foreign Minister Steinmeier. The minister was late.", "minister"),
]


@pytest.mark.parametrize(("day", "text", "words"), LEFT)
def test_what_is_not_clear_is_left(parsed: Language, day: str, text: str, words: str) -> None:
    assert named(read(parsed, day, text), words) == []


def test_a_stranger_is_an_actor_whose_surname_joins(parsed: Language) -> None:
    text = "A farmer, Dorbin Ashkettle, met Angela Merkel near Kassel. Ashkettle said prices were low. Ms Ashkettle left early."
    reading = read(parsed, "2015-05-02", text)
    stranger = reading.actors["attache:dorbin-ashkettle"]
    assert [mention.text for mention in stranger.mentions] == ["Dorbin Ashkettle", "Ashkettle", "Ashkettle"]


def test_of_two_strangers_of_one_surname_the_last_named_is_meant(parsed: Language) -> None:
    text = "Mr Peter Tallowby spoke first. Tallowby was calm. Then Mrs Mary Tallowby rose. Tallowby was not calm."
    reading = read(parsed, "2015-05-02", text)
    assert named(reading, "Tallowby") == ["Peter Tallowby", "Mary Tallowby"]


def test_an_end_that_nobody_knows_loses_weight(parsed: Language) -> None:
    """Of two holders of one name the one whose term is known to last; the office alone no longer means somebody of decades ago."""
    from attache.knowledge import builtin, certainty
    from attache.who.linking import ranked
    from attache.who.titled import Titled

    known = builtin()
    stale = next(
        t
        for identity in known.offices
        if known.offices[identity].kind == "foreign-minister"
        for t in known.holders(identity)
        if t.open_end and t.as_of[:4] < "2023" and t.days.first and t.days.first.year < 2022 and t.person in known.people
    )
    on = Days(date(2035, 1, 1), date(2035, 1, 1))
    person = known.people[stale.person]
    assert certainty(stale, on) < 0.1
    written = person.name[:-1] + "x"
    titled = Titled(0, 2, written, (stale.office,), stale.office.kind, stale.office.where, False, (0, 1))
    then = Days(stale.days.first, stale.days.first)
    score = {day: next((s for s, p, _ in ranked(titled, day, known) if p.id == person.id), 0.0) for day in (on, then)}
    assert score[on] < score[then]
