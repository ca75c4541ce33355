"""The tutorial and the guides print what they say, walked from top to bottom on a clean folder."""

from __future__ import annotations

from pathlib import Path

from walks import STEP, WALKED, Walk


def test_tutorial_and_guides(tmp_path: Path) -> None:
    walk = Walk(tmp_path)
    for page in WALKED:
        steps = STEP.findall(page.read_text("utf-8"))
        for _, language, body, _ in steps:
            assert walk.printed(language, body) == body, f"a step of {page.name}"


def test_every_guide_has_steps() -> None:
    assert not [page.name for page in WALKED if not STEP.search(page.read_text("utf-8"))]
