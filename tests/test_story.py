"""Copies, updates and other stories are told apart, and stories do not depend on the order in which pages come."""

from __future__ import annotations

import gzip
import json
import random
import time
import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sample_dossier import TEXT, sample

import attache
from attache.dossier import Dossier
from attache.errors import UsageError
from attache.story import CopyIndex, Memory, Piece, Story, copies, group, regroup
from attache.story.copysets import copy_link
from attache.story.grouping import clustered, story_link
from attache.story.overlap import overlap
from attache.story.sketch import SLOTS, Sketch, sketch
from attache.story.terms import Terms, frequencies, terms_of
from attache.story.traits import Traits
from attache.story.wording import wording_of

HERE = Path(__file__).parent
FLOORS = tomllib.loads((HERE / "floors.toml").read_text("utf-8"))
OTHER = "Ministers of nine countries spoke about fish quotas in the northern sea until late at night without any result at all."
NEWS = """The foreign minister of Kestria told parliament on Monday that the dam on the upper river would be opened for three days a week.
Farmers in the valley had lost a third of their harvest since spring, he said, and the treaty of 1974 promised them water in every season.
Opposition deputies called the offer a bandage and asked why the engineers' report had not been published. It describes cracks in the
northern wall, according to two people who have read it, and recommends that the reservoir be lowered by four metres before winter."""


def pair_dossiers() -> list[tuple[str, Dossier, Dossier]]:
    """The pairs of stories/pairs.toml, read."""
    read = []
    for pair in tomllib.loads((HERE / "stories" / "pairs.toml").read_text("utf-8"))["pair"]:
        texts = [pair[one] + ("\n\n" + pair["background"] if "background" in pair else "") for one in ("first", "second")]
        read.append((pair["kind"], *(attache.read(text.encode(), published=day) for text, day in zip(texts, pair["days"], strict=True))))
    return read


@pytest.fixture(scope="module")
def pairs() -> list[tuple[str, Piece, Piece]]:
    return [(kind, Piece.of(0, one), Piece.of(1, other)) for kind, one, other in pair_dossiers()]


def test_equal_texts_are_one_wording() -> None:
    stories = group([sample(), sample(uri="other.txt")])
    assert [s.wordings for s in stories] == [((0, 1),)] or [s.wordings for s in stories] == [((1, 0),)]
    assert [link.kind for link in stories[0].links] == ["same-text"]


def test_an_edited_copy_is_found_and_a_stranger_is_not() -> None:
    base = sample(NEWS)
    stranger = base.model_copy(update={"text": OTHER, "actors": [], "events": []})
    edited = base.model_copy(update={"text": NEWS.replace("called the offer a bandage", "were not convinced") + " More follows."})
    stories = group([base, stranger, edited])
    assert [s.pages for s in stories] == [(0, 2), (1,)]
    link = stories[0].links[0]
    assert link.kind == "copy" and "word pairs" in link.reason and 0.6 < link.score <= 1


def test_many_equal_copies_stay_one_story() -> None:
    assert len(group([sample()] * 300)) == 1


def test_texts_without_words_are_copies_of_nothing() -> None:
    assert [link.kind for link in copies(["", "?!", "one two", "one two", "three"])] == ["same-text"]
    assert overlap(wording_of(""), wording_of(NEWS)).common == (0.0, 0.0)
    assert not sketch("").bands and sketch("").shared(sketch("")) == 0
    assert group([]) == []


def test_an_index_names_the_first_text_of_the_wording() -> None:
    index = CopyIndex()
    found = list(index.add([NEWS, OTHER, NEWS.upper(), NEWS + "\n\nLeave a Reply", OTHER]))
    assert [(link.first, link.kind) if link else None for link in found] == [None, None, (0, "copy"), (0, "copy"), (1, "same-text")]
    assert index.founders == [0, 1, 0, 0, 1] and len(index) == 5


def test_the_same_wording_with_other_figures_is_no_copy() -> None:
    week = (
        "Inspectors counted {} tents, {} lorries and {} families at the crossing of Mirna this week, the relief office said. "
        "The office asks donors for {} blankets and {} stoves before the first snow closes the pass to heavy vehicles."
    )
    figures = ((120, 31, 900, 4000, 250), (95, 18, 640, 5200, 310))
    pieces = [Piece.of(n, sample(week.format(*one))) for n, one in enumerate(figures)]
    assert copy_link(*pieces) is None


def test_updates_and_other_happenings_are_no_copies(pairs: list[tuple[str, Piece, Piece]]) -> None:
    wrong = [one.text[:60] for kind, one, other in pairs if kind != "rewritten" and copy_link(one, other)]
    assert 20 - len(wrong) >= FLOORS["pairs"]["not copies"], wrong


def test_the_same_people_do_not_make_one_story(pairs: list[tuple[str, Piece, Piece]]) -> None:
    wrong = [one.text[:60] for kind, one, other in pairs if kind == "different" and story_link(one, other)]
    assert 10 - len(wrong) >= FLOORS["pairs"]["not one story"], wrong


def test_one_happening_in_other_words_is_one_story(pairs: list[tuple[str, Piece, Piece]]) -> None:
    links = [story_link(one, other) for kind, one, other in pairs if kind == "rewritten"]
    assert sum(link is not None for link in links) >= FLOORS["pairs"]["one story"]
    assert all("matter" in link.reason and "day" in link.reason for link in links if link)
    assert all(story_link(one, other) for kind, one, other in pairs if kind == "update")


def test_a_chain_does_not_glue_stories_together() -> None:
    """Nine pages, each sharing half of its matter with the next: the ends share nothing and are not of one story."""

    def page(n: int) -> Piece:
        matter = {f"word{k}": 0.25 for k in range(8 * n, 8 * n + 16)}
        traits = Traits(day="2021-03-23", terms=Terms({"darov": 0.7, "solvang": 0.7}, matter))
        return Piece(n, f"{n} {NEWS[n * 40 :: n + 1]}", sketch(f"unlike {n}"), traits, str(n))

    pages = [page(n) for n in range(9)]
    assert all(story_link(one, other) for one, other in zip(pages, pages[1:], strict=False)) and not story_link(pages[0], pages[8])
    stories = clustered(pages)
    assert sorted(page for story in stories for page in story.pages) == list(range(9))
    assert all(max(story.pages) - min(story.pages) <= 3 for story in stories)


def test_a_story_stays_within_its_days() -> None:
    traits = [Traits(day=f"2021-03-{day}", terms=terms_of(NEWS)) for day in (20, 22, 24, 26)]
    pages = [Piece(n, f"{NEWS[: 40 * n]} {n}", sketch(f"apart {n}"), one, str(n)) for n, one in enumerate(traits)]
    assert [story.pages for story in clustered(pages)] == [(0, 1), (2, 3)]


@settings(max_examples=20, deadline=None)
@given(st.permutations(range(8)), st.integers(1, 8))
def test_stories_do_not_depend_on_the_order_of_filing(order: list[int], batch: int) -> None:
    texts = [NEWS, NEWS + " More follows.", NEWS[60:], OTHER, OTHER + " They meet again.", TEXT, TEXT, NEWS.replace("river", "stream")]
    pieces = [Piece.of(n, sample(text, uri=f"{n}")) for n, text in enumerate(texts)]
    wanted = {piece: story.wordings for story in clustered(pieces) for piece in story.pages}
    shelf, got = Memory(), dict[int, tuple[tuple[int, ...], ...]]()
    for start in range(0, 8, batch):
        fresh = [pieces[n] for n in order[start : start + batch]]
        shelf.add(fresh)
        got.update({piece: story.wordings for story in regroup(fresh, shelf) for piece in story.pages})
    assert got == wanted


def test_a_piece_is_kept_and_comes_back() -> None:
    piece = Piece.of(7, sample(NEWS))
    again = Piece.kept(7, NEWS, piece.data, piece.rank)
    assert again.keys == piece.keys and again.traits == piece.traits and again.sketch.shared(piece.sketch) == SLOTS
    with pytest.raises(UsageError, match="`attache settle` makes a record's anew"):
        Sketch.of(b"another-algorithm\0" + bytes(4 * SLOTS))


def test_keys_are_the_same_on_every_machine() -> None:
    """A record may be carried from one to another: what is kept in it must not depend on the process."""
    assert sketch(NEWS).bands[:2] == [-7583965114492714708, 6083110500316645988]


def test_frequencies_have_their_shape() -> None:
    table = frequencies()
    assert len(table) > 2000 and table["the"] > 40_000 and all(word == word.casefold() and count > 0 for word, count in table.items())


# ---- against the shared copies


def variants(shared_data: Path) -> list[dict[str, str]]:
    with gzip.open(shared_data / "copies" / "copies.jsonl.gz", "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def scores(pages: list[dict[str, str]]) -> dict[str, float]:
    """The share of variants in one wording with their original, and the share of links that are right."""
    index = CopyIndex()
    links = [link for link in index.add(page["text"] for page in pages) if link]
    place = {(page["story"], page["kind"]): n for n, page in enumerate(pages)}
    found = {kind: [index.founders[n] == index.founders[place[story, "orig"]] for (story, k), n in place.items() if k == kind]
             for kind in ("chrome", "edited", "spun30", "spun60")}  # fmt: skip
    right = sum(pages[link.first]["story"] == pages[link.second]["story"] for link in links)
    return {kind: sum(hits) / len(hits) for kind, hits in found.items()} | {"precision": right / len(links)}


@pytest.mark.parametrize("shuffled", [False, True])
def test_copies_of_real_articles_are_grouped(shared_data: Path, shuffled: bool) -> None:
    pages = variants(shared_data)
    if shuffled:
        random.Random(1).shuffle(pages)
    found = scores(pages)
    assert not {kind: score for kind, score in found.items() if score < FLOORS["copies"][kind]}, found


@pytest.mark.bench
def test_bench_copies_against_datasketch(shared_data: Path) -> None:
    """Throughput on one core of grouping with verification, and of datasketch's LSH alone, alternating in one process."""
    pages = variants(shared_data)
    texts = [page["text"] for page in pages]
    ours, loose, strict = (best(run, texts) for run in (copies, datasketch_64x2, datasketch_half))
    print(f"\ncopies, file order: {scores(pages)}")
    for name, seconds in (("attache", ours), ("datasketch 5-grams J .5", strict), ("datasketch 3-grams 64x2", loose)):
        print(f"{name}: {len(texts) / seconds:.0f} documents/s, {seconds / ours:.1f} times attache's time")


def best(run: object, texts: list[str]) -> float:
    """The least processor time of five runs, in seconds: other programs on the machine only ever add to it."""
    times = []
    for _ in range(5):
        start = time.process_time()
        run(texts)  # type: ignore[operator]
        times.append(time.process_time() - start)
    return min(times)


def datasketch_half(texts: list[str]) -> None:
    datasketch = pytest.importorskip("datasketch")
    run_datasketch(texts, datasketch.MinHashLSH(threshold=0.5, num_perm=128), 5)


def datasketch_64x2(texts: list[str]) -> None:
    datasketch = pytest.importorskip("datasketch")
    run_datasketch(texts, datasketch.MinHashLSH(params=(64, 2), num_perm=128), 3)


def run_datasketch(texts: list[str], lsh: object, size: int) -> None:
    from datasketch import MinHash

    for number, text in enumerate(texts):
        words = text.casefold().split()
        grams = {" ".join(words[n : n + size]).encode() for n in range(max(1, len(words) - size + 1))}
        sketch = MinHash(num_perm=128)
        sketch.update_batch(list(grams))
        lsh.query(sketch)  # type: ignore[attr-defined]
        lsh.insert(number, sketch)  # type: ignore[attr-defined]


def test_a_story_lists_its_pages() -> None:
    assert Story(((4, 1), (3,))).pages == (1, 3, 4)
