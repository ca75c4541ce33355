"""Pages whose words a program swapped: the signals, the score, and foreign styles that are no damage."""

from __future__ import annotations

from pathlib import Path

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st

from attache.dossier import Finding
from attache.doubt.collocations import collocations, originals, runs_of, thesaurus
from attache.doubt.reliability import reliability
from attache.doubt.spun import SIGNALS, check_spun, model, reasons, score, signals
from attache.doubt.wording import wording_of
from attache.garble import garble

STYLES = sorted((Path(__file__).parent / "passages" / "styles").glob("*.txt"))


def passages(path: Path) -> list[str]:
    return [block.split("\n", 1)[1].strip() for block in path.read_text("utf-8").split("\n= ")[1:]]


def pages(path: Path) -> list[str]:
    texts = passages(path)
    return ["\n\n".join(texts[at : at + 3]) for at in range(0, len(texts), 3)]


@pytest.mark.parametrize("path", STYLES, ids=lambda path: path.stem)
def test_a_foreign_style_is_not_spun(path: Path) -> None:
    assert [page for page in pages(path) if score(wording_of(page)) >= model().threshold] == []


def test_spun_pages_score_higher_than_clean_ones() -> None:
    clean = [page for path in STYLES for page in pages(path)]
    spun = [garble(page, n, "heavy", ["synonym", "small-word"]).text for n, page in enumerate(clean)]
    assert all(score(wording_of(one)) < score(wording_of(other)) for one, other in zip(clean, spun, strict=True))
    assert sum(score(wording_of(page)) >= model().threshold for page in spun) > 0.9 * len(spun)


def test_a_spun_page_gets_one_warning_with_its_reasons() -> None:
    page = garble("\n\n".join(passages(STYLES[0])[:4]), 1, "heavy", ["synonym", "small-word"]).text
    (found,) = check_spun(spacy.blank("en")(page))
    assert (found.kind, found.span, found.severity) == ("garbled", None, "warning") and found.confidence >= model().threshold
    assert any("seem to stand for" in ground for ground in found.grounds) and reliability([found], 200) < 1


def test_signals_are_told_in_words() -> None:
    wording = wording_of("They signed an deal and a agreement, the the paper says.")
    assert wording.clashing == ["an deal", "a agreement", "the the"] and "“an deal”" in reasons(wording)[0]
    assert wording_of("An MP, an hour, a union, a European one-off, an honest man.").clashes == 0


def test_a_short_page_is_not_judged() -> None:
    assert list(check_spun(spacy.blank("en")("An deal the the of a agreement were."))) == []
    assert len(signals(wording_of(""))) == len(SIGNALS) and score(wording_of("")) < 0.5


def test_tables_have_their_shape() -> None:
    table = collocations()
    assert table.total > 100_000 and len(table.words) > 5_000 and all(" " in pair for pair in table.pairs)
    assert table.bond("prime", "minister") > 0.5 > table.bond("minister", "the") and table.bond("zzz", "qqq") == 0.0
    assert list(runs_of("The talks on Iran’s deal, he said, went on.")) == [["talks", "on"], ["he", "said"], ["went", "on"]]
    assert all(word not in others for word, others in thesaurus().items()) and originals()


FINDINGS = st.builds(
    lambda kind, severity, confidence: Finding(kind=kind, span=None, text="", message="", severity=severity, confidence=confidence),
    st.sampled_from(["corrupted-name", "garbled", "contradiction", "undated"]),
    st.sampled_from(["error", "warning", "note"]), st.floats(0, 1),
)  # fmt: skip


@given(st.lists(FINDINGS, max_size=8), FINDINGS, st.integers(0, 3000))
def test_reliability_never_rises_with_a_finding(findings: list[Finding], more: Finding, n_words: int) -> None:
    before, after = reliability(findings, n_words), reliability([*findings, more], n_words)
    assert 0 <= after <= before <= 1 and reliability(reversed(findings), n_words) == before
    surer = more.model_copy(update={"confidence": 1.0})
    graver = more.model_copy(update={"severity": "error"})
    assert reliability([*findings, surer], n_words) <= after and reliability([*findings, graver], n_words) <= after
