"""The recipe's damage: copies whose annotations stay true. (The rest of the recipe needs torch, and is measured, not tested.)"""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st
from spacy.tokens import Doc
from spacy.vocab import Vocab

from training.data import Example, join, windows
from training.noise import Noise
from training.texts import cut


def sentence(*rows: tuple[str, str, str, str, int, str]) -> Example:
    """A sentence of rows of word, tag, part of speech, features, head, label."""
    words, tags, pos, morph, heads, labels = (list(column) for column in zip(*rows, strict=True))
    return Example(words, tags, pos, morph, heads, labels, [1] + [0] * (len(rows) - 1))


MET = sentence(
    ("The", "DT", "DET", "Definite=Def", 1, "det"),
    ("minister", "NN", "NOUN", "Number=Sing", 2, "nsubj"),
    ("met", "VBD", "VERB", "Tense=Past", 2, "ROOT"),
    ("the", "DT", "DET", "Definite=Def", 4, "det"),
    ("envoy", "NN", "NOUN", "Number=Sing", 2, "obj"),
    (".", ".", "PUNCT", "", 2, "punct"),
)
LEFT = sentence(
    ("Jane", "NNP", "PROPN", "Number=Sing", 2, "nsubj"),
    ("Roe", "NNP", "PROPN", "Number=Sing", 0, "flat"),
    ("left", "VBD", "VERB", "Tense=Past", 2, "ROOT"),
    ("a", "DT", "DET", "Definite=Ind", 4, "det"),
    ("meeting", "NN", "NOUN", "Number=Sing", 2, "obj"),
    (".", ".", "PUNCT", "", 2, "punct"),
)
TREES = [[MET, LEFT]]


@given(seed=st.integers(0, 10_000), strength=st.sampled_from([0.0, 1.0, 2.0, 4.0]))
def test_damage_keeps_every_annotation_with_its_word(seed: int, strength: float) -> None:
    noise = Noise(TREES, strength=strength, names=[["Ana", "Sol"], ["Li", "Wei"]])
    for example in (MET, LEFT):
        copy = noise.damaged(example, random.Random(seed))
        assert len({len(column) for column in (copy.words, copy.tags, copy.pos, copy.morph, copy.heads, copy.labels, copy.starts)}) == 1
        assert [i for i, head in enumerate(copy.heads) if head == i] == [copy.labels.index("ROOT")]
        assert copy.starts[0] == 1
        if strength == 0:
            assert copy == example


def test_a_wild_copy_swaps_words_for_others_of_their_tag_and_features() -> None:
    noise = Noise(TREES, strength=0.0, swapped=1.0)
    seen = {noise.damaged(MET, random.Random(seed)).words[1] for seed in range(40)}
    assert seen == {"minister", "envoy", "meeting"}
    assert noise.damaged(MET, random.Random(1)).heads == MET.heads


def test_windows_hold_every_sentence_once_with_its_heads_shifted() -> None:
    cut = windows(TREES, random.Random(3))
    assert sorted(word for window in cut for word in window.words) == sorted(MET.words + LEFT.words)
    both = join([MET, LEFT])
    assert both.heads[6:] == [head + 6 for head in LEFT.heads]
    assert both.starts == MET.starts + LEFT.starts


def test_unread_texts_are_cut_after_full_stops_and_lose_no_word() -> None:
    words = "One two . Three four five . Six seven ! Eight nine ten eleven".split()
    doc = Doc(Vocab(), words)
    for seed in range(20):
        cut_up = list(cut(doc, random.Random(seed)))
        assert [word for window in cut_up for word in window.words] == words
        assert all(window.words[-1] in {".", "!", "eleven"} for window in cut_up)
