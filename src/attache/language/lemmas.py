"""Lemmas by inflection rules, an exception table and lists of known verbs and adjectives.

The part of speech and the Penn tag say which ending to take off; the lists decide whether an "e" is restored or a doubled consonant
undone. A word that no rule fits is its own lemma, in lower case unless it is a proper noun.
"""

from __future__ import annotations

import csv
import tomllib
from functools import cache, lru_cache
from pathlib import Path

from attache.errors import DataError

DATA = Path(__file__).parent / "data"


@cache
def exceptions() -> dict[tuple[str, str], str]:
    """Irregular forms: (form, NOUN/VERB/ADJ/ADV) to lemma."""
    path = DATA / "lemma_exceptions.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    if rows[0] != ["form", "pos", "lemma"] or any(len(row) != 3 for row in rows):
        raise DataError(f"{path} must have the columns form, pos, lemma in every row")
    return {(form, pos): lemma for form, pos, lemma in rows[1:]}


@cache
def forms(kind: str) -> dict[str, str]:
    """Word forms that no rule covers, to their lemmas: ``auxiliary`` or ``pronoun``."""
    path = DATA / "lemma_words.toml"
    tables = tomllib.loads(path.read_text(encoding="utf-8"))
    if set(tables) != {"auxiliary", "pronoun"} or not all(isinstance(f, list) for t in tables.values() for f in t.values()):
        raise DataError(f"{path} must have the tables auxiliary and pronoun, each of lemmas with a list of forms")
    return {form: "be" if lemma == "be_or_have" else lemma for lemma, listed in tables[kind].items() for form in listed}


@cache
def known(pos: str) -> frozenset[str]:
    """The known base forms of verbs or adjectives."""
    return frozenset((DATA / f"{pos}s.txt").read_text(encoding="utf-8").split())


def stem(word: str, ending: int, pos: str) -> str:
    """Take ``ending`` letters off and mend what is left: an "e" lost, a consonant doubled, a "y" turned "i"."""
    base = word[:-ending]
    doubled = len(base) > 2 and base[-1] == base[-2]
    candidates = [base + "e", base, base[:-1] if doubled else base, base[:-1] + "y" if base.endswith("i") else base]
    if doubled:
        candidates = [base, base[:-1], base + "e"]
    if base in known(pos) and base + "e" in known(pos) and len(base) > 2 and (base[-2] not in "aeiou" or base[-3] in "aeiou"):
        return base
    for candidate in candidates:
        if candidate in known(pos):
            return candidate
    if doubled and base[-1] not in "lsfz":
        return base[:-1]
    if base.endswith("i"):
        return base[:-1] + "y"
    vowels = sum(c in "aeiou" for c in base)
    return base + "e" if base.endswith(("at", "iz", "is", "v", "c", "u", "dg")) and vowels > 0 else base


def singular(word: str) -> str:
    """A regular plural or third person without its ending."""
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "shes", "ches", "xes", "zzes", "oes")) and len(word) > 4:
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 2 else word


@lru_cache(maxsize=100_000)
def lemma(word: str, pos: str, tag: str) -> str:
    """The dictionary form of ``word`` with its universal part of speech and Penn tag."""
    lower = word.lower()
    if pos == "PROPN":
        return word
    if pos in ("VERB", "AUX"):
        return forms("auxiliary").get(lower) or verb_lemma(lower, tag)
    if pos in ("PRON", "DET"):
        return forms("pronoun").get(lower, lower)
    if pos == "PART":
        return forms("auxiliary").get(lower, lower)
    if pos == "NOUN":
        return exceptions().get((lower, "NOUN")) or (singular(lower) if tag == "NNS" else lower)
    if pos in ("ADJ", "ADV"):
        irregular = exceptions().get((lower, pos))
        if irregular or tag not in ("JJR", "JJS", "RBR", "RBS"):
            return irregular if irregular and tag in ("JJR", "JJS", "RBR", "RBS") else lower
        return stem(lower, 3 if lower.endswith("est") else 2, "adj") if lower.endswith(("er", "est")) else lower
    return lower


def verb_lemma(lower: str, tag: str) -> str:
    """The infinitive of a verb form."""
    if tag in ("VB", "VBP") and lower in known("verb"):
        return lower
    irregular = exceptions().get((lower, "VERB"))
    if irregular:
        return irregular
    if lower.endswith("ies") and lower[:-1] in known("verb"):
        return lower[:-1]
    if tag == "VBZ":
        return lower[:-1] if lower[:-1] in known("verb") else singular(lower)
    if lower.endswith("ing") and tag == "VBG" and len(lower) > 4:
        return stem(lower, 3, "verb")
    if lower.endswith("ed") and tag in ("VBD", "VBN") and len(lower) > 3:
        return stem(lower, 2, "verb")
    return lower
