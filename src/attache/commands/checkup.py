"""The checks of ``attache doctor``: each looks at one thing that reading or filing needs, changes nothing and says what to do."""

from __future__ import annotations

import base64
import gzip
import hashlib
import locale
import os
import platform
import re
import shutil
import sys
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.metadata import Distribution, PackageNotFoundError, distribution, version
from pathlib import Path
from typing import Literal

from attache.errors import AttacheError

State = Literal["ok", "note", "problem"]
PACKAGE = Path(__file__).parent.parent
SENTENCE = "Angela Merkel met Emmanuel Macron in Paris on Monday."
_DATA = {".toml", ".csv", ".gz", ".txt", ".json", ".onnx", ".sql", ".css", ".html", ".sqlite"}
_NAME = re.compile(r"[A-Za-z0-9._-]+")
_EXTRA = re.compile(r"extra\s*==\s*[\"']([\w-]+)[\"']")


@dataclass(frozen=True)
class Check:
    """One thing looked at: ``ok``, ``note`` (works, with something to know) or ``problem``; and what to do about it."""

    name: str
    state: State
    says: str
    remedy: str = ""


def versions() -> Iterator[Check]:
    """Python, the platform, and every package that attache cannot do without."""
    names = ("attache", "spacy", "onnxruntime", "numpy", "sqlalchemy")
    told = ", ".join(f"{name} {_version(name) or 'missing'}" for name in names)
    yield Check("versions", "ok", f"Python {platform.python_version()} on {platform.system()} {platform.machine()}; {told}")
    missing = sorted(name for name in _requirements().get("", ()) if _version(name) is None)
    if missing:
        yield Check("packages", "problem", f"missing: {', '.join(missing)}", f"pip install {' '.join(missing)}")


def data_files(package: Path = PACKAGE, installed: Distribution | None = None) -> Iterator[Check]:
    """Every data file against the checksum that it was installed with; in a checkout, which has none, whether each can be read."""
    sums = dict(_checksums(installed or _distribution(), package))
    files = sorted(p for p in package.rglob("*") if p.suffix in _DATA and p.is_file())
    wrong = [p for p in files if (p in sums and _digest(p) != sums[p]) or (p not in sums and not _readable(p))]
    gone = [p for p in sums if p.suffix in _DATA and not p.exists()]
    if wrong or gone:
        names = ", ".join(p.relative_to(package).as_posix() for p in [*wrong, *gone])
        yield Check("data files", "problem", f"damaged or missing: {names}", "install attache anew: pip install --force-reinstall attache")
    elif sums:
        yield Check("data files", "ok", f"{len(sums.keys() & set(files))} files as they were installed")
    else:
        yield Check("data files", "ok", f"{len(files)} files can be read (a checkout has no checksums to hold them against)")


def model() -> Iterator[Check]:
    """Whether the language model loads and a sentence is read."""
    try:
        import attache

        found = attache.read(SENTENCE, published="2018-06-20")
    except (AttacheError, OSError, ImportError, ValueError, RuntimeError) as error:
        yield Check("model", "problem", f"cannot read a sentence: {error}", "install attache anew: pip install --force-reinstall attache")
        return
    people = [actor.name for actor in found.actors if actor.kind == "person"]
    if any(event.kind == "meet" for event in found.events) and len(people) == 2:
        yield Check("model", "ok", f"read “{SENTENCE}” as a meeting of {' and '.join(people)}")
    else:
        kinds = ", ".join(event.kind for event in found.events) or "nothing"
        yield Check("model", "problem", f"read “{SENTENCE}” as {kinds}", "install attache anew: pip install --force-reinstall attache")


def knowledge() -> Iterator[Check]:
    """Whether the compiled knowledge base is that of the tables beside it, and the user's own imports can be opened."""
    from attache.knowledge import packaged
    from attache.knowledge.store import Store

    wanted = packaged.digest()
    places = (packaged.DATA / packaged.NAME, packaged.cache_folder() / f"knowledge-{wanted}.sqlite")
    fresh = next((path for path in places if packaged.is_fresh(path, wanted)), None)
    if fresh:
        yield Check("knowledge base", "ok", f"fresh, {fresh.stat().st_size / 1e6:.0f} MB at {fresh}")
    elif any(os.access(_existing(path), os.W_OK) for path in places):
        yield Check("knowledge base", "note", "not compiled yet from the tables; it is made when first asked, in some seconds")
    else:
        yield Check("knowledge base", "problem", "not compiled, and no folder for it is writable", f"make {places[1].parent} writable")
    for path in packaged.imported():
        try:
            Store(path)
        except (AttacheError, OSError, ValueError) as error:
            yield Check("imported knowledge", "problem", f"{path}: {error}", f"import it again, or take it out of {packaged.VARIABLE}")
        else:
            yield Check("imported knowledge", "ok", str(path))


def record(place: str, named: bool) -> Iterator[Check]:
    """Whether a record can be reached and has the tables of this version; nothing is upgraded or made."""
    from attache.record.store import state_of

    try:
        state = state_of(place)
    except AttacheError as error:
        if named:
            yield Check("record", "problem", str(error), "check the path or address, and that the server runs")
        else:
            yield Check("record", "note", f"no {place} here", "--record names one to look at")
        return
    says = {"current": "can be reached, its tables are those of this version", "older": "of an older attache; the next command upgrades it"}
    if state in says:
        yield Check("record", "ok" if state == "current" else "note", f"{place}: {says[state]}")
    else:
        words = {"empty": "has no tables yet", "newer": "of a newer attache", "foreign": "is not a record of attache"}
        remedy = "upgrade attache" if state == "newer" else f"attache ingest SOURCE... --record {place}"
        yield Check("record", "note" if state == "empty" else "problem", f"{place}: {words[state]}", remedy)


def extras() -> Iterator[Check]:
    """Which optional parts are there, and how the others are installed."""
    for extra, names in sorted(_requirements().items()):
        if not extra or extra in {"dev", "docs", "bench", "train"}:
            continue
        missing = sorted(name for name in names if _version(name) is None)
        if missing:
            yield Check(f"extra {extra}", "note", f"missing: {', '.join(missing)}", f"pip install 'attache[{extra}]'")
        else:
            yield Check(f"extra {extra}", "ok", "installed")


def terminal() -> Iterator[Check]:
    """Whether output can show what attache prints."""
    encoding = (getattr(sys.stdout, "encoding", None) or "ascii").lower()
    told = f"{encoding}, {shutil.get_terminal_size().columns} columns, locale {locale.setlocale(locale.LC_CTYPE)}"
    try:
        "“é” → ━".encode(encoding)
    except (UnicodeEncodeError, LookupError):
        yield Check("terminal", "problem", f"{told}: cannot show quotation marks and accents", "set PYTHONIOENCODING=utf-8 or LANG=C.UTF-8")
    else:
        yield Check("terminal", "ok", told)


def all_checks(place: str, named: bool) -> Iterator[Check]:
    """Every check, the quick ones first; one that fails itself is a problem of its own."""
    parts: tuple[Callable[[], Iterator[Check]], ...] = (
        versions, terminal, extras, data_files, knowledge, lambda: record(place, named), model,
    )  # fmt: skip
    for part in parts:
        yield from part()


def _requirements() -> dict[str, set[str]]:
    """Names of required packages by extra, "" for those always needed."""
    found: dict[str, set[str]] = {}
    own = _distribution()
    for line in (own.requires or ()) if own else ():
        extra = _EXTRA.search(line)
        name = _NAME.match(line)
        if name and name[0] != "attache":
            found.setdefault(extra[1] if extra else "", set()).add(name[0])
    return found


def _distribution() -> Distribution | None:
    try:
        return distribution("attache")
    except PackageNotFoundError:
        return None


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def _checksums(installed: Distribution | None, package: Path) -> Iterator[tuple[Path, str]]:
    """Files of the package with the checksum that the installer noted; an editable install notes none of them."""
    for file in (installed.files or ()) if installed else ():
        path = Path(str(file.locate())).resolve()
        if file.hash and file.hash.mode == "sha256" and package.resolve() in path.parents:
            yield package / path.relative_to(package.resolve()), file.hash.value


def _digest(path: Path) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(path.read_bytes()).digest()).decode().rstrip("=")


def _readable(path: Path) -> bool:
    """Whether a file opens: a packed one has a checksum of its own, text is UTF-8, TOML is TOML, and nothing is empty."""
    try:
        raw = path.read_bytes()
        if path.suffix == ".gz":
            raw = gzip.decompress(raw)
        if path.suffix not in {".onnx", ".sqlite"}:
            text = raw.decode("utf-8")
            if path.suffix == ".toml":
                tomllib.loads(text)
    except (OSError, EOFError, ValueError):
        return False
    return bool(raw)


def _existing(path: Path) -> Path:
    """The nearest folder above a path that exists."""
    return next(folder for folder in path.parents if folder.exists())
