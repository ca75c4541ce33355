"""Every error attache raises on purpose.

::

    AttacheError
    ├── SourceError            an input could not be read
    │   ├── SourceMissing      no such file, folder or address
    │   ├── SourceEmpty        nothing to read in it
    │   ├── SourceUnreadable   not text: a picture, a PDF, an archive, an unknown encoding
    │   ├── SourceTooLarge     beyond a stated limit
    │   └── SourceRefused      an address that is not allowed (private, or not http)
    ├── DataError              one of attache's own data files is not as its shape test demands
    ├── RecordError            a record cannot be read or written: locked, disk full, damaged
    ├── PipelineError          a language pipeline cannot be loaded or lacks what the rooms need
    └── UsageError             an argument that makes no sense, such as an impossible date

A message says what was wrong with which input, and what to do.
"""

from __future__ import annotations


class AttacheError(Exception):
    """Root of the family."""


class SourceError(AttacheError):
    """An input could not be read; the others of a batch go on. ``uri`` names it where it is known."""

    uri: str = ""


class SourceMissing(SourceError):
    """No such file, folder or address."""


class SourceEmpty(SourceError):
    """The input holds no text, the folder no pages."""


class SourceUnreadable(SourceError):
    """The input is not text that attache reads."""


class SourceTooLarge(SourceError):
    """The input is beyond a stated limit."""


class SourceRefused(SourceError):
    """The address is not allowed."""


class DataError(AttacheError):
    """A data file of attache does not have its shape."""


class PipelineError(AttacheError):
    """A language pipeline cannot be loaded or lacks an annotation."""


class RecordError(AttacheError):
    """A record cannot be read or written now; what was filed is kept."""


class UsageError(AttacheError):
    """An argument that makes no sense."""
