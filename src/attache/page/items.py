"""A page before it is read: its bytes or text, and what its source says of it."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

from attache.errors import SourceEmpty, SourceUnreadable
from attache.page.limits import MAX_NAME
from attache.page.page import Page, page_from_bytes, page_from_text

_UNFIT = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def name_of(uri: str) -> str:
    """A page's name or address with a mark for each control character and half of a character, cut where it is endless."""
    return _UNFIT.sub("\ufffd", uri[:MAX_NAME])


@dataclass(frozen=True)
class Item:
    """One page as its source holds it: either `data` or `text` is given. `url` is where it was on the web, if that is known."""

    uri: str
    data: bytes | None = None
    text: str | None = None
    html: bool | None = None
    media_type: str | None = None
    charset: str | None = None
    title: str | None = None
    published: str | None = None
    url: str | None = None

    def __post_init__(self) -> None:
        """Names come from addresses, tables and files of any making: they are made fit to be printed and filed."""
        object.__setattr__(self, "uri", name_of(self.uri))
        if self.url is not None:
            object.__setattr__(self, "url", name_of(self.url) or None)

    @property
    def body(self) -> bytes:
        """What is kept of the page, and what its digest is of."""
        return self.data if self.data is not None else (self.text or "").encode("utf-8", "surrogatepass")

    @property
    def sha256(self) -> str:
        """The digest by which the page is known."""
        return hashlib.sha256(self.body).hexdigest()


def page_of(item: Item) -> Page:
    """The cleaned page; raises the error of one that cannot be read."""
    if item.data is not None:
        if not item.data.strip():
            raise SourceEmpty(f"{item.uri}: nothing in it")
        return page_from_bytes(item.data, item.uri, media_type=item.media_type, charset=item.charset)
    if item.text is None:
        raise SourceUnreadable(f"{item.uri}: neither bytes nor text")
    if not item.text.strip():
        raise SourceEmpty(f"{item.uri}: its text is empty")
    return page_from_text(item.text, item.uri, html=item.html, title=item.title, published=item.published)
