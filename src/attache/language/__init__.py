"""The language room: English sentences, parts of speech, trees and names as an ordinary spaCy pipeline."""

from __future__ import annotations

from attache.language.pipeline import load_pipeline

__all__ = ["load_pipeline"]
