"""What each component takes of the time of a page: the rooms together are to take less than the language pipeline."""

from __future__ import annotations

import sys
from pathlib import Path

from spacy.language import Language

sys.path.insert(0, str(Path(__file__).parents[2]))

from bench.reading_speed import of_components, words_in

ROUNDS = 5


def test_share_of_each_component(shared_data: Path, pipeline: Language, shown) -> None:  # type: ignore[no-untyped-def]
    texts = [path.read_text("utf-8") for path in sorted((shared_data / "dispatches").glob("*.txt"))]
    spent = of_components(pipeline, texts, ROUNDS)
    rooms = sum(seconds for name, seconds in spent.items() if name not in ("tokens", "attache_encoder"))
    lines = [(name, f"{1000 * seconds / len(texts):8.1f} ms a page") for name, seconds in spent.items()]
    lines.append(("rooms / language pipeline", f"{rooms / spent['attache_encoder']:8.2f}"))
    shown(f"Time a component takes, {len(texts)} pages, {words_in(texts) // len(texts)} words each", lines)
