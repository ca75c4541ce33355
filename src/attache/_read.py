"""The public API: loading the pipeline, and reading pages into dossiers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from attache._assemble import assemble
from attache.dossier import Dossier
from attache.errors import SourceError, SourceTooLarge, UsageError
from attache.language import load_pipeline
from attache.page import Page, looks_english, open_sources, page_from_bytes, page_from_text
from attache.reading import Days, reading_of

if TYPE_CHECKING:
    from spacy.language import Language

ROOMS = {"who": "who", "when": "when", "where": "where", "entities": "where", "what": "what", "doubt": "doubt"}
"""Components in their order, and the room that each belongs to."""


def load(pipeline: str | None = None) -> Language:
    """The spaCy pipeline with every attache component, on attache's own language pipeline or a named one."""
    nlp = load_pipeline(pipeline)
    for name, room in ROOMS.items():
        import_module(f"attache.{room}.component")
        if f"attache_{name}" not in nlp.pipe_names:
            nlp.add_pipe(f"attache_{name}")
    return nlp


def load_ahead() -> None:
    """Begin to load attache's own pipeline, for a process that will read a page next and forks off no others."""
    from attache.language.encoder import MODEL
    from attache.language.network import open_ahead

    open_ahead(MODEL)


@cache
def _default() -> Language:
    """attache's own pipeline, loaded once for all calls that name none."""
    return load()


def read(source: str | bytes | Path, published: str | date | None = None, nlp: Language | None = None) -> Dossier:
    """Read one page: a path, an address, bytes, or the text itself (anything with a line break or sentence in it)."""
    day, pipeline = day_of(published), nlp or _default()
    pages = [_page(source)] if isinstance(source, bytes) or _is_text(source) else open_sources([str(source)])
    for page in pages:
        if isinstance(page, SourceError):
            raise page
        return read_page(page, pipeline, day)
    raise SourceError(f"{source!r}: no page in it")


def read_many(
    sources: Iterable[str | Path], published: str | date | None = None, nlp: Language | None = None
) -> Iterator[Dossier | SourceError]:
    """Read pages in their order; what cannot be read comes back as its error, and the others go on."""
    reader = Reader(nlp, published)
    for page in reader.pages(sources):
        yield reader.read(page)


class Reader:
    """Opens pages and reads them one by one; the pipeline is loaded when the first page needs it."""

    def __init__(self, pipeline: Language | str | None, published: str | date | None) -> None:
        self._pipeline = pipeline
        self._day = day_of(published)

    def pages(self, sources: Iterable[str | Path]) -> Iterator[Page | SourceError]:
        """The cleaned pages of the sources, in their order."""
        return open_sources([str(s) for s in sources])

    def read(self, page: Page | SourceError) -> Dossier | SourceError:
        """The page's dossier; an error stays what it is."""
        if isinstance(page, SourceError):
            return page
        try:
            return read_page(page, self.pipeline(), self._day)
        except SourceError as error:
            return error

    def pipeline(self) -> Language:
        """The spaCy pipeline, loaded when first asked for."""
        if self._pipeline is None or isinstance(self._pipeline, str):
            self._pipeline = load(self._pipeline) if self._pipeline else _default()
        return self._pipeline

    def stated(self, page: Page) -> date | None:
        """The day that the page is taken to be of: as told to the reader, else as the page states."""
        return self._day or _stated(page.published)


def read_page(page: Page, nlp: Language, published: date | None = None) -> Dossier:
    """Walk one cleaned page through the rooms."""
    if len(page.text) > nlp.max_length:
        raise SourceTooLarge(f"{page.source.uri}: {len(page.text):,} characters in one page; attache reads at most {nlp.max_length:,}")
    stated = published or _stated(page.published)
    doc = nlp.make_doc(page.text)
    reading = reading_of(doc)
    reading.title, reading.headings = page.title, list(page.headings)
    reading.published = Days(stated, stated) if stated else None
    english = looks_english(page.text)
    # The rooms know English only; another language's page is filed with its text and that finding, and nothing made up.
    for _, component in nlp.pipeline if english else ():
        doc = component(doc)
    return assemble(page, reading_of(doc), stated, english)


def day_of(value: str | date | None) -> date | None:
    """The day that a caller gives, written as 2021-03-23 where it is text; :class:`~attache.errors.UsageError` where it is none."""
    if value is None or isinstance(value, date):
        return value
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise UsageError(f"{value!r} is not a day; write it as 2021-03-23") from None


def _page(source: str | bytes | Path) -> Page | SourceError:
    try:
        return page_from_bytes(source) if isinstance(source, bytes) else page_from_text(str(source))
    except SourceError as error:
        return error


def _is_text(source: str | Path) -> bool:
    """A path has no line breaks, and rarely a blank without naming a file that exists or a file's ending."""
    if isinstance(source, Path) or source == "-" or source.startswith(("http://", "https://")):
        return False
    if "\n" in source or len(source) > 1000 or not source.strip():
        return True
    return " " in source.strip() and not _is_file(source) and not Path(source).suffix[1:].isalnum()


def _is_file(name: str) -> bool:
    try:
        return Path(name).exists()
    except (OSError, ValueError):
        return False  # longer than any file's name, or with a character that none may have


def _stated(value: str | None) -> date | None:
    """The page's own metadata: taken where it is a day, else left out."""
    try:
        return date.fromisoformat(value[:10]) if value else None
    except ValueError:
        return None
