"""People who never were, as many as are asked for, in the form of OpenSanctions: for timing imports and the name index."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from pathlib import Path

# About as many different letter trigrams as the names of a real table have.
ONSETS = "b bl br ch d dr f fl fr g gh gl gr h j k kh kl kr kw l m n ng ny p ph pr r s sh sk sl st sw t th tr ts v w y z zh".split()
MIDDLES = "a e i o u aa ai au ei eo ia ie ou oo ua ui".split()
ENDS = "n r s l k m t x nd rt ng sky ov ic ez son sen man berg ski dze yan ko ris li nov wala mba ides sson ez ton ford".split()


def word(chance: random.Random, parts: int) -> str:
    """A word that could be a name."""
    return ("".join(chance.choice(ONSETS) + chance.choice(MIDDLES) for _ in range(parts)) + chance.choice(ENDS)).capitalize()


def people(count: int, seed: int = 1) -> Iterator[dict[str, object]]:
    """Entities of the schema Person, each with a position; given names repeat as they do among people, surnames less."""
    chance = random.Random(seed)
    given = [word(chance, chance.randint(1, 2)) for _ in range(4000)]
    for n in range(count):
        name = f"{chance.choice(given)} {word(chance, chance.randint(2, 3))}"
        properties = {
            "name": [name, f"{name.split()[0][0]}. {name.split()[1]}"],
            "country": [chance.choice(["fr", "de", "ng", "br", "in"])],
        }
        yield {"id": f"p{n}", "schema": "Person", "caption": name, "properties": properties | {"position": ["Member of Parliament"]}}


def write(path: Path, count: int) -> None:
    """One entity a line."""
    with path.open("w", encoding="utf-8") as lines:
        lines.writelines(json.dumps(entity) + "\n" for entity in people(count))
