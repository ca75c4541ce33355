"""What goes wrong with a record, told in words that say what to do."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import SQLAlchemyError

from attache.errors import RecordError, UsageError
from attache.record.store import reason_of


@contextmanager
def told(place: str) -> Iterator[None]:
    """Errors of the database as `RecordError`, in words that say what to do."""
    try:
        yield
    except SQLAlchemyError as error:
        reason = reason_of(_first(error))
        if "lock timeout" in reason:
            reason = f"locked ({reason})"  # PostgreSQL's word for it
        lowered = reason.lower()
        advice = ""
        if "locked" in lowered:
            advice = "; another program holds it: try again when that is done"
        elif "full" in lowered or "no space" in lowered:
            advice = "; make room and run the same command again, what was filed is kept"
        raise RecordError(f"{place}: {reason}{advice}") from error


@contextmanager
def sound(place: str) -> Iterator[None]:
    """What the rows of a damaged record, or of one that another hand wrote, do to their readers as a `RecordError`."""
    try:
        yield
    except (UnicodeEncodeError, OverflowError) as error:
        raise UsageError(f"what was asked is no text or number that a record can hold ({error})") from error
    except (ValueError, TypeError) as error:
        said = " ".join(str(error).split())[:200]
        raise RecordError(
            f"{place}: it holds what attache does not write there ({type(error).__name__}: {said}); it may be damaged"
        ) from error


def _first(error: SQLAlchemyError) -> SQLAlchemyError:
    """The error that began it: a full disk ends the transaction, and that it then cannot be undone is not the reason."""
    at: BaseException | None = error
    while at is not None:
        if isinstance(at, SQLAlchemyError):
            error = at
        at = at.__context__
    return error
