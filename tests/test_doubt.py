"""The doubt room: damaged wording is found, clean wording is left alone."""

from __future__ import annotations

from functools import cache

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc

import attache
from attache.dossier import Actor, Finding, Mention, Span
from attache.doubt import DoubtComponent, findings_of, reliability
from attache.doubt.confidence import read_off
from attache.doubt.lexicon import either, numbers, table, words
from attache.doubt.mistranslated import check_mistranslated, phrases
from attache.doubt.quotations import check_quotations
from attache.doubt.stated import days_of, stated_dates
from attache.errors import DataError
from attache.knowledge import builtin
from attache.language import load_pipeline
from attache.reading import Linked, reading_of


@cache
def language() -> Language:
    """The project's own pipeline, loaded once."""
    return load_pipeline()


def read(text: str, published: str | None = "2021-06-15") -> Doc:
    """A document read by the language room only."""
    doc = language()(text)
    reading_of(doc).date.published = published
    return doc


def link(doc: Doc, name: str, actor: str, kind: str = "name", office: str | None = None, repaired: bool = False) -> None:
    """Files a hand-made mention of ``name``, as the who room would."""
    start = doc.text.index(name)
    span = doc.char_span(start, start + len(name), alignment_mode="expand")
    assert span is not None
    mention = Mention(span=Span(start=start, end=start + len(name)), text=name, repaired=repaired, confidence=0.9)
    office_span = (max(0, span.start - 2), span.start) if office else None
    reading = reading_of(doc)
    reading.linked.append(
        Linked(span.start, span.end, actor, kind, mention, office=office, office_span=office_span, repaired_from=name if repaired else None)
    )
    reading.linked.sort(key=lambda m: m.start)


def person(name: str) -> str:
    """The id of a known person."""
    return builtin().people_named(name)[0].id


def agreement(*cues: str) -> str:
    """The id of the known agreement whose name or other names hold the words."""
    return next(a.id for a in builtin().agreements.values() if all(any(c.lower() in n.lower() for n in (a.name, *a.names)) for c in cues))


def kinds(text: str) -> list[str]:
    return [f.kind for f in findings_of(read(text))]


CLEAN = [
    "The foreign ministers of France and Germany met in Berlin on Tuesday to discuss the war. They called for a ceasefire.",
    "US Secretary of State Antony Blinken said on Monday that the talks were “constructive.” He did not elaborate.",
    "“We will not accept this,” the minister said. “It is not what we agreed.”",
    "“We came here to listen.\n\n“We leave with a plan,” the envoy told reporters after the meeting in Geneva.",
    "Officials said the dispute was 'far from over' and that the two sides wouldn't meet before June.",
    'The spokesman called the report "baseless" and "a provocation", adding that his government\'s position hadn\'t changed.',
    "Gen. Mark Milley, the chairman of the Joint Chiefs of Staff, met his counterpart in St. Petersburg. The U.S. embassy confirmed it.",
    "Did the talks fail? Not quite. The parties agreed to meet again next month in Vienna.",
    "BRUSSELS (Reuters) - NATO foreign ministers gathered on Wednesday. The two-day meeting ends on Thursday.",
    "The treaty was signed on 8 April 2010. It entered into force on 5 February 2011 and was extended in 2021.",
    "He had had enough of the talks, diplomats said, and that that was the reason he left.",
    "The 6' 2\" minister towered over the rest of the delegation at the two-day summit from 3 to 4 June.",
    "The European Union’s foreign policy chief, Josep Borrell, urged restraint. “All sides must step back,” he said.",
    "The President of the Republic, who took office in 2017, will travel to Lagos, Nairobi and Cairo. He returns on Friday.",
    "Police arrested 12 people, seized two vehicles and closed the road for hours; no one was hurt, the ministry said.",
    "al-Shabab claimed responsibility for the attack. The group, which is linked to al-Qaeda, controls parts of the south.",
    "The council adopted the resolution by 13 votes to none. Russia and China abstained.",
    "Asked about the protests, she said: “People have a right to be heard.” Then she left.",
    "The Prime Minister's Office declined to comment. A spokeswoman for the National Security Council had no immediate response.",
    "Trade between the two countries rose 4.5 percent in 2019, to $3.2 billion, before it fell during the pandemic.",
    "“The word ‘never’ is not in our vocabulary,” said the ambassador, “and it won't be.”",
    'Wear a "Thing 1" or "Thing 2" shirt to the ball, where a 12" record will be played until the guests have gone home.',
    "The carmaker will show a long electric wagon called the ID. Space Concept. The wagon has seats for five people.",
    "“The device has changed how we think of the whole brain and its choices.”\n\nMaria Keller, Ph.D.\n\nThe study was published in May.",
    'The club said in a statement: "We thank him for his years.\n\nClub statement\n\n— A club, November 20, 2019\n\n"He won much."',
    'The script then asks the server for its own page.\n\nurl = f"https://example.org/search?q={query}"\n\nThe answer is a list of links.',
    "The Treaty of Rome was signed in 1957. The Oslo Treaty was signed in 2007 and came into force in December 2009.",
    "Mr. Smith, of the Foreign Office, flew from London to Washington, D.C. The visit lasted two days.",
]

DAMAGED = [
    ("The two sides will go on talking, the ministry said on Friday. Bananas.", "fragment", "Bananas."),
    ("It was agreed under a deal signed with the former government. President Hollande.", "fragment", "President Hollande."),
    ("The envoy left the city before the talks were over. running late.", "fragment", "running late."),
    ("The minister said that his country would “never give in to pressure. Talks go on in Oslo.", "broken-quotation", "“never give in"),
    ("We will go on with the work until the prisoners are home, “Lavrov said on Tuesday in Moscow.", "broken-quotation", "“Lavrov said"),
    ("The plan is not ready and nobody has read it”, the ambassador told the council in Geneva.", "broken-quotation", "it”"),
    ('The president called it "a great step for the whole region and left without a word.', "broken-quotation", '"a great step'),
    ("The vote in the UN Safety Council was put off until the ambassador had new orders.", "mistranslated", "UN Safety Council"),
    ("The overseas minister of Norway spoke of peace with the ministers from the region.", "mistranslated", "overseas minister"),
    ("The prime clergyman of Canada met the king in London and spoke about trade.", "mistranslated", "prime clergyman"),
    ("US Foreign Minister Mike Pompeo flew to Prague for talks about the pipeline.", "mistranslated", "US Foreign Minister"),
    ("The parties signed a truce fire in the night after long talks in Doha.", "mistranslated", "truce fire"),
    ("The State Division said that the ambassador of the United States had been called home.", "mistranslated", "State Division"),
    ("Talks will go on on Monday in the the palace of the king, the minister said.", "garbled", "the the"),
    ("The ministers met on Tuesday, 24 March 2021, in the capital and spoke of trade.", "contradiction", "24 March 2021"),
    ("The leaders of the bloc meet for a two-day summit from 3 to 6 June in the north of the country.", "contradiction", "3 to 6 June"),
]


@pytest.mark.parametrize("text", CLEAN)
def test_clean_text_is_left_alone(text: str) -> None:
    assert [(f.kind, f.text) for f in findings_of(read(text))] == []


@pytest.mark.parametrize(("text", "kind", "wording"), DAMAGED)
def test_damage_is_found(text: str, kind: str, wording: str) -> None:
    found = [f for f in findings_of(read(text)) if f.kind == kind]
    assert any(wording in f.text for f in found), [(f.kind, f.text) for f in findings_of(read(text))]


def test_spans_point_at_their_text() -> None:
    for text, _, _ in DAMAGED:
        for found in findings_of(read(text)):
            assert found.span is not None and text[found.span.start : found.span.end] == found.text


def test_quotation_over_paragraphs_may_stay_open() -> None:
    text = "“One thing is sure, and we have said so for years.\n\n“Nobody wants this,” he said."
    assert list(check_quotations(read(text))) == []


def test_mark_inside_a_word_quotes_nothing() -> None:
    assert list(check_quotations(read('President Erdo"an spoke of a “new chapter” and left.'))) == []


def test_corrupted_name_names_office_and_grounds() -> None:
    doc = read("NATO chief Jens Stomberberg spoke in Brussels on Tuesday about the mission.")
    reading_of(doc).actors["x"] = Actor(id="x", name="Jens Stoltenberg", kind="person", office="Secretary General of NATO")
    link(doc, "Jens Stomberberg", "x", repaired=True)
    found = next(f for f in findings_of(doc) if f.kind == "corrupted-name")
    assert (found.text, found.reading, found.severity) == ("Jens Stomberberg", "Jens Stoltenberg", "error")
    assert "Secretary General of NATO" in found.message and found.grounds


@pytest.mark.parametrize(
    ("text", "severity"),
    [
        ("The ministers met in Rome on Friday. of the agreement that both sides had signed in May.", "warning"),
        ("with the leaders of the two parties after the vote. The talks went on until late at night.", "warning"),
        ("The shop sells a new thermostat for the home. zzecobo redesigned it with a glass face and a screen.", "note"),
        ("I think that it is a nicer way to work. also, i want to keep it flat and not nested as it was.", "note"),
        ("The maker will do that with all of its cars named ID. models of that name will come in a year or two.", "note"),
    ],
)
def test_a_lost_beginning_is_a_warning_where_nothing_else_explains_it(text: str, severity: str) -> None:
    assert [f.severity for f in findings_of(read(text)) if f.rule == "fragment-headless"] == [severity]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "The Yugoslav foreign minister said on Tuesday that the talks were over.",
            "Yugoslavia existed until 2003, so that it did not act on",
        ),
        ("A Soviet delegation arrived in Vienna on Monday for the talks.", "Soviet Union existed until 1991"),
        ("A former Yugoslav minister said on Tuesday that he was sorry. The Yugoslav tribunal said on Monday that it would close.", ""),
        ("NATO member Finland sent its planes on Friday.", "Finland was not a member of NATO then."),
    ],
)
def test_who_was_not_there_on_the_day_of_the_page(text: str, told: str) -> None:
    found = attache.read(text + " The minister and the ministry did not say more about it.", published="2018-06-15").findings
    assert [told in f.message for f in found] == ([True] if told else [])


def test_two_spellings_of_one_stranger() -> None:
    doc = read("The teacher Marko Petrovik was freed in May. Later Marko Petrowik went home to his family.")
    for name in ("Marko Petrovik", "Marko Petrowik"):
        reading_of(doc).actors[name] = Actor(id=name, name=name, kind="person")
        link(doc, name, name)
    assert [f.text for f in findings_of(doc) if f.kind == "inconsistent-name"] == ["Marko Petrowik"]


def test_agreement_signed_on_another_day() -> None:
    doc = read("The New START treaty, which the two presidents signed in March 2004, limits the warheads of both sides.")
    link(doc, "New START", agreement("New START"), "agreement")
    found = next(f for f in findings_of(doc) if f.kind == "contradiction")
    assert (found.text, found.reading) == ("March 2004", "2010-04")


def test_withdrawal_under_a_leader_of_another_time() -> None:
    text = "The United States, which quit the Paris Agreement under Trump in 2008, has joined it again."
    doc = read(text)
    usa = builtin().countries["USA"]
    reading_of(doc).actors[usa.id] = Actor(id=usa.id, name=usa.name, kind="country", country="USA")
    link(doc, "United States", usa.id, "country")
    link(doc, "Paris Agreement", agreement("Paris Agreement"), "agreement")
    link(doc, "Trump", person("Donald Trump"))
    found = [f for f in findings_of(doc) if f.span is not None]
    assert [(f.kind, f.text) for f in found] == [("contradiction", "2008")]
    assert any("Donald Trump" in ground for ground in found[0].grounds)


def test_right_dates_are_no_contradiction() -> None:
    doc = read("The New START treaty was signed in April 2010 and came into force in February 2011.")
    link(doc, "New START", agreement("New START"), "agreement")
    assert findings_of(doc) == []


def test_act_under_a_leader_outside_the_term() -> None:
    doc = read("The embassy was moved in 2009 under Angela Merkel. The airport was opened in 1995 under Tony Blair.")
    link(doc, "Angela Merkel", person("Angela Merkel"))
    link(doc, "Tony Blair", person("Tony Blair"))
    assert [(f.kind, f.text) for f in findings_of(doc)] == [("anachronism", "1995")]


def test_undated_page_gets_a_note() -> None:
    assert [f.kind for f in findings_of(read("The ministers met and agreed to meet again.", None))] == ["undated"]


def test_component_fills_the_reading() -> None:
    doc = DoubtComponent()(read("The ministry confirmed the plan on Friday. Bananas."))
    assert [f.kind for f in reading_of(doc).findings] == ["fragment"]
    assert isinstance(spacy.blank("en").add_pipe("attache_doubt"), DoubtComponent)


def test_confidences_are_those_that_were_earned() -> None:
    doc = read("The ministers met on Tuesday, 24 March 2021, in the capital and spoke of trade. Bananas.")
    claimed, earned = findings_of(doc, corrected=False), findings_of(doc)
    assert [f.text for f in claimed] == [f.text for f in earned] and [f.confidence for f in claimed] != [f.confidence for f in earned]
    assert all(0 < f.confidence < 1 for f in earned)


@given(st.sampled_from(sorted(table("confidence"))), st.floats(0, 1), st.floats(0, 1))
def test_a_higher_claim_never_comes_out_lower(kind: str, one: float, other: float) -> None:
    knots = tuple(zip(table("confidence")[kind]["claims"], table("confidence")[kind]["shares"], strict=True))
    low, high = sorted((one, other))
    assert 0 < read_off(knots, low) <= read_off(knots, high) < 1
    assert all(read_off(knots, claim) == pytest.approx(share) for claim, share in knots)


def test_reliability_falls_with_each_finding() -> None:
    def made(severity: str, confidence: float = 0.9) -> Finding:
        data = {"kind": "garbled", "span": None, "text": "", "message": "", "severity": severity, "confidence": confidence}
        return Finding.model_validate(data)

    scores = [reliability([made("error")] * n, 400) for n in range(5)]
    assert scores[0] == 1.0 and scores == sorted(scores, reverse=True) and len(set(scores)) == 5
    assert reliability([made("note")], 400) > reliability([made("warning")], 400) > reliability([made("error")], 400) > 0
    assert reliability([made("error")], 2000) > reliability([made("error")], 200)


def test_phrase_table_has_its_shape() -> None:
    assert len(phrases()) >= 120
    assert len({p.found for p in phrases()}) == len(phrases())
    for phrase in phrases():
        assert not phrase.pattern.search(f"The {phrase.usual} of today."), phrase.found


def test_every_phrase_is_found_in_its_own_words() -> None:
    blank = spacy.blank("en")
    for row in table("phrases")["phrase"]:
        wording = " ".join(part.rstrip("?").split("|")[0] for part in row["found"].split())
        context = (row.get("needs") or [""])[0]
        found = list(check_mistranslated(blank(f"Then {wording} and {context} met there on Monday.")))
        assert any(f.text.lower().startswith(wording.split()[0].lower()) for f in found), wording


def test_word_lists_have_their_shape() -> None:
    for name in table("words"):
        assert all(word == word.lower() and word.strip() for word in words(name)), name
    assert all(word == word.lower() for word in numbers()) and numbers()["sixteen"] == 16 and numbers()["sixty"] == 60
    assert set(table("roles")["turned"].values()) <= set(builtin().happenings.by_act)
    assert words("answered", "roles") <= set(builtin().countries) and either("asks_for_more").endswith("|to|a")
    assert all(words(name, "roles") for name in ("measures", "impose", "apply", "own_deeds"))
    assert set(table("members")["aside"]) <= words("whole", "members") and words("whole", "members")
    assert all(words(name, "members") for name in ("acts", "nouns", "together", "partly"))
    with pytest.raises(DataError, match="roles.toml: `turned` must be a list"):
        words("turned", "roles")
    for name in ("sign", "withdraw", "enter"):
        assert table("acts")[name]["words"] and table("acts")[name]["what"]


def test_stated_dates_keep_their_precision() -> None:
    found = stated_dates("On 5 May 2009, in June 2010 and since 2011, for 2,015 people and 2001-style talks.")
    assert [(d.value, d.bound) for d in found][:3] == [("2009-05-05", False), ("2010-06", False), ("2011", True)]
    assert days_of("2020-02") is not None and days_of("2020-13") is None
