"""One page as it goes into reading: its clean text, what was taken off, and the way back."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field

from attache.dossier import Residue, Source, Span
from attache.errors import SourceEmpty, SourceTooLarge
from attache.page.aligned import Aligned, same_characters
from attache.page.charset import decoded
from attache.page.chrome import Cleaned, without_chrome
from attache.page.formats import is_html, refuse_binary, unpacked
from attache.page.limits import MAX_TEXT
from attache.page.mend import in_one_line, mended, normalised
from attache.page.published import stated_day, stated_in
from attache.page.speech import language_of


@dataclass
class Page:
    """A page, clean. ``notes`` are remarks worth a reader's knowing, such as mended mojibake."""

    source: Source
    title: str | None
    text: str
    residue: list[Residue]
    raw: str
    offsets: Aligned
    published: str | None = None
    author: str | None = None
    site: str | None = None
    language: str | None = None
    notes: list[str] = field(default_factory=list)
    headings: list[tuple[int, int]] = field(default_factory=list)

    def raw_span(self, start: int, end: int) -> Span | None:
        """Where ``text[start:end]`` stands in the decoded source, if the same characters stand there, else None."""
        found = same_characters(self.offsets, start, end, self.raw)
        return Span(start=found[0], end=found[1]) if found else None


@dataclass(frozen=True)
class Stated:
    """What a page's metadata says of it."""

    title: str | None = None
    published: str | None = None
    author: str | None = None
    site: str | None = None


def page_from_bytes(data: bytes, uri: str = "bytes:", *, media_type: str | None = None, charset: str | None = None) -> Page:
    """A page from the bytes of a file or response; gzip is unpacked, what is not text refused."""
    plain = unpacked(data, uri)
    refuse_binary(plain, uri)
    text = decoded(plain, uri, charset)
    html = is_html(text, uri, media_type)
    source = Source(uri=uri, media_type="text/html" if html else "text/plain", sha256=hashlib.sha256(data).hexdigest())
    return _page(text, source, Stated())


def page_from_text(
    text: str, uri: str = "text:", *, html: bool | None = None, title: str | None = None, published: str | None = None
) -> Page:
    """A page from a string; ``html`` None looks at the string itself."""
    as_html = is_html(text, "", None) if html is None else html
    title = in_one_line(title) or None if title else None
    digest = hashlib.sha256(text.encode("utf-8", errors="surrogatepass")).hexdigest()
    source = Source(uri=uri, media_type="text/html" if as_html else "text/plain", sha256=digest)
    return _page(text, source, Stated(title=title, published=published))


def clean_text(text: str) -> str:
    """The clean text of a plain page."""
    return page_from_text(text, html=False).text


def _page(raw: str, source: Source, stated: Stated) -> Page:
    if source.media_type == "text/html":
        from attache.page.html import article  # trafilatura takes its time to import; plain text goes without

        cleaned, meta, changed = article(raw, source.uri, stated.title)
    else:
        if len(raw) > MAX_TEXT:
            raise SourceTooLarge(f"{source.uri}: {len(raw):,} characters of text, the limit is {MAX_TEXT:,}; split it")
        whole, changed = mended(normalised(Aligned.of(raw)))
        cleaned, meta = without_chrome(whole, raw, stated.title), Stated()
    return _assembled(raw, source, stated, cleaned, meta, changed)


def _assembled(raw: str, source: Source, stated: Stated, cleaned: Cleaned, meta: Stated, changed: int) -> Page:
    text = cleaned.clean.text
    if not text.strip():
        raise SourceEmpty(f"{source.uri}: no text on this page{' but menus and the like' if cleaned.residue else ''}")
    if len(text) > MAX_TEXT:
        raise SourceTooLarge(f"{source.uri}: {len(text):,} characters of text, the limit is {MAX_TEXT:,}; split it")
    day, author = stated_in(cleaned.residue)
    notes = [f"mojibake mended in {changed} {'line' if changed == 1 else 'lines'}"] if changed else []
    given = stated_day(stated.published) if stated.published else None
    if stated.published and not given:
        notes.append(f"stated date not understood: {stated.published[:40]!r}")
    if "\ufffd" in text:
        notes.append("some characters were lost when this page was saved (U+FFFD)")
    return Page(
        source=source, title=stated.title or meta.title or cleaned.title, text=text, residue=cleaned.residue, raw=raw,
        offsets=cleaned.clean, published=given or meta.published or day, author=meta.author or author, site=meta.site,
        language=language_of(text), notes=notes, headings=cleaned.headings,
    )  # fmt: skip
