"""Scores events by CAMEO root: sentences with the source, target and CAMEO code of each event that a coder found in them.

Each row: ``text`` and ``events`` (``source``, ``target``, ``code``). The measures are those of ``events.py``; as CAMEO asks, an event of
ours counts only where it has two sides.
"""

from __future__ import annotations

from spacy.language import Language

from attache.evaluate.events import Wanted, compare, countries_of
from attache.evaluate.forms import Form, GoldFile, Row
from attache.evaluate.measures import Score


def score_cameo(gold: GoldFile, nlp: Language) -> Score:
    """CAMEO roots, countries of actors, and direction."""
    wanted = [_wanted(row) for row in gold.rows]
    return compare(gold.path.stem, wanted, nlp.pipe(w.text for w in wanted), coded_by="root")


def _wanted(row: Row) -> Wanted:
    types = frozenset(e["code"][:2] for e in row["events"])
    sides = tuple((frozenset(countries_of([e["source"]])), frozenset(countries_of([e["target"]]))) for e in row["events"])
    return Wanted(row["text"], types, sides)


FORM = Form("events (CAMEO)", frozenset({"text", "events", "code_scheme"}), score_cameo)
