"""attache reads diplomatic news as found, and says who did what to whom, when and where, and what to doubt.

::

    import attache
    dossier = attache.read("page.html")      # path, URL, bytes or text
    nlp = attache.load()                     # the spaCy Language with every attache component
"""

from __future__ import annotations

from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Any

from attache.errors import (
    AttacheError,
    DataError,
    PipelineError,
    SourceEmpty,
    SourceError,
    SourceMissing,
    SourceRefused,
    SourceTooLarge,
    SourceUnreadable,
    UsageError,
)

if TYPE_CHECKING:
    from attache._read import load, read, read_many
    from attache.dossier import Dossier
    from attache.record import Record, open_record

try:
    __version__ = version("attache")
except PackageNotFoundError:  # read from a checkout that was not installed
    __version__ = "0+unknown"

# Resolved on first use, so that `attache --help` does not wait for spaCy.
_LAZY = {
    "load": "attache._read",
    "read": "attache._read",
    "read_many": "attache._read",
    "Dossier": "attache.dossier",
    "Record": "attache.record",
    "open_record": "attache.record",
}

__all__ = [
    "AttacheError",
    "DataError",
    "Dossier",
    "PipelineError",
    "Record",
    "SourceEmpty",
    "SourceError",
    "SourceMissing",
    "SourceRefused",
    "SourceTooLarge",
    "SourceUnreadable",
    "UsageError",
    "__version__",
    "load",
    "open_record",
    "read",
    "read_many",
]


def __getattr__(name: str) -> Any:
    if name not in _LAZY:
        raise AttributeError(f"module 'attache' has no attribute {name!r}")
    return getattr(import_module(_LAZY[name]), name)


def __dir__() -> list[str]:
    return __all__
