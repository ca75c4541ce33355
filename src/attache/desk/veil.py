"""Keeps the paths of this machine out of every answer: a source that is a file is shown by its name alone."""

from __future__ import annotations

import dataclasses
import re
from typing import Any, TypeVar

Answer = TypeVar("Answer")
_WEB = ("http://", "https://")
_PATH = re.compile(r"(?<![\w.])(?:[A-Za-z]:)?(?:[/\\][^\s/\\:'\"]+){2,}[/\\]?")


def shown(uri: str) -> str:
    """An address as it is; a path as its last part; what was handed in through the desk as its name."""
    if uri.startswith(_WEB):
        return uri
    return uri.replace("\\", "/").rstrip("/").rsplit("/", 1)[-1] or uri


def plain(message: str) -> str:
    """A message without the folders of this machine; addresses stay."""
    return " ".join(word if _web(word) else _PATH.sub(lambda found: shown(found[0]), word) for word in message.split(" "))


def _web(word: str) -> bool:
    return word.lstrip("('\"").startswith(_WEB)


def veiled(answer: Answer) -> Answer:
    """The same answer with every ``uri``, ``sources`` and ``reason`` in it freed of paths, however deep they stand."""
    found: Any = answer
    if dataclasses.is_dataclass(found) and not isinstance(found, type):
        changed = {f.name: _field(f.name, getattr(found, f.name)) for f in dataclasses.fields(found) if f.init}
        changed = {name: value for name, value in changed.items() if value is not getattr(found, name)}
        changed_one: Any = dataclasses.replace(found, **changed) if changed else answer
        return changed_one  # type: ignore[no-any-return]
    if isinstance(found, (tuple, list)):
        parts = [veiled(part) for part in found]
        return answer if all(a is b for a, b in zip(parts, found, strict=True)) else type(found)(parts)  # type: ignore[return-value]
    return answer


def _field(name: str, value: Any) -> Any:
    if name == "uri" and isinstance(value, str):
        return shown(value)
    if name == "sources" and isinstance(value, tuple):
        return tuple(shown(str(one)) for one in value)
    if name in ("reason", "message") and isinstance(value, str):
        return plain(value)
    return veiled(value)
