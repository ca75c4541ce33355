"""The house rules that a machine can check: imports, names, sizes, docstrings, pins."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from pathlib import Path

import pytest

PROJECT = Path(__file__).parent.parent
PACKAGE = PROJECT / "src" / "attache"
MODULES = sorted(PACKAGE.rglob("*.py"))
MOST_LINES = 300
# Modules allowed to be longer, with the most they may have and why. Empty is the aim.
LONGER: dict[str, int] = {"when/values.py": 340}

VOCABULARY = ("dossier", "reading", "tokens", "errors")
# Each room, and what it may import besides the vocabulary and itself.
ROOMS: dict[str, tuple[str, ...]] = {
    "page": (),
    "language": (),
    "knowledge": (),
    "who": ("language", "knowledge"),
    "when": ("language", "knowledge", "who"),
    "where": ("language", "knowledge", "who", "when"),
    "what": ("language", "knowledge", "who", "when", "where"),
    "doubt": ("language", "knowledge", "who", "when", "where", "what"),
    "story": (),
    "record": ("page", "knowledge", "story", "_read", "_assemble"),
    "cluster": ("page", "record", "_read"),
    "desk": ("page", "knowledge", "record", "story", "show", "_read"),
    "show": ("knowledge", "who"),
}
# Registry and mirror hosts, in pieces so that this file does not name one.
REGISTRIES = tuple(a + b for a, b in (("py", "pi.org"), ("python", "hosted.org"), ("ana", "conda.org"), ("download.", "pytorch.org")))


def module_id(path: Path) -> str:
    """A module's path inside the package, for messages."""
    return path.relative_to(PACKAGE).as_posix()


def room_of(path: Path) -> str:
    """The first folder under the package, or the module's own name at the top."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported_rooms(path: Path) -> set[str]:
    """Which rooms of attache a module imports, at the top or inside functions; relative imports are resolved."""
    package = ("attache", *path.relative_to(PACKAGE).parent.parts)
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else ()
            stem = ".".join((*base, *filter(None, [node.module])))
            names |= {f"{stem}.{alias.name}" for alias in node.names}
    return {name.split(".")[1] for name in names if name.startswith("attache.") and name.count(".") >= 1}


def tree_files() -> list[Path]:
    """The text files that belong to the project, build outputs and tool caches left out."""
    skipped = {".git", ".venv", "build", "dist", ".mypy_cache", ".ruff_cache", ".pytest_cache", ".hypothesis", "__pycache__"}
    suffixes = {"", ".py", ".toml", ".txt", ".md", ".csv", ".json", ".html", ".css", ".cfg", ".yml", ".yaml"}
    files = (p for p in PROJECT.rglob("*") if not skipped & set(p.relative_to(PROJECT).parts))
    return [p for p in files if p.is_file() and p.suffix in suffixes and p.stat().st_size < 2_000_000]


@pytest.mark.parametrize("path", MODULES, ids=module_id)
def test_rooms_import_only_what_comes_before(path: Path) -> None:
    room = room_of(path)
    if room not in ROOMS:
        return
    allowed = {room, *VOCABULARY, *ROOMS[room]}
    assert imported_rooms(path) <= allowed, f"{module_id(path)} imports {sorted(imported_rooms(path) - allowed)}"


@pytest.mark.parametrize("name", VOCABULARY)
def test_vocabulary_imports_nothing_else(name: str) -> None:
    assert imported_rooms(PACKAGE / f"{name}.py") <= set(VOCABULARY)


@pytest.mark.parametrize("path", MODULES, ids=module_id)
def test_modules_are_documented_and_short(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert ast.get_docstring(ast.parse(text)), f"{module_id(path)} has no docstring"
    assert len(text.splitlines()) <= LONGER.get(module_id(path), MOST_LINES), f"{module_id(path)} is too long"


def test_no_drawer_for_odds_and_ends() -> None:
    assert not [module_id(p) for p in MODULES if p.stem in {"utils", "util", "helpers", "common", "misc", "tools"}]


def test_every_folder_of_modules_is_a_package() -> None:
    missing = {p.parent for p in MODULES if not (p.parent / "__init__.py").is_file()}
    assert not missing


def test_no_file_names_a_registry() -> None:
    found = [p for p in tree_files() if any(host in p.read_text(encoding="utf-8", errors="ignore") for host in REGISTRIES)]
    assert not found


def test_constraints_are_plain_pins() -> None:
    lines = (PROJECT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pins = [line for line in lines if line and not line.startswith("#")]
    assert all(re.fullmatch(r"[A-Za-z0-9._-]+==[A-Za-z0-9.]+", pin) for pin in pins)


def test_every_dependency_is_pinned() -> None:
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [*project["dependencies"], *(name for extra in project["optional-dependencies"].values() for name in extra)]
    wanted = [want for want in wanted if not want.startswith("attache[")]
    names = {re.split(r"[<>=\[ ]", want, maxsplit=1)[0].lower().replace("_", "-") for want in wanted}
    pinned = (PROJECT / "constraints.txt").read_text(encoding="utf-8").lower().replace("_", "-")
    assert not {name for name in names if not re.search(rf"^{re.escape(name)}==", pinned, re.M)}


def test_third_party_imports_are_declared() -> None:
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [*project["dependencies"], *(name for extra in project["optional-dependencies"].values() for name in extra)]
    declared = {re.split(r"[<>=\[ ]", want, maxsplit=1)[0].lower().replace("-", "_") for want in wanted}
    # thinc, srsly and the like come with spaCy, which promises them.
    # zstandard is the extra `import`; where it is missing, a message says what to install.
    promised = declared | {"thinc", "srsly", "catalogue", "zstandard"}
    assert not third_party_imports() - promised


def third_party_imports() -> set[str]:
    """Top-level names that the package's modules import from outside the standard library."""
    names: set[str] = set()
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                names |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                names.add(node.module.split(".")[0])
    return {name.lower() for name in names} - set(sys.stdlib_module_names) - {"attache", "__future__"}


def test_the_package_is_typed_and_noticed() -> None:
    assert (PACKAGE / "py.typed").is_file()
    notice = (PROJECT / "NOTICE").read_text(encoding="utf-8")
    for owed in ("CC BY-SA 4.0", "GUM", "WikiGold", "CrossNER", "re3d", "Wikidata", "Archigos", "REIGN", "GeoNames", "MiniLM"):
        assert owed in notice


def test_no_room_calls_back() -> None:
    """The import contract of pyproject.toml, which sees imports through other modules too."""
    linter = pytest.importorskip("importlinter.cli")
    assert linter.lint_imports(config_filename=str(PROJECT / "pyproject.toml"), no_cache=True) == 0
