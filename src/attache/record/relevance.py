"""Whether a page can hold an event of diplomacy at all: told by names of countries, peoples, organisations and offices."""

from __future__ import annotations

import re

from attache.knowledge import Knowledge, builtin

NOTHING = "names no country, people, organisation or office"
_TOKEN = re.compile(r"\w+(?:[.'’-]\w+)*|[^\w\s]")


def nothing_diplomatic(text: str, title: str | None = None) -> str | None:
    """Why the page cannot hold an event, or None where it may.

    An event needs parties, and the parties of diplomacy are states, their people, organisations and office holders. A page that
    names none of them by any name that the knowledge base has is passed over; a single "French" or "minister of" is enough to be read.
    """
    tokens = [found[0] for found in _TOKEN.finditer(f"{title or ''} {text}")]
    knowledge = builtin()
    if any(_named(knowledge, tokens, place) for place in range(len(tokens))) or knowledge.office_phrases(tokens):
        return None
    return NOTHING


def _named(knowledge: Knowledge, tokens: list[str], place: int) -> bool:
    longest = knowledge.longest_name(tokens[place])
    for length in range(min(longest, len(tokens) - place), 0, -1):
        words = " ".join(tokens[place : place + length])
        if knowledge.country_named(words) or knowledge.country_of_demonym(words):
            return True
        if knowledge.organisation_named(words) or knowledge.metonym(words):
            return True
    return False
