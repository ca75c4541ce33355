"""Run as a program: every regular expression of attache against strings made to be slow for it; prints those whose time grows too fast.

Patterns are taken where they are compiled while all modules are imported and all tables loaded, and from the source where they stand
as literals. Of each pattern's own parts examples are made and repeated. What counts is how processor time grows with the length.
"""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
import re
import re._constants as sre  # type: ignore[import-not-found]
import re._parser as parser  # type: ignore[import-not-found]
import signal
import sys
import time
from pathlib import Path
from typing import Any

import attache

SIZES = (60, 500, 4_000)
QUIET = 0.04
"""Seconds for the longest string below which a pattern is not looked at again."""
GROWTH = 3.0
"""How much longer twice the length may take; 2 is linear, 4 quadratic."""
UNITS = (" ", "\n", "a", "A", "1", "a ", "A ", "Aa ", "1,", "“", '"', "(", "<", "<a ", "&", "-", ".", "a.", "of the ", "é")
PATTERNS: dict[tuple[str, int], str] = {}


def watch() -> None:
    """Note each pattern with the module that compiles it."""
    plain = re._compile  # type: ignore[attr-defined]

    def noting(pattern: Any, flags: int) -> Any:
        frame = sys._getframe(2)
        module = frame.f_globals.get("__name__", "")
        if module.startswith("attache") and isinstance(pattern, str):
            PATTERNS.setdefault((pattern, int(flags)), module)
        return plain(pattern, flags)

    re._compile = noting  # type: ignore[attr-defined]


def load() -> None:
    """Import every module and fill every table that is read once."""
    for module in pkgutil.walk_packages(attache.__path__, "attache."):
        if "cluster" in module.name or "__main__" in module.name or ".versions" in module.name or module.name.endswith("migrations.env"):
            continue
        try:
            loaded = importlib.import_module(module.name)
        except ImportError:
            continue
        for function in list(vars(loaded).values()):
            if hasattr(function, "cache_info") and not inspect.signature(function).parameters and "pipeline" not in function.__name__:
                if function.__module__.startswith("attache") and function.__name__ not in ("_default", "network"):
                    function()
        tree = ast.parse(Path(loaded.__file__ or "").read_text("utf-8"))
        for call in ast.walk(tree):
            if isinstance(call, ast.Call) and ast.unparse(call.func).startswith("re.") and call.args:
                if isinstance(call.args[0], ast.Constant) and isinstance(call.args[0].value, str):
                    PATTERNS.setdefault((call.args[0].value, 0), module.name)


def example(tree: Any) -> str:
    """A short string that a parsed pattern matches, or nearly."""
    out = ""
    for kind, value in tree:
        if kind is sre.LITERAL:
            out += chr(value)
        elif kind is sre.IN:
            out += _one(value)
        elif kind is sre.ANY or kind is sre.NOT_LITERAL:
            out += "x"
        elif kind in (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT):
            out += example(value[2]) * max(1, min(value[0], 3))
        elif kind is sre.SUBPATTERN:
            out += example(value[3])
        elif kind is sre.BRANCH:
            out += example(value[1][0])
        elif kind is sre.ATOMIC_GROUP:
            out += example(value)
    return out


def _one(members: Any) -> str:
    for kind, value in members:
        if kind is sre.LITERAL:
            return chr(value)
        if kind is sre.RANGE:
            return chr(value[0])
        if kind is sre.CATEGORY:
            return {"CATEGORY_DIGIT": "1", "CATEGORY_SPACE": " "}.get(str(value), "a")
    return "a"


def repeats(tree: Any) -> list[tuple[str, str]]:
    """(what stands before, one round) of every repetition without a near end."""
    found, before = [], ""
    for node in tree:
        kind, value = node
        inner = {
            sre.SUBPATTERN: lambda v: [v[3]],
            sre.BRANCH: lambda v: v[1],
            sre.ASSERT: lambda v: [v[1]],
            sre.ASSERT_NOT: lambda v: [v[1]],
        }
        if kind in (sre.MAX_REPEAT, sre.MIN_REPEAT):
            if value[1] > 20:
                found.append((before, example(value[2])))
            found += [(before + b, unit) for b, unit in repeats(value[2])]
        elif kind in inner:
            found += [(before + b, unit) for part in inner[kind](value) for b, unit in repeats(part)]
        before += example([node])
    return found


class Over(Exception):
    """It took too long."""


def seconds(pattern: re.Pattern[str], text: str) -> float:
    """Processor time to look through a text for all matches; at most two seconds."""

    def stop(*_: object) -> None:
        raise Over

    signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, 2.0)
    began = time.process_time()
    try:
        for _ in pattern.finditer(text):
            pass
        pattern.fullmatch(text)
        return time.process_time() - began
    except Over:
        return 2.0
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def slow(source: str, flags: int) -> str | None:
    """A unit on which the pattern's time grows too fast, None where there is none."""
    pattern = re.compile(source, flags)
    tree = parser.parse(source, flags)
    attempts = [("", unit) for unit in UNITS] + [("", example(tree) or "a")] + repeats(tree)
    for before, unit in dict.fromkeys(attempts):
        if not unit:
            continue
        for size in SIZES:
            text = before + unit * (size // len(unit)) + "\x00"
            if seconds(pattern, text) < QUIET:
                continue
            half, whole = (min(seconds(pattern, before + unit * (n // len(unit)) + "\x00") for _ in range(2)) for n in (size, 2 * size))
            if whole > QUIET and whole > GROWTH * half or whole >= 2.0:
                return f"{before[-30:]!r} + {unit[:30]!r} * {size}: {half:.3f} s, twice as long {whole:.3f} s"
            break
    return None


def main() -> None:
    """Print the slow ones, and how many were looked at."""
    watch()
    load()
    checked = dict(PATTERNS)
    for (source, flags), module in checked.items():
        try:
            found = slow(source, flags)
        except re.error:
            continue
        if found:
            print(f"SLOW {module}\t{source[:120]!r}\t{found}", flush=True)
    print(f"looked at {len(checked)} expressions")


if __name__ == "__main__":
    main()
