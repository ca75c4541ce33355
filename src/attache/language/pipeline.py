"""Which spaCy pipeline stands under the rooms: attache's own, or one that the user names."""

from __future__ import annotations

import spacy
from spacy.language import Language

from attache.errors import PipelineError

DEFAULT = "attache"


def load_pipeline(name: str | None = None) -> Language:
    """Load attache's own English pipeline, or any installed spaCy pipeline or folder by ``name``.

    Raises :class:`attache.errors.PipelineError` where it cannot be loaded, or has no parser or tagger.
    """
    if name is None or name == DEFAULT:
        import attache.language.encoder  # noqa: F401  (registers the component)

        nlp = spacy.blank("en")
        nlp.max_length = 3_000_000
        nlp.add_pipe("attache_encoder")
        return nlp
    try:
        nlp = spacy.load(name)
    except OSError as error:
        raise PipelineError(f"no spaCy pipeline named {name!r}; install it with pip, or give its folder") from error
    if not {"parser", "attache_encoder"} & set(nlp.pipe_names):
        raise PipelineError(f"the pipeline {name!r} has no parser; attache reads events from the parse, so name one that has")
    return nlp
