"""The spaCy component ``attache_encoder``: tags, morphology, lemmas, trees, sentence bounds and entities from one network.

It reads windows of whole paragraphs (long ones are cut), so that sentences see their neighbours, through onnxruntime with 8-bit
weights. ``token.tag_`` is Penn, ``pos_`` and ``morph`` and ``dep_`` are Universal Dependencies, with spaCy's ``ROOT``; entities are
``PERSON``, ``ORG`` and ``LOC`` (countries and cities among them).
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.attrs import DEP, HEAD, LEMMA, MORPH, POS, TAG  # type: ignore[import-not-found]
from spacy.language import Language
from spacy.symbols import IDS  # type: ignore[import-not-found]
from spacy.tokens import Doc, Span, Token
from spacy.util import minibatch

from attache.errors import PipelineError
from attache.language.lemmas import lemma
from attache.language.pieces import Pieces, Window, stack
from attache.language.trees import best_tree, entity_spans

MODEL = Path(__file__).parent / "model"
FILES = ("encoder.onnx", "labeller.onnx", "labels.json", "vocab.txt")
MOST_WORDS = 160
MOST_PIECES = 380
BATCH_PIECES = 300
"""Small batches of like length: padding and attention cost more here than batching gains."""
MOST_DATELINE = 12
DASHES = frozenset({"-", "–", "—", "--"})
NOT_FIRST = frozenset({"DET", "PRON", "PUNCT"})
"""Words that one of the entity corpora counts into a name and the others do not."""
ENTITIES = {"PER": "PERSON", "ORG": "ORG", "LOC": "LOC"}


@dataclass
class Part:
    """A window of a document: which tokens, and the network's input."""

    doc: int
    tokens: list[int]
    window: Window


class Network:
    """The shipped network, opened lazily in each process."""

    def __init__(self, folder: Path) -> None:
        missing = [name for name in FILES if not (folder / name).is_file()]
        if missing:
            raise PipelineError(f"the language model in {folder} lacks {', '.join(missing)}; reinstall attache or run `make train`")
        self.folder = folder
        self.labels: dict[str, list[str]] = json.loads((folder / "labels.json").read_text(encoding="utf-8"))
        self.pieces = Pieces.from_file(folder / "vocab.txt")

    @cached_property
    def session(self) -> Any:
        """The encoder's onnxruntime session."""
        return opened(self.folder / "encoder.onnx")

    @cached_property
    def labeller(self) -> Any:
        """The label scorer's session."""
        return opened(self.folder / "labeller.onnx")

    def __getstate__(self) -> dict[str, Any]:
        return {"folder": self.folder}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__init__(state["folder"])  # type: ignore[misc]

    def run(self, windows: list[Window]) -> list[NDArray[Any]]:
        """Outputs of a batch: tag, pos, morph (B, W), ent (B, W, tags), sent (B, W), arc (B, W, W), dep, head."""
        result: list[NDArray[Any]] = self.session.run(None, stack(windows))
        return result

    def relations(self, dep: NDArray[np.float32], head: NDArray[np.float32]) -> NDArray[np.int64]:
        """Label numbers (N,) of N arcs from their two ends."""
        labels: NDArray[np.int64] = self.labeller.run(None, {"dep": dep, "head": head})[0]
        return labels


def opened(path: Path) -> Any:
    """An onnxruntime session with two threads, or ``ATTACHE_THREADS``."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = int(os.environ.get("ATTACHE_THREADS", "2"))
    options.log_severity_level = 3
    # Threads that spin while they wait take the time from each other on two shared cores: a third slower.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


def dateline(tokens: list[Token]) -> int:
    """How many tokens at a paragraph's head are a dateline ("ANKARA (AP) –"), which is no part of the first sentence; else 0."""
    for end, token in enumerate(tokens[:MOST_DATELINE]):
        if token.text in DASHES and end and tokens[end - 1].whitespace_ and token.whitespace_:
            lead = [t.text for t in tokens[:end]]
            named = all(w[:1].isupper() or not w[:1].isalpha() for w in lead)
            placed = (lead[0].isupper() and len(lead[0]) > 2) or "(" in lead
            return end + 1 if named and placed and end + 1 < len(tokens) else 0
    return 0


def cut(words: list[str]) -> Iterator[tuple[int, int]]:
    """Bounds of windows inside a paragraph, cut after a sentence's end where that is near."""
    begin = 0
    while len(words) - begin > MOST_WORDS:
        end = begin + MOST_WORDS
        for i in range(end - 1, begin + MOST_WORDS // 2, -1):
            if words[i] in (".", "?", "!", "”", '"') and words[i + 1][:1].isupper():
                end = i + 1
                break
        yield begin, end
        begin = end
    yield begin, len(words)


class Encoder:
    """The component; ``pipe`` gathers the windows of many documents and batches them by length."""

    def __init__(self, nlp: Language, name: str, folder: str | None) -> None:
        self.name = name
        self.vocab = nlp.vocab
        self.network = Network(Path(folder) if folder else MODEL)

    def __call__(self, doc: Doc) -> Doc:
        self.annotate([doc])
        return doc

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = 64) -> Iterator[Doc]:
        """Annotate a stream of documents in batches."""
        for docs in minibatch(stream, size=batch_size):  # type: ignore[no-untyped-call]
            group = list(docs)
            self.annotate(group)
            yield from group

    def parts(self, number: int, doc: Doc) -> Iterator[Part]:
        """The windows of a document; spaces are not words, and a line break ends a paragraph."""
        paragraph: list[int] = []
        pieces = self.network.pieces
        for token in [*doc, None]:
            if token is not None and not token.is_space:
                paragraph.append(token.i)
            if paragraph and (token is None or "\n" in token.text):
                words = [doc[i].text for i in paragraph]
                lead = dateline([doc[i] for i in paragraph])
                bounds = [(0, lead)] * (lead > 0) + [(lead + begin, lead + end) for begin, end in cut(words[lead:])]
                for begin, end in bounds:
                    while begin < end:
                        window = pieces.window(words[begin:end])
                        keep = end - begin
                        while len(window) > MOST_PIECES:
                            keep = keep * 3 // 4
                            window = pieces.window(words[begin : begin + keep])
                        yield Part(number, paragraph[begin : begin + keep], window)
                        begin += keep
                paragraph = []

    def annotate(self, docs: list[Doc]) -> None:
        """Run the network over all windows and write the annotation."""
        parts = sorted((p for n, d in enumerate(docs) for p in self.parts(n, d)), key=lambda p: len(p.window))
        tables = [np.zeros((len(doc), 6), np.uint64) for doc in docs]
        spans: list[list[Span]] = [[] for _ in docs]
        for batch in batched(parts):
            outputs = self.network.run([part.window for part in batch])
            heads: list[NDArray[np.int64]] = []
            ends: list[tuple[NDArray[np.float32], NDArray[np.float32]]] = []
            for row, part in enumerate(batch):
                n = len(part.tokens)
                heads.append(tree_heads(outputs[4][row][:n], outputs[5][row][:n, :n]))
                ends.append((outputs[6][row][:n], outputs[7][row][heads[-1]]))
            relations = self.network.relations(np.concatenate([e[0] for e in ends]), np.concatenate([e[1] for e in ends]))
            at = 0
            for row, part in enumerate(batch):
                n = len(part.tokens)
                flat = [o[row][:n] for o in outputs[:4]]
                self.write(docs[part.doc], tables[part.doc], spans[part.doc], part.tokens, flat, heads[row], relations[at : at + n])
                at += n
        for doc, table, found in zip(docs, tables, spans, strict=True):
            self.finish(doc, table, found)

    def write(
        self, doc: Doc, table: NDArray[np.uint64], spans: list[Span], tokens: list[int], flat: list[NDArray[Any]],
        heads: NDArray[np.int64], relations: NDArray[np.int64],
    ) -> None:  # fmt: skip
        """Put the decisions for one window into the table of its document (columns as in :meth:`finish`)."""
        tag, pos, morph, ent = flat
        labels, strings = self.network.labels, self.vocab.strings
        place = np.array(tokens)
        offsets = place[heads] - place
        for i, index in enumerate(tokens):
            tag_, pos_ = labels["tag"][tag[i]], labels["pos"][pos[i]]
            root = heads[i] == i
            relation = labels["rel"][relations[i]]
            relation = "ROOT" if root else "dep" if relation == "ROOT" else relation
            feats = self.vocab.morphology.add(labels["morph"][morph[i]])
            known = strings.add(lemma(doc[index].text, pos_, tag_))
            table[index] = (strings.add(tag_), IDS[pos_], feats, known, strings.add(relation), unsigned(offsets[i]))
        for begin, end, label in entity_spans(ent, labels["ent"]):
            while begin < end and labels["pos"][pos[begin]] in NOT_FIRST:
                begin += 1
            if begin < end:
                spans.append(Span(doc, tokens[begin], tokens[end - 1] + 1, label=ENTITIES.get(label, label)))

    def finish(self, doc: Doc, table: NDArray[np.uint64], spans: list[Span]) -> None:
        """Hang spaces on the word before them, then hand the table to spaCy."""
        if not len(doc):
            return
        strings = self.vocab.strings
        empty = self.vocab.morphology.add("")
        for token in doc:
            if token.is_space:
                table[token.i] = space_row(strings.add("_SP"), empty, strings.add(token.text), strings.add("dep"), token)
        doc.from_array([TAG, POS, MORPH, LEMMA, DEP, HEAD], table)  # type: ignore[arg-type]
        doc.set_ents(sorted(spans, key=lambda span: span.start), default="outside")

    def to_disk(self, path: Path | str, *, exclude: Iterable[str] = ()) -> None:
        """Write the model's files, so that a saved pipeline is whole."""
        out = Path(path)
        out.mkdir(parents=True, exist_ok=True)
        for name in FILES:
            (out / name).write_bytes((self.network.folder / name).read_bytes())

    def from_disk(self, path: Path | str, *, exclude: Iterable[str] = ()) -> Encoder:
        """Read a model that :meth:`to_disk` wrote."""
        self.network = Network(Path(path))
        return self


def tree_heads(sent: NDArray[np.float32], arc: NDArray[np.float32]) -> NDArray[np.int64]:
    """Heads (N,) within a window: sentences where ``sent`` is positive, each its own tree."""
    starts = [0, *(i for i in range(1, len(sent)) if sent[i] > 0), len(sent)]
    heads = np.zeros(len(sent), np.int64)
    for begin, end in zip(starts, starts[1:], strict=False):
        heads[begin:end] = best_tree(arc[begin:end, begin:end]) + begin
    return heads


def space_row(tag: int, morph: int, lemma_: int, dep: int, token: Token) -> tuple[Any, ...]:
    """Annotation of a space token: it depends on the token before it (the first of a text on the one after)."""
    offset = -1 if token.i > 0 else (1 if len(token.doc) > 1 else 0)
    return tag, IDS["SPACE"], morph, lemma_, dep, unsigned(np.int64(offset))


def unsigned(offset: np.int64) -> np.uint64:
    """A head's offset as spaCy's arrays hold it: the same bits without sign."""
    return np.uint64(offset.view(np.uint64))


def batched(parts: list[Part]) -> Iterator[list[Part]]:
    """Runs of windows of like length, of about ``BATCH_PIECES`` padded pieces."""
    batch: list[Part] = []
    for part in parts:
        if batch and (len(batch) + 1) * len(part.window) > BATCH_PIECES:
            yield batch
            batch = []
        batch.append(part)
    if batch:
        yield batch


@Language.factory(
    "attache_encoder",
    default_config={"folder": None},
    assigns=["token.tag", "token.pos", "token.morph", "token.lemma", "token.dep", "token.head", "token.is_sent_start", "doc.ents"],
)
def make_encoder(nlp: Language, name: str, folder: str | None) -> Encoder:
    """Factory of the component; ``folder`` names another model than the shipped one."""
    return Encoder(nlp, name, folder)
