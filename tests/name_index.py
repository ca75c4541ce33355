"""The fuzzy look-up among a million people: how often it finds the owner of a damaged name, how long it takes, and two peers beside it.

``python tests/name_index.py FOLDER [PEOPLE]`` makes two databases in the folder where they are not there yet: people with made-up
names, and people with given names and surnames of the built-in table, drawn anew. Each person has two spellings. The peers compare the
name with every spelling (rapidfuzz ``process.extract``), on fewer questions, since they take a thousand times as long.
"""

from __future__ import annotations

import random
import resource
import statistics
import string
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from rapidfuzz import fuzz, process
from rapidfuzz.distance import JaroWinkler
from synthetic_people import people

from attache.garble import damage_name
from attache.knowledge import builtin, fold
from attache.knowledge.importing.facts import Fact, OfficeFact, PersonFact, TenureFact
from attache.knowledge.importing.target import Target
from attache.knowledge.store import Store

RETURNED = 60
ASKED = 200
"""Questions of each kind of damage; the peers get every twentieth."""
TRANSLITERATED = [
    ("kh", "h"), ("sh", "sch"), ("y", "i"), ("v", "w"), ("ou", "u"), ("k", "q"), ("ch", "tch"), ("f", "ph"), ("z", "s"),
    ("j", "dj"), ("o", "oo"),
]  # fmt: skip
"""Letters that transliterators write for one another."""


def one_letter(name: str, rng: random.Random) -> str:
    """One letter, not the first of a word, is lost, added, changed or exchanged with the next."""
    at = rng.choice([i for i in range(1, len(name)) if name[i] != " " and name[i - 1] != " "])
    letter = rng.choice(string.ascii_lowercase)
    kind = rng.choice("lost added changed exchanged".split())
    if kind == "exchanged" and at + 1 < len(name) and name[at + 1] != " ":
        return name[:at] + name[at + 1] + name[at] + name[at + 2 :]
    return name[:at] + {"lost": "", "added": letter + name[at]}.get(kind, letter) + name[at + 1 :]


def vowels_lost(name: str, rng: random.Random) -> str:
    """Two vowels within the last word are lost, or the one that there is."""
    first, _, last = name.rpartition(" ")
    places = [i for i in range(1, len(last)) if last[i] in "aeiou"]
    gone = set(rng.sample(places, min(2, len(places))))
    return f"{first} {''.join(c for i, c in enumerate(last) if i not in gone)}".strip()


def transliterated(name: str, rng: random.Random) -> str:
    """Up to two sounds written in another way."""
    there = [(one, other) for pair in TRANSLITERATED for one, other in (pair, pair[::-1]) if one in name[1:]]
    for one, other in rng.sample(there, min(2, len(there))):
        name = name[0] + name[1:].replace(one, other, 1)
    return name


KINDS: dict[str, Callable[[str, random.Random], str]] = {
    "one letter": one_letter,
    "two letters": lambda name, rng: one_letter(one_letter(name, rng), rng),
    "order turned, one letter": lambda name, rng: one_letter(" ".join(reversed(name.split(" ", 1))), rng),
    "words run together, one letter": lambda name, rng: one_letter(name.replace(" ", "").capitalize(), rng),
    "two vowels lost": vowels_lost,
    "written otherwise": transliterated,
    "as in attache.garble, two blows": lambda name, rng: damage_name(name, rng, 2)[0],
}


def made_up(count: int) -> Iterator[str]:
    """Names that nobody bears, which share their syllables."""
    for row in people(count):
        yield str(row["caption"])


def drawn(count: int) -> Iterator[str]:
    """Given names and surnames of the built-in table, each put beside one of somebody else."""
    rng = random.Random(5)
    names = [words for person in builtin().people.values() if len(words := person.name.split()) > 1]
    for _ in range(count):
        given, family = rng.choice(names), rng.choice(names)
        yield " ".join([*given[:-1][: rng.choice([1, 1, 1, 2])], *family[max(1, len(family) - rng.choice([1, 1, 1, 2])) :]])


def fill(path: Path, names: Iterator[str]) -> None:
    """An import's database of these people; a second spelling of each has an initial."""
    target = Target(path)
    batch: list[Fact] = [OfficeFact("own:o", "Member of Parliament", "FRA")]
    for n, name in enumerate(names):
        words = name.split()
        batch += [PersonFact(f"own:{n}", name, (f"{words[0][0]}. {words[-1]}",), "FRA"), TenureFact(f"own:{n}", "own:o")]
        if len(batch) > 20_000:
            target.add(batch, "made", n)
            batch = []
    target.add(batch, "made", 0)
    target.finish("2026-11-28", lambda done, total: None)
    target.close()


def measure(path: Path, asked: int = ASKED) -> dict[str, float]:
    """Print what the look-up finds and how long it takes; the share found by kind of damage."""
    store, rng = Store(path), random.Random(11)
    count = store.ask("SELECT count(*) FROM person")[0][0]
    names = [row[0] for row in store.ask(f"SELECT name FROM person WHERE n % {max(1, count // asked)} = 7 LIMIT {asked}")]
    spelled = [fold(row[0]) for row in store.ask("SELECT coalesce(s.name, p.name) FROM spelling s JOIN person p ON p.n = s.person")]
    print(f"{path.stem}, {count:,} people, {len(spelled):,} spellings: the owner among {RETURNED} returned")
    every: list[float] = []
    shares = {}
    store.spellings_like("Some Body", RETURNED)
    for kind, damage in KINDS.items():
        pairs = [(name, damage(name, rng)) for name in names]
        shares[kind], times = _asked(store, pairs)
        every += times
        peers = "; ".join(_peer(label, scorer, pairs[::20], spelled, times) for label, scorer in PEERS.items())
        print(f"  {kind}: {shares[kind]:.1%}, median {statistics.median(times):.2f} ms; {peers}", flush=True)
    slow = sorted(every)[len(every) * 95 // 100]
    print(f"  all: median {statistics.median(every):.2f} ms, 95th {slow:.2f} ms of one core")
    return shares


def _asked(store: Store, pairs: list[tuple[str, str]]) -> tuple[float, list[float]]:
    """The share of names found, and the milliseconds of processor time of each question."""
    times, found = [], 0
    for name, written in pairs:
        begun = time.process_time()
        got = store.spellings_like(written, RETURNED)
        times.append((time.process_time() - begun) * 1e3)
        found += any(person.name == name for person, _ in got)
    return found / len(pairs), times


PEERS: dict[str, Callable[..., float]] = {"WRatio": fuzz.WRatio, "Jaro-Winkler": JaroWinkler.similarity}


def _peer(label: str, scorer: Callable[..., float], pairs: list[tuple[str, str]], spelled: list[str], ours: list[float]) -> str:
    found, begun = 0, time.process_time()
    for name, written in pairs:
        best = process.extract(fold(written), spelled, scorer=scorer, limit=RETURNED)
        found += fold(name) in {row[0] for row in best}
    took = (time.process_time() - begun) * 1e3 / len(pairs)
    return f"{label} {found}/{len(pairs)}, {took / statistics.median(ours):,.0f} times as long"


def main() -> None:
    """The two databases, made if need be, measured one after the other."""
    folder, count = Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1_000_000
    for label, names in (("made-up", made_up), ("drawn", drawn)):
        path = folder / f"{label}-{count}.sqlite"
        if not path.exists():
            begun = time.process_time()
            fill(path, names(count))
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            print(
                f"{label}: made in {time.process_time() - begun:.0f} s of one core, {path.stat().st_size / 1e6:.0f} MB, peak {peak:.0f} MB"
            )
        measure(path)


if __name__ == "__main__":
    main()
