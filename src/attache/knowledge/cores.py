"""What is left of an office's own name without its country: "Permanent Representative to the United Nations of Estonia".

Any office of the tables is then found in text by its own words, with its country before them or after.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from attache.knowledge.fold import fold

LEAST_WORDS = 2
"""One word (minister, governor) says too little; such titles stand in ``office_titles.toml``."""


def core_of(name: str, places: Iterable[str]) -> str | None:
    """The folded words of an office's name without the ``places`` (folded) at its start or end; None where too little is left."""
    words = fold(name.split("(")[0]).split()
    for place in sorted(places, key=len, reverse=True):
        parts = place.split()
        if len(words) > len(parts) and words[: len(parts)] == parts:
            words = words[len(parts) :]
            break
        if len(words) > len(parts) + 1 and words[-len(parts) :] == parts:
            words = words[: -len(parts)]
            while words and words[-1] in {"of", "the", "for", "in"}:
                words.pop()
            break
    return " ".join(words) if len(words) >= LEAST_WORDS else None


def cores(offices: Iterable[Mapping[str, str]], places: Mapping[str, set[str]]) -> list[tuple[str, str]]:
    """(core, office id) of every office whose name leaves one; ``places`` are folded names and demonyms by office ``where``."""
    found = []
    for row in offices:
        core = core_of(row["name"], places.get(row["where"], set()))
        if core:
            found.append((core, row["id"]))
    return sorted(found)
