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
    except (OSError, ImportError) as error:
        reason = str(error).splitlines()[0]
        raise PipelineError(f"no spaCy pipeline named {name!r} can be loaded ({reason}); install it, or name its folder") from error
    lacking = {"parser", "tagger"} - {"tagger" if pipe == "morphologizer" else pipe for pipe in nlp.pipe_names}
    if lacking and "attache_encoder" not in nlp.pipe_names:
        raise PipelineError(f"the pipeline {name!r} has no {' and no '.join(sorted(lacking))}, which attache reads from")
    return nlp
