"""The spaCy component ``attache_encoder``: tags, morphology, lemmas, trees, sentence bounds and entities from one network.

It reads windows of whole paragraphs (long ones are cut), so that sentences see their neighbours, through onnxruntime with 8-bit
weights. ``token.tag_`` is Penn, ``pos_`` and ``morph`` and ``dep_`` are Universal Dependencies, with spaCy's ``ROOT``; entities are
``PERSON``, ``ORG`` and ``LOC`` (countries and cities among them).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.attrs import DEP, HEAD, LEMMA, MORPH, POS, TAG  # type: ignore[import-not-found]
from spacy.language import Language
from spacy.symbols import IDS  # type: ignore[import-not-found]
from spacy.tokens import Doc, Span, Token
from spacy.util import minibatch

from attache.language.decoding import Alphabet, Sheet
from attache.language.network import FILES, Network
from attache.language.trees import best_tree
from attache.language.windows import Part, batched, parts

MODEL = Path(__file__).parent / "model"


class Encoder:
    """The component; ``pipe`` gathers the windows of many documents and batches them by length."""

    def __init__(self, nlp: Language, name: str, folder: str | None) -> None:
        self.name = name
        self.vocab = nlp.vocab
        self._open(Path(folder) if folder else MODEL)

    def _open(self, folder: Path) -> None:
        self.network = Network(folder)
        self.alphabet = Alphabet(self.network.labels, self.vocab)

    def __call__(self, doc: Doc) -> Doc:
        self.annotate([doc])
        return doc

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = 64) -> Iterator[Doc]:
        """Annotate a stream of documents in batches."""
        for docs in minibatch(stream, size=batch_size):  # type: ignore[no-untyped-call]
            group = list(docs)
            self.annotate(group)
            yield from group

    def annotate(self, docs: list[Doc]) -> None:
        """Run the network over all windows and write the annotation."""
        found = [part for number, doc in enumerate(docs) for part in parts(number, doc, self.network.pieces)]
        batches = list(batched(sorted(found, key=lambda part: len(part.window))))
        sheets = [Sheet(doc, self.alphabet) for doc in docs]
        outputs = self.network.run_all([part.window for part in batch] for batch in batches)
        for batch, output in zip(batches, outputs, strict=True):
            self._decode(batch, output, sheets)
        for sheet in sheets:
            self._finish(sheet)

    def _decode(self, batch: list[Part], outputs: list[NDArray[Any]], sheets: list[Sheet]) -> None:
        """Turn the scores of a batch into decisions, and enter these on the sheets of their documents."""
        tag, pos, morph, ent, sent, arc, dep, head = outputs
        sizes = [len(part.tokens) for part in batch]
        heads = [tree_heads(sent[row][:n], arc[row][:n, :n]) for row, n in enumerate(sizes)]
        ends = [(dep[row][:n], head[row][heads[row]]) for row, n in enumerate(sizes)]
        relations = self.network.relations(np.concatenate([e[0] for e in ends]), np.concatenate([e[1] for e in ends]))
        at = 0
        for row, (part, n) in enumerate(zip(batch, sizes, strict=True)):
            sheet = sheets[part.doc]
            sheet.enter(part.tokens, tag[row][:n], pos[row][:n], morph[row][:n], heads[row], relations[at : at + n])
            sheet.enter_names(part.tokens, ent[row][:n], pos[row][:n])
            at += n

    def _finish(self, sheet: Sheet) -> None:
        """Hang spaces on the word before them, then hand the sheet to spaCy."""
        doc, strings = sheet.doc, self.vocab.strings
        if not len(doc):
            return
        empty = self.vocab.morphology.add("")
        for token in doc:
            if token.is_space:
                sheet.table[token.i] = space_row(strings.add("_SP"), empty, strings.add(token.text), strings.add("dep"), token)
        doc.from_array([TAG, POS, MORPH, LEMMA, DEP, HEAD], sheet.table)  # type: ignore[arg-type]
        names = [Span(doc, begin, end, label=label) for begin, end, label in sorted(sheet.names)]
        doc.set_ents(names, default="outside")

    def to_disk(self, path: Path | str, *, exclude: Iterable[str] = ()) -> None:
        """Write the model's files, so that a saved pipeline is whole."""
        out = Path(path)
        out.mkdir(parents=True, exist_ok=True)
        for name in FILES:
            (out / name).write_bytes((self.network.folder / name).read_bytes())

    def from_disk(self, path: Path | str, *, exclude: Iterable[str] = ()) -> Encoder:
        """Read a model that :meth:`to_disk` wrote."""
        self._open(Path(path))
        return self


def tree_heads(sent: NDArray[np.float32], arc: NDArray[np.float32]) -> NDArray[np.int64]:
    """Heads (N,) within a window: sentences where ``sent`` is positive, each its own tree."""
    starts = [0, *(np.flatnonzero(sent[1:] > 0) + 1).tolist(), len(sent)]
    heads = np.zeros(len(sent), np.int64)
    for begin, end in zip(starts, starts[1:], strict=False):
        heads[begin:end] = best_tree(arc[begin:end, begin:end]) + begin
    return heads


def space_row(tag: int, morph: int, lemma: int, dep: int, token: Token) -> tuple[Any, ...]:
    """Annotation of a space token: it depends on the token before it (the first of a text on the one after)."""
    offset = -1 if token.i > 0 else (1 if len(token.doc) > 1 else 0)
    return tag, IDS["SPACE"], morph, lemma, dep, np.int64(offset).view(np.uint64)


@Language.factory(
    "attache_encoder",
    default_config={"folder": None},
    assigns=["token.tag", "token.pos", "token.morph", "token.lemma", "token.dep", "token.head", "token.is_sent_start", "doc.ents"],
)
def make_encoder(nlp: Language, name: str, folder: str | None) -> Encoder:
    """Factory of the component; ``folder`` names another model than the shipped one."""
    return Encoder(nlp, name, folder)
