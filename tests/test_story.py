"""Copies are grouped with a reason; other pages stay apart."""

from __future__ import annotations

from sample_dossier import TEXT, sample

from attache.story import copies, group, jaccard, shingles

OTHER = "Ministers of nine countries spoke about fish quotas in the northern sea until late at night without any result at all."


def test_equal_texts_are_one_story_whatever_their_case() -> None:
    stories = group([sample(), sample(TEXT.upper())])
    assert [s.pages for s in stories] == [(0, 1)]
    assert stories[0].links[0].reason.startswith("the same text")


def test_an_edited_copy_is_found_and_a_stranger_is_not() -> None:
    base = sample()
    stranger = base.model_copy(update={"text": OTHER})
    edited = base.model_copy(update={"text": TEXT + " It was the first visit."})
    stories = group([base, stranger, edited])
    assert [s.pages for s in stories] == [(0, 2), (1,)]
    assert "wording" in stories[0].links[0].reason or "text" in stories[0].links[0].reason


def test_chains_join_and_every_page_is_in_one_story() -> None:
    words = [f"w{n}" for n in range(60)]
    pages = [sample().model_copy(update={"text": " ".join(words[n : n + 40])}) for n in (0, 10, 20)]
    stories = group(pages, threshold=0.5)
    assert [s.pages for s in stories] == [(0, 1, 2)]
    assert [(link.first, link.second) for link in stories[0].links] == [(0, 1), (1, 2)]


def test_many_equal_copies_stay_one_story() -> None:
    assert len(group([sample()] * 500)) == 1


def test_empty_and_short_texts() -> None:
    assert copies(["", "", "one two", "one two", "three"]) != []
    assert jaccard(shingles(""), shingles("")) == 0
    assert [link.second for link in copies(["", ""])] == []
    assert group([]) == []
