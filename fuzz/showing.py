"""The dossier as others hand it in, shown in every form and filed; nothing of a page may steer a terminal."""

from __future__ import annotations

import io
import re

from pydantic import ValidationError

from attache.dossier import Dossier
from attache.show import writer
from attache.show.rows import write_rows
from attache.story import apparatus, collate
from fuzz.entries import Entry, as_text, halves

_STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def shown(dossier: Dossier) -> None:
    """Every form; the terminal without a control character, the HTML without an element of the page's."""
    for form in ("terminal", "json", "html"):
        out = io.StringIO()
        with writer(form, out) as to:
            to.dossier(dossier)
        told = out.getvalue()
        if form == "terminal":
            assert not _STEERING.search(told), "an escape reaches the terminal"
        elif form == "json":
            assert Dossier.model_validate_json(told) == dossier


def dossier(data: bytes) -> None:
    """A dossier as JSON, from whoever wrote it."""
    try:
        given = Dossier.model_validate_json(data)
    except ValidationError:
        return
    shown(given)


def carried(data: bytes) -> None:
    """What travels with a spaCy document."""
    from attache.carrying import MARK, decode

    name, value = halves(data)
    try:
        decode({MARK: as_text(name), "json": as_text(value)})
    except (ValidationError, AttributeError):
        return


def rows(data: bytes) -> None:
    """Answers of a record as table, JSON and CSV."""
    text = as_text(data)
    for form in ("table", "json", "csv"):
        out = io.StringIO()
        write_rows(out, [{"words": text, "n": 1, "who": None}, {"words": text[:5], "n": 2, "who": text}], form)
        assert form != "table" or not _STEERING.search(out.getvalue())
        assert form != "csv" or not re.search(r"(?m)(?:^|,)\"?[=@]", out.getvalue().replace(text.replace('"', '""'), ""))


def copies(data: bytes) -> None:
    """Two texts as copies of each other, collated."""
    from attache.dossier import PageDate, Source

    first, second = (as_text(one)[:3_000] for one in halves(data))
    pages = {
        number: Dossier(source=Source(uri=str(number), media_type="text/plain", sha256=str(number)), title=None, text=text, language="en",
                        reliability=1.0, date=PageDate())
        for number, text in enumerate((first, second))
    }  # fmt: skip
    for line in apparatus(collate(pages, [[0, 1]])):
        assert isinstance(line, str)


ENTRIES: dict[str, Entry] = {"dossier": dossier, "carried": carried, "rows": rows, "copies": copies}
