"""Whether a name as written is the name in another spelling, or damaged."""

from __future__ import annotations

import re
from functools import lru_cache

from attache.knowledge import Person, fold, name_similarity
from attache.who.lexicon import readings, spelling, words
from attache.who.likeness import likeness

NOISE = re.compile(r"[\"“”„«»*_|~^]")
"""Marks that damaged copies leave inside a name."""

_NICKNAME = re.compile(r"""(?<=\w )["“'‘](\w+)["”'’](?= \w)""")
"""A nickname as news prints it between given and family name: Philip "Brave" Davis."""

READ = 0.95
"""How probable it is that a translated or differently read family name is meant, where everything else is right."""
READ_ALL = 0.6
"""The same where the given name, of characters too, looks like nothing."""

REGNAL = 0.75
"""How probable it is that whoever reigns under the numeral written is meant, where of the name no more than the first letter is left."""
_NUMERAL = re.compile(r"(?:i{2,3}|iv|vi{0,3}|ix|x[ivx]*)$")
_ROYAL = re.compile(r"(?:b[ie]n|ibn|al|[ivx]+)$")


def noisy(text: str) -> bool:
    """Whether a copy left marks inside the name; those around a nickname belong there."""
    return NOISE.search(_NICKNAME.sub("", text)) is not None


def clean_name(text: str) -> str:
    """A name as written without stray marks inside and without a possessive ending."""
    return re.sub(r"['’]s?$", "", NOISE.sub("", _NICKNAME.sub(r"\1", text))).strip()


@lru_cache(maxsize=16384)
def unaddressed(name: str) -> str:
    """A name without the forms of address before it ("Sheikh", "Dr."), unless it is nothing else."""
    parts = name.split()
    while len(parts) > 1 and parts[0].rstrip(".").lower() in words().address:
        parts = parts[1:]
    return " ".join(parts)


def forms_of(person: Person) -> tuple[str, ...]:
    """The names a person is written by: canonical name first; whoever reigns also without the country."""
    reigning = (person.name.split(" of ")[0],) if " of " in person.name else ()
    return (person.name, *reigning, *person.aliases)


@lru_cache(maxsize=16384)
def plain_spelling(word: str, latin: bool = False) -> str:
    """A folded word in the one spelling that stands for its variants; of ``latin`` names few spellings are one."""
    for rule in spelling().latin_rules if latin else spelling().rules:
        word = rule.find.sub(rule.put, word)
    return word


@lru_cache(maxsize=32768)
def _words(name: str, latin: bool) -> list[str]:
    """Folded words of a name in plain spelling, without those that may be left out."""
    optional = spelling().optional
    every = fold(unaddressed(name)).split()
    kept = [plain_spelling(word, latin) for word in every if word not in optional]
    return kept or [plain_spelling(word, latin) for word in every]


def _same_given(a: str, b: str, short_forms: bool) -> bool:
    """Whether a written given name is the other, its initial, or (``short_forms``) the two are short for one another."""
    if a == b or (len(a) == 1 and a == b[0]):
        return True
    if not short_forms:
        return False
    nicknames = spelling().nicknames
    return b in nicknames.get(a, ()) or a in nicknames.get(b, ()) or any(a in short and b in short for short in nicknames.values())


def _covers(written: list[str], full: list[str], short_forms: bool) -> bool:
    """Whether each written word is one of the full name's, in order or with the family name first, the surname among them."""
    if len(full) > 1 and set(full) <= set(written):
        # More family or middle names than the table has; beside initials another one is another person (George H. W. Bush).
        return not any(len(word) == 1 for word in full) or all(len(word) > 1 for word in set(written) - set(full))
    if len(written) == 1 and written[0] in full[1:]:
        return True  # the first of two family names
    if "of" in full[1:] and len(written) > 1 and written[0] == full[0] and _ROYAL.match(written[1]):
        return True  # a ruler named by the country: Salman bin Abdulaziz, Felipe VI
    pool = list(full)
    for word in written:
        match = next((other for other in pool if _same_given(word, other, short_forms)), None)
        if match is None:
            return False
        pool.remove(match)
    return any(len(word) > 1 and word in (full[-1], full[0]) for word in written)


def _short_initials(words: list[str]) -> set[str]:
    """First letters of the long forms of a nickname, and of the short forms of a name."""
    nicknames = spelling().nicknames
    first = words[0]
    return {other[0] for long, short in nicknames.items() if first == long or first in short for other in (long, *short)}


@lru_cache(maxsize=32768)
def same_spelling(written: str, person: Person, short_forms: bool = True) -> bool:
    """Whether the words are the person's name, or part of it, in some accepted spelling.

    ``short_forms`` takes Jack for John; an alias is a short form already, so that Anthony is not Antony by way of Tony.
    """
    if noisy(written):
        return False
    written = _NICKNAME.sub(r"\1", written)
    latin = person.country in spelling().latin
    ours = _words(written, latin)
    joined = "".join(ours)
    initials = _short_initials(ours) if ours else set()
    for form in forms_of(person):
        full = _words(form, latin)
        # most names are told apart by their first letters; nicknames may begin with another
        if not full or not ours or joined[0] not in {word[0] for word in full} | initials:
            continue
        tails = {"".join(full[i:]) for i in range(len(full))} | {"".join([full[-1], *full[:-1]]), "".join([*full[1:], full[0]])}
        if (
            joined in tails
            or plain_spelling(joined, latin) in {plain_spelling(tail, latin) for tail in tails}
            or _covers(ours, full, short_forms and form == person.name)
        ):
            return True
    return False


@lru_cache(maxsize=32768)
def resemblance(written: str, person: Person) -> float:
    """0..1: how much the words look like one of the person's names."""
    if same_spelling(written, person):
        return 1.0
    name = unaddressed(clean_name(written))
    several = " " in name
    # a full name is compared with full names only: a surname alone says nothing of the rest
    forms = [form for form in forms_of(person) if form and (not several or " " in form or form == person.name)]
    return max((name_similarity(name, form) for form in forms), default=0.0)


@lru_cache(maxsize=32768)
def chance(written: str, person: Person) -> float:
    """0..1: how probable it is that the words are one of the person's names, damaged or not; 1 for an accepted spelling."""
    if same_spelling(written, person):
        return 1.0
    name = unaddressed(clean_name(written))
    forms = [form for form in forms_of(person) if form and (" " in form or form == person.name)]
    # a form of address may be damaged or run together with the name
    pairs = {pair for form in forms for pair in ((name, unaddressed(form)), (clean_name(written), form))}
    best = max((likeness(ours, theirs) for ours, theirs in pairs), default=0.0)
    return max(best, _chance_read(name, person, forms), _chance_regnal(name, person))


def _chance_regnal(name: str, person: Person) -> float:
    """The same where a reigning person's numeral is right and alone, or the name before it begins as it should: "Mifaine VI"."""
    parts = fold(name).split()
    if not parts or len(parts) > 2 or not _NUMERAL.match(parts[-1]):
        return 0.0
    borne = fold(forms_of(person)[1] if " of " in person.name else person.name).split()
    return REGNAL if parts[-1] in borne[1:] and (len(parts) == 1 or parts[0][0] == borne[0][0]) else 0.0


def _chance_read(name: str, person: Person, forms: list[str]) -> float:
    """The same for a name of which another language read or translated the family name; characters are then all read so."""
    borne = {word for form in forms for word in fold(form).split()}
    parts = fold(name).split()
    best = 0.0
    for at, part in enumerate(parts):
        for table, least in ((readings().characters, READ_ALL), (readings().translated, 0.0)):
            for meant in table.get(part, frozenset()) & borne:
                put_back = " ".join([*parts[:at], meant, *parts[at + 1 :]])
                fit = 1.0 if same_spelling(put_back, person) else max(likeness(put_back, form) for form in forms)
                best = max(best, READ * fit, least if len(parts) > 1 else 0.0)
    return best
