"""What each component takes of the time of a page: the rooms together are to take less than the language pipeline."""

from __future__ import annotations

import time
from pathlib import Path

from spacy.language import Language

from attache.reading import reading_of

ROUNDS = 5


def test_share_of_each_component(shared_data: Path, pipeline: Language, shown) -> None:  # type: ignore[no-untyped-def]
    texts = [path.read_text("utf-8") for path in sorted((shared_data / "dispatches").glob("*.txt"))]
    spent = dict.fromkeys(pipeline.pipe_names, 0.0)
    for turn in range(ROUNDS + 1):
        for text in texts:
            doc = pipeline.make_doc(text)
            reading_of(doc)
            for name, component in pipeline.pipeline:
                began = time.perf_counter()
                doc = component(doc)
                # The first round fills the caches.
                spent[name] += (time.perf_counter() - began) * bool(turn)
    words = sum(len(text.split()) for text in texts) * ROUNDS
    rooms = sum(seconds for name, seconds in spent.items() if name != "attache_encoder")
    lines = [(name, f"{1000 * seconds / ROUNDS / len(texts):8.1f} ms a page") for name, seconds in spent.items()]
    lines.append(("rooms / language pipeline", f"{rooms / spent['attache_encoder']:8.2f}"))
    shown(f"Time a component takes, {len(texts)} pages, {words // ROUNDS // len(texts)} words each", lines)
