"""The event lexicon: one TOML file a kind, read into frames that say which phrase plays which part.

A frame is a verb or noun with its *slots*. Slots of a verb: ``subject``, ``object``, ``iobject``, ``within`` (anybody named in the object),
``told`` (subject of the clause that it introduces), ``asked`` (who is to act, of a clause that asks for it), or a preposition (``with``,
``on``); of a noun: ``possessive``, ``modifier``, ``owner`` (subject of the governing verb), or a preposition. Three slots are asked only
where those before them hold nobody: ``mover`` (the object, of what moves), ``place`` (the country of a place that is the object) and
``scene`` (the country of the place where it happens).
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, get_args

from attache.dossier import EventKind, Status
from attache.errors import DataError

FOLDER = Path(__file__).parent / "lexicon"
_KINDS: tuple[str, ...] = get_args(EventKind)
_STATUSES: tuple[str, ...] = get_args(Status)
_FIELDS = {
    "lemmas", "object", "object_is", "particle", "needs", "near", "source", "target", "about", "statement", "status", "type", "mode",
    "cameo", "confidence", "parties", "subject", "stative", "doer", "unlike", "without", "bare",
    "mandative", "infinitive",
}  # fmt: skip
_LISTS = ("lemmas", "source", "target", "about", "object", "needs", "near", "subject", "unlike", "without")
_OBJECTS = {"", "agreement", "actor", "party", "unnamed", "person", "country", "place"}


@dataclass(frozen=True)
class Frame:
    """One way to word one kind of event; see the module for the slots.

    ``object`` lists the nouns a light verb needs as its object ("impose" + "sanctions"), ``object_is`` what the object must be
    linked to (``party``: anybody, ``unnamed``: a group without a name), ``particle`` a verb particle, ``needs`` the slots of which
    one must hold an actor, ``near`` words of which one must follow in the clause, ``subject`` words of which one must stand in the
    subject, ``unlike`` heads of a subject, object or infinitive with which it means something else ("attack the problem"), ``without``
    particles of which the same holds ("let down"), ``parties`` how many actors at least; with ``doer`` it must be known who acts;
    ``mandative`` introduces a clause that asks for something to be done ("that Iran release them", not "that Iran has released them");
    ``infinitive`` one with "to" whose doer is the object ("told him to leave"); ``bare`` takes no object ("called for calm", not
    "called it a mistake for all"). ``stative`` is a state of the subject ("is ready to"), which may look like a passive.
    """

    kind: str
    form: str
    lemmas: tuple[str, ...]
    source: tuple[str, ...]
    target: tuple[str, ...]
    about: tuple[str, ...]
    object: tuple[str, ...] = ()
    object_is: str = ""
    particle: str = ""
    needs: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    statement: bool = False
    status: str = ""
    type: str | None = None
    mode: str | None = None
    cameo: str | None = None
    confidence: float = 0.8
    parties: int = 1
    subject: tuple[str, ...] = ()
    unlike: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    stative: bool = False
    doer: bool = False
    bare: bool = False
    mandative: bool = False
    infinitive: bool = False

    @property
    def rule(self) -> str:
        """The name that events made by this frame carry."""
        return f"{self.kind}:{self.form}:{self.lemmas[0]}"

    @property
    def demands(self) -> int:
        """How particular the frame is; more particular frames are tried first."""
        some = (self.object, self.object_is, self.particle, self.needs, self.near, self.infinitive)
        return sum(map(bool, some)) + 3 * bool(self.subject) + 3 * self.mandative


@dataclass(frozen=True)
class Lexicon:
    """All frames, by form and lemma, the most particular first."""

    verbs: dict[str, tuple[Frame, ...]]
    nouns: dict[str, tuple[Frame, ...]]


def _words(value: Any, where: str) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(word, str) and word for word in value):
        raise DataError(f"{where}: expected a list of words, found {value!r}")
    return tuple(value)


def _frame(kind: str, form: str, entry: dict[str, Any], slots: dict[str, Any], where: str) -> Frame:
    unknown = set(entry) - _FIELDS
    if unknown or not entry.get("lemmas"):
        raise DataError(f"{where}: unknown fields {sorted(unknown)} or no lemmas in a {form} entry")
    if str(entry.get("object_is", "")) not in _OBJECTS or entry.get("status", "happened") not in _STATUSES:
        raise DataError(f"{where}: object_is or status of {entry['lemmas'][0]} is none of the known ones")
    fields: dict[str, Any] = {**slots, **entry}
    lists: dict[str, Any] = {name: _words(fields.get(name, []), where) for name in _LISTS}
    rest = {name: fields[name] for name in _FIELDS - set(lists) if name in fields}
    return Frame(kind=kind, form=form, **lists, **rest)


def read_kind(path: Path) -> list[Frame]:
    """The frames of one file, checked."""
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    kind = data.get("kind")
    if kind not in _KINDS or kind != path.stem:
        raise DataError(f"{path.name}: kind is {kind!r}; it must be the file's name and one of the contract's kinds")
    defaults = {name: data[name] for name in ("parties", "statement", "confidence", "doer") if name in data}
    frames = []
    for form in ("verb", "noun"):
        slots = {**defaults, **data.get(f"{form}_slots", {})}
        frames += [_frame(kind, form, entry, slots, path.name) for entry in data.get(form, [])]
    if not frames:
        raise DataError(f"{path.name}: no verb and no noun entries")
    return frames


def _index(frames: list[Frame], form: str) -> dict[str, tuple[Frame, ...]]:
    found: dict[str, list[Frame]] = {}
    for frame in frames:
        if frame.form == form:
            for lemma in frame.lemmas:
                found.setdefault(lemma, []).append(frame)
    return {lemma: tuple(sorted(those, key=lambda frame: -frame.demands)) for lemma, those in found.items()}


@cache
def lexicon() -> Lexicon:
    """The packaged lexicon."""
    frames = [frame for path in sorted(FOLDER.glob("*.toml")) for frame in read_kind(path)]
    return Lexicon(_index(frames, "verb"), _index(frames, "noun"))


def takes(noun: str, preposition: str) -> bool:
    """Whether an event noun has parties of its own behind such a preposition."""
    return any(preposition in (*frame.source, *frame.target, *frame.about) for frame in lexicon().nouns.get(noun, ()))


@cache
def words(name: str) -> frozenset[str]:
    """A word list of ``words.toml``."""
    found = _word_lists().get(name)
    if found is None:
        raise DataError(f"words.toml: no list called {name!r}")
    return found


@cache
def _word_lists() -> dict[str, frozenset[str]]:
    path = Path(__file__).parent / "words.toml"
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    return {name: frozenset(_words(value, f"words.toml, {name}")) for name, value in data.items()}
